import csv
import os
from decimal import Decimal
from pathlib import Path

import pytest

from imports.batch import apply
from imports.sources import coe_demand
from imports.sources.reading import SourceError
from reference.models import LaborFigure, Occupation, Release

pytestmark = pytest.mark.django_db
OFFICIAL = os.environ.get("OFFICIAL_DATA_DIR")
NURSE = "SD/I,29-1141,Registered Nurses,Bachelor's degree,29530,0.0226,2000,64,132620"


def write(tmp_path, *lines, name="coe_occupational_demand_2024-2029_sdi.csv"):
    path = tmp_path / name
    path.write_text(",".join(coe_demand.HEADINGS) + "\n" + "\n".join(lines) + "\n")
    return path


def make_occupation(soc, title, **facts):
    release, _created = Release.objects.get_or_create(slug="own", publisher="We", name="Ours")
    return Occupation.objects.create(soc=soc, slug=soc, title_en=title, release=release, **facts)


def figure(**where):
    return LaborFigure.objects.values(*coe_demand.FIGURES, "missing").get(**where)


def test_regional_row_gives_the_occupation_its_pay_growth_openings_and_education(tmp_path):
    nurse = make_occupation("29-1141", "Nurses", description_en="Our words.")
    apply(coe_demand.read(write(tmp_path, NURSE)))
    assert figure(occupation=nurse, area="region", county=None, period="2024-2029") == {
        "jobs": 29530,
        "growth": Decimal("2.3"),
        "openings": 2000,
        "hourly": Decimal(64),
        "annual": 132620,
        "missing": "",
    }
    nurse.refresh_from_db()
    assert (nurse.title_en, nurse.education) == ("Registered Nurses", "Bachelor's degree")
    assert nurse.description_en == "Our words."


def test_earnings_are_of_the_base_year_and_the_note_says_that_this_is_assumed(tmp_path):
    make_occupation("29-1141", "Nurses")
    apply(coe_demand.read(write(tmp_path, NURSE)))
    row = LaborFigure.objects.get()
    assert row.pay_period == "2024"
    assert "earnings are shown with the file's base year, 2024" in row.release.note_en
    assert "los ingresos se muestran con el año base del archivo, 2024" in row.release.note_es


def test_state_row_is_the_state_and_leaves_the_occupation_alone(tmp_path):
    nurse = make_occupation("29-1141", "Nurses", education="As the region says")
    apply(coe_demand.read(write(tmp_path, NURSE.replace("SD/I", "CA"))))
    assert figure(occupation=nurse, area="state")["jobs"] == 29530
    nurse.refresh_from_db()
    assert (nurse.title_en, nurse.education) == ("Nurses", "As the region says")


def test_a_missing_figure_is_never_0_and_says_why(tmp_path):
    make_occupation("29-1141", "Registered Nurses", education="Kept")
    make_occupation("51-7031", "Model Makers, Wood")
    path = write(
        tmp_path,
        "SD/I,29-1141,Registered Nurses,N/A,29530,0.0226,2000,N/A,0",
        '"SD/I",51-7031,"Model Makers, Wood",N/A,0,-0.57,0,22,45290',
    )
    apply(coe_demand.read(path))
    nurse = figure(occupation__soc="29-1141")
    assert (nurse["hourly"], nurse["annual"], nurse["missing"]) == (None, None, "not_reported")
    maker = figure(occupation__soc="51-7031")
    assert (maker["jobs"], maker["growth"], maker["missing"]) == (None, None, "too_few")
    assert maker["annual"] == 45290
    assert Occupation.objects.get(soc="29-1141").education == "Kept"


def test_rows_that_stay_out_say_why(tmp_path):
    make_occupation("29-1141", "Registered Nurses")
    path = write(
        tmp_path,
        NURSE.replace("SD/I", "LA/OC"),
        "SD/I,11-1011,Chief Executives,N/A,1,1,1,1,1",
        NURSE.replace("29530", "many"),
    )
    assert [str(row) for row in coe_demand.read(path).rejected] == [
        f"{path.name}:2: the figures are about another region",
        f"{path.name}:3: the occupation is not in this site's list",
        f"{path.name}:4: a figure is not a number",
    ]


def test_a_folder_gives_both_files_and_an_empty_one_an_error(tmp_path):
    make_occupation("29-1141", "Registered Nurses")
    with pytest.raises(SourceError, match=r"no file coe_occupational_demand_\*"):
        coe_demand.read(tmp_path)
    write(tmp_path, NURSE)
    state = "coe_occupational_demand_2024-2029_ca.csv"
    write(tmp_path, NURSE.replace("SD/I", "CA"), name=state)
    apply(coe_demand.read(tmp_path))
    assert set(LaborFigure.objects.values_list("area", flat=True)) == {"region", "state"}


def test_another_vintage_is_refused_because_its_headings_differ(tmp_path):
    path = write(tmp_path, NURSE)
    path.write_text(path.read_text().replace("2024 Jobs", "2025 Jobs"))
    with pytest.raises(SourceError, match="2024 Jobs"):
        coe_demand.read(path)


@pytest.mark.skipif(not OFFICIAL, reason="needs the official files")
def test_every_occupation_has_regional_and_state_figures_and_again_changes_nothing():
    folder = Path(OFFICIAL) / "labor"
    with (folder / "coe_occupational_demand_2024-2029_sdi.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            make_occupation(row["SOC"], row["Description"])
    first = apply(coe_demand.read(folder))
    assert first.counts["labor_figures"]["new"] == 2 * 797
    assert first.rejected == []
    assert apply(coe_demand.read(folder)).changes == 0
