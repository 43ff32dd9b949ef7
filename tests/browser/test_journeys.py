"""What a few readers do, in their words."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 360, "height": 740}}


def count(page):
    """The number in the heading: it is the result."""
    return int(re.sub(r"\D", "", page.locator("h1").inner_text().split("“")[0]) or 0)


def test_a_parent_searches_in_spanish_and_reads_a_program_in_spanish(visit):
    page = visit("/es/", **PHONE)

    page.locator("main input[name=q]").first.fill("soldadura")
    page.keyboard.press("Enter")
    page.locator("main article a").first.click()

    expect(page).to_have_url(re.compile("/es/programs/."))
    assert page.locator("html").get_attribute("lang") == "es"
    expect(page.locator("h1")).to_contain_text("Soldadura")


def test_a_counselor_filters_and_takes_a_filter_away(visit):
    page = visit("/en/programs/?q=nursing")
    everything = count(page)

    page.get_by_label(re.compile("^Imperial")).first.check()
    page.get_by_role("button", name=re.compile("Apply|Show")).first.click()
    in_imperial = count(page)
    page.get_by_role("link", name=re.compile("Remove filter.*Imperial")).click()

    assert 0 < in_imperial < everything
    assert count(page) == everything


def test_a_student_goes_from_a_program_to_its_next_step(visit):
    page = visit("/en/programs/?level=high_school&pathway=patient-care")
    page.locator("main article a").first.click()
    here = page.locator("h1").inner_text()

    after = page.locator(".strip-here ~ * a, .strip-here ~ .level-steps a")
    after.first.evaluate("link => link.closest('details')?.setAttribute('open', '')")
    after.first.click()

    expect(page.locator("h1")).not_to_have_text(here)


ON_A_PHONE = [
    "/en/", "/es/programs/?q=enfermera", "/en/sectors/", "/es/sectors/transportation/",
    "/en/pathways/patient-care/", "/es/pathways/patient-care/?from=hoover-high",
    "/es/institutions/", "/en/institutions/palomar-college/",
    "/es/careers/registered-nurses/?zip=92243&household=2a2w1c", "/es/careers/",
    "/en/careers/?q=teacher&sort=pay", "/en/glossary/", "/es/about-the-data/",
    "/es/routes/", "/es/routes/?from=hoover-high&to=registered-nurses",
    "/en/routes/?from=92105&to=registered-nurses&adult=1", "/en/routes/?from=grossmont&to=nurs",
    "/es/routes/?from=hoover-high&to=nurs",
    "/es/routes/?from=calexico-high&to=registered-nurses&as=enfermera",
    "/es/gaps/", "/es/gaps/next-step/", "/en/gaps/feeders/", "/es/gaps/acceleration/",
    "/en/gaps/demand/", "/es/gaps/supply/", "/es/gaps/coverage/?sector=transportation",
    "/es/gaps/report/transportation/",
]  # fmt: skip


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_scrolls_sideways_on_a_phone(visit, site, width):
    page = visit("/en/", viewport={"width": width, "height": 740})
    too_wide = []
    for path in ON_A_PHONE:
        page.goto(f"{site}{path}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(path)

    assert too_wide == []


def test_everything_works_without_javascript(visit):
    page = visit("/en/", java_script_enabled=False)
    page.locator("main input[name=q]").first.fill("welding")
    page.keyboard.press("Enter")
    first = page.locator("main article a").first.inner_text()
    page.locator("main article a").first.click()

    assert "weld" in first.lower()
    expect(page.locator("h1")).not_to_be_empty()


def test_from_my_school_to_registered_nurse_in_three_taps_without_javascript(visit):
    page = visit("/en/", **PHONE, java_script_enabled=False)

    page.get_by_role("link", name="Plan a route").click()
    page.get_by_label("Where do you start?").fill("hoover high school")
    page.get_by_label("Where do you want to go?").fill("registered nurse")
    page.get_by_role("button", name="Show routes").click()

    expect(page).to_have_url(re.compile("/en/routes/[?]from=hoover-high&to=registered-nurses$"))
    expect(page.locator("h1")).to_have_text("From Hoover High to Registered Nurses")
    route = page.locator(".trip").first
    expect(route.locator(".stop-name")).to_have_text(["Patient Care", "Registered Nursing"])
    expect(route.locator(".terminus-main")).to_contain_text("an hour")


def test_a_student_plans_a_route_from_a_career_in_spanish(visit):
    page = visit("/es/careers/registered-nurses/", **PHONE)

    page.get_by_label("¿Cómo llego ahí desde mi escuela?").fill("Grossmont")
    page.get_by_role("button", name="Ver rutas").click()
    page.get_by_role("link", name="Grossmont High", exact=True).click()

    expect(page).to_have_url(re.compile("/es/routes/[?]from=grossmont-high&to=registered-nurses$"))
    expect(page.locator("h1")).to_have_text(re.compile("^De Grossmont High a "))


def test_a_question_about_the_goal_stands_on_the_first_screen_of_a_phone(visit):
    page = visit("/es/routes/?from=hoover-high&to=nurs", viewport={"width": 360, "height": 640})

    question = page.get_by_role("heading", name="¿Cuál de estos es?")
    first = page.locator(".route-choices a").first
    assert question.bounding_box()["y"] < 320
    assert first.bounding_box()["y"] + first.bounding_box()["height"] < 640
    expect(page.get_by_label("¿De dónde sales?")).to_be_hidden()


def test_a_student_goes_from_what_they_like_to_a_job_and_the_nearest_programs(visit):
    page = visit("/en/careers/", java_script_enabled=False, **PHONE)

    page.get_by_role("link", name="Help and teach people").first.click()
    page.locator("summary", has_text="Health").last.click()
    page.get_by_role("link", name="Dental Hygienists").click()
    near, household = page.get_by_label("Your ZIP code"), page.get_by_label("Who lives on this pay")
    near.fill("92101")
    page.locator("form").filter(has=near).get_by_role("button", name="Show").click()
    household.select_option("1 adult, 1 child")
    page.locator("form").filter(has=household).get_by_role("button", name="Show").click()

    expect(page).to_have_url(re.compile("household=1a1c&zip=92101"))
    page.wait_for_load_state()
    nearest = page.locator(".zone").last.locator(".zone-jobs").first
    miles = [float(text.split()[0]) for text in nearest.locator(".lead-miles").all_inner_texts()]
    assert miles == sorted(miles)
    assert miles
    expect(page.locator("main")).to_contain_text("For this household: 1 adult, 1 child.")


def test_the_language_switch_leads_to_the_same_page_and_keeps_the_search(visit):
    page = visit("/en/programs/?q=welding&county=san-diego")

    page.get_by_role("link", name="Español").first.click()

    expect(page).to_have_url(re.compile("/es/programs/[?]q=welding&county=san-diego$"))


def test_the_keyboard_reaches_the_content_first(visit):
    page = visit("/en/programs/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("#main$"))


def test_suggestions_appear_while_typing(visit):
    page = visit("/en/")

    page.locator("main input[name=q]").first.press_sequentially("weld", delay=40)
    page.get_by_role("option").first.wait_for()

    assert "weld" in page.get_by_role("option").first.inner_text().lower()
