"""The careers as a student meets them: the list with its filters, one career, what leads there."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finder import careers
from finder.leads import leads
from imports import region
from programs.fits import job_names
from programs.models import Institution, Program, Segment
from programs.ways import ways
from reference.models import (
    Education,
    LaborFigure,
    OccupationInterest,
    OccupationPathway,
    Region,
    RelatedOccupation,
)
from tests.factories import (
    leads_to,
    make_county,
    make_district,
    make_figure,
    make_institution,
    make_living_wage,
    make_occupation,
    make_pathway,
    make_program,
    make_region,
    make_release,
    make_sector,
    make_synonym,
    make_zip_code,
)

pytestmark = pytest.mark.django_db
LIST = "/en/careers/"


def text_of(response):
    """The words of a page, one blank between them."""
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def make_career(title, *, sector=None, interests=(), **values):
    """An occupation with regional figures, and the interest areas in their order."""
    facts = {
        name: values.pop(name) for name in ("education", "everyday", "title_es") if name in values
    }
    job = make_occupation(title, **facts)
    make_figure(job, **values)
    for rank, interest in enumerate(interests, start=1):
        OccupationInterest.objects.create(
            occupation=job, interest=interest, rank=rank, release=make_release("onet")
        )
    if sector:
        pathway = make_pathway(f"{title} pathway", sector)
        OccupationPathway.objects.create(occupation=job, pathway=pathway)
    return job


@pytest.fixture
def five():
    """Five careers that differ in all that the list can filter by."""
    make_region()
    health = make_sector("HM", "Health", "Salud")
    trades = make_sector("MF", "Manufacturing", "Manufactura")
    make_living_wage(hourly="32.88")
    make_career(
        "Nurses", sector=health, interests=["social", "investigative", "realistic"], hourly=64,
        openings=2000, growth="7.5", education=Education.BACHELOR, title_es="Enfermeras",
    )  # fmt: skip
    make_career(
        "Aides", sector=health, interests=["social"], hourly="18.50", openings=1500, growth=-3,
        education=Education.NONE,
    )  # fmt: skip
    make_career(
        "Welders", sector=trades, interests=["realistic"], hourly=30, openings=90,
        education=Education.DIPLOMA, everyday="metal worker",
    )  # fmt: skip
    make_career(
        "Machinists", sector=trades, interests=["realistic", "conventional"], hourly=34,
        openings=40, education=Education.CERTIFICATE,
    )  # fmt: skip
    make_career("Riggers", hourly=None, annual=None, openings=None, growth=None, missing="too_few")


def names(client, query=""):
    """The careers of the list in the order of the page."""
    page = client.get(f"{LIST}?{query}").content.decode()
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


# --- The list ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Aides", "Nurses", "Machinists", "Welders", "Riggers"]),
        ("q=metal", ["Welders"]),
        ("q=enfermeras", ["Nurses"]),
        ("sector=health", ["Aides", "Nurses"]),
        ("pay=30-40", ["Machinists", "Welders"]),
        ("pay=under-20&pay=60", ["Aides", "Nurses"]),
        ("pay=none", ["Riggers"]),
        ("openings=50-199", ["Welders"]),
        ("openings=1000", ["Aides", "Nurses"]),
        ("education=no-diploma&education=bachelor", ["Aides", "Nurses"]),
        ("interest=investigative", ["Nurses"]),
        ("interest=realistic", ["Machinists", "Welders"]),  # a third area does not count
        ("mark=high_wage", ["Nurses", "Machinists"]),
        ("mark=high_skill", ["Nurses", "Machinists"]),
        ("mark=in_demand", ["Nurses"]),  # aides shrink
        ("sector=health&interest=social&pay=60", ["Nurses"]),
        ("sector=health&education=diploma", []),
        ("sector=nonsense&pay=%00&interest=<script>&sort=up", ["Aides", "Nurses", "Machinists",
          "Welders", "Riggers"]),
        ("sector=health&sector=nonsense", ["Aides", "Nurses"]),
    ],
)  # fmt: skip
def test_filters_combine_and_unknown_values_are_ignored(client, five, query, found):
    assert names(client, query) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("pay", ["Nurses", "Machinists", "Welders", "Aides", "Riggers"]),
        ("openings", ["Nurses", "Aides", "Welders", "Machinists", "Riggers"]),
        ("education", ["Aides", "Welders", "Machinists", "Nurses", "Riggers"]),
        ("name", ["Aides", "Machinists", "Nurses", "Riggers", "Welders"]),
    ],
)
def test_the_list_is_sorted_as_asked_and_what_is_not_reported_comes_last(client, five, sort, order):
    assert names(client, f"sort={sort}") == order


def test_the_count_is_the_heading_and_the_title(client, five):
    page = client.get(f"{LIST}?sector=health").content.decode()

    assert "<h1>2 careers in Health</h1>" in page
    assert "<title>2 careers in Health – " in page
    assert "<h1>1 career for “weld” in Manufacturing</h1>" in (
        client.get(f"{LIST}?q=weld&sector=manufacturing").content.decode()
    )


def test_each_filter_can_be_taken_away_and_keeps_the_others(client, five):
    page = unescape(client.get(f"{LIST}?sector=health&interest=social&sort=pay").content.decode())

    assert 'href="/en/careers/?interest=social&sort=pay" aria-label="Remove filter: Health"' in page
    assert (
        'href="/en/careers/?sector=health&sort=pay" aria-label="Remove filter: Help and teach people"'
        in page
    )


def test_a_count_beside_an_option_is_what_choosing_it_would_find(client, five):
    page = client.get(f"{LIST}?sector=health").content.decode()

    def count(name, value):
        row = re.search(rf'name="{name}" value="{value}".*?<span class="n">(\d+)</span>', page)
        return row and int(row[1])

    assert (count("sector", "health"), count("sector", "manufacturing")) == (2, 2)
    assert (count("interest", "social"), count("interest", "conventional")) == (2, None)


def test_nothing_found_offers_what_to_leave_out(client, five):
    page = unescape(client.get(f"{LIST}?sector=health&education=diploma").content.decode())

    assert "0 careers in Health" in page
    assert (
        'href="/en/careers/?education=diploma">Without Health</a> <span class="n">1 career' in page
    )
    assert 'href="/en/careers/?sector=health">Without High school diploma' in page


def test_a_name_that_is_not_among_the_filtered_may_be_left_out_too(client, five):
    page = unescape(client.get(f"{LIST}?q=weld&sector=health").content.decode())

    assert 'href="/en/careers/?sector=health">Without “weld”</a> <span class="n">2 careers' in page
    assert 'href="/en/careers/?q=weld">Without Health</a> <span class="n">1 career' in page


def test_who_has_asked_nothing_is_asked_what_they_like_to_do(client, five):
    page = text_of(client.get(LIST))

    assert "What do you like to do? Build and fix things 2 2 careers" in page
    assert "What do you like to do?" not in text_of(client.get(f"{LIST}?sort=pay"))


def test_the_list_states_where_the_lines_of_its_marks_are(client, five):
    page = text_of(client.get(LIST))

    assert (
        "The typical pay is $32.88 an hour or more. That is the living wage of one household"
        " (1 adult, no children) in San Diego County in 2026"
    ) in page
    assert "The usual education is this or more: Some college, no degree." in page
    assert "There are 795 openings a year or more, as in half of the jobs" in page
    assert "And the job is not expected to shrink." in page


def test_the_marks_follow_what_the_administrator_sets(client, five):
    region = Region.objects.get()
    region.high_wage_hourly, region.in_demand_openings, region.in_demand_growth = 60, 50, 4
    region.marks_note_en = "Agreed in June."
    region.save()

    page = text_of(client.get(LIST))

    assert names(client, "mark=high_wage") == ["Nurses"]
    assert names(client, "mark=in_demand") == ["Nurses", "Welders"]
    assert "$60 an hour or more, an amount that the region has set" in page
    assert "50 openings a year or more, a number that the region has set" in page
    assert "And the job is expected to grow by 4.0% or more." in page
    assert "Agreed in June." in page


def test_a_missing_figure_says_why(client, five):
    page = text_of(client.get(f"{LIST}?pay=none"))

    assert "Riggers too few jobs for a reliable figure too few jobs for a reliable figure" in page


def test_bands_hold_every_figure_once():
    values = [None, 0, 19.99, 20, 29.99, 30, 40, 59.99, 60, 1000]

    assert [careers.band(careers.PAY, value) for value in values] == [
        "none", "under-20", "under-20", "20-30", "20-30", "30-40", "40-60", "40-60", "60", "60",
    ]  # fmt: skip


# --- One career --------------------------------------------------------------------------------


def page_of(client, job, query="", language="en"):
    return client.get(f"/{language}/careers/{job.slug}/?{query}")


def test_a_career_shows_four_figures_with_place_period_and_source(client):
    make_region()
    job = make_career(
        "Nurses", hourly=64, annual=132620, openings=2000, education=Education.BACHELOR
    )

    page = text_of(page_of(client, job))

    assert "Typical pay in Two Valleys, 2024 Pay by the hour $64 an hour $132,620 a year" in page
    assert "Openings, 2024-2029 2,000 openings a year" in page
    assert "Usual education to start Bachelor’s degree" in page
    assert "Source of the four figures: Centers, Occupational demand" in page
    assert "No source we read publishes the lowest and the highest pay in this region" in page


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        ("9.0", "Grows by 9% faster than all the jobs on our list together (5%)"),
        ("1.0", "Grows by 1% more slowly than all the jobs on our list together (1%)"),
        ("-3.5", "Shrinks by 3.5%"),
        ("0.5", "Stays about the same"),
        (None, "not reported by the source"),
    ],
)
def test_growth_is_said_in_words(client, growth, words):
    make_region()
    make_career("Others", jobs=1000, growth=1)
    job = make_career("Nurses", jobs=1000, growth=growth)
    if growth == "1.0":
        LaborFigure.objects.exclude(occupation=job).update(growth=9)
        words = words.replace("(1%)", "(5%)")

    page = text_of(page_of(client, job))

    label = "How fast it grows" if growth is None else "Jobs from 2024 to 2029"
    assert f"{label} {words}" in page


@pytest.fixture
def nurses():
    make_region()
    make_living_wage(make_county("Imperial"), hourly="22.37")
    make_living_wage(make_county("San Diego"), hourly="32.88")
    make_living_wage(make_county("Imperial"), hourly="30.77", household="2a1w0c")
    make_living_wage(make_county("San Diego"), hourly="41.44", household="2a1w0c")
    return make_career("Nurses", hourly="30.77", annual=64000)


def test_pay_stands_beside_the_living_wage_of_each_county(client, nurses):
    page = text_of(page_of(client, nurses))

    pay = "$30.77 an hour (Two Valleys, 2024)"
    assert f"Imperial County $22.37 {pay} Yes: $8.40 an hour more than needed" in page
    assert f"San Diego County $32.88 {pay} No: $2.11 an hour less than needed" in page
    assert "The costs are of 2026: where the pay is older, it may be higher by now." in page


def test_every_county_is_compared_with_the_pay_at_the_head_and_its_own_stands_below(client, nurses):
    imperial, other = make_county("Imperial"), make_county("San Diego")
    of_the_state = make_release("edd", publisher="EDD", name="Projections")
    shared = {"area": "county", "release": of_the_state, "pay_period": "2025"}
    make_figure(nurses, county=imperial, period="2023-2033", hourly="22.00", **shared)
    make_figure(nurses, county=other, period="2023-2033", hourly=None, **shared)

    response = page_of(client, nurses)
    page, html = text_of(response), response.content.decode()

    pay = "$30.77 an hour (Two Valleys, 2024)"
    alone = "Imperial County alone, 2025: $22 an hour"
    assert f"Imperial County $22.37 {pay} {alone} Yes: $8.40 an hour more" in page
    assert "San Diego County $32.88 $30.77 an hour (Two Valleys, 2024) No: $2.11" in page
    assert re.findall(r'class="bars-label"[^>]*>([^<]+)<', html) == [
        "This job pays: $30.77",
        "Needed in Imperial: $22.37",
        "Needed in San Diego: $32.88",
    ]
    assert "MIT, Living Wage Calculator ; Centers, Occupational demand ; EDD, Projections" in page


def test_the_household_is_chosen_in_the_address_and_the_zip_code_stays(client, nurses):
    make_zip_code("92101")
    response = page_of(client, nurses, "household=2a1w0c&zip=92101")
    html, page = response.content.decode(), text_of(response)

    assert (
        "Imperial County $30.77 $30.77 an hour (Two Valleys, 2024) Yes: just as much as needed"
        in page
    )
    assert "Needed by the hour, for each adult who works" in page
    assert '<option value="2a1w0c" selected>2 adults, 1 of them works, no children' in html
    assert '<input type="hidden" name="household" value="2a1w0c">' in html
    assert '<input type="hidden" name="zip" value="92101">' in html


@pytest.mark.parametrize("household", ["", "9a9c", "<script>", "%00", "1a0c"])
def test_an_unknown_household_is_one_adult(client, nurses, household):
    assert "Imperial County $22.37" in text_of(page_of(client, nurses, f"household={household}"))


def test_the_drawing_says_what_the_table_says_and_only_to_the_eye(client, nurses):
    page = page_of(client, nurses).content.decode()
    drawing = re.search(r'<figure class="bars" aria-hidden="true">.*?</figure>', page, re.S)[0]

    assert re.findall(r'class="bars-(\w+)"[^>]* width="([\d.]+%)"', drawing) == [
        ("pay", "93.6%"),
        ("need", "68.0%"),
        ("need", "100.0%"),
    ]
    assert "Needed in San Diego: $32.88" in drawing


def test_without_pay_nothing_is_compared_and_nothing_is_drawn(client, nurses):
    job = make_occupation("Riggers")

    response = page_of(client, job)

    assert "We cannot say: the pay is not reported." in text_of(response)
    assert "No source reports pay for this job in this region." in text_of(response)
    assert "<svg" not in response.content.decode()


def test_a_job_with_too_few_workers_says_so_and_claims_nothing(client, nurses):
    job = make_career(
        "Riggers", hourly=None, annual=None, openings=None, growth=None, jobs=None,
        missing="too_few",
    )  # fmt: skip

    page = text_of(page_of(client, job))

    assert "Pay by the hour too few jobs for a reliable figure" in page
    assert "How fast it grows too few jobs for a reliable figure" in page
    assert "Half of the workers" not in page
    assert "The costs are of 2026" not in page


def test_without_a_living_wage_the_page_does_not_ask(client):
    make_region()

    page = text_of(page_of(client, make_career("Nurses")))

    assert "Is the pay enough to live on here?" not in page.replace("Is the pay enough?", "")


def test_what_people_like_to_do_leads_to_careers_alike(client):
    make_region()
    job = make_career("Nurses", interests=["social", "investigative", "realistic"])

    page = page_of(client, job).content.decode()

    assert '<a href="/en/careers/?interest=social">Help and teach people</a>' in page
    assert '<a href="/en/careers/?interest=investigative">' in page
    assert "interest=realistic" not in page


def test_related_careers_stand_with_their_pay_the_most_alike_first(client):
    make_region()
    release = make_release("onet", name="O*NET")
    job, first, second = (
        make_career(title, interests=["social"]) for title in ("Nurses", "Aides", "Medics")
    )
    for rank, other in enumerate((second, first), start=1):
        RelatedOccupation.objects.create(occupation=job, related=other, rank=rank, release=release)

    page = text_of(page_of(client, job))

    assert "Jobs like this one" in page
    assert page.index("Medics Usual") < page.index("Aides Usual")
    assert "Which jobs are alike: Department of Education, O*NET" in page
    assert "Jobs like this one" not in text_of(page_of(client, first))


# --- Programs that lead there ------------------------------------------------------------------


def make_college(name, latitude=None, **values):
    """A college at a degree of latitude, on the meridian of ZIP code 92101."""
    place = {"latitude": latitude, "longitude": "-117.16"} if latitude else {}
    return make_institution(name, **place, **values)


@pytest.fixture
def four_colleges():
    """One 0, one 7 and one 69 miles from 92101, and one whose place is not known."""
    make_region()
    make_zip_code("92101", latitude="32.72", longitude="-117.16")
    job = make_occupation("Nurses")
    for name, latitude in (
        ("North", "33.72"),
        ("Nowhere", None),
        ("Near", "32.82"),
        ("Here", "32.72"),
    ):
        college = make_college(name, latitude)
        leads_to(make_program(f"Nursing {name}", institution=college), job)
    return job


def test_programs_near_a_zip_code_come_first_with_their_miles(client, four_colleges):
    page = text_of(page_of(client, four_colleges, "zip=92101"))
    college = page[page.index("4 programs") :]

    assert re.findall(
        r"Nursing (\w+) \1, San Diego ([\w. ]+?away|Distance not known)", college
    ) == [
        ("Here", "0.0 miles away"),
        ("Near", "6.9 miles away"),
        ("North", "69.1 miles away"),
        ("Nowhere", "Distance not known"),
    ]
    assert "in a straight line from the middle of 92101" in page


def test_without_a_zip_code_programs_stand_by_place_and_nothing_is_left_out(client, four_colleges):
    page = page_of(client, four_colleges)
    page.content = re.sub(rb"<svg.*?</svg>", b"", page.content, flags=re.DOTALL)
    words = text_of(page)

    assert "miles away" not in words
    assert re.findall(r"Nursing (\w+)", words) == ["Here", "Near", "North", "Nowhere"]


@pytest.mark.parametrize("zip_code", ["10001", "abc", "<script>alert(1)</script>", "9210", "%00"])
def test_a_zip_code_that_is_none_of_the_region_is_said_and_not_used(
    client, four_colleges, zip_code
):
    response = page_of(client, four_colleges, f"zip={zip_code}")

    assert "miles away" not in text_of(response)
    assert zip_code == "%00" or "is not a ZIP code of Two Valleys" in text_of(response)
    assert b"<script>alert" not in response.content


def test_more_than_five_programs_of_a_level_are_folded(four_colleges):
    college = make_college("Close", "32.73")
    for number in range(3):
        leads_to(make_program(f"Nursing {number}", institution=college), four_colleges)

    level = leads(ways(four_colleges, job_names()), {college.slug: 0.7})[-1]["straight"]

    assert [len(level[part]) for part in ("nearest", "farther")] == [5, 2]
    assert {lead.institution for lead in level["nearest"][:3]} == {"Close"}


def test_levels_come_in_the_order_students_meet_them_and_schools_fold_by_district():
    make_region()
    job = make_occupation()
    school = make_institution("Hoover High", segment=Segment.HIGH, district=make_district())
    leads_to(make_program("Metal Shop", institution=school), job)
    leads_to(make_program("Welding", institution=make_institution("Palomar College")), job)

    levels = leads(ways(job, job_names()))

    assert [(level["segment"], level["total"]) for level in levels] == [
        ("middle_school", 0),
        ("high_school", 1),
        ("adult_education", 0),
        ("community_college", 1),
    ]
    assert [place for place, _leads in levels[1]["straight"]["groups"]] == ["Coast Unified"]
    assert [place for place, _leads in levels[3]["straight"]["groups"]] == ["Palomar College"]


def test_what_leads_straight_to_a_job_stands_apart_from_the_first_steps(client):
    """A nursing assistant is no nurse, and what a high school teaches of health may be the beginning."""
    make_region()
    pathway = make_pathway("Patient Care", make_sector("HM", "Health"))
    job = make_occupation("Registered Nurses", everyday="nurse", education="Bachelor's degree")
    make_occupation("Nursing Assistants", everyday="certified nursing assistant")
    common = {"pathway": pathway, "sector": pathway.sector}
    high, adult = (make_institution(segment=kind) for kind in (Segment.HIGH, Segment.ADULT))
    make_program("Patient Care", institution=high, **common)
    make_program("Old Patient Care", institution=high, status=Program.Status.DRAFT, **common)
    aide = make_program("Certified nursing assistant", institution=adult, **common)
    leads_to(aide, job, basis="pathway")
    leads_to(make_program("Registered Nursing", **common), job)

    middle, high, adult, college = leads(ways(job, job_names()))

    assert [(part["straight"]["total"], part["first"]["total"]) for part in (high, adult)] == [
        (0, 1),
        (0, 1),
    ]
    assert (college["straight"]["total"], college["first"]["total"]) == (1, 0)
    assert middle["total"] == 0
    page = text_of(page_of(client, job))
    assert "1 program leads straight to this job" in page
    assert page.count("1 possible first step") == 2


def test_the_page_tells_which_programs_the_region_has_confirmed(client):
    make_region()
    job = make_occupation()
    leads_to(make_program("Welding"), job, basis="confirmed")
    leads_to(make_program("Fitting"), job)
    leads_to(make_program("Baking"), job, basis="hidden")
    leads_to(make_program("Secret", status=Program.Status.DRAFT), job, basis="confirmed")
    closed = make_institution(status=Institution.Status.CLOSED)
    leads_to(make_program("Gone", institution=closed), job)

    page = text_of(page_of(client, job))

    assert "The region has confirmed 1 of 2 programs" in page
    assert "Welding Confirmed by the region" in page
    assert "Fitting Confirmed" not in page
    assert not re.search("Baking|Secret|Gone", page)


def test_suggestions_that_nobody_confirmed_say_so(client):
    make_region()
    job = make_occupation()
    leads_to(make_program("Fitting"), job)

    assert "The region has not confirmed them yet." in text_of(page_of(client, job))


def test_a_program_tells_who_says_that_it_leads_to_a_job(client):
    make_region()
    program = make_program()
    leads_to(program, make_occupation("Fitters"))
    leads_to(program, make_occupation("Riggers"), basis="pathway")
    leads_to(program, make_occupation("Welders"), basis="confirmed")

    page = text_of(client.get(f"/en/programs/{program.slug}/"))
    jobs = page[page.index("Jobs in this field") :]

    said = re.findall(
        r"(Welders|Fitters|Riggers) .*?(Confirmed by the region|May fit: same \w+)", jobs
    )
    assert said == [
        ("Welders", "Confirmed by the region"),
        ("Fitters", "May fit: same program"),
        ("Riggers", "May fit: same pathway"),
    ]


# --- Cost --------------------------------------------------------------------------------------


def make_neighbourhood(count):
    job = make_career(f"Nurses {count}", sector=make_sector(), interests=["social"])
    make_living_wage(make_county(f"County {count}"))
    for number in range(count):
        other = make_career(f"Aides {count} {number}", sector=make_sector(), interests=["social"])
        RelatedOccupation.objects.create(
            occupation=job, related=other, rank=number + 1, release=make_release("onet")
        )
        college = make_college(f"College {count} {number}", "32.82")
        leads_to(make_program(institution=college), job)
        make_figure(job, area="county", county=make_county(f"County {number} of {count}"))
    return job


@pytest.mark.parametrize("query", ["", "?zip=92101&household=1a1c", "?interest=social&sort=pay"])
@pytest.mark.parametrize("of_one", [True, False])
def test_queries_do_not_grow_with_the_region(client, query, of_one):
    make_region()
    make_zip_code("92101")

    few = queries_of(client, of_one, make_neighbourhood(1), query)
    many = queries_of(client, of_one, make_neighbourhood(30), query)

    assert 0 < many <= few < 19


def queries_of(client, of_one, job, query):
    """How many queries a page costs in a process that has seen the region before, but not this page."""
    client.get("/en/glossary/")
    path = f"{LIST}{job.slug}/" if of_one else LIST
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path + query).status_code == 200
    return len(queries)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_real_list_is_light(client, language):
    region.load(settings.REGION_PACK)
    style = (settings.BASE_DIR / "static/css/site.css").read_bytes()
    script = (settings.BASE_DIR / "static/js/site.js").read_bytes()

    page = client.get(f"/{language}/careers/").content

    assert sum(len(compressed(part)) for part in (page, style, script)) < 45_000


def compressed(content):
    import gzip

    return gzip.compress(content, 6)


def test_an_everyday_word_finds_the_jobs_that_it_is_used_for(client):
    make_region()
    make_occupation("Automotive Service Technicians and Mechanics")
    make_occupation("Registered Nurses")
    make_synonym("cars", means="automotive technology; automotive service technicians")

    page = text_of(client.get("/en/careers/?q=cars"))

    assert "1 career for “cars”" in page
    assert "Automotive Service Technicians and Mechanics" in page


def test_with_words_the_best_match_comes_first(client):
    make_region()
    make_occupation("Veterinary Technologists", everyday="vet nurse")
    make_occupation("Farmworkers, Crop and Nursery")
    make_occupation("Nurse Practitioners")
    make_occupation("Registered Nurses", everyday="RN; nurse")

    assert names(client, "q=nurse") == [
        "Registered Nurses",
        "Nurse Practitioners",
        "Veterinary Technologists",
    ]
    assert names(client, "q=nurse&sort=name")[0] == "Nurse Practitioners"


def test_words_that_name_nothing_are_not_searched_for(client):
    make_region()
    make_synonym("animation", means="special effects artists")
    make_occupation("Special Effects Artists", everyday="animation like this")
    make_occupation("Animal Caretakers")

    assert names(client, "q=i+like+animals") == ["Animal Caretakers"]


def test_first_letters_find_the_jobs_whose_names_start_so(client):
    make_region()
    make_occupation("Registered Nurses")
    make_occupation("Nursery Workers")
    make_occupation("Urban Planners")

    assert names(client, "q=nurs") == ["Nursery Workers", "Registered Nurses"]
