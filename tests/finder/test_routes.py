"""The route page as a reader meets it."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from imports import region
from programs.models import Credential, LinkKind, Segment
from reference.models import LaborFigure, LivingWage
from tests.factories import (
    leads_to,
    make_award,
    make_county,
    make_course,
    make_district,
    make_institution,
    make_link,
    make_occupation,
    make_pathway,
    make_program,
    make_region,
    make_release,
    make_zip_code,
)

pytestmark = pytest.mark.django_db

SAMPLE = settings.BASE_DIR / "fixtures" / "sample-region"
YEAR = timezone.localdate().year
HERE = {"latitude": "32.700000", "longitude": "-117.100000"}


@pytest.fixture
def line():
    """A school, a college seven miles north, their programs, and the job at the end."""
    make_region(name_en="Two Valleys")
    pathway = make_pathway("Patient Care")
    school = make_institution(
        "Hoover High",
        slug="hoover-high",
        segment=Segment.HIGH,
        district=make_district("San Diego Unified"),
        **HERE,
    )
    shop = make_program(
        "Health Essentials",
        institution=school,
        pathway=pathway,
        sector=pathway.sector,
        audience="school",
        cost="free",
    )
    make_course(shop, "Health 1", sequence="introductory", position=1)
    make_course(shop, "Health 2", sequence="capstone", position=2)
    college = make_institution("Bay College", latitude="32.800000", longitude="-117.100000")
    nursing = make_program(
        "Nursing",
        slug="nursing-bay-college",
        institution=college,
        pathway=pathway,
        sector=pathway.sector,
        cost="fee",
    )
    make_award(nursing, Credential.ASSOCIATE)
    job = make_occupation(
        "Registered Nurses",
        slug="registered-nurses",
        everyday="nurse",
        title_es="Enfermeros graduados",
        education="Associate's degree",
    )
    leads_to(nursing, job)
    LaborFigure.objects.create(
        occupation=job,
        area="region",
        period="2024-2029",
        openings=2000,
        hourly="64",
        pay_period="2024",
        release=make_release("demand"),
    )
    LivingWage.objects.create(
        county=make_county(),
        household="1a0c",
        hourly="32.88",
        vintage="2026",
        release=make_release("wage"),
    )
    return shop, nursing, job


def text_of(response):
    """The words of a page, one blank between them."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def ask(client, start="", to="", adult="", language="en", **options):
    asked = {
        name: value for name, value in (("from", start), ("to", to), ("adult", adult)) if value
    }
    return client.get(f"/{language}/routes/", asked, **options)


def links(response, name):
    """The addresses of the links with this text."""
    found = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', response.content.decode())
    return [address.replace("&amp;", "&") for address, text in found if text == name]


def test_a_route_tells_what_where_how_long_what_it_costs_and_what_the_job_pays(client, line):
    page = text_of(ask(client, "hoover-high", "registered-nurses"))

    for words in (
        "From Hoover High to Registered Nurses",
        "By way of Bay College",
        "Health 1 (Introductory) → Health 2 (Capstone)",
        "your school",
        "Cost Free",
        "Same pathway, no agreement on file",
        "Bay College , San Diego · 6.9 miles from your start",
        "About two years (Associate degree)",
        "Colleges charge a fee for each unit",
        "Typical pay in Two Valleys, 2024 $64 an hour",
        "2,000 openings a year",
        "San Diego County: one adult without children needs $32.88 an hour to cover basic costs. "
        "The typical pay is above that.",
    ):
        assert words in page


def test_the_pay_is_below_the_living_wage_or_cannot_be_compared(client, line):
    LaborFigure.objects.update(hourly="20")
    assert "The typical pay is below that." in text_of(
        ask(client, "hoover-high", "nurse", follow=True)
    )

    line[2].figures.all().delete()
    line[2].save()
    page = text_of(ask(client, "hoover-high", "nurse", follow=True))
    assert "No source reports pay for this job in this region." in page
    assert "The typical pay is" not in page


def test_credit_on_the_way_tells_units_grade_what_to_do_and_until_when(client, line):
    shop, nursing, _job = line
    make_link(
        LinkKind.CREDIT_BY_EXAM,
        from_program=shop,
        to=nursing.institution,
        to_course_code="NURS 10",
        units="3",
        min_grade="B",
        valid_until=str(YEAR + 1),
        todo_en="Pass the exam.",
        as_of=str(YEAR),
    )

    response = ask(client, "hoover-high", "registered-nurses")
    page = text_of(response)

    for words in (
        "Early college credit on the way Credit by exam College units: 3",
        "College course NURS 10",
        "Grade needed B",
        f"Valid until {YEAR + 1}",
        "What to do Pass the exam.",
        "An agreement on the way comes from a dated source",
    ):
        assert words in page
    assert "stop-express" in response.content.decode()


def test_an_agreement_that_ran_out_is_not_on_the_way(client, line):
    shop, nursing, _job = line
    make_link(from_program=shop, to=nursing.institution, valid_until=str(YEAR - 1))

    page = text_of(ask(client, "hoover-high", "registered-nurses"))

    assert "Same pathway, no agreement on file" in page
    assert str(YEAR - 1) not in page


def test_a_typed_school_and_job_lead_to_an_address_that_carries_only_their_keys(client, line):
    response = ask(client, "Hoover High School", "nurse", adult="1")

    assert response.status_code == 302
    assert response["Location"] == "/en/routes/?from=hoover-high&to=registered-nurses&adult=1"


def test_several_schools_or_jobs_are_choices_that_keep_the_other_end(client, line):
    make_institution("Hoover Middle", slug="hoover-middle", segment=Segment.MIDDLE)
    make_occupation("Nurse Practitioners", slug="nurse-practitioners", everyday="nurse")

    schools = ask(client, "hoover", "registered-nurses")
    jobs = ask(client, "hoover-high", "nurse")

    assert "Which place do you mean?" in text_of(schools)
    assert links(schools, "Hoover Middle") == [
        "/en/routes/?from=hoover-middle&to=registered-nurses"
    ]
    assert "Which one do you mean?" in text_of(jobs)
    assert links(jobs, "Nurse Practitioners") == [
        "/en/routes/?from=hoover-high&to=nurse-practitioners"
    ]


def test_a_misspelt_job_is_found_as_the_search_would_spell_it(client, line):
    response = ask(client, "hoover-high", "nusring")

    assert response["Location"] == "/en/routes/?from=hoover-high&to=nursing-bay-college"


def test_unknown_ends_say_so_and_lead_into_the_finder(client, line):
    response = ask(client, "Atlantis High", "unicorn keeper")
    page = text_of(response)

    assert response.status_code == 200
    assert "We know no school, district or ZIP code called “Atlantis High”." in page
    assert links(response, "Search the finder for “unicorn keeper”") == [
        "/en/programs/?q=unicorn+keeper"
    ]


@pytest.mark.parametrize(
    "nasty",
    ["'", "<script>alert(1)</script>", "\x00", "-1", "9" * 400, "{{7*7}}", "../../etc", "ñ" * 300],
)
def test_hostile_values_are_ignored(client, line, nasty):
    response = client.get("/en/routes/", {"from": nasty, "to": nasty, "adult": nasty, "x": nasty})

    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_where_a_school_lists_nothing_the_line_breaks_in_words(client, line):
    district = make_district("Hill Unified")
    make_institution("Sad High", slug="sad-high", segment=Segment.HIGH, district=district, **HERE)

    page = text_of(ask(client, "sad-high", "registered-nurses"))

    assert "Sad High lists no program in Patient Care. No other program of this field" in page
    assert "You can still get on later, as below." in page
    assert "Begins after high school." in page
    assert "Finish at Sad High" in page


def test_the_nearest_is_named_where_a_student_of_a_school_without_a_program_may_go(client, line):
    district = make_district("Hill Unified")
    make_institution("Sad High", slug="sad-high", segment=Segment.HIGH, district=district, **HERE)
    center = make_institution(
        "County Center", segment=Segment.HIGH, kind="ROC/ROP", latitude="32.8", longitude="-117.1"
    )
    make_program(
        "Health", institution=center, audience="district", sector=line[0].sector, pathway=None
    )

    page = text_of(ask(client, "sad-high", "registered-nurses"))

    assert "Sad High lists no program in Patient Care. You can still get on later" in page
    assert (
        "Nearest programs of the same field Health County Center, San Diego · 6.9 miles from your start"
        in page
    )


def test_a_zip_code_asks_for_the_school_and_names_those_near(client, line):
    make_zip_code("92105", "San Diego")

    page = text_of(ask(client, "92105", "registered-nurses"))

    assert "Name your school to see what you can take there." in page
    assert "Nearest programs of the same field Health Essentials Hoover High" in page


def test_an_adult_with_a_zip_code_gets_on_at_once(client, line):
    make_zip_code("92105", "San Diego")

    page = text_of(ask(client, "92105", "registered-nurses", adult="1"))

    assert "By way of Bay College" in page
    assert "Begins after high school." not in page
    assert "high school" not in page.split("By way of")[1].split("Community college")[0]


def test_a_job_that_no_program_leads_to_says_so_and_offers_a_search(client, line):
    make_occupation("Astronauts", slug="astronauts")

    response = ask(client, "hoover-high", "astronauts")

    assert "No route is listed" in text_of(response)
    assert "No program in our list leads to Astronauts yet." in text_of(response)
    assert links(response, "Search the finder for “Astronauts”") == ["/en/programs/?q=Astronauts"]


@pytest.mark.parametrize(
    ("education", "needs_more"),
    [
        ("Bachelor's degree", True),
        ("Associate's degree", False),
        ("Postsecondary nondegree award", False),
    ],
)
def test_a_job_that_takes_more_study_than_the_route_gives_says_so(
    client, line, education, needs_more
):
    job = line[2]
    job.education = education
    job.save()

    page = text_of(ask(client, "hoover-high", "registered-nurses"))

    assert ("have more study than this route gives" in page) is needs_more


def test_a_program_of_another_school_is_closed_and_its_pathway_is_offered_instead(client, line):
    make_institution(
        "Sad High", slug="sad-high", segment=Segment.HIGH, district=make_district("Hill")
    )

    response = ask(client, "sad-high", line[0].slug)

    assert "Health Essentials takes only students of its own school or district." in text_of(
        response
    )
    assert links(response, "See routes to the pathway Patient Care") == [
        "/en/routes/?from=sad-high&to=patient-care"
    ]


def test_a_route_to_a_program_ends_at_its_first_job(client, line):
    page = text_of(ask(client, "hoover-high", "nursing-bay-college"))

    assert "From Hoover High to Nursing, Bay College" in page
    assert "Registered Nurses Typical pay in Two Valleys, 2024" in page


def test_the_route_is_in_spanish_too(client, line):
    page = text_of(ask(client, "hoover-high", "registered-nurses", language="es"))

    for words in (
        "De Hoover High a Enfermeros graduados",
        "Por Bay College",
        "a 6.9 millas de donde empiezas",
        "Cerca de dos años",
        "El sueldo típico es más que eso.",
    ):
        assert words in page


def test_a_title_without_translation_is_marked_as_english(client, line):
    page = ask(client, "hoover-high", "nursing-bay-college", language="es").content.decode()

    assert '<h1>De Hoover High a <span lang="en">Nursing</span>, Bay College</h1>' in page


def test_a_route_is_not_for_robots_and_the_bare_page_is_in_the_sitemap(client, line):
    robots = '<meta name="robots" content="noindex">'

    assert robots in ask(client, "hoover-high", "registered-nurses").content.decode()
    assert robots not in ask(client).content.decode()
    assert f"{settings.SITE_URL}/en/routes/" in client.get("/sitemap-pages.xml").content.decode()


@pytest.mark.parametrize("path", ["careers/registered-nurses/", "programs/nursing-bay-college/"])
def test_a_career_and_a_program_ask_from_which_school(client, line, path):
    page = client.get(f"/en/{path}").content.decode()
    slug = path.split("/")[1]

    assert "How do I get there from my school?" in page
    assert f'<input type="hidden" name="to" value="{slug}">' in page


def test_the_number_of_queries_does_not_grow(client, line):
    shop, nursing, job = line

    def queries():
        ask(client, "hoover-high", "registered-nurses")  # what a process reads once
        with CaptureQueriesContext(connection) as found:
            response = ask(client, "hoover-high", "registered-nurses")
        assert "By way of" in text_of(response)
        return len(found)

    def grow(number):
        program = make_program(
            f"Nursing {number}", pathway=nursing.pathway, institution=make_institution(**HERE)
        )
        make_award(program)
        make_course(program)
        leads_to(program, job)
        make_link(from_program=shop, to=program.institution, to_program=program)

    grow(0)
    one = queries()
    for number in range(1, 30):
        grow(number)

    assert queries() == one
    assert one <= 8


def test_the_sample_region_has_routes_too(client):
    region.load(SAMPLE)

    page = text_of(ask(client, "sample-high", "welders"))

    assert "From Sample High to Welders" in page
    assert "Metal Shop" in page
