"""The workshop in a real browser: axe finds nothing, nothing breaks the policy, nothing scrolls sideways."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from programs.models import Institution, Program, ProgramLink
from tests.factories import make_administrator, make_user

PAGES = {
    "home": "",
    "guide": "guide/",
    "programs": "programs/program/",
    "districts": "programs/district/",
    "institutions": "programs/institution/",
    "links": "programs/programlink/",
    "opportunities": "programs/opportunity/",
    "jobs of programs": "programs/programoccupation/",
    "occupations": "reference/occupation/",
    "pathways": "reference/pathway/",
    "codes": "reference/programcode/",
    "figures": "reference/laborfigure/",
    "recommendations": "planning/recommendation/",
    "users": "accounts/user/",
    "program": "programs/program/{program}/change/",
    "new program": "programs/program/add/",
    "link": "programs/programlink/{link}/change/",
    "new link": "programs/programlink/add/",
    "institution": "programs/institution/{school}/change/",
    "history": "programs/program/{program}/history/",
    "preview": "programs/program/{program}/preview/",
    "copy": "programs/program/{program}/copy/",
    "new school year": "programs/institution/{school}/rollover/",
    "deletion": "programs/program/{program}/delete/",
}


@pytest.fixture
def rows(site):
    program = Program.objects.get(slug="patient-care-hoover-high")
    link = ProgramLink.objects.filter(from_institution=program.institution).first()
    program.contact = "CTE office"
    program.save()
    return {
        "program": program.pk,
        "school": program.institution_id,
        "link": (link or ProgramLink.objects.first()).pk,
    }


@pytest.fixture
def sign_in(chromium, site):
    """sign_in(user, **context) -> a page whose `complaints` are script errors and policy violations."""
    contexts = []

    def open_context(user, **options):
        client = Client()
        client.force_login(user)
        context = chromium.new_context(**options)
        contexts.append(context)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: page.complaints.append(said.text) if said.type == "error" else None,
        )
        return page

    yield open_context
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("en", 1280, "light"), ("es", 390, "dark")],
    ids=["desk", "phone in the dark"],
)
def test_every_page_of_the_workshop_is_sound(sign_in, site, rows, language, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = sign_in(
        make_administrator(), viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    faults = {}
    for name, path in PAGES.items():
        answer = page.goto(f"{site}/{language}/admin/{path.format(**rows)}")
        complaints = [*page.complaints]  # what axe itself tries to style is not the page's doing
        too_wide = page.evaluate("document.documentElement.scrollWidth") > width
        broken = [(one["id"], one["nodes"][0]["html"][:200]) for one in
                  Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]]  # fmt: skip
        if answer.status != 200 or too_wide or broken or complaints:
            faults[name] = (answer.status, too_wide, broken, complaints)
        page.complaints = []

    assert faults == {}


def test_a_coordinator_corrects_publishes_and_looks(sign_in, site, rows):
    school = Institution.objects.get(pk=rows["school"])
    coordinator = make_user(keeps=[school])
    Program.objects.filter(pk=rows["program"]).update(status=Program.Status.DRAFT)
    page = sign_in(coordinator)

    page.goto(f"{site}/en/admin/programs/program/")
    page.click(f'a[href*="/{rows["program"]}/change/"]')
    page.get_by_label("Grades:").fill("10-12")
    page.get_by_role("button", name="Save and preview").click()
    assert page.get_by_text("Preview: not public").is_visible()
    assert page.get_by_text("Grades: 10-12").is_visible()
    page.get_by_role("link", name="Back to editing").click()
    page.get_by_label("published").check()
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("link", name="See the public page").click()

    assert page.get_by_text("Grades: 10-12").is_visible()
    assert page.get_by_text("Preview: not public").count() == 0
    assert page.complaints == []


def test_the_second_of_two_editors_sees_both_values(sign_in, site, rows):
    address = f"{site}/en/admin/programs/program/{rows['program']}/change/"
    pages = [sign_in(make_administrator(first_name=name)) for name in ("Ana", "Bea")]
    for page in pages:
        page.goto(address)
    for page, words in zip(pages, ("Room 1", "Room 2"), strict=True):
        page.get_by_label("Contact:").fill(words)
        with page.expect_navigation():
            page.get_by_role("button", name="Save and continue editing").click()

    assert pages[1].get_by_text("Saved now: Room 1").is_visible()
    assert pages[1].get_by_label("Contact:").input_value() == "Room 2"
    with pages[1].expect_navigation():
        pages[1].get_by_role("button", name="Save and continue editing").click()
    assert Program.objects.get(pk=rows["program"]).contact == "Room 2"
    assert User.objects.count() == 2
