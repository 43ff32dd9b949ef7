import os
from pathlib import Path

import pytest

from imports.batch import apply
from imports.sources import ipeds
from programs.models import Institution
from reference.models import County

pytestmark = pytest.mark.django_db

HEADINGS = ",".join(ipeds.HEADINGS)
MIRACOSTA = (
    "118912,MiraCosta College,One Barnard Drive,Oceanside,92056-3899,7607572121,"
    "www.miracosta.edu/,1,6073,-117.302606,33.190483"
)
UNIVERSITY = (
    "110680,University of California-San Diego,9500 Gilman Dr,La Jolla,92093,8585342230,"
    "www.ucsd.edu/,1,6073,-117.235866,32.877749"
)


@pytest.fixture(autouse=True)
def counties():
    County.objects.create(fips="06073", slug="san-diego", name="San Diego")
    County.objects.create(fips="06025", slug="imperial", name="Imperial")


def test_a_community_college_enters_and_a_university_does_not(tmp_path):
    (tmp_path / "hd2024.csv").write_text("\n".join([HEADINGS, MIRACOSTA, UNIVERSITY]))

    outcome = apply(ipeds.read(tmp_path))

    found = Institution.objects.get()
    assert (found.slug, found.segment) == ("miracosta-college", "community_college")
    assert (found.ipeds_id, found.zip_code, found.county.fips) == ("118912", "92056", "06073")
    assert (found.phone, found.url) == ("(760) 757-2121", "http://www.miracosta.edu/")
    assert (str(found.latitude), found.point_source) == ("33.190483", "address")
    assert found.district.name == "MiraCosta Community College District"
    assert found.district.segment == "community_college"
    assert "Mira Costa" in found.names.values_list("name", flat=True)
    assert [str(row) for row in outcome.rejected] == [
        "hd2024.csv: 1 universities, private schools and offices are not for this site"
    ]


def test_a_college_that_has_closed_is_rejected(tmp_path):
    file = tmp_path / "hd2024.csv"
    file.write_text("\n".join([HEADINGS, MIRACOSTA.replace(",1,6073", ",3,6073")]))

    batch = ipeds.read(file)

    assert [str(row) for row in batch.rejected] == ["hd2024.csv:2: MiraCosta College is not active"]


def test_completions_are_of_the_newest_year_and_only_where_someone_finished(tmp_path):
    (tmp_path / "c2023_a.csv").write_text("UNITID,CIPCODE,CTOTALT\n118912,01.0000,9\n")
    (tmp_path / "c2024_a.csv").write_text(
        "UNITID,CIPCODE,CTOTALT\n118912,48.0508,9\n118912,12.0500,0\n110680,11.0101,9\n"
    )

    assert ipeds.completions(tmp_path) == {"miracosta-college": {"48.0508"}}


@pytest.mark.skipif("OFFICIAL_DATA_DIR" not in os.environ, reason="needs the official files")
def test_the_official_files():
    folder = Path(os.environ["OFFICIAL_DATA_DIR"]) / "colleges"

    outcome = apply(ipeds.read(folder))

    assert outcome.counts["institutions"]["new"] == 9
    assert outcome.counts["districts"]["new"] == 6
    assert len(ipeds.completions(folder)) == 9
    assert apply(ipeds.read(folder)).changes == 0
