import csv

import pytest

from imports.batch import apply
from imports.sources import coci
from imports.sources.colleges import OUR_NOTE
from programs.models import Award, Institution, Program
from reference.models import County, ProgramCode, Release

pytestmark = pytest.mark.django_db

HEADINGS = (
    "COLLEGE", "CONTROL NUMBER", "TITLE", "TOP CODE", "CIP CODE", "GOAL", "AWARD", "SUB AWARD",
    "APPROVED DATE", "CERT UNITS", "MAJOR UNITS", "STATUS",
)  # fmt: skip
ROW = {
    "COLLEGE": "SOUTHWESTERN",
    "CONTROL NUMBER": "03086",
    "TITLE": "Auto Body Repair",
    "TOP CODE": "0949.00* Automotive Collision Repair",
    "CIP CODE": "47.0603 Autobody/Collision and Repair Technology/Technician.",
    "GOAL": "C - CTE",
    "AWARD": "A.S. Degree",
    "SUB AWARD": "",
    "APPROVED DATE": "2015-01-01",
    "CERT UNITS": "0.00-0.00/0.00-0.00",
    "MAJOR UNITS": "25.00-25.00/25.00-25.00",
    "STATUS": "Active",
}


@pytest.fixture(autouse=True)
def college():
    release = Release.objects.create(slug="region", publisher="The region", name="n")
    county = County.objects.create(fips="06073", slug="san-diego", name="San Diego")
    for slug in ("southwestern-college", "miracosta-college"):
        institution = Institution.objects.create(
            slug=slug, name=slug, segment="community_college", county=county, release=release
        )
    return institution


def write(folder, *rows, name="coci.csv"):
    file = folder / name
    with file.open("w", newline="") as text:
        writer = csv.DictWriter(text, HEADINGS)
        writer.writeheader()
        writer.writerows(ROW | row for row in rows)
    return file


def test_a_new_program_enters_with_its_codes_and_award(tmp_path):
    outcome = apply(coci.read(write(tmp_path, {}, name="coci_2026-06-17.csv")))

    assert outcome.rejected == []
    program = Program.objects.get()
    assert program.slug == "auto-body-repair-southwestern-college"
    assert (program.title_en, program.status, program.cost) == (
        "Auto Body Repair", "published", "fee",
    )  # fmt: skip
    assert (program.top_code.code, program.top_code.is_cte) == ("094900", True)
    assert program.top_code.title_en == "Automotive Collision Repair"
    assert program.cip_code.code == "47.0603"
    assert program.cip_code.title_en == "Autobody/Collision and Repair Technology/Technician"
    assert program.as_of == "2026-06-17"
    award = Award.objects.get()
    assert (award.credential, award.level, award.title) == (
        "associate", "A.S. Degree", "Auto Body Repair",
    )  # fmt: skip
    assert (award.control_number, award.units) == ("03086", "25")


def test_a_program_that_is_there_keeps_its_title_and_its_counted_awards(tmp_path):
    release = Release.objects.get(slug="region")
    top = ProgramCode.objects.create(
        system="TOP", code="094900", title_en="Automotive Collision Repair", release=release
    )
    program = Program.objects.create(
        slug="collision", institution=Institution.objects.get(slug="southwestern-college"),
        title_en="Collision", top_code=top, cost="free", cost_note="free (2020)", release=release,
    )  # fmt: skip
    Award.objects.create(program=program, credential="associate", level="Associate Degree")

    apply(coci.read(write(tmp_path, {})))

    program.refresh_from_db()
    assert (program.title_en, program.cip_code.code) == ("Collision", "47.0603")
    assert (program.cost, program.cost_note) == ("fee", "")  # the college gives credit for it
    assert list(program.awards.values_list("level", "title")) == [
        ("A.S. Degree", "Auto Body Repair"),
        ("Associate Degree", ""),
    ]


def test_a_new_program_of_several_titles_is_named_by_its_code_and_has_no_cip_code(tmp_path):
    file = write(
        tmp_path,
        {},
        {"CONTROL NUMBER": "03087", "TITLE": "Painting", "CIP CODE": "47.0604 Automobile."},
    )

    apply(coci.read(file))

    program = Program.objects.get()
    assert (program.title_en, program.cip_code) == ("Automotive Collision Repair", None)
    assert sorted(program.awards.values_list("title", flat=True)) == [
        "Auto Body Repair",
        "Painting",
    ]


def test_other_colleges_and_programs_that_are_not_offered_stay_out(tmp_path):
    file = write(
        tmp_path,
        {"COLLEGE": "FOOTHILL"},
        {"COLLEGE": "MIRA COSTA", "STATUS": "Inactive"},
        {"STATUS": "Draft"},
        {"STATUS": "Active - Teachout Only"},
        {"COLLEGE": "GROSSMONT"},
        {"TOP CODE": ""},
        {"AWARD": ""},
    )

    assert [str(row) for row in coci.read(file).rejected] == [
        "coci.csv:3: not offered (status “Inactive”)",
        "coci.csv:4: not offered (status “Draft”)",
        "coci.csv:5: closed to new students (status “Active - Teachout Only”)",
        "coci.csv:6: unknown college “GROSSMONT”",
        "coci.csv:7: unknown program code “”",
        "coci.csv:8: unknown award level “”",
        "coci.csv: 1 rows are of colleges elsewhere",
    ]


@pytest.mark.parametrize(
    ("award", "sub", "credential"),
    [
        ("A.S. Degree", "", "associate"),
        ("A.A. Degree", "", "associate"),
        ("A.A- T Degree", "", "transfer"),
        ("A.S. T Degree", "", "transfer"),
        ("A.S.-T Degree", "", "transfer"),
        ("A.A-T Degree", "", "transfer"),
        ("A.S. Degree", "ADT Degree", "transfer"),
        ("A.S. Degree", "A.S. UCTP Degree", "associate"),
        ("Baccalaureate of Science (B.S.) Degree.", "", "bachelor"),
        ("Noncredit program", "", "noncredit"),
        ("Noncredit program", "Adult High School Diploma", "other"),
        (
            "Certificate of Achievement requiring 16S/24Q to fewer than 30S/45Q units",
            "",
            "certificate",
        ),
        ("Certificate of Achievement requiring 8S/12Q to fewer than 16S/24Q units", "", "short"),
        ("Certificate of Achievement 60+S/90+Q units", "", "certificate"),
        ("", "", None),
    ],
)
def test_every_award_is_a_credential(award, sub, credential):
    assert coci.credential({"AWARD": award, "SUB AWARD": sub}) == credential


@pytest.mark.parametrize(
    ("award", "certificate", "major", "shown"),
    [
        ("A.S. Degree", "", "25.00-25.00/25.00-25.00", "25"),
        ("A.S. Degree", "12.00-12.00/0-0", "24.00-26.50/36.00-39.75", "24-26.5"),
        ("Certificate of Achievement", "16.00-17.00/0-0", "25.00-25.00/0-0", "16-17"),
        ("Noncredit program", "0.00-0.00/0.00-0.00", "", ""),
    ],
)
def test_units_are_read_as_a_person_writes_them(award, certificate, major, shown):
    row = {"AWARD": award, "CERT UNITS": certificate, "MAJOR UNITS": major}
    assert coci.units(row) == shown


def test_a_sentence_of_ours_is_taken_back_and_a_sources_words_are_not(tmp_path):
    file = write(tmp_path, {}, {"COLLEGE": "MIRA COSTA"})
    apply(coci.read(file))
    ours, theirs = Program.objects.all()
    assert ours.cost_note == ""
    Program.objects.filter(pk=ours.pk).update(cost_note=OUR_NOTE)
    Program.objects.filter(pk=theirs.pk).update(cost_note="$46 a unit")

    assert apply(coci.read(file)).counts["programs"]["changed"] == 1

    assert dict(Program.objects.values_list("pk", "cost_note")) == {
        ours.pk: "",
        theirs.pk: "$46 a unit",
    }


def test_a_second_import_changes_nothing(tmp_path):
    file = write(tmp_path, {}, {"COLLEGE": "MIRA COSTA", "CONTROL NUMBER": "1"})

    assert apply(coci.read(file)).changes
    assert apply(coci.read(file)).changes == 0
