import os
from collections import Counter
from pathlib import Path

import pytest

from imports.batch import apply
from imports.sources import zip_centroids
from reference.models import County, ZipCode

pytestmark = pytest.mark.django_db
OFFICIAL = os.environ.get("OFFICIAL_DATA_DIR")
HEADER = "zip,type,active,city,state,county,fips,lat,lng,INTPTLAT,INTPTLONG\n"


@pytest.fixture
def _counties():
    County.objects.create(fips="06073", slug="san-diego", name="San Diego")
    County.objects.create(fips="06025", slug="imperial", name="Imperial")


def write(tmp_path, *lines):
    path = tmp_path / "zips.csv"
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.usefixtures("_counties")
def test_a_zip_takes_the_census_point_and_a_po_box_the_point_of_the_list(tmp_path):
    path = write(
        tmp_path,
        "91901,STANDARD,True,Alpine,CA,San Diego County,06073,32.8282,-116.7543,32.81,-116.72",
        "91903,PO BOX,True,Alpine,CA,San Diego County,06073,32.8351,-116.7664,,",
    )
    outcome = apply(zip_centroids.read(path))
    points = ZipCode.objects.values_list("code", "county__fips", "latitude", "longitude")
    assert [tuple(map(str, row)) for row in points] == [
        ("91901", "06073", "32.810000", "-116.720000"),
        ("91903", "06073", "32.835100", "-116.766400"),
    ]
    assert outcome.rejected == []


@pytest.mark.usefixtures("_counties")
def test_rows_of_other_counties_and_rows_without_a_point_say_why_they_stay_out(tmp_path):
    path = write(
        tmp_path,
        "90001,STANDARD,True,Los Angeles,CA,Los Angeles County,06037,33.9,-118.2,33.9,-118.2",
        "92101,STANDARD,True,San Diego,CA,San Diego County,06073,,,,",
        "9210,STANDARD,True,San Diego,CA,San Diego County,06073,32.7,-117.1,,",
    )
    assert [str(row) for row in zip_centroids.read(path).rejected] == [
        "zips.csv:2: the county is not one of this region's",
        "zips.csv:3: the row has no coordinates",
        "zips.csv:4: a ZIP code has five digits",
    ]


@pytest.mark.skipif(not OFFICIAL, reason="needs the official files")
@pytest.mark.usefixtures("_counties")
def test_every_zip_of_both_counties_enters_and_a_second_import_changes_nothing():
    path = Path(OFFICIAL) / "geo" / "zip_centroids_sd_imperial.csv"
    first = apply(zip_centroids.read(path))
    assert first.counts["zip_codes"] == Counter(new=207)
    assert first.rejected == []
    assert apply(zip_centroids.read(path)).changes == 0
