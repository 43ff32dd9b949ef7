"""The marks and the growth of all jobs, recomputed from the official files by another path."""

import os
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import median

import pandas as pd
import pytest
from django.conf import settings

from finder import careers
from imports import region
from reference.marks import Mark

OFFICIAL = os.environ.get("OFFICIAL_DATA_DIR")
STUDY = [
    "Some college, no degree", "Postsecondary nondegree award", "Associate's degree",
    "Bachelor's degree", "Master's degree", "Doctoral or professional degree",
]  # fmt: skip

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not OFFICIAL, reason="needs the official files"),
]


def half_up(value):
    return Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)


@pytest.fixture(scope="module")
def listed():
    """The Centers of Excellence's rows of the jobs in our list, with growth in percent."""
    labor, pack = Path(OFFICIAL) / "labor", settings.REGION_PACK
    rows = pd.read_csv(labor / "coe_occupational_demand_2024-2029_sdi.csv", dtype=str)
    rows = rows[rows["SOC"].isin(pd.read_csv(pack / "occupations.csv", dtype=str)["soc"])]
    rows = rows.set_index("SOC")
    number = rows.drop(columns=["Region", "Description", "Typical Entry Level Education"]).apply(
        lambda column: column.str.replace(",", "").astype(float)
    )
    number.columns = ["jobs", "growth", "openings", "hourly", "annual"]
    number["growth"] = [half_up(Decimal(t) * 100) for t in rows["2024 - 2029 % Change"]]
    return number.assign(education=rows["Typical Entry Level Education"])


@pytest.fixture(scope="module")
def need():
    """The highest living wage of one adult without children."""
    wages = pd.read_csv(Path(OFFICIAL) / "labor/mit_living_wage_ca.csv")
    return wages["1a0c"].max()


@pytest.fixture
def directory():
    region.load(settings.REGION_PACK)
    return careers.current()


def test_growth_of_all_jobs_together(directory, listed):
    counted = listed[listed["jobs"] > 0]
    weighted = sum(
        jobs * float(growth) for jobs, growth in zip(counted.jobs, counted.growth, strict=True)
    )

    assert directory.growth_of_all == half_up(weighted / counted["jobs"].sum())


@pytest.mark.parametrize(
    "sector",
    [
        "health-science-and-medical-technology",
        "manufacturing-and-product-development",
        "transportation",
    ],
)
def test_the_marks_of_three_sectors(directory, listed, need, sector):
    line = median(listed[(listed["jobs"] > 0) & (listed["openings"] > 0)]["openings"])
    ours = {
        career.occupation.soc: set(career.marks)
        for career in directory.careers.values()
        if career.sector == sector
    }

    theirs = {}
    for soc, row in listed.loc[list(ours)].iterrows():
        in_demand = row.jobs > 0 and row.openings >= line and row.growth >= 0
        tests = {
            Mark.HIGH_WAGE: row.hourly >= need,
            Mark.HIGH_SKILL: row.education in STUDY,
            Mark.IN_DEMAND: in_demand,
        }
        theirs[soc] = {mark for mark, holds in tests.items() if holds}

    assert len(ours) > 20
    assert ours == theirs
