import csv
import os
from pathlib import Path

import pytest

from imports.batch import apply
from imports.sources import cde_directory, uc_ag
from imports.sources.reading import read_table
from programs.models import Course, District, Institution, Program
from reference.models import County, Pathway, Release, Sector, SourceLabel

pytestmark = pytest.mark.django_db

HEADINGS = (
    "College Board Code", "School Name", "Course Record ID", "Course Title",
    "Transcript Abbreviation(s)", "Course Number(s)", "Course Length", "Subject Area", "Discipline",
    "UC Honors Designation", "CTE Industry Sector", "CTE Pathway", "school_code",
)  # fmt: skip
ROW = {
    "School Name": "Patrick Henry High School",
    "Course Title": "Foundations of Legal Practice 1,2",
    "Course Number(s)": "8393/8394",
    "Course Length": "Full Year",
    "Subject Area": "College-Preparatory Elective (G)",
    "CTE Industry Sector": "Public Services",
    "CTE Pathway": "Legal Services",
}
SEQUENCES = """sector,pathway,level,course_number_1,course_number_2,course_comment
Public Services,Legal Practices,introductory,3767,3768,Intro
Public Services,Legal Practices,intermediate,8393,8394,Foundations
Public Services,Legal Practices,capstone,8395,8396,Foundations
"""


@pytest.fixture
def pathway():
    sector = Sector.objects.create(code="PS", slug="ps", title_en="Public", title_es="Público")
    pathway = Pathway.objects.create(
        slug="legal-practices", sector=sector, title_en="Legal Practices",
        title_es="Prácticas Legales",
    )  # fmt: skip
    for label in ("Legal Services", "Legal Practices"):
        SourceLabel.objects.create(
            sector_label="Public Services", pathway_label=label, sector=sector, pathway=pathway
        )
    return pathway


@pytest.fixture
def school():
    release = Release.objects.create(slug="cde", publisher="CDE", name="n")
    county = County.objects.create(fips="06073", slug="san-diego", name="San Diego")
    district = District.objects.create(
        slug="san-diego-unified", name="San Diego Unified", county=county
    )
    return Institution.objects.create(
        slug="henry-high", name="Henry High", segment="high_school", county=county,
        district=district, cds_code="37683383732781", release=release,
    )  # fmt: skip


def write(folder, *rows, sequences=SEQUENCES):
    with (folder / "uc_ag.csv").open("w", newline="") as text:
        writer = csv.DictWriter(text, HEADINGS)
        writer.writeheader()
        writer.writerows(ROW | row for row in rows)
    (folder / "sdusd_sequences.csv").write_text(sequences)
    return folder


def test_a_school_has_one_program_a_pathway_with_its_courses_in_order(tmp_path, school, pathway):
    folder = write(
        tmp_path,
        {},
        {"Course Title": "Introduction to Law", "Course Number(s)": "3767, 3768,3767,3768"},
        {"Course Title": "Mock Trial", "Course Number(s)": "9999", "Subject Area": "English (B)"},
    )

    outcome = apply(uc_ag.read(folder))

    assert outcome.rejected == []
    program = Program.objects.get()
    assert program.slug == "legal-practices-henry-high"
    assert (program.title_en, program.title_es) == ("Legal Practices", "Prácticas Legales")
    assert (program.sector.code, program.pathway) == ("PS", pathway)
    assert (program.audience, program.cost, program.status) == ("school", "free", "published")
    assert program.as_of == "2023-09-14"
    assert list(Course.objects.values_list("title_en", "code", "sequence", "a_g", "length")) == [
        ("Introduction to Law", "3767, 3768", "introductory", "G", "Full Year"),
        ("Foundations of Legal Practice 1,2", "8393, 8394", "concentrator", "G", "Full Year"),
        ("Mock Trial", "9999", "", "B", "Full Year"),
    ]
    assert list(school.names.values_list("name", flat=True)) == ["Patrick Henry High School"]


def test_the_semesters_of_one_course_are_one_course(tmp_path, school, pathway):
    folder = write(tmp_path, {"Course Number(s)": "8393"}, {"Course Number(s)": "8394"})

    apply(uc_ag.read(folder))

    assert Course.objects.get().code == "8393, 8394"


def test_a_course_of_two_levels_has_none(tmp_path, school, pathway):
    apply(uc_ag.read(write(tmp_path, {"Course Number(s)": "8393, 8394, 8395, 8396"})))

    assert Course.objects.get().sequence == ""


def test_what_cannot_be_placed_says_why(tmp_path, school, pathway):
    folder = write(
        tmp_path,
        {"School Name": "Nowhere High"},
        {"CTE Pathway": "Piracy"},
        {"CTE Industry Sector": "", "CTE Pathway": ""},
    )

    assert [str(row) for row in uc_ag.read(folder).rejected] == [
        "uc_ag.csv:2: unknown school “Nowhere High”",
        "uc_ag.csv:3: unknown pathway “Piracy”",
        "uc_ag.csv: 1 courses have no career pathway",
    ]


def test_what_an_editor_has_changed_stays(tmp_path, school, pathway):
    folder = write(tmp_path, {})
    apply(uc_ag.read(folder))
    Program.objects.update(title_en="Law Academy", status="retired")

    assert apply(uc_ag.read(folder)).changes == 0
    assert Program.objects.get().title_en == "Law Academy"


@pytest.mark.skipif("OFFICIAL_DATA_DIR" not in os.environ, reason="needs the official files")
def test_the_official_list():
    data = Path(os.environ["OFFICIAL_DATA_DIR"])
    County.objects.create(fips="06073", slug="san-diego", name="San Diego")
    County.objects.create(fips="06025", slug="imperial", name="Imperial")
    apply(cde_directory.read(data / "schools"))
    sector = Sector.objects.create(code="XX", slug="xx", title_en="All", title_es="Todos")
    file = next((data / "cte").glob("uc_ag*.csv"))
    labels = {
        (row["CTE Industry Sector"], row["CTE Pathway"])
        for _line, row in read_table(file, uc_ag.HEADINGS)
        if row["CTE Pathway"]
    }
    for number, (sector_label, pathway_label) in enumerate(sorted(labels)):
        pathway = Pathway.objects.create(
            slug=f"pathway-{number}", sector=sector, title_en=pathway_label, title_es=pathway_label
        )
        SourceLabel.objects.create(
            sector_label=sector_label, pathway_label=pathway_label, sector=sector, pathway=pathway
        )

    outcome = apply(uc_ag.read(data / "cte"))

    assert len(outcome.rejected) == 1  # the courses without a pathway
    assert outcome.counts["programs"]["new"] == 175
    assert outcome.counts["courses"]["new"] == 352
    assert Program.objects.values("institution").distinct().count() == 26
    assert apply(uc_ag.read(data / "cte")).changes == 0
