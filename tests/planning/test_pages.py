"""The pages for partners as a reader meets them."""

import csv
import io
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from finder import remembered
from imports import region
from planning.models import Kind, Recommendation
from programs import catalogue
from programs.models import Segment
from tests.factories import (
    leads_to,
    make_award,
    make_code,
    make_district,
    make_figure,
    make_institution,
    make_link,
    make_occupation,
    make_sector,
    make_zip_code,
)
from tests.planning.scenes import (
    make_college_program,
    make_region_of_work,
    make_school_program,
)

pytestmark = pytest.mark.django_db

GAPS = [f"gaps/{kind}/" for kind in Kind.values]
FILTERS = [
    "sector",
    "county",
    "district",
    "distance",
    "missing",
    "beyond",
    "level",
    "page",
    "table",
]
PATHS = ["gaps/", *GAPS, "gaps/report/manufacturing/"]


@pytest.fixture
def work():
    return make_region_of_work()


def text_of(response):
    """The words of a page, one blank between them."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def heading(response):
    return re.search(r"<h1>(.*?)</h1>", response.content.decode())[1]


def read_csv(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


# --- Every page --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_there_in_both_languages(client, work, language, path):
    page = client.get(f"/{language}/{path}").content.decode()

    assert f'<html lang="{language}"' in page
    assert page.count("<h1") == 1
    assert f'rel="canonical" href="{settings.SITE_URL}/{language}/{path}"' in page


@pytest.mark.parametrize("path", PATHS)
def test_no_page_sets_a_cookie_or_breaks_the_content_security_policy(client, work, path):
    response = client.get(f"/en/{path}")

    assert response.cookies == {}
    assert "public" in response["Cache-Control"]
    assert not re.search(
        r"\sstyle=|\son\w+=|<style|javascript:|<script(?![^>]*src=)", response.content.decode()
    )


@pytest.mark.parametrize("path", ["gaps/nothing/", "gaps/nothing.csv", "gaps/report/nothing/"])
def test_an_unknown_gap_or_sector_is_not_found(client, work, path):
    assert client.get(f"/en/{path}").status_code == 404


@pytest.mark.parametrize("path", GAPS)
def test_unknown_filters_are_ignored(client, work, path):
    plain = client.get(f"/en/{path}")
    nasty = dict.fromkeys(FILTERS, "'<script>alert(1)</script>\x00")

    found = client.get(f"/en/{path}", nasty)

    assert (found.status_code, heading(found)) == (200, heading(plain))
    assert b"<script>alert" not in found.content


@pytest.mark.parametrize("page", ["0", "-1", "2", "999999999999999999999", "x", "٣", "all", ""])
def test_a_page_that_is_not_there_is_the_nearest_one(client, work, page):
    response = client.get("/en/gaps/demand/", {"page": page})

    assert "Welders" in text_of(response)


def test_a_gap_says_its_count_its_figures_with_place_and_period_and_its_sources(client, work):
    words = text_of(client.get("/en/gaps/demand/"))

    for part in (
        "1 job in demand with no or too few programs",
        "$30 an hour (the living wage of one adult in San Diego County, 2026)",
        "Openings a year in the region, 2024-2029",
        "Awards a year in the region, 2020-21–2022-23",
        "Take this as a start for a conversation, not a verdict.",
        "Department of Education, School directory",
    ):
        assert part in words


@pytest.mark.parametrize(
    ("lines", "rule", "who"),
    [
        (
            {},
            "at least 500 openings a year in the region, no loss of jobs expected in 2024-2029",
            "Half of the jobs on our list have that many openings or more.",
        ),
        (
            {"in_demand_openings": 200, "in_demand_growth": "2.5"},
            "at least 200 openings a year in the region, at least 2.5% more jobs in 2024-2029",
            "The region has set the number of openings.",
        ),
        (
            {"in_demand_openings": 200, "in_demand_growth": "-5"},
            "at least 200 openings a year in the region, at most 5% fewer jobs in 2024-2029",
            "The region has set the number of openings.",
        ),
    ],
)
def test_the_page_states_the_rule_of_demand_in_force(client, work, lines, rule, who):
    for name, line in lines.items():
        setattr(work.region, name, line)
    work.region.save()

    words = text_of(client.get("/en/gaps/demand/"))

    assert f"1 jobs are in demand ({rule}) and have a median pay of at least $30 an hour" in words
    assert (
        f"In demand means: {rule}. It is the rule of the mark on the career pages. {who}" in words
    )
    assert f"in demand ({rule})" in text_of(client.get("/en/gaps/report/manufacturing/"))


def test_without_any_openings_the_page_says_that_no_line_can_be_drawn(client, work):
    work.figure.openings = None
    work.figure.save()

    words = text_of(client.get("/en/gaps/demand/"))

    assert words.count("No openings are on file for this region, so no job can be called") == 2


def test_each_filter_can_be_taken_away_alone(client, work):
    query = {"sector": "manufacturing", "county": "san-diego", "distance": "50"}
    page = client.get("/en/gaps/next-step/", query).content.decode()

    chips = re.findall(r'class="chip" href="\?([^"]*)" aria-label="Remove filter: ([^"]*)"', page)

    assert [(address.replace("&amp;", "&"), label) for address, label in chips] == [
        ("county=san-diego&distance=50", "Manufacturing"),
        ("sector=manufacturing&distance=50", "San Diego County"),
        ("sector=manufacturing&county=san-diego", "50 miles"),
    ]


def test_rows_lead_to_what_could_close_them(client, work):
    make_school_program()

    page = client.get("/en/gaps/next-step/").content.decode()

    assert f"/en/institutions/{work.program.institution.slug}/" in page
    assert "An agreement with Bay College" in page


def test_what_cannot_be_counted_is_told_apart_with_its_reason(client, work):
    work.figure.openings = None
    work.figure.save()

    words = text_of(client.get("/en/gaps/demand/"))

    assert "0 jobs in demand" in words
    assert (
        "Openings, growth or hourly pay are not reported for the region, or there are too few jobs. 1"
        in words
    )


def test_the_footer_and_the_page_on_data_lead_to_the_gaps(client, work):
    response = client.get("/en/about-the-data/")
    page, words = response.content.decode(), text_of(response)

    assert page.count('href="/en/gaps/"') == 3
    assert "A gap in our data is never proof of a gap in the region." in words
    assert "What counts as a gap: each page of “ Gaps ” says how it counts." in words


def test_the_page_on_data_counts_by_district(client, work):
    district = make_district("Coast Unified")
    make_institution("Bare High", Segment.HIGH, district=district)
    make_school_program(district=district, as_of="2001", pathway=None)

    page = client.get("/en/about-the-data/").content.decode()

    row = re.search(r'<th scope="row">Coast Unified</th>(.*?)</tr>', page)[1]
    assert re.findall(r">(\d+)</td>", row) == ["2", "1", "1", "1", "1"]


def test_the_sitemap_holds_the_pages(client, work):
    index = client.get("/sitemap.xml").content.decode()
    pages = client.get("/sitemap-gaps.xml").content.decode()
    reports = client.get("/sitemap-gap-reports.xml").content.decode()

    assert "sitemap-gaps.xml" in index
    assert f"<loc>{settings.SITE_URL}/es/gaps/next-step/</loc>" in pages
    assert f"<loc>{settings.SITE_URL}/en/gaps/report/manufacturing/</loc>" in reports


# --- Cost --------------------------------------------------------------------------------------


def fill(numbers, work):
    """More of everything that a gap lists."""
    for number in numbers:
        school = make_school_program(f"Shop {number}", district=make_district(f"District {number}"))
        make_link(from_program=school, to=make_institution(f"Other {number}"), valid_until="2001")
        job = make_occupation(f"Job {number}")
        make_figure(job, openings=500, hourly="31.00")
        code = make_code(f"{number:06}", title=f"Field {number}")
        program = make_college_program(
            f"Field {number}",
            institution=make_institution(f"College of {number}"),
            top_code=code,
        )
        make_award(program, conferred="5000.00", conferred_period="2020-21 to 2022-23")
        make_award(work.program, level=f"Award {number}", conferred="1.00")
        leads_to(program, job)
        make_zip_code(f"9{number:04}")


@pytest.mark.parametrize("path", ["gaps/", *GAPS, "gaps/coverage/?sector=manufacturing"])
def test_a_page_costs_the_same_few_queries_for_one_row_and_for_thirty(client, work, path):
    def queries():
        remembered.forget()
        with CaptureQueriesContext(connection) as found:
            assert client.get(f"/en/{path}").status_code == 200
        return len(found)

    client.get("/en/")  # what the finder reads once
    fill(range(1), work)
    few = queries()
    fill(range(1, 30), work)

    assert queries() == few < 15


# --- Recommendations ---------------------------------------------------------------------------


def write(**values):
    defaults = {"gap": Kind.DEMAND, "text_en": "Open a shop.", "status": "published"}
    return Recommendation.objects.create(**defaults | values)


def test_a_published_recommendation_stands_on_the_page_and_a_draft_does_not(client, work):
    row = write(status="draft")
    assert "Open a shop." not in text_of(client.get("/en/gaps/demand/"))

    row.status = "published"
    row.save()

    assert "Open a shop." in text_of(client.get("/en/gaps/demand/"))
    assert "Open a shop." not in text_of(client.get("/en/gaps/supply/"))


def test_the_sectors_own_recommendation_goes_before_the_one_for_all(client, work):
    write()
    write(sector=make_sector(), text_en="Open two shops.")

    assert "Open a shop." in text_of(client.get("/en/gaps/demand/"))
    words = text_of(client.get("/en/gaps/demand/?sector=manufacturing"))
    assert "Open two shops." in words
    assert "Open a shop." not in words


def test_a_recommendation_without_spanish_is_marked_as_english(client, work):
    write()

    assert '<p lang="en">Open a shop.</p>' in client.get("/es/gaps/demand/").content.decode()


def test_the_paragraphs_of_a_recommendation_are_those_of_the_form(client, work):
    write(text_en="Open a shop.\r\n\r\nAsk first.")

    page = client.get("/en/gaps/demand/").content.decode()

    assert "<p>Open a shop.</p>\n<p>Ask first.</p>" in page


def test_a_recommendation_raises_the_version_and_leaves_the_index(work):
    version, rebuilt = catalogue.current()

    write()

    assert catalogue.current() == (version + 1, rebuilt)


def test_the_admin_notes_who_wrote(admin_client, admin_user, work):
    values = {"gap": "demand", "sector": "", "text_en": "Ask.", "text_es": "", "status": "draft"}

    admin_client.post("/en/admin/planning/recommendation/add/", values)

    row = Recommendation.objects.get()
    assert (row.written_by, row.written_on) == (admin_user, timezone.localdate())


# --- Files -------------------------------------------------------------------------------------


def test_a_table_can_be_taken_along_as_csv(client, work):
    response = client.get("/en/gaps/demand.csv")

    assert response["Content-Disposition"] == 'attachment; filename="demand-jobs.csv"'
    assert read_csv(response) == [
        {
            "Job": "Welders",
            "Occupation code (SOC)": work.job.soc,
            "Usual education": "High school diploma or equivalent",
            "Openings a year in the region, 2024-2029": "500",
            "Growth in jobs in the region, 2024-2029, percent": "4.0",
            "Median pay an hour in the region": "40.0",
            "Pay read in": "2024",
            "Programs in the region that lead there": "1",
            "Awards a year in the region, 2020-21–2022-23": "10.0",
            "Why it is listed": "Awards are under 50% of openings",
            "What could close it": f"{settings.SITE_URL}/en/programs/?q=Welders",
        }
    ]


def test_a_file_is_in_the_language_of_its_page(client, work):
    [row] = read_csv(client.get("/es/gaps/demand.csv"))

    assert (
        row["Por qué está en la lista"]
        == "Los certificados y títulos son menos del 50% de las vacantes"
    )


def test_a_csv_holds_the_filtered_rows_of_the_table_asked_for(client, work):
    school = make_school_program()
    make_link(from_program=school, to=work.program.institution, valid_until="2001")

    rows = read_csv(client.get("/en/gaps/acceleration.csv?table=agreements"))
    none = read_csv(client.get("/en/gaps/acceleration.csv?table=agreements&county=imperial"))
    first = read_csv(client.get("/en/gaps/acceleration.csv?table=nonsense"))

    assert [(row["From"], row["To"], row["State"]) for row in rows] == [
        ("Metal Shop", "Bay College", "ended")
    ]
    assert none == []
    assert [row["Program"] for row in first] == ["Metal Shop"]


def test_the_workbook_opens_and_has_every_table_and_the_method(client, work):
    response = client.get("/en/gaps/coverage.xlsx")
    make_school_program()

    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))

    assert book.sheet_names == [
        "1 Programs listed, place by pla",
        "2 Distance to the nearest progr",
        "3 How this is counted",
    ]
    heading, row = book.get_sheet_by_index(0).to_python()
    assert dict(zip(heading, row, strict=True)) | {"What could close it": ""} == {
        "District": "Bay College District",
        "Level": "Community college",
        "County": "San Diego",
        "Schools": 1.0,
        "Manufacturing": 1.0,
        "What could close it": "",
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_file_is_a_formula(client, work, start):
    work.job.title_en = f"{start}1+1"
    work.job.save()

    [row] = read_csv(client.get("/en/gaps/demand.csv"))
    book = client.get("/en/gaps/demand.xlsx").content
    cell = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()[1][0]

    assert row["Job"] == f"'{start}1+1"
    assert cell.startswith("'")


# --- The report --------------------------------------------------------------------------------


def test_the_report_tells_all_six_gaps_of_a_sector(client, work):
    write(sector=make_sector(), text_en="Open two shops.")

    words = text_of(client.get("/en/gaps/report/manufacturing/"))

    for kind in Kind:
        assert str(kind.label) in words
    for part in ("Gap report: Manufacturing", "Open two shops.", "Sources:", "Counted on"):
        assert part in words


def test_the_command_writes_reports_that_need_no_server(work, tmp_path, capsys):
    make_sector("HM", "Health")

    call_command("gap_report", tmp_path / "new")

    assert sorted(file.name for file in (tmp_path / "new").iterdir()) == [
        "HM.en.html", "HM.es.html", "MF.en.html", "MF.es.html",
    ]  # fmt: skip
    page = (tmp_path / "new" / "MF.es.html").read_text()
    assert '<html lang="es">' in page
    assert "Informe de vacíos" in page
    assert "@layer tokens" in page
    assert not re.search(r'href="/|src=|url\(|<link|<script', page)


def test_the_command_writes_one_sector_in_one_language(work, tmp_path, capsys):
    make_sector("HM", "Health")

    call_command("gap_report", tmp_path, language="en", sector="MF")

    assert [file.name for file in tmp_path.iterdir()] == ["MF.en.html"]
    with pytest.raises(CommandError, match="there are HM, MF"):
        call_command("gap_report", tmp_path, sector="XX")


def test_the_pages_stand_on_the_real_pack(client):
    region.load(settings.REGION_PACK)

    counts = {
        kind: int(heading(client.get(f"/es/gaps/{kind}/")).split()[0]) for kind in Kind.values
    }

    assert all(counts.values()), counts


def test_low_pay_though_jobs_are_open_stands_apart_from_few_jobs(client):
    here = make_region_of_work()
    here.award.conferred = "1000.67"
    here.award.save()
    aides = make_college_program("Aides", top_code=make_code("123030", title="Nurse Aide"))
    make_award(aides, conferred="166.67")
    aide = make_occupation("Nursing Assistants")
    make_figure(aide, openings=1780, hourly="18.00")
    leads_to(aides, aide)

    page = text_of(client.get("/en/gaps/supply/"))
    low_pay = client.get("/en/gaps/supply.csv?table=low-pay").content.decode()
    report = text_of(client.get(f"/en/gaps/report/{here.program.sector.slug}/"))

    assert "1 field of study with more awards than openings; 1 with low pay" in page
    few, low = (
        page.index("Few jobs: more awards than openings"),
        page.index("Low pay, though jobs are open 1"),
    )
    assert few < page.index("Welding", few) < low < page.index("Nurse Aide", low)
    assert "Nurse Aide" in low_pay
    assert "Welding" not in low_pay
    assert "Few jobs: about 1,001 awards a year" in report
    assert "Low pay, though jobs are open: about 167 awards a year" in report
