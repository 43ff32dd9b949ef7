"""The public pages as a reader meets them."""

import json
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from imports import region
from programs.models import LinkKind, Program, Segment
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
)

pytestmark = pytest.mark.django_db

SAMPLE = settings.BASE_DIR / "fixtures" / "sample-region"
PATHS = [
    "", "programs/", "programs/welding-sample-college/", "sectors/", "sectors/making-things/",
    "pathways/metal-joining/", "institutions/", "institutions/sample-high/", "careers/",
    "careers/welders/", "glossary/", "about-the-data/",
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
    assert "Same pathway, no agreement on file" in page


def test_a_dead_end_says_so(client):
    make_region()
    program = make_program(institution=make_institution(segment=Segment.HIGH))

    assert "No next step is listed yet" in text_of(client.get(path_of(program)))


def test_pay_stands_with_place_and_year(client, sample):
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
        (lambda start, goal: path_of(start), 14),
        (lambda start, goal: f"/en/institutions/{goal.institution.slug}/", 10),
        (lambda start, goal: "/en/institutions/", 6),
        (lambda start, goal: f"/en/pathways/{goal.pathway.slug}/", 12),
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
