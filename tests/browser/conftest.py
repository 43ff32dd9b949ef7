"""A real browser against the real pack. Skipped where Debian's chromium is not installed."""

import os
import shutil
import sqlite3

import pytest
from django.db import connection

from imports import region

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
# A click ends when the next page's first bytes are there: what a page shows is expected, not read at once.
PATIENCE = 15_000  # milliseconds


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    # Playwright runs its own event loop in this thread; Django must not mistake us for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def loaded():
    """The region pack as it lies in the database, kept from the first test that loads it."""
    return sqlite3.connect(":memory:", check_same_thread=False)


@pytest.fixture
def site(transactional_db, live_server, settings, loaded):
    """The address of a running site that holds the region pack."""
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        region.load(settings.REGION_PACK)
    elif loaded.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        loaded.backup(connection.connection)
    else:
        region.load(settings.REGION_PACK)
        connection.connection.backup(loaded)
    return live_server.url


@pytest.fixture
def visit(chromium, site):
    """visit(path, **context) -> a page that fails the test on a script error or a CSP violation."""
    contexts = []

    def open_page(path, **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                page.complaints.append(message.text) if message.type == "error" else None
            ),
        )
        page.goto(f"{site}{path}")
        return page

    yield open_page
    for context in contexts:
        assert [complaint for page in context.pages for complaint in page.complaints] == []
        assert context.cookies() == []
        context.close()
