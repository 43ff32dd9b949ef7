import os
from decimal import Decimal
from pathlib import Path

import pytest

from imports.batch import apply
from imports.sources import living_wage
from reference.models import County, LivingWage

pytestmark = pytest.mark.django_db
OFFICIAL = os.environ.get("OFFICIAL_DATA_DIR")
HEADER = "fips,county,vintage,1a0c,2a1w2c,poverty_1a0c,minimum_wage\n"


@pytest.fixture(autouse=True)
def _counties():
    County.objects.create(fips="06073", slug="san-diego", name="San Diego")
    County.objects.create(fips="06025", slug="imperial", name="Imperial")


def test_each_household_of_a_county_has_its_living_wage_and_the_minimum_wage_is_none(tmp_path):
    path = tmp_path / "wages.csv"
    path.write_text(HEADER + "06025,Imperial County,2026,22.37,41.37,7.67,16.90\n")
    apply(living_wage.read(path))
    rows = LivingWage.objects.values_list("county__name", "household", "hourly", "vintage")
    assert list(rows) == [
        ("Imperial", "1a0c", Decimal("22.37"), "2026"),
        ("Imperial", "2a1w2c", Decimal("41.37"), "2026"),
    ]


def test_other_counties_and_empty_cells_say_why_they_stay_out(tmp_path):
    path = tmp_path / "wages.csv"
    path.write_text(
        HEADER
        + "06037,Los Angeles County,2026,28.00,45.00,7.67,16.90\n"
        + "06025,Imperial County,2026,22.37,,7.67,16.90\n"
    )
    assert [str(row) for row in living_wage.read(path).rejected] == [
        "wages.csv:2: the county is not one of this region's",
        "wages.csv:3: a household has no living wage",
    ]


@pytest.mark.skipif(not OFFICIAL, reason="needs the official files")
def test_both_counties_have_twelve_households_and_a_second_import_changes_nothing():
    path = Path(OFFICIAL) / "labor" / "mit_living_wage_ca.csv"
    assert apply(living_wage.read(path)).counts["living_wages"]["new"] == 24
    assert apply(living_wage.read(path)).changes == 0
