"""Real releases through the door of an upload, on top of the region that was made from them.

Runs where OFFICIAL_DATA_DIR names a folder of official files.
"""

import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from imports import official, region, runs, sources
from imports.tables import TABLES
from tests.factories import make_administrator
from tests.imports.runs import read_here, uploaded

FOLDER = os.environ.get("OFFICIAL_DATA_DIR")
NAMES = {
    "cde_directory": ["schools/*.csv", "schools/*.txt"],
    "uc_ag": ["cte/uc_ag*.csv", "cte/sdusd*sequences*.csv"],
    "coe_demand": ["labor/coe_occupational_demand_*.csv"],
    "edd_projections": ["labor/edd_*projections*.csv"],
    "top_codes": ["crosswalks/top_categories*.json"],
    "top_cip": ["crosswalks/top_cip*.csv"],
    "cip_soc": ["crosswalks/CIP2020_SOC2018*.csv"],
    "onet": ["onet/*.txt", "onet/*.csv", "i18n/onet_spanish*.csv"],
}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER, reason="OFFICIAL_DATA_DIR is not set"),
]


def everything():
    return {table.name: table.rows() for table in TABLES}


def files_of(source):
    paths = [path for name in NAMES[source] for path in sorted(Path(FOLDER).glob(name))]
    return [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]


def test_each_release_finds_its_rows_unchanged_and_is_taken_back_to_the_letter(
    settings, files, monkeypatch
):
    monkeypatch.setattr(official, "_read", read_here)
    region.load(settings.REGION_PACK)
    before, root = everything(), make_administrator()
    for source in NAMES:
        run = uploaded(root, *files_of(source), source=source, vintage="of a test")

        changed = {
            table: count
            for table, count in run.counts.items()
            if count.get("new") or count.get("changed")
        }
        assert (source, run.problem, list(changed)) == (source, "", ["releases"])
        runs.apply(run, by=root)
        slug = sources.module(source).RELEASE["slug"]
        vintages = {row["slug"]: row["vintage"] for row in everything()["releases"]}
        assert vintages[slug] == "of a test"
        runs.take_back(run, by=root)
        assert everything() == before
