import os
from pathlib import Path

import pytest

from imports.batch import apply
from imports.sources import cde_directory, coe_supply, ipeds
from imports.sources.colleges import OUR_NOTE
from imports.sources.reading import read_table
from programs.models import Award, Institution, Program
from reference.models import CodeCrosswalk, County, Pathway, ProgramCode, Release, Sector

pytestmark = pytest.mark.django_db

HEADINGS = (
    "TOP6 with Title,College Name,Award Level,2020-2021,2021-2022,2022-2023,Annual Projected Supply"
)


@pytest.fixture
def release():
    return Release.objects.create(slug="region", publisher="The region", name="n")


@pytest.fixture
def colleges(release):
    county = County.objects.create(fips="06073", slug="san-diego", name="San Diego")
    for slug, segment in (
        ("palomar-college", "community_college"),
        ("san-diego-college-of-continuing-education", "adult_education"),
    ):
        Institution.objects.create(
            slug=slug, name=slug, segment=segment, county=county, release=release
        )


@pytest.fixture
def welding(release):
    sector = Sector.objects.create(code="MF", slug="mf", title_en="Making", title_es="Fabricar")
    pathway = Pathway.objects.create(
        slug="welding", sector=sector, title_en="Welding", title_es="Soldadura"
    )
    return ProgramCode.objects.create(
        system="TOP", code="095650", title_en="Welding Technology",
        title_es="Tecnología de Soldadura", sector=sector, pathway=pathway, release=release,
    )  # fmt: skip


def write(folder, *lines):
    file = folder / "coe_supply.csv"
    file.write_text("\n".join([HEADINGS, *lines]) + "\n")
    return file


def test_a_college_program_has_its_titles_pathway_and_awards(tmp_path, colleges, welding):
    file = write(
        tmp_path,
        "095650 - Welding Technology   ,Palomar,Associate Degree,0,1,2,1.5",
        "095650 - Welding Technology   ,Palomar,Associate Degree,3,3,3,3",
        "095650 - Welding Technology   ,Palomar,Certificate (16<30 semester units),0,0,0,0",
    )

    outcome = apply(coe_supply.read(file))

    assert outcome.rejected == []
    program = Program.objects.get()
    assert program.slug == "welding-technology-palomar-college"
    assert (program.title_en, program.title_es) == ("Welding Technology", "Tecnología de Soldadura")
    assert (program.sector.code, program.pathway.slug) == ("MF", "welding")
    assert (program.audience, program.cost, program.status) == ("anyone", "fee", "published")
    assert program.as_of == "2022-23"
    assert [
        (award.credential, award.level, str(award.conferred)) for award in Award.objects.all()
    ] == [
        ("associate", "Associate Degree", "4.50"),
        ("certificate", "Certificate (16<30 semester units)", "0.00"),
    ]


def test_san_diego_adult_is_continuing_education_and_free_for_adults(tmp_path, colleges, welding):
    line = "095650 - Welding Technology,San Diego Adult,Noncredit award (48<96 hours),1,1,1,1"

    apply(coe_supply.read(write(tmp_path, line)))

    program = Program.objects.get()
    assert program.institution.slug == "san-diego-college-of-continuing-education"
    assert (program.audience, program.cost) == ("adults", "free")


@pytest.mark.parametrize(
    ("level", "credential"),
    [
        ("Associate Degree", "associate"),
        ("Associate Degree for Transfer", "transfer"),
        ("Bachelor's Degree", "bachelor"),
        ("Certificate (16<30 semester units)", "certificate"),
        ("Certificate (30<60 semester units)", "certificate"),
        ("Certificate (60+ semester units)", "certificate"),
        ("Certificate (6<18 semester units)", "short"),
        ("Certificate (8<16 semester units)", "short"),
        ("Other credit award (<6 semester units)", "short"),
        ("Noncredit award (48 hours)", "noncredit"),
        ("Noncredit Adult Education High School Diploma", "other"),
        ("Something new", None),
    ],
)
def test_every_award_level_is_a_credential(level, credential):
    assert coe_supply.credential_of(level) == credential


def test_rows_that_cannot_be_placed_say_why(tmp_path, colleges, welding):
    file = write(
        tmp_path,
        "095650 - Welding Technology,Elsewhere,Associate Degree,1,1,1,1",
        "999999 - Nothing,Palomar,Associate Degree,1,1,1,1",
        "095650 - Welding Technology,Palomar,Diploma,1,1,1,1",
        "095650 - Welding Technology,Palomar,Associate Degree,1,1,1,many",
    )

    assert [str(row) for row in coe_supply.read(file).rejected] == [
        "coe_supply.csv:2: unknown college “Elsewhere”",
        "coe_supply.csv:3: unknown program code “999999 - Nothing”",
        "coe_supply.csv:4: unknown award level “Diploma”",
        "coe_supply.csv:5: “many” is not a number of awards",
    ]


def test_a_code_without_a_title_is_no_program_but_other_is_one(tmp_path, colleges, release):
    for code, title in (("999999", "Unknown"), ("129900", "Other Health Occupations")):
        ProgramCode.objects.create(system="TOP", code=code, title_en=title, release=release)
    file = write(
        tmp_path,
        "999999 - Unknown      ,Palomar,Associate Degree,1,1,1,1",
        "129900 - Other Health Occupations ,Palomar,Associate Degree,1,1,1,1",
    )

    outcome = apply(coe_supply.read(file))

    assert [str(row) for row in outcome.rejected] == [
        "coe_supply.csv:2: “Unknown” is not the title of a program"
    ]
    assert Program.objects.get().title_en == "Other Health Occupations"


def test_our_own_sentence_on_the_fee_is_taken_back(tmp_path, colleges, welding):
    file = write(tmp_path, "095650 - Welding Technology,Palomar,Associate Degree,1,1,1,1")
    apply(coe_supply.read(file))
    assert Program.objects.get().cost_note == ""
    # As an earlier import left them: one still in the file, one not.
    Program.objects.update(cost_note=OUR_NOTE)
    Program.objects.create(
        slug="gone", title_en="Gone", institution=Program.objects.get().institution, cost="fee",
        cost_note=OUR_NOTE, release=Release.objects.get(slug=coe_supply.RELEASE["slug"]),
    )  # fmt: skip

    apply(coe_supply.read(file))

    assert set(Program.objects.values_list("cost", "cost_note")) == {("fee", "")}
    assert apply(coe_supply.read(file)).changes == 0


def test_what_an_editor_has_changed_stays(tmp_path, colleges, welding):
    line = "095650 - Welding Technology,Palomar,Associate Degree,1,1,1,{}"
    apply(coe_supply.read(write(tmp_path, line.format(1))))
    Program.objects.update(title_en="Welding", status="retired", cost_note="")

    apply(coe_supply.read(write(tmp_path, line.format(2))))

    program = Program.objects.get()
    assert (program.title_en, program.status, program.cost_note) == ("Welding", "retired", "")
    assert str(Award.objects.get().conferred) == "2.00"


def test_completions_beside_the_file_give_the_one_fitting_cip_code(
    tmp_path, colleges, welding, release
):
    for code in ("48.0508", "48.0501"):
        cip = ProgramCode.objects.create(system="CIP", code=code, title_en=code, release=release)
        CodeCrosswalk.objects.create(top=welding, cip=cip, release=release)
    (tmp_path / "c2024_a.csv").write_text("UNITID,CIPCODE,CTOTALT\n120971,48.0508,9\n")
    file = write(tmp_path, "095650 - Welding Technology,Palomar,Associate Degree,1,1,1,1")

    apply(coe_supply.read(file))
    assert Program.objects.get().cip_code is None
    apply(coe_supply.read(tmp_path))
    assert Program.objects.get().cip_code.code == "48.0508"
    assert apply(coe_supply.read(tmp_path)).changes == 0


@pytest.mark.skipif("OFFICIAL_DATA_DIR" not in os.environ, reason="needs the official files")
def test_the_official_file(release):
    data = Path(os.environ["OFFICIAL_DATA_DIR"])
    County.objects.create(fips="06073", slug="san-diego", name="San Diego")
    County.objects.create(fips="06025", slug="imperial", name="Imperial")
    apply(cde_directory.read(data / "schools"))
    apply(ipeds.read(data / "colleges"))
    file = next((data / "colleges").glob("coe_supply*.csv"))
    titles = {row["TOP6 with Title"] for _line, row in read_table(file, coe_supply.HEADINGS)}
    ProgramCode.objects.bulk_create(
        ProgramCode(system="TOP", code=title[:6], title_en=title[9:], release=release)
        for title in titles
    )

    outcome = apply(coe_supply.read(file))

    assert [row.reason for row in outcome.rejected] == ["“Unknown” is not the title of a program"]
    assert {name: count["new"] for name, count in outcome.counts.items()} == {
        "releases": 1, "programs": 810, "awards": 1498,
    }  # fmt: skip
    assert Program.objects.filter(institution__segment="adult_education").count() == 43
    assert apply(coe_supply.read(file)).changes == 0
