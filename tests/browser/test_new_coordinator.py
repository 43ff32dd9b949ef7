"""A new coordinator with nothing but the guide: every step of docs/coordinators.md, in its words.

The forty rows of a spreadsheet are walked in Spanish, in the words of docs/coordinadores.md.
"""

import io

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook
from playwright.sync_api import expect

from programs.models import District, Program
from tests.factories import make_administrator, make_user, sign_in

ROWS = 40
CONTACT = "Oficina de CTE, 619-555-0100"
PASSWORD = "correct horse battery"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def open_browser(chromium, site, settings):
    """open_browser(user) -> a page of somebody's own browser, signed in where a user is given."""
    settings.SITE_URL = site
    contexts = []

    def open_context(user=None):
        context = chromium.new_context(viewport={"width": 1280, "height": 800})
        contexts.append(context)
        if user:
            client = Client()
            sign_in(client, user)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
        context.set_default_timeout(15_000)
        return context.new_page()

    yield open_context
    for context in contexts:
        context.close()


def words_of_the_guide(name):
    return (settings.BASE_DIR / "docs" / name).read_text(encoding="utf-8")


def press(page, guide, role, name):
    """Press what the guide names, and only what it names."""
    assert f"**{name}**" in guide
    page.get_by_role(role, name=name).first.click()


def test_from_the_invitation_to_a_published_correction(open_browser, site):
    guide = words_of_the_guide("coordinators.md")
    administrator = open_browser(make_administrator("olga@example.org", first_name="Olga"))
    link = invite(administrator, site, guide)
    page = open_browser()

    page.goto(link)
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    press(page, guide, "button", "Save the password and sign in")
    expect(page.get_by_role("heading", name="Your work list")).to_be_visible()
    page.get_by_label("Words of the program or the school").fill("patient care hoover")
    press(page, guide, "button", "Find")
    page.get_by_role("link", name="Patient Care").click()
    page.get_by_label("Grades:").fill("10-12")
    press(page, guide, "button", "Save and preview")
    expect(page.get_by_text("Saved: readers see this now")).to_be_visible()
    press(page, guide, "link", "See the public page")

    expect(page).to_have_url(f"{site}/en/programs/patient-care-hoover-high/")
    expect(page.get_by_text("Grades: 10-12")).to_be_visible()
    assert open_browser().goto(page.url).text().count("10-12") > 0  # for everybody


def invite(page, site, guide):
    """What an administrator does, without a mail server: the link that is to be handed over."""
    page.goto(f"{site}/en/admin/")
    page.get_by_text("All lists").click()
    press(page, guide, "link", "Users")
    press(page, guide, "link", "Add user")
    page.get_by_label("E-mail address:").fill("maria@example.org")
    page.get_by_label("First name:").fill("Maria")
    page.get_by_label("Role:").select_option(label="Coordinator of districts or institutions")
    press(page, guide, "button", "Add another Assignment")
    page.locator(".field-district .select2-selection").first.click()
    page.keyboard.type("San Diego Unified")
    page.get_by_role("option", name="San Diego Unified").click()
    press(page, guide, "button", "Save")
    return page.locator("code").inner_text()


def test_forty_rows_of_a_spreadsheet_there_and_back_in_spanish(open_browser, site):
    guide = words_of_the_guide("coordinadores.md")
    district = District.objects.get(name="San Diego Unified")
    page = open_browser(make_user(keeps=[district], language="es"))

    page.goto(f"{site}/es/admin/")
    press(page, guide, "link", "Descargar o subir un libro de Excel")
    with page.expect_download() as download:
        press(page, guide, "link", "Libro de Excel con todas sus filas (XLSX)")
    page.get_by_label("Archivo").set_input_files(edited(download.value.path()))
    press(page, guide, "button", "Subir y ver la vista previa")
    press(page, guide, "button", f"Aplicar {ROWS} filas")

    changed = Program.objects.filter(contact=CONTACT)
    assert changed.count() == ROWS
    reader = open_browser()
    reader.goto(f"{site}{changed.published().first().get_absolute_url()}")
    expect(reader.get_by_text("619-555-0100")).to_be_visible()

    page.get_by_text("Deshacer esta importación").click()
    press(page, guide, "button", "Deshacer toda la importación")
    page.get_by_text("Deshecha").first.wait_for()
    assert changed.count() == 0


def edited(path):
    """The workbook after a person has typed a contact into forty rows of its programs."""
    book = load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book["Programas"]
    column = [cell.value for cell in sheet[1]].index("contact") + 1
    for row in range(2, ROWS + 2):
        sheet.cell(row, column).value = CONTACT
    file = io.BytesIO()
    book.save(file)
    return {"name": "programs-workbook.xlsx", "mimeType": XLSX, "buffer": file.getvalue()}
