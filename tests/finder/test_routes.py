"""The route page as a reader meets it."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from finder import pay
from imports import region
from programs.models import Credential, LinkKind, Program, Segment
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

PACK = settings.BASE_DIR / "fixtures" / "san-diego-imperial"
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
    page = re.sub(r"</?bdi>", "", response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def ask(client, start="", to="", adult="", language="en", **options):
    asked = {
        name: value for name, value in (("from", start), ("to", to), ("adult", adult)) if value
    }
    return client.get(f"/{language}/routes/", asked, **options)


def links(response, name):
    """The addresses of the links with this text."""
    page = re.sub(r"</?bdi>", "", response.content.decode())
    found = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', page)
    return [address.replace("&amp;", "&") for address, text in found if text == name]


def test_a_route_tells_what_where_how_long_what_it_costs_and_what_the_job_pays(client, line):
    page = text_of(ask(client, "hoover-high", "registered-nurses"))

    for words in (
        "From Hoover High to Registered Nurses",
        "By way of Bay College",
        "Health 1 (Introductory) → Health 2 (Capstone)",
        "your school",
        "Cost Free",
        "Same pathway. No agreement between the schools is listed",
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


def test_an_agreement_that_ran_out_says_so_and_is_not_on_the_way(client, line):
    shop, nursing, _job = line
    make_link(from_program=shop, to=nursing.institution, valid_until=str(YEAR - 1))

    page = text_of(ask(client, "hoover-high", "registered-nurses"))

    assert f"An agreement ended in {YEAR - 1}: ask if it was renewed." in page
    assert f"An agreement on the way ended in {YEAR - 1}" in page
    assert "No agreement between the schools is listed" not in page


@pytest.mark.parametrize(("whole", "word"), [("institution", "school"), ("district", "district")])
def test_an_agreement_without_a_class_of_the_field_is_no_credit_on_the_way(
    client, line, whole, word
):
    district = make_district("Hill Unified")
    school = make_institution(
        "Sad High", slug="sad-high", segment=Segment.HIGH, district=district, **HERE
    )
    ends = {"institution": school, "district": district}
    make_link(LinkKind.CREDIT_BY_EXAM, to=line[1].institution, **{f"from_{whole}": ends[whole]})

    response = ask(client, "sad-high", "registered-nurses")
    page = text_of(response)

    assert f"Your {word} has an agreement with this college; no class of this field" in page
    assert "No agreement for a class of this field is on file" in page
    assert "Early college credit on the way" not in page
    assert "stop-express" not in response.content.decode()


def test_a_typed_school_and_job_lead_to_an_address_that_carries_only_their_keys(client, line):
    response = ask(client, "Hoover High School", "registered nurse", adult="1")

    assert response.status_code == 302
    assert response["Location"] == "/en/routes/?from=hoover-high&to=registered-nurses&adult=1"


def test_a_route_is_called_by_the_everyday_word_that_was_typed(client, line):
    line[2].everyday_es = "enfermera"
    line[2].save()

    response = ask(client, "hoover-high", "Enfermera", language="es")
    assert response["Location"] == "/es/routes/?from=hoover-high&to=registered-nurses&as=enfermera"

    response = client.get(response["Location"])
    assert "<h1>De Hoover High a enfermera</h1>" in response.content.decode()
    assert 'name="to" type="text" value="enfermera"' in response.content.decode()
    assert ">Enfermeros graduados</a></h4>" in response.content.decode()


@pytest.mark.parametrize("word", ["astronaut", "<b>nurse", "enfermeros graduados", ""])
def test_a_word_that_is_no_name_of_the_job_is_not_said(client, line, word):
    response = client.get(f"/es/routes/?from=hoover-high&to=registered-nurses&as={word}")

    assert "<h1>De Hoover High a Enfermeros graduados</h1>" in response.content.decode()


def test_several_schools_or_jobs_are_choices_that_keep_the_other_end(client, line):
    make_institution("Hoover Middle", slug="hoover-middle", segment=Segment.MIDDLE)
    make_occupation("Nurse Practitioners", slug="nurse-practitioners", everyday="nurse")

    schools = ask(client, "hoover", "registered-nurses")
    jobs = ask(client, "hoover-high", "nurse")

    assert "Plan a route Which place do you mean? Several places are called like that." in text_of(
        schools
    )
    assert links(schools, "Hoover Middle") == [
        "/en/routes/?from=hoover-middle&to=registered-nurses"
    ]
    assert "Plan a route Which one do you mean? Your words fit several" in text_of(jobs)
    assert links(jobs, "Nurse Practitioners") == [
        "/en/routes/?from=hoover-high&to=nurse-practitioners"
    ]


def test_a_misspelt_job_is_found_as_the_search_would_spell_it(client, line):
    response = ask(client, "hoover-high", "nusring")

    assert response["Location"] == "/en/routes/?from=hoover-high&to=registered-nurses"


def test_one_question_at_a_time_the_start_first_and_the_form_folded_below(client, line):
    make_institution("Hoover Middle", slug="hoover-middle", segment=Segment.MIDDLE)
    make_occupation("Nurse Practitioners", slug="nurse-practitioners", everyday="nurse")

    page = text_of(ask(client, "hoover", "nurse"))

    assert "Which place do you mean?" in page
    assert "Which one do you mean?" not in page
    assert page.index("Which place do you mean?") < page.index("Change the start or the goal")


def test_unknown_ends_say_so_and_lead_into_the_finder(client, line):
    page = text_of(ask(client, "Atlantis High", "unicorn keeper"))
    assert "We know no school, district or ZIP code called “Atlantis High”." in page
    assert "We know no job" not in page

    response = ask(client, "hoover-high", "unicorn keeper")
    assert response.status_code == 200
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


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\u202eabcd\u2066", "abcd"),
        ("ab\x00\x9fcd", "ab cd"),
        ("abcd\u200b\ufeff", "abcd"),
        ("x" * 3000, "x" * 100),
    ],
)
def test_what_was_typed_is_shown_without_control_characters_and_cut(client, line, typed, shown):
    page = ask(client, "hoover-high", typed).content.decode()

    assert f"We know no job or program called “<bdi>{shown}</bdi>”." in page
    assert "x" * 101 not in page
    assert not set(page) & set("\u202e\u2066\x00\x9f\u200b\ufeff")


@pytest.mark.parametrize("blank", ["  ", "\x00", "\u200b", "\u202e"])
def test_what_is_blank_is_empty(client, line, blank):
    assert "We know no" not in text_of(ask(client, blank, blank))


def test_where_a_school_lists_nothing_the_line_breaks_in_words(client, line):
    district = make_district("Hill Unified")
    make_institution("Sad High", slug="sad-high", segment=Segment.HIGH, district=district, **HERE)

    page = text_of(ask(client, "sad-high", "registered-nurses"))

    assert "Sad High lists no program in Patient Care. No other program of this field" in page
    assert "You can still get on later, as below." in page
    assert "Begins after high school." in page
    assert "Finish high school at Sad High" in page


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


def test_a_program_of_the_field_alone_is_named_below_and_is_no_route(client, line):
    _shop, nursing, job = line
    other = make_institution("Hill College", **HERE)
    yoga = make_program("Kinesiology", institution=other, pathway=nursing.pathway)
    leads_to(yoga, job, basis="pathway")

    page = text_of(ask(client, "hoover-high", "registered-nurses"))

    assert "Same field, does not lead straight to this job" in page
    assert page.index("By way of Bay College") < page.index("Kinesiology Hill College")
    assert "By way of Hill College" not in page


def test_where_nothing_leads_straight_to_the_job_the_page_says_so(client, line):
    line[2].program_links.update(basis="pathway")
    Program.objects.filter(pk=line[1].pk).update(title_en="Kinesiology")

    page = text_of(ask(client, "hoover-high", "registered-nurses"))

    assert (
        "No program that you can go to from here leads straight to this job by its code or its name."
        in page
    )
    assert "By way of Bay College" in page


def test_the_miles_and_the_time_of_a_route_are_of_all_its_steps(client, line):
    make_zip_code("92105", "San Diego", latitude=32.7, longitude=-117.1)
    far = make_institution(
        "Far Adult", segment=Segment.ADULT, latitude="33.400000", longitude="-117.100000"
    )
    make_program("Aides", institution=far, pathway=line[1].pathway, length="600 hours")

    page = text_of(ask(client, "92105", "registered-nurses", adult="1"))

    assert "1. Bay College 6.9 miles from your start About two years (Associate degree)" in page
    assert "2. Bay College farthest step 48.4 miles from your start" in page
    assert "600 hours + About two years No agreement" in page
    assert page.count("This step is more than 40 miles away.") == 1


def test_a_route_without_a_known_time_says_so(client, line):
    line[1].awards.all().delete()

    assert "farthest step 6.9 miles from your start Time not stated" in text_of(
        ask(client, "hoover-high", "registered-nurses")
    )


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("free (2020-21)", "Costo Gratis (2020-21)"),
        ("no cost", "Costo Gratis Fuente"),
        ("books not included", "Costo Gratis “ books not included ”"),
    ],
)
def test_a_cost_is_not_said_twice_and_english_words_are_quoted_in_spanish(
    client, line, note, shown
):
    Program.objects.filter(pk=line[0].pk).update(cost_note=note)

    assert shown in text_of(ask(client, "hoover-high", "registered-nurses", language="es"))


def test_a_sources_english_words_are_marked_and_quoted_in_spanish(client, line):
    make_link(
        from_program=line[0],
        to=line[1].institution,
        from_course="all adult medical courses",
        units="up to 15 credits",
        min_grade="B",
    )
    make_course(line[0], "Brakes (CBE)", position=3)

    page = ask(client, "hoover-high", "registered-nurses", language="es").content.decode()

    for words in ("all adult medical courses", "up to 15 credits"):
        assert f'“<span lang="en">{words}</span>”' in page
    assert "<dd>B</dd>" in page
    assert page.count("(nombres en inglés)") == 1
    assert page.count("CBE: ") == 1


def test_a_program_of_another_school_is_closed_and_the_routes_of_its_pathway_stand_there(
    client, line
):
    make_institution(
        "Sad High", slug="sad-high", segment=Segment.HIGH, district=make_district("Hill")
    )

    page = text_of(ask(client, "sad-high", line[0].slug))

    assert (
        "Health Essentials takes only students of its own school or district. "
        "These routes lead to the same pathway, Patient Care."
    ) in page
    assert "By way of Bay College" in page


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

    make_institution(
        "Hoover Middle",
        slug="hoover-middle",
        segment=Segment.MIDDLE,
        district=shop.institution.district,
        **HERE,
    )

    def queries(start, goal):
        ask(client, start, goal)  # what a process reads once
        with CaptureQueriesContext(connection) as found:
            response = ask(client, start, goal)
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

    ways = [
        (start, goal)
        for start in ("hoover-high", "hoover-middle")
        for goal in ("registered-nurses", "nursing-bay-college", shop.slug)
    ]
    grow(0)
    one = [queries(*way) for way in ways]
    for number in range(1, 30):
        grow(number)

    assert [queries(*way) for way in ways] == one
    assert max(one) <= 9  # that of `catalogue.current` is one of them


def test_the_sample_region_has_routes_too(client):
    region.load(SAMPLE)

    page = text_of(ask(client, "sample-high", "welders"))

    assert "From Sample High to Welders" in page
    assert "Metal Shop" in page


@pytest.mark.parametrize(
    ("segment", "asks"),
    [(Segment.MIDDLE, 1), (Segment.HIGH, 1), (Segment.ADULT, 1), (Segment.COLLEGE, 0)],
)
def test_a_school_asks_where_its_students_want_to_go(client, line, segment, asks):
    school = make_institution("Some School", slug="some-school", segment=segment)
    page = client.get(f"/en/institutions/{school.slug}/").content.decode()

    assert page.count("Where do you want to go from here?") == asks
    assert page.count('<input type="hidden" name="from" value="some-school">') == asks


# --- The region itself --------------------------------------------------------------------------


def test_in_the_real_region_a_route_to_a_job_ends_in_a_program_for_it(client):
    region.load(PACK)

    def ends(start, to, **values):
        page = ask(client, start, to, **values).content.decode()
        routes = page.split('<section class="trip ')[1:]
        return [
            re.findall(r'<h4 class="stop-name"><a[^>]*>([^<]+)</a>', route)[-1] for route in routes
        ]

    for start in ("92021", "92243", "92054"):
        for job in ("medical-assistants", "dental-assistants", "massage-therapists"):
            found = ends(start, job, adult="1")
            assert found
            assert not [title for title in found if title.startswith(("Kinesio", "Occupational"))]
    assert ends("92021", "medical-assistants", adult="1")[0] == (
        "Clinical and administrative medical assistant"
    )
    assert ends("92021", "dental-assistants", adult="1")[0] == "Dental assistant"

    el_capitan = ask(client, "el-capitan-high", "automotive-service-technicians-and-mechanics")
    assert "Early college credit on the way" not in text_of(el_capitan)
    assert "An agreement ended in 2018: ask if it was renewed." in text_of(
        ask(client, "calexico-high", "registered-nurses")
    )

    def first_choice(text):
        return re.findall(
            r'<li><a href="[^"]*&amp;to=([^"&]+)',
            str(ask(client, "el-capitan-high", text).content.decode()),
        )[0]

    mechanics = "automotive-service-technicians-and-mechanics"
    assert first_choice("cars") == first_choice("mecanico") == mechanics
    assert first_choice("police") == "police-and-sheriffs-patrol-officers"
    assert first_choice("game designer") == "game-design-and-integration"
    assert ask(client, "el-capitan-high", "cosmetology")["Location"].endswith(
        "&to=hairdressers-hairstylists-and-cosmetologists"
    )


def test_the_pay_of_a_job_is_the_regions_everywhere_and_a_countys_own_stands_beside_it(client):
    region = make_region()
    imperial = make_county("Imperial")
    job = make_occupation("Medical Assistants")
    for area, county, hourly in (("region", None, "23.00"), ("county", imperial, "19.57")):
        LaborFigure.objects.create(
            occupation=job,
            area=area,
            county=county,
            period="2024-2029",
            hourly=hourly,
            pay_period="2024",
            release=make_release("labor"),
        )

    found, own = pay.in_county([job.pk], region, imperial.pk)[job.pk]
    elsewhere, none = pay.in_county([job.pk], region, make_county("San Diego").pk)[job.pk]

    assert (found["place"], str(found["figure"].hourly)) == ("Two Valleys", "23.00")
    assert (own["place"], str(own["figure"].hourly)) == ("Imperial", "19.57")
    assert (elsewhere, none) == (found | {"figure": elsewhere["figure"]}, None)


def test_an_arrow_between_courses_is_a_known_sequence(client, line):
    shop, _nursing, _job = line
    for title, level in (
        ("Care 1", "introductory"),
        ("Care 2", "capstone"),
        ("Care 3", "capstone"),
    ):
        make_course(shop, title, sequence=level)
    make_course(shop, "Care 3", sequence="capstone", code="C3")

    page = text_of(ask(client, "hoover-high", "registered-nurses"))

    assert "Care 1 (Introductory) → Care 2 (Capstone) ; Care 3 (Capstone, 2 courses)" in " ".join(
        page.split()
    )


def test_a_city_is_a_start_for_an_adult_and_the_box_says_which(client, line):
    make_zip_code("92243", "El Centro", latitude="32.79", longitude="-115.57")
    make_institution(segment=Segment.MIDDLE, district=make_district("El Centro Elementary"))

    asked = text_of(ask(client, "El Centro", "registered-nurses", adult="1"))
    page = ask(client, "el-centro-ca", "registered-nurses", adult="1")

    assert "Which place do you mean?" in asked
    assert "El Centro, CA City: start from anywhere in it" in asked
    assert "From El Centro, CA to Registered Nurses" in text_of(page)
    assert 'value="El Centro, CA"' in page.content.decode()
    student = text_of(ask(client, "el-centro-ca", "registered-nurses"))
    assert "A city names no school, so these routes begin after high school." in student
