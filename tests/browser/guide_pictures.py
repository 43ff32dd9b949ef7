"""The pictures of docs/coordinators.md, made anew:

    LOCAL=1 python -m tests.browser.guide_pictures

A database of its own holds the real pack; the day stands still, so that the same code gives the same
pictures. A coordinator of one district walks as the guide says.
"""

import io
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

TODAY = datetime(2026, 11, 18, 18, 0, tzinfo=UTC)
DISTRICT, SCHOOL, PROGRAM = "San Diego Unified", "Hoover High", "Patient Care"
FOLDER = Path(__file__).parents[2] / "docs" / "images"
WIDTH = 1280
VALUE = "CTE office, 619-555-0100"


def main():
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        from django.conf import settings
        from playwright.sync_api import sync_playwright

        from tests.browser.conftest import CHROMIUM, FLAGS

        server = serve()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                site = settings.SITE_URL = f"http://localhost:{server.port}"
                walk(browser, site)
                browser.close()
        finally:
            server.terminate()
            server.join()


def prepare(folder):
    """A site in a folder of its own, on a day of its own."""
    os.environ |= {
        "DATABASE_URL": f"sqlite:///{folder}/pictures.sqlite3",
        "VAR_DIR": str(folder),
        "SEARCH_INDEX_DIR": str(folder / "search"),
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pathways.settings")
    import django
    from django.conf import settings
    from django.utils import timezone

    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": plain}}
    django.setup()
    from django.core.management import call_command

    from imports import region

    timezone.now = lambda: TODAY
    call_command("migrate", verbosity=0)
    region.load(settings.REGION_PACK)


def serve():
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    return server


# --- The walk --------------------------------------------------------------------------------------


def walk(browser, site):
    from programs.models import District
    from tests.factories import make_administrator, make_user

    olga = make_administrator("olga@example.org", first_name="Olga", last_name="Ortega")
    maria = make_user(
        email="maria@example.org", keeps=[District.objects.get(name=DISTRICT)],
        first_name="Maria", last_name="Lopez", password=None,
    )  # fmt: skip
    inviting(page_of(browser, site, olga), site)
    page = page_of(browser)
    choosing_a_password(page, maria)
    correcting(page)
    verifying(page, site)
    importing(page, site)


def page_of(browser, site="", user=None):
    context = browser.new_context(viewport={"width": WIDTH, "height": 720}, color_scheme="light")
    if user:
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
    return context.new_page()


def inviting(page, site):
    page.goto(f"{site}/en/admin/accounts/user/add/")
    page.get_by_label("E-mail address:").fill("carlos@example.org")
    page.get_by_label("First name:").fill("Carlos")
    page.get_by_label("Last name:").fill("Reyes")
    page.get_by_label("Role:").select_option("coordinator")
    page.get_by_text("Add another Assignment").click()
    page.locator(".field-district .select2-selection").first.click()
    page.keyboard.type("Sweetwater")
    page.get_by_role("option", name="Sweetwater").click()
    page.get_by_role("heading", name="Permissions").scroll_into_view_if_needed()
    picture(page, "invite")


def choosing_a_password(page, maria):
    from accounts import links

    page.goto(links.link(maria))
    picture(page, "password", {"x": 400, "y": 60, "width": 480, "height": 560})
    for field in page.locator("input[type=password]").all():
        field.fill("correct horse battery")
    page.get_by_role("button", name="Save the password and sign in").click()


def correcting(page):
    page.reload()  # without the message about the password
    picture(page, "home", height=800)
    page.get_by_label("Words of the program or the school").fill("patient care hoover")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=PROGRAM).click()
    page.get_by_label("Grades:").fill("10-12")
    page.get_by_label("Grades:").evaluate("field => field.scrollIntoView({block: 'center'})")
    picture(page, "edit")
    page.get_by_role("button", name="Save and preview").click()
    picture(page, "saved", height=800)


def verifying(page, site):
    page.goto(f"{site}/en/admin/")
    page.get_by_role("link", name="Programs to verify").click()
    picture(page, "still-right", height=640)


def importing(page, site):
    page.goto(f"{site}/en/admin/")
    page.get_by_role("link", name="Download or upload a workbook").click()
    picture(page, "upload", height=620)
    with page.expect_download() as download:
        page.get_by_role("link", name="Workbook with all your rows (XLSX)").click()
    file = {
        "name": "programs-workbook.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": edited(download.value.path()),
    }
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Upload and preview").click()
    page.get_by_role("button", name="Apply 40 rows").wait_for()
    picture(page, "preview", height=800)
    page.get_by_role("button", name="Apply 40 rows").click()
    page.get_by_text("Undo this import").click()
    picture(page, "undo", height=720)


def edited(path, rows=40):
    """The workbook after somebody has typed a contact into the first rows of its programs."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book["Programs"]
    column = [cell.value for cell in sheet[1]].index("contact") + 1
    for row in range(2, rows + 2):
        sheet.cell(row, column).value = VALUE
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def picture(page, name, clip=None, height=720):
    from tests.browser.smaller import smaller

    page.set_viewport_size({"width": WIDTH, "height": height})
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur()")
    png = smaller(page.screenshot(clip=clip, animations="disabled", caret="hide"))
    (FOLDER / f"{name}.png").write_bytes(png)
    print(f"{name}.png: {len(png) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
