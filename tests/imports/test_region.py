"""The region pack: loaded whole or not at all, written back byte for byte, no region in code."""

import csv
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from imports import region
from programs import catalogue
from programs.models import (
    Award,
    Institution,
    InstitutionName,
    Opportunity,
    Program,
    ProgramLink,
    ProgramOccupation,
    Segment,
)
from reference.models import County, LaborFigure, Occupation, Pathway, Region, Sector

PACK = settings.BASE_DIR / "fixtures" / "san-diego-imperial"
SAMPLE = settings.BASE_DIR / "fixtures" / "sample-region"

pytestmark = pytest.mark.django_db


def files(folder):
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def test_the_real_pack_comes_back_byte_for_byte(tmp_path):
    region.load(PACK)

    region.export(tmp_path)

    assert files(tmp_path) == files(PACK)


def test_loading_again_changes_nothing():
    region.load(SAMPLE)

    assert region.load(SAMPLE).changes == 0


def test_the_real_pack_holds_what_the_region_has():
    region.load(PACK)

    assert Sector.objects.count() == 15
    assert Pathway.objects.count() == 58
    assert Institution.objects.filter(ipeds_id__gt="").count() == 9
    assert set(Institution.objects.values_list("segment", flat=True)) == set(Segment.values)
    assert Award.objects.filter(conferred__isnull=False).count() == 1498
    assert not Program.objects.filter(source_url="", release__url="").exists()
    assert not Occupation.objects.filter(description_es="").exists()
    assert not LaborFigure.objects.filter(hourly=0).exists()
    assert Occupation.objects.filter(interests__rank=1).count() == 452
    assert Occupation.objects.filter(related_links__rank=1).count() == 454


def test_one_wrong_cell_and_nothing_is_loaded(tmp_path):
    pack = shutil.copytree(SAMPLE, tmp_path / "pack")
    programs = pack / "programs.csv"
    programs.write_text(programs.read_text().replace("metal-joining", "no-such-pathway"))

    with pytest.raises(
        region.PackError, match=r"programs:2: pathway: .no-such-pathway. is not known"
    ):
        region.load(pack)

    assert not Region.objects.exists()
    assert not Program.objects.exists()


def test_an_unknown_column_is_named(tmp_path):
    pack = shutil.copytree(SAMPLE, tmp_path / "pack")
    counties = pack / "counties.csv"
    counties.write_text(counties.read_text().replace("fips", "FIPS number"))

    with pytest.raises(region.PackError, match=r"counties.csv: unknown column FIPS number"):
        region.load(pack)


def test_a_folder_that_is_no_pack_says_so(tmp_path):
    with pytest.raises(region.PackError, match="not a region pack"):
        region.load(tmp_path)


def edited(tmp_path, old, new):
    """A copy of the sample pack whose region.toml has `new` after its line `old`."""
    pack = shutil.copytree(SAMPLE, tmp_path / "pack")
    settings_file = pack / "region.toml"
    settings_file.write_text(settings_file.read_text().replace(old, f"{old}\n{new}"))
    return pack


def test_the_lines_of_the_marks_travel_in_the_pack(tmp_path):
    region.load(SAMPLE)
    Region.objects.update(
        high_wage_hourly="31.50", in_demand_openings=40, in_demand_growth="2.5",
        high_skill_education="Associate's degree", marks_note_es="Así lo decidió la región.",
    )  # fmt: skip
    region.export(tmp_path)
    Region.objects.all().delete()

    region.load(tmp_path)

    found = Region.objects.get()
    assert (found.high_wage_hourly, found.in_demand_openings) == (Decimal("31.50"), 40)
    assert (found.in_demand_growth, found.high_skill_education) == (
        Decimal("2.5"),
        "Associate's degree",
    )
    assert found.marks_note_es == "Así lo decidió la región."
    assert region.load(tmp_path).changes == 0


def test_a_pack_that_does_not_say_keeps_the_usual_lines():
    region.load(SAMPLE)

    found = Region.objects.get()

    assert (found.high_wage_household, found.high_wage_hourly) == ("1a0c", None)
    assert (found.high_skill_education, found.in_demand_openings, found.in_demand_growth) == (
        "Some college, no degree",
        None,
        0,
    )


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('high_wage_hourly = "much"', "region.toml: high_wage_hourly: .*decimal"),
        ('high_skill_education = "School"', "region.toml: high_skill_education: .*not a valid"),
        ('colour = "blue"', "region.toml: unknown colour"),
    ],
)
def test_a_wrong_line_of_the_settings_is_named(tmp_path, line, fault):
    with pytest.raises(region.PackError, match=fault):
        region.load(edited(tmp_path, 'state = "OR"', line))


def test_an_editors_word_on_a_job_travels_in_the_pack(tmp_path):
    region.load(SAMPLE)
    ProgramOccupation.objects.filter(program__slug="welding-sample-college").update(
        basis="confirmed"
    )
    region.export(tmp_path)

    region.load(SAMPLE, prune=True)
    region.load(tmp_path)

    link = ProgramOccupation.objects.get(program__slug="welding-sample-college")
    assert (link.occupation.slug, link.basis) == ("welders", "confirmed")


def test_codes_keep_their_zeros():
    region.load(PACK)

    assert Program.objects.filter(top_code__code="010210").exists()
    assert Institution.objects.get(slug="palomar-college").ipeds_id == "120971"


def test_an_editors_word_on_an_occupation_survives_a_reload():
    region.load(SAMPLE)
    link = ProgramOccupation.objects.get(program__slug="welding-sample-college")
    link.basis = ProgramOccupation.Basis.HIDDEN
    link.save()
    Program.objects.update(title_es="")

    region.load(SAMPLE)

    bases = ProgramOccupation.objects.filter(program__slug="welding-sample-college")
    assert [one.basis for one in bases] == ["hidden"]


def test_a_second_region_needs_no_code(client):
    region.load(SAMPLE)

    page = client.get("/en/").content.decode()

    assert "Sample Valley" in page
    assert "San Diego" not in page


def test_agreements_of_the_sample_lead_from_school_to_college():
    region.load(SAMPLE)

    link = ProgramLink.objects.get()

    assert (str(link.origin), str(link.destination)) == (
        "Metal Shop, Sample High",
        "Welding, Sample College",
    )


@pytest.fixture
def added():
    """The sample region, and what an editor has added since: three rows and a word on a job."""
    region.load(SAMPLE)
    college = Institution.objects.get(slug="sample-college")
    baking = Program.objects.create(
        title_en="Baking", institution=college, release=college.release, status="published"
    )
    Award.objects.create(program=baking, credential="associate")
    InstitutionName.objects.create(institution=college, name="SC")
    ProgramOccupation.objects.filter(program__slug="welding-sample-college").update(basis="hidden")
    return baking


def test_rows_that_the_pack_lacks_stay_and_are_counted(added, capsys):
    call_command("load_region", SAMPLE)

    said = capsys.readouterr().out
    assert "4 rows are in the database but not in this pack; --prune removes them" in said
    assert Program.objects.contains(added)


def test_prune_removes_what_the_pack_lacks_and_an_editors_word_on_a_job_too(added, capsys):
    before = catalogue.current()

    call_command("load_region", SAMPLE, prune=True)

    said = capsys.readouterr().out
    assert (
        "4 rows removed that this pack lacks:"
        " institution_names 1, programs 1, awards 1, program_occupations 1"
    ) in said
    assert not Program.objects.contains(added)
    # What the editor had hidden is a candidate again.
    links = ProgramOccupation.objects.filter(program__slug="welding-sample-college")
    assert [link.basis for link in links] == ["pathway"]
    assert catalogue.current() > before
    call_command("load_region", SAMPLE)
    assert "not in this pack" not in capsys.readouterr().out


def test_another_region_takes_the_place_of_the_first(tmp_path):
    region.load(PACK)

    region.load(SAMPLE, prune=True)

    region.export(tmp_path)
    assert "Palomar" not in (tmp_path / "institutions.csv").read_text()
    assert not Opportunity.objects.exists()
    assert Region.objects.get().slug == "sample"
    assert region.load(SAMPLE).strays == {}


def test_a_row_in_use_is_not_removed_and_nothing_is_loaded(tmp_path):
    region.load(SAMPLE)
    pack = shutil.copytree(SAMPLE, tmp_path / "pack")
    counties = pack / "counties.csv"
    counties.write_text(counties.read_text().splitlines()[0] + "\n41998,other,Other\n")
    # What stays and does not say its county keeps the one it had.
    for name in ("zip_codes", "living_wages"):
        (pack / f"{name}.csv").unlink()
    for name, column in (("institutions", "county"), ("districts", "county")):
        drop(pack / f"{name}.csv", column)

    with pytest.raises(region.PackError, match="a row that the pack lacks is in use"):
        region.load(pack, prune=True)

    assert not County.objects.filter(fips="41998").exists()


def drop(path, column):
    """Rewrite a CSV file without one of its columns."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [name for name in rows[0] if name != column]
    kept = [{name: row[name] for name in columns} for row in rows]
    path.write_text(region.as_csv(columns, kept))
