"""The public pages as a reader meets them."""

import json
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from finder import sitemaps
from imports import region
from programs.models import Institution, LinkKind, Opportunity, Program, Segment
from reference.models import LaborFigure
from tests.factories import (
    leads_to,
    make_award,
    make_course,
    make_district,
    make_institution,
    make_link,
    make_occupation,
    make_pathway,
    make_program,
    make_region,
    make_release,
    make_sector,
)

pytestmark = pytest.mark.django_db

SAMPLE = settings.BASE_DIR / "fixtures" / "sample-region"
PATHS = [
    "", "programs/", "programs/welding-sample-college/", "sectors/", "sectors/making-things/",
    "pathways/metal-joining/", "institutions/", "institutions/sample-high/", "careers/",
    "careers/welders/", "routes/", "glossary/", "about-the-data/",
]  # fmt: skip


@pytest.fixture
def sample():
    region.load(SAMPLE)


def text_of(response):
    """The words of a page, one blank between them."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def path_of(program):
    return f"/en/programs/{program.slug}/"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_there_in_both_languages(client, sample, language, path):
    response = client.get(f"/{language}/{path}")
    page = response.content.decode()

    assert response.status_code == 200
    assert f'<html lang="{language}"' in page
    assert page.count("<h1") == 1
    other = "es" if language == "en" else "en"
    assert f'hreflang="{other}" href="{settings.SITE_URL}/{other}/{path}"' in page
    assert f'rel="canonical" href="{settings.SITE_URL}/{language}/{path}"' in page


@pytest.mark.parametrize("path", PATHS)
def test_no_page_sets_a_cookie_or_breaks_the_content_security_policy(client, sample, path):
    response = client.get(f"/en/{path}")
    page = response.content.decode()

    assert response.cookies == {}
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", page)
    assert not re.search(r"<script(?![^>]*(src=|application/ld\+json))", page)


@pytest.mark.parametrize("path", PATHS)
def test_a_repeat_visit_costs_one_query(client, sample, path, django_assert_num_queries):
    first = client.get(f"/en/{path}")

    with django_assert_num_queries(1):
        second = client.get(f"/en/{path}", headers={"if-none-match": first["ETag"]})

    assert second.status_code == 304
    assert "public" in first["Cache-Control"]
    assert "Cookie" not in first.get("Vary", "")


def test_an_edit_makes_a_new_page(client, sample):
    first = client.get("/en/programs/welding-sample-college/")
    program = Program.objects.get(slug="welding-sample-college")
    program.title_en = "Pipe Welding"
    program.save()

    second = client.get(
        "/en/programs/welding-sample-college/", headers={"if-none-match": first["ETag"]}
    )

    assert second.status_code == 200
    assert "Pipe Welding" in text_of(second)


@pytest.mark.parametrize(
    ("accepts", "language"), [("es-MX,es;q=0.9", "es"), ("en-US", "en"), ("fr", "en"), ("", "en")]
)
def test_the_bare_address_leads_to_the_readers_language(client, accepts, language):
    response = client.get("/", headers={"accept-language": accepts})

    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in response["Vary"]


def test_a_program_says_what_it_is_for_whom_and_where_the_facts_come_from(client, sample):
    page = text_of(client.get("/en/programs/metal-shop-sample-high/"))

    for words in (
        "Students of this school",
        "Free",
        "Metals 1",
        "Sample Valley, Made-up facts",
        "2026",
    ):
        assert words in page


def test_a_fact_that_the_source_lacks_says_so(client, sample):
    assert "Not stated by the source" in text_of(client.get("/en/programs/metal-shop-sample-high/"))


def test_a_title_without_translation_is_marked_as_english(client, sample):
    page = client.get("/es/programs/metal-shop-sample-high/").content.decode()

    assert re.search(r'<h1[^>]*>\s*<span lang="en">Metal Shop</span>', page)


def test_an_old_or_undated_program_is_not_verified(client):
    make_region()
    old = make_program(as_of=str(timezone.localdate().year - 9))
    fresh = make_program(as_of=str(timezone.localdate().year))

    assert "Not verified" in text_of(client.get(path_of(old)))
    assert "Not verified" not in text_of(client.get(path_of(fresh)))


def test_an_agreement_tells_units_grade_and_last_year(client, sample):
    page = text_of(client.get("/en/programs/metal-shop-sample-high/"))

    for words in ("Articulation", "WELD 100", "Grade needed B", "2027"):
        assert words in page


def test_an_expired_agreement_is_dated(client):
    make_region()
    program = make_program(institution=make_institution(segment=Segment.HIGH))
    make_link(from_program=program, valid_until="2018")

    assert "2018" in text_of(client.get(path_of(program)))
    assert "stop-expired" in client.get(path_of(program)).content.decode()


def test_a_computed_step_says_that_no_agreement_is_on_file(client):
    make_region()
    pathway = make_pathway()
    program = make_program(institution=make_institution(segment=Segment.HIGH), pathway=pathway)
    make_program("Welding Technology", pathway=pathway)

    page = text_of(client.get(path_of(program)))

    assert "Welding Technology" in page
    assert "Same pathway. No agreement between the schools is listed" in page


def test_a_dead_end_says_so(client):
    make_region()
    program = make_program(institution=make_institution(segment=Segment.HIGH))

    assert "No next step is listed yet" in text_of(client.get(path_of(program)))


def test_pay_stands_with_place_and_year(client, sample):
    LaborFigure.objects.filter(area="region").update(pay_period="2024")

    page = text_of(client.get("/en/careers/welders/"))

    assert "Typical pay in Sample Valley, 2024" in page
    assert "$26.50 an hour" in page
    assert "11 openings a year" in page
    assert "$21.10" in page


def test_a_career_lists_the_programs_that_lead_there(client, sample):
    page = text_of(client.get("/en/careers/welders/"))

    assert "Metal Shop" in page
    assert "Welding" in page


def test_a_program_describes_itself_to_machines(client, sample):
    page = client.get("/es/programs/welding-sample-college/").content.decode()
    facts = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])

    assert facts["@type"] == "EducationalOccupationalProgram"
    assert facts["inLanguage"] == "es"
    assert facts["name"] == "Soldadura"
    assert facts["provider"]["address"]["addressRegion"] == "OR"
    assert facts["occupationalCategory"][0]["codeValue"] == "51-4121"


def test_a_title_cannot_close_the_data_block(client):
    make_region()
    program = make_program("</script><script>alert(1)</script>")

    page = client.get(path_of(program)).content.decode()

    assert "<script>alert" not in page


def test_drafts_are_not_found(client):
    make_region()
    draft = make_program(status=Program.Status.DRAFT)

    response = client.get(path_of(draft))

    assert response.status_code == 404


def test_a_missing_page_is_kind_and_in_the_readers_language(client, sample):
    response = client.get("/es/no-such-page/")

    assert response.status_code == 404
    assert '<html lang="es"' in response.content.decode()
    assert "ETag" not in response


def test_a_broken_page_needs_nothing_that_may_be_broken(client, sample, monkeypatch):
    monkeypatch.setattr("finder.views.content.examples", lambda: 1 / 0)
    client.raise_request_exception = False

    response = client.get("/en/")

    assert response.status_code == 500
    assert 'lang="es"' in response.content.decode()


def test_schools_are_found_by_another_name_or_city(client):
    make_region()
    school = make_institution("Herbert Hoover High", segment=Segment.HIGH, city="San Diego")
    school.names.create(name="Hoover")
    make_institution("Calexico High", segment=Segment.HIGH, city="Calexico")

    page = text_of(client.get("/en/institutions/?q=hoover"))

    assert "1 school or college for “hoover”" in page
    assert "Calexico High" not in page


def test_the_sitemap_holds_every_page_with_its_twin(client, sample):
    index = client.get("/sitemap.xml").content.decode()
    programs = client.get("/sitemap-programs.xml").content.decode()

    assert "sitemap-programs.xml" in index
    assert "/en/programs/welding-sample-college/" in programs
    assert 'hreflang="es"' in programs


def test_about_the_data_counts_what_is_listed_and_what_is_missing(client, sample):
    page = text_of(client.get("/en/about-the-data/"))

    assert "Length: not stated for 2 of 2 programs." in page
    assert "Made-up facts" in page


@pytest.mark.parametrize(
    ("language", "marks", "order"),
    [
        ("en", "by the rule that the careers page states", "the best agreement on the way"),
        ("es", "con la regla que da la página de ocupaciones", "el mejor acuerdo en el camino"),
    ],
)
def test_about_the_data_tells_the_rules_of_marks_and_routes_and_where_they_stand(
    client, sample, language, marks, order
):
    response = client.get(f"/{language}/about-the-data/")

    assert f'<a href="/{language}/careers/#marks">{marks}</a>' in response.content.decode()
    assert order in text_of(response)
    assert 'id="marks"' in client.get(f"/{language}/careers/").content.decode()


def in_spanish(program):
    return f"/es/programs/{program.slug}/"


def test_courses_from_another_source_carry_it_once_with_its_date_and_mark(client):
    make_region()
    program = make_program(source_url="https://college.example.edu/", as_of="2026")
    for title in ("Welding 1", "Welding 2"):
        make_course(program, title, source_url="https://www.paper.example/story", as_of="2011")

    page = text_of(client.get(path_of(program)))

    assert page.count("Source: paper.example . As of 2011. Not verified") == 1


def test_a_course_and_an_award_with_their_own_source_say_so_beside_them(client):
    make_region()
    program = make_program(source_url="https://college.example.edu/", as_of="2026")
    make_course(program, "Welding 1")
    make_course(program, "Welding 2", source_url="https://list.example/", as_of="")
    make_award(program, title="Welder", source_url="https://college.example.edu/", as_of="2025-26")

    page = text_of(client.get(path_of(program)))

    assert "Welding 2 Source: list.example . The source has no date. Not verified" in page
    assert "Source: college.example.edu . As of 2025-26. Has a date, not confirmed" in page


def test_courses_of_the_programs_own_source_do_not_repeat_it(client):
    make_region()
    program = make_program(source_url="https://college.example.edu/", as_of="2026")
    make_course(program, source_url="https://college.example.edu/", as_of="")

    assert text_of(client.get(path_of(program))).count("college.example.edu") == 1


def make_opportunity(school, title, as_of):
    return Opportunity.objects.create(
        slug=title.lower().replace(" ", "-"),
        institution=school,
        title_en=title,
        stage="preparation",
        kind="internship",
        release=make_release("regional-compilation", publisher="The region"),
        source_url="https://www.paper.example/story",
        as_of=as_of,
    )


def test_old_learning_at_work_never_looks_like_an_offer_of_today(client):
    make_region()
    school = make_institution("Hoover High", segment=Segment.HIGH)
    make_opportunity(school, "Shipyard visit", "2008")
    make_opportunity(school, "Hospital internship", "")

    page = text_of(client.get(f"/en/institutions/{school.slug}/"))

    assert "Not verified Offered in 2008, ask if it still is. Source:" in page
    assert "The source has no date, ask if it is still offered." in page
    assert "paper.example" in page


def test_recent_learning_at_work_is_a_report_with_its_year(client):
    make_region()
    school = make_institution("Hoover High", segment=Segment.HIGH)
    year = timezone.localdate().year
    make_opportunity(school, "Shipyard visit", str(year))

    page = text_of(client.get(f"/en/institutions/{school.slug}/"))

    assert f"Has a date, not confirmed Reported in {year}." in page


def test_jobs_are_those_of_the_field_with_the_usual_education(client):
    make_region()
    program = make_program()
    leads_to(program, make_occupation("Welders", education="Associate's degree"))
    leads_to(make_program(), make_occupation("Fitters"))
    other = make_program()
    leads_to(other, make_occupation("Riggers"))

    page = text_of(client.get(path_of(program)))

    assert "Jobs in this field Some need more study than this program." in page
    assert "Welders Usual education: Associate degree" in page
    assert "Usual education: not reported" in text_of(client.get(path_of(other)))


def test_an_unknown_kind_of_education_is_marked_as_english(client):
    make_region()
    program = make_program()
    leads_to(program, make_occupation(education="Some new category"))

    page = client.get(in_spanish(program)).content.decode()

    assert '<span lang="en">Some new category</span>' in page


def test_a_publication_is_marked_as_english_and_the_real_source_is_named(client):
    make_region()
    program = make_program(source_url="https://www.sdusd.example/list.pdf")

    page = client.get(in_spanish(program)).content.decode()

    assert '<span lang="en">Department of Education, School directory</span>: ' in page
    assert '<a href="https://www.sdusd.example/list.pdf">sdusd.example</a>' in page


@pytest.mark.parametrize("slug", ["regional-compilation", "region-editorial"])
def test_what_the_region_made_itself_is_said_in_the_readers_language(client, slug):
    make_region()
    program = make_program(release=make_release(slug, publisher="The region", name="Own work"))

    english, spanish = (text_of(client.get(path(program))) for path in (path_of, in_spanish))

    assert "by the people who keep this site" in english
    assert "The region" not in spanish
    assert "Own work" not in spanish
    assert "The region" not in text_of(client.get("/es/about-the-data/"))


def test_a_sources_own_words_are_marked_as_english_but_not_its_numbers(client):
    make_region()
    program = make_program(institution=make_institution(segment=Segment.HIGH), length="16 weeks")
    make_link(from_program=program, units="up to 6", min_grade="B or better")
    make_link(from_program=program, units="4.5")

    page = client.get(in_spanish(program)).content.decode()

    for words in ("16 weeks", "up to 6", "B or better"):
        assert f'<span lang="en">{words}</span>' in page
    assert '<span lang="en">4.5' not in page


def test_a_period_in_words_is_marked_as_english(client):
    make_region()
    make_release(vintage="April 2026")

    assert '<span lang="en">April 2026</span>' in client.get("/es/about-the-data/").content.decode()


def test_a_college_fee_says_who_need_not_pay_it(client):
    make_region()
    waiver = "Colleges charge a fee for each unit."
    school = make_institution(segment=Segment.HIGH)

    assert waiver in text_of(client.get(path_of(make_program(cost="fee"))))
    assert waiver not in text_of(client.get(path_of(make_program(cost="fee", institution=school))))
    assert waiver not in text_of(
        client.get(path_of(make_program(cost="fee", cost_note="$46 a unit")))
    )


def test_courses_are_called_a_sequence_only_when_every_one_has_a_level(client):
    make_region()
    whole, partly = make_program(), make_program()
    make_course(whole, "Metals 1", sequence="introductory")
    make_course(partly, "Metals 1", sequence="introductory")
    make_course(partly, "Metals 2")

    assert "Introductory courses come first" in text_of(client.get(path_of(whole)))
    assert "Introductory courses come first" not in text_of(client.get(path_of(partly)))


def test_about_the_data_promises_no_more_than_it_keeps(client, sample):
    page = text_of(client.get("/en/about-the-data/"))

    assert "An editor marked it as confirmed" in page
    assert "Every fact" not in page
    assert "usually from the kind of school, not read from the page of each program" in page


def test_a_program_page_leads_straight_to_what_comes_before_and_after(client, sample):
    page = client.get("/en/programs/metal-shop-sample-high/").content.decode()

    for part in ("courses", "route", "credit", "jobs"):
        assert f'href="#{part}"' in page
        assert f'id="{part}"' in page


def test_many_undated_enrollments_without_a_course_fold_under_one_line(client):
    make_region()
    school = make_institution("Hoover High", segment=Segment.HIGH)
    for number in range(5):
        make_link(
            LinkKind.DUAL_ENROLLMENT,
            from_institution=school,
            to=make_institution(f"Bay College {number}"),
        )
    make_link(LinkKind.DUAL_ENROLLMENT, from_institution=school, to_course="Algebra")

    page = text_of(client.get(f"/en/institutions/{school.slug}/"))

    assert "Dual enrollment, no course named 5" in page


def test_a_program_without_a_pathway_leads_on_within_its_sector(client):
    make_region()
    sector = make_sector()
    school = make_institution(segment=Segment.HIGH)
    program = make_program(institution=school, sector=sector)
    make_program("Fitting", sector=sector)

    response = client.get(path_of(program))

    assert "The pathway of this program is not stated." in text_of(response)
    page = response.content.decode()
    assert 'href="/en/programs/?level=community_college&amp;sector=manufacturing"' in page
    assert 'href="/en/sectors/manufacturing/">See the jobs of this sector' in page


def test_no_next_level_is_offered_where_nothing_is_listed(client):
    make_region()
    school = make_institution(segment=Segment.HIGH)
    program = make_program(institution=school, sector=make_sector())

    page = text_of(client.get(path_of(program)))

    assert "Programs of the same sector at the next level" not in page


def test_the_sitemap_carries_the_address_of_the_site_not_of_the_request(
    client, sample, rf, settings
):
    settings.SITE_URL = "https://careers.example.org"

    programs = client.get("/sitemap-programs.xml").content.decode()
    index = sitemaps.index(rf.get("/sitemap.xml")).render().content.decode()

    assert "<loc>https://careers.example.org/en/programs/welding-sample-college/</loc>" in programs
    assert 'href="https://careers.example.org/es/programs/welding-sample-college/"' in programs
    assert "<loc>https://careers.example.org/sitemap-programs.xml</loc>" in index
    assert "testserver" not in programs + index


def test_robots_stay_out_of_downloads(client):
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /*/programs.csv" in lines


def data_block(client, path):
    page = client.get(path).content.decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])


def test_machines_read_each_kind_of_award_once_and_the_language_of_each_course(client):
    make_region()
    program = make_program(title_es="Soldadura")
    make_award(program, title="Welder")
    make_award(program, title="Pipe welder")
    make_course(program, "Metals 1")
    make_course(program, "Metals 2", title_es="Metales 2")

    facts = data_block(client, in_spanish(program))

    assert len(facts["educationalCredentialAwarded"]) == 1
    assert facts["educationalCredentialAwarded"] != ["Welder"]
    assert [course.get("inLanguage") for course in facts["hasCourse"]] == ["en", None]
    assert "programType" not in facts


def test_a_career_names_its_code_and_whose_words_describe_it(client):
    make_region()
    job = make_occupation(
        soc="51-4121", description_en="You join metal.", release=make_release("region-editorial")
    )

    page = text_of(client.get(f"/en/careers/{job.slug}/"))

    assert "Search for this job in the finder" in page
    assert "Occupation code (SOC): 51-4121." in page
    assert "The description is in the words of the people who keep this site." in page


@pytest.mark.parametrize("hidden", ["draft", "closed"])
def test_agreements_with_a_draft_or_a_closed_school_are_not_shown(client, hidden):
    make_region()
    school = make_institution("Hoover High", segment=Segment.HIGH)
    college = make_institution("Bay College")
    pathway = make_pathway()
    goal = make_program("Secret Welding", institution=college, pathway=pathway)
    make_link(from_institution=school, to=college, to_program=goal, pathway=pathway)
    if hidden == "draft":
        goal.status = Program.Status.DRAFT
        goal.save()
    else:
        college.status = Institution.Status.CLOSED
        college.save()

    for path in (f"/en/institutions/{school.slug}/", f"/en/pathways/{pathway.slug}/"):
        page = text_of(client.get(path))
        assert "Secret Welding" not in page
        assert "Bay College" not in page


def make_neighbourhood(programs):
    """A school and a college with many programs of one pathway, all linked, all leading to jobs."""
    pathway = make_pathway()
    school = make_institution("Hoover High", segment=Segment.HIGH, district=make_district())
    college = make_institution("Palomar College")
    for number in range(programs):
        start = make_program(
            f"Shop {number}", institution=school, pathway=pathway, sector=pathway.sector
        )
        goal = make_program(
            f"Welding {number}", institution=college, pathway=pathway, sector=pathway.sector
        )
        make_course(start)
        make_award(goal)
        make_link(from_program=start, to=college, to_program=goal)
        make_link(LinkKind.DUAL_ENROLLMENT, from_institution=school, to=college)
        leads_to(goal, make_occupation(f"Welders {number}"))
    return start, goal


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (lambda start, goal: path_of(start), 17),
        (lambda start, goal: f"/en/institutions/{goal.institution.slug}/", 10),
        (lambda start, goal: "/en/institutions/", 6),
        (lambda start, goal: f"/en/pathways/{goal.pathway.slug}/", 10),
        (lambda start, goal: f"/en/sectors/{goal.sector.slug}/", 10),
        (lambda start, goal: "/en/sectors/", 6),
        (lambda start, goal: "/en/careers/", 8),
        (lambda start, goal: "/en/about-the-data/", 8),
        (lambda start, goal: "/en/", 6),
    ],
)
def test_queries_do_not_grow_with_the_region(client, address, most):
    make_region()
    few = queries_of(client, address(*make_neighbourhood(1)))
    many = queries_of(client, address(*make_neighbourhood(30)))

    assert 0 < many <= few <= most


def queries_of(client, path):
    """How many queries a page costs in a process that has seen the region before."""
    client.get("/en/glossary/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


# --- The list beside a drawing is its twin ------------------------------------------------------

SVG = re.compile(r'<svg class="linemap".*?</svg>', re.DOTALL)


def drawing_and_list(client, path):
    page = client.get(path).content.decode()
    strip = page[page.index('<div class="strip">') :]
    strip = strip[: strip.index("</section>")]
    texts = (re.sub(r"<[^>]+>", " ", part) for part in (SVG.search(page)[0], strip))
    return tuple(" ".join(text.split()) for text in texts)


def test_the_list_counts_the_programs_of_a_place_like_the_drawing_and_tells_the_miles(client):
    make_region()
    pathway = make_pathway()
    school = make_institution(segment=Segment.HIGH, latitude="32.7", longitude="-117.1")
    program = make_program("Metal Shop", institution=school, pathway=pathway)
    near = make_institution("Bay College", latitude="32.8", longitude="-117.1")
    for number in range(9):
        make_program(f"Welding {number}", institution=near, pathway=pathway)

    drawing, strip = drawing_and_list(client, path_of(program))

    assert "Bay College 9 programs 6.9 miles away" in drawing
    assert "Bay College 9 6.9 miles away" in strip


def test_the_list_names_the_places_of_the_drawing_also_beside_agreements(client):
    """A program that an agreement names is counted with its place; an agreement of a school that names no
    field and lists no program takes no place from the nearest."""
    make_region()
    pathway = make_pathway()
    college = make_institution("Bay College", latitude="32.7", longitude="-117.1")
    program = make_program("Accounting", institution=college, pathway=pathway)
    district = make_district("North Unified")
    schools = [
        make_institution(
            name, segment=Segment.HIGH, district=place, latitude="32.8", longitude="-117.1"
        )
        for name, place in (("North High", district), ("Far High", district), ("Own High", None))
    ]
    named, *_others = (
        make_program("Accounts", institution=school, pathway=pathway) for school in schools
    )
    make_link(from_program=named, to=college)
    for number in range(3):
        bare = make_institution(f"Bare High {number}", segment=Segment.HIGH)
        make_link(from_institution=bare, to=college)

    drawing, strip = drawing_and_list(client, path_of(program))

    assert "North Unified 2 programs at 2 schools" in drawing
    assert "Programs of the same pathway there North Unified 2 6.9 miles away" in strip
    assert "Own High Accounts" in drawing
    assert "Own High 1 6.9 miles away" in strip


def test_a_step_more_than_forty_miles_away_is_folded_with_its_miles(client):
    make_region()
    pathway = make_pathway()
    here = make_institution(latitude="32.8", longitude="-115.5")
    program = make_program("Welding Technology", institution=here, pathway=pathway)
    far = make_institution("Vista High", segment=Segment.HIGH, latitude="33.2", longitude="-117.2")
    make_program("Welding", institution=far, pathway=pathway)

    drawing, strip = drawing_and_list(client, path_of(program))

    assert "Vista High" not in drawing
    assert "1 more place" in drawing
    assert "More than 40 miles away 1 Vista High 1 102.3 miles away" in strip


def test_the_list_of_a_school_names_every_stop_of_its_drawing(client):
    make_region()
    pathway = make_pathway()
    school, adult, college = (
        make_institution(name, segment=segment)
        for name, segment in (
            ("Hoover High", Segment.HIGH),
            ("Night School", Segment.ADULT),
            ("Bay College", Segment.COLLEGE),
        )
    )
    for place in (school, adult, college):
        make_program("Welding", institution=place, pathway=pathway)
    make_link(from_institution=school, to=college)

    drawing, strip = drawing_and_list(client, f"/en/institutions/{school.slug}/")

    for words in ("Night School 1 pathway in common", "Bay College 1 pathway in common"):
        assert words in drawing
        assert words in strip


# --- In plain words -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "as_of", "words"),
    [
        ("en", "2023-09-14", "The source is dated Sept. 14, 2023."),
        ("en", "2026-04", "The source is dated April 2026."),
        ("en", "2025-26", "The source is dated 2025-26."),
        ("en", "2026", "The source is dated 2026."),
        ("es", "2023-09-14", "14 de septiembre de 2023"),
    ],
)
def test_the_day_of_a_source_is_in_words(client, language, as_of, words):
    make_region()
    program = make_program(as_of=as_of)

    assert words in text_of(client.get(f"/{language}/programs/{program.slug}/"))


def test_courses_of_one_name_stand_once_and_only_a_known_sequence_is_a_line(client):
    make_region()
    nursing, steps = make_program("Nursing"), make_program("Design")
    for code in ("NRSE 142", "NRSE 144"):
        make_course(nursing, "Medical-Surgical Nursing", code=code)
    make_course(steps, "Design 1", sequence="introductory", length="Full Year")
    make_course(steps, "Design 2", sequence="capstone")

    page = client.get(path_of(nursing)).content.decode()
    line = client.get(path_of(steps)).content.decode()

    assert page.count("<b>Medical-Surgical Nursing</b>") == 1
    assert "2 courses" in page
    assert "NRSE 142, NRSE 144" in page
    assert "stops-courses" not in page
    assert "stops-courses" in line
    assert "full year" in line


def test_a_school_without_programs_is_not_said_to_have_none(client):
    make_region()
    school = make_institution("Hoover High", segment=Segment.HIGH)

    page = client.get(f"/en/institutions/{school.slug}/").content.decode()

    (description,) = re.findall(r'<meta name="description" content="([^"]*)"', page)
    assert "0 career" not in description
    assert "in our list yet" in description


def test_middle_schoolers_are_led_to_what_they_like_and_the_heads_say_what_they_count(client):
    make_region()
    make_program(sector=make_sector())
    make_program()

    page = client.get("/en/").content.decode()

    assert '<a href="/en/careers/#likes">I am in middle school</a>' in page
    assert ">1 with a sector</text>" in page
