"""A coordinator's spreadsheet, from the upload to the undo, without a script; axe on every page of it."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from accounts.changes import acting
from imports.views import XLSX
from programs.models import Institution, Program
from tests.factories import make_user, sign_in
from tests.imports.spreadsheets import book

MAIN = "#content-main"


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.VAR_DIR = tmp_path


@pytest.fixture
def palomar(site):
    return Institution.objects.get(name="Palomar College")


@pytest.fixture
def signed_in(chromium, site, files, palomar):
    """signed_in(**context) -> a page of a coordinator that remembers what the browser complains about."""
    client = Client()
    sign_in(client, make_user(keeps=[palomar]))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    contexts = []

    def open_page(**options):
        context = chromium.new_context(**options)
        contexts.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda told: page.complaints.append(told.text))
        return page

    yield open_page
    for context in contexts:
        assert [text for page in context.pages for text in page.complaints] == []
        context.close()


def spreadsheet(palomar):
    """A file of two rows: one changed, one that is wrong."""
    first, second = Program.objects.filter(institution=palomar).order_by("slug")[:2]
    lines = ["slug,title_en,cost", f"{first.slug},A new title,", f"{second.slug},Another,-5"]
    content = "\n".join(lines).encode()
    return first, {"name": "programs.csv", "mimeType": "text/csv", "buffer": content}


def old_workbook(palomar):
    """A file that takes something back, holds a date that could be two and a sheet of strange names."""
    program = Program.objects.filter(institution=palomar).order_by("slug").first()
    with acting(make_user(first_name="Bea", keeps=[palomar])):
        program.contact = "Ms. Lee"
        program.save()
    more = {
        "Read me": [["Read me"], ["Downloaded", "2026-01-02 08:00:00-08:00"]],
        "Courses": [["ID", "Lunch"], ["welding", "Noon"]],
    }
    names, cells = ["slug", "contact", "verified_on"], [program.slug, "Mr. Diaz", "3/4/2026"]
    return {"name": "mine.xlsx", "mimeType": XLSX, "buffer": book(names, cells, more=more)}


def is_too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_spreadsheet_is_uploaded_applied_and_undone_without_a_script(signed_in, site, palomar):
    page = signed_in(java_script_enabled=False)
    program, file = spreadsheet(palomar)
    before = program.title_en

    page.goto(f"{site}/en/admin/imports/importrun/add/")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Upload and preview").click()
    expect(page.get_by_role("heading", name="Programs: changed rows (1)")).to_be_visible()
    expect(page.get_by_role("heading", name="Programs: rejected rows (1)")).to_be_visible()

    page.get_by_role("button", name="Apply 1 row").click()
    expect(page.get_by_text("The import was applied. It can be undone as a whole.")).to_be_visible()
    program.refresh_from_db()
    assert program.title_en == "A new title"

    page.get_by_text("Undo this import").click()
    page.get_by_role("button", name="Undo the whole import").click()
    program.refresh_from_db()
    assert program.title_en == before


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_on_upload_preview_and_list(
    signed_in, site, palomar, language, width, scheme
):
    from axe_playwright_python.sync_playwright import Axe

    page = signed_in(viewport={"width": width, "height": 900}, color_scheme=scheme)
    base = f"{site}/{language}/admin/imports/importrun/"

    def faults():
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]

    page.goto(f"{base}add/")
    assert (faults(), is_too_wide(page)) == ([], False)
    page.locator("#id_files").set_input_files(spreadsheet(palomar)[1])
    page.locator(f"{MAIN} input[type=submit]").click()
    page.wait_for_load_state()
    for summary in page.locator(f"{MAIN} summary").all():
        summary.click()
    assert (faults(), is_too_wide(page)) == ([], False)
    page.goto(f"{base}add/")
    page.locator("#id_files").set_input_files(old_workbook(palomar))
    page.locator(f"{MAIN} input[type=submit]").click()
    expect(page.locator(".import-since")).to_be_visible()
    expect(page.locator(".import-warning")).to_have_count(2)
    expect(page.locator(".import-unread")).to_be_visible()
    assert (faults(), is_too_wide(page)) == ([], False)
    page.goto(base)
    assert (faults(), is_too_wide(page)) == ([], False)
