"""The workshop in a real browser: axe finds nothing, nothing breaks the policy, nothing scrolls sideways."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from accounts.models import User
from programs.models import Institution, Program, ProgramLink
from tests.factories import make_administrator, make_award, make_user

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

# Form controls that reach beyond the window, where no box of their own lets one scroll to them.
OUT_OF_REACH = """() => {
  const scrolls = (one) =>
    one && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  return [...document.querySelectorAll("input, select, textarea, button, .select2-container")]
    .filter((one) => one.checkVisibility() && one.offsetWidth > 1 && !scrolls(one.parentElement))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.id || one.name || one.className);
}"""


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
        cut_off = page.evaluate(OUT_OF_REACH)
        broken = [(one["id"], one["nodes"][0]["html"][:200]) for one in
                  Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]]  # fmt: skip
        if answer.status != 200 or too_wide or cut_off or broken or complaints:
            faults[name] = (answer.status, too_wide, cut_off, broken, complaints)
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
    expect(page.get_by_text("Preview: not public")).to_be_visible()
    expect(page.get_by_text("Grades: 10-12")).to_be_visible()
    page.get_by_role("link", name="Back to editing").click()
    page.get_by_label("published").check()
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("link", name="See the public page").click()

    expect(page.get_by_text("Grades: 10-12")).to_be_visible()
    expect(page.get_by_text("Preview: not public")).to_have_count(0)
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

    expect(pages[1].get_by_text("Saved now: Room 1")).to_be_visible()
    expect(pages[1].get_by_label("Contact:")).to_have_value("Room 2")
    with pages[1].expect_navigation():
        pages[1].get_by_role("button", name="Save and continue editing").click()
    assert Program.objects.get(pk=rows["program"]).contact == "Room 2"
    assert User.objects.count() == 2


def test_two_languages_side_by_side_do_not_overlap(sign_in, site, rows):
    page = sign_in(make_administrator(), viewport={"width": 1280, "height": 900})

    page.goto(f"{site}/en/admin/programs/programlink/{rows['link']}/change/")
    english, spanish = (page.locator(f"#id_todo_{code}").bounding_box() for code in ("en", "es"))

    assert english["x"] + english["width"] < spanish["x"]
    assert english["y"] == spanish["y"]


def test_on_a_phone_every_part_of_a_line_is_seen_with_its_name(sign_in, site, rows):
    make_award(Program.objects.get(pk=rows["program"]), title="First certificate")
    page = sign_in(make_administrator(), viewport={"width": 390, "height": 900})

    page.goto(f"{site}/en/admin/programs/program/{rows['program']}/change/")
    for name in ("title", "control_number"):
        box = page.locator(f"#id_awards-0-{name}").bounding_box()
        assert 0 <= box["x"] < box["x"] + box["width"] <= 390
        assert box["width"] > 200
    line = page.locator("#awards-0")
    expect(line.get_by_text("State control number")).to_be_visible()


def test_what_the_keyboard_reaches_is_not_under_the_buttons(sign_in, site, rows):
    page = sign_in(make_administrator(), viewport={"width": 1280, "height": 600})
    page.goto(f"{site}/en/admin/programs/program/{rows['program']}/change/")

    page.get_by_label("Title (English):").focus()
    for _ in range(25):
        page.keyboard.press("Tab")
        bottom, inside = page.evaluate("""() => [
            document.activeElement.getBoundingClientRect().bottom,
            !!document.activeElement.closest(".submit-row"),
        ]""")
        bar = page.evaluate("document.querySelector('.submit-row').getBoundingClientRect().top")
        assert inside or bottom <= bar


def test_on_a_phone_save_is_at_hand_and_under_it_is_no_box_that_one_types_in(sign_in, site, rows):
    page = sign_in(make_administrator(), viewport={"width": 390, "height": 800})
    page.goto(f"{site}/en/admin/programs/program/{rows['program']}/change/")
    save = page.get_by_role("button", name="Save", exact=True)

    expect(save).to_be_in_viewport()
    for label in ("Title (English):", "Contact:", "As of:"):
        page.get_by_label(label).focus()
        box, button = page.get_by_label(label).bounding_box(), save.bounding_box()
        assert box["y"] + box["height"] <= button["y"]


def test_who_leaves_with_something_typed_is_asked_first(sign_in, site, rows):
    page = sign_in(make_administrator())
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(f"{site}/en/admin/programs/program/{rows['program']}/change/")

    page.get_by_label("Grades:").press_sequentially("12")
    page.get_by_role("link", name="History").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.url.endswith("/change/")
    with page.expect_navigation():
        page.get_by_role("button", name="Save: all of it is right").click()

    assert asked == ["beforeunload"]
    expect(page.get_by_text("Saved, and verified today")).to_be_visible()


def test_a_second_click_sends_nothing_and_the_way_back_lets_one_send_again(sign_in, site, rows):
    page = sign_in(make_administrator())
    page.goto(f"{site}/en/admin/programs/program/{rows['program']}/copy/")
    button, sent = page.get_by_role("button", name="Make the copy"), []
    page.route("**/copy/", lambda route: sent.append(route))

    box = button.bounding_box()
    for _ in range(2):
        page.mouse.click(box["x"] + 10, box["y"] + 10)
        page.wait_for_timeout(200)
    assert len(sent) == 1
    with page.expect_navigation():
        sent[0].continue_()
    page.unroute("**/copy/")
    page.go_back()

    assert button.is_enabled()
