import csv
import os
from pathlib import Path

import pytest

from imports.batch import apply
from imports.sources import cip_soc, top_cip
from reference.models import CodeOccupation, Occupation, ProgramCode, Release

pytestmark = pytest.mark.django_db
OFFICIAL = os.environ.get("OFFICIAL_DATA_DIR")


def own():
    return Release.objects.get_or_create(slug="own", publisher="We", name="Ours")[0]


def make_occupation(soc, title):
    return Occupation.objects.create(soc=soc, slug=soc, title_en=title, release=own())


def make_cip(code, title=""):
    return ProgramCode.objects.create(system="CIP", code=code, title_en=title, release=own())


def write(tmp_path, *lines):
    path = tmp_path / "cip_soc.csv"
    path.write_text(",".join(cip_soc.HEADINGS) + "\n" + "".join(lines))
    return path


def pairs():
    return list(CodeOccupation.objects.values_list("cip__code", "occupation__soc"))


def test_a_program_code_leads_to_the_occupations_that_the_site_knows(tmp_path):
    make_cip("48.0508", "Welding")
    make_cip("01.0508", "Taxidermy")
    make_occupation("51-4121", "Welders")
    path = write(
        tmp_path,
        "48.0508,Welding Technology/Welder.,51-4121,Welders\n",
        "48.0508,Welding Technology/Welder.,51-4122,Welding Machine Operators\n",
        "01.0508,Taxidermy/Taxidermist.,99-9999,NO MATCH\n",
        "01.0000,General.,19-1011,Animal Scientists\n",
    )
    batch = cip_soc.read(path)
    apply(batch)
    assert pairs() == [("48.0508", "51-4121")]
    assert [str(row) for row in batch.rejected] == [
        "cip_soc.csv:3: the occupation is not in this site's list",
        "cip_soc.csv:4: the source matches the program with no occupation",
        "cip_soc.csv:5: no program here has this CIP code",
    ]


def test_parts_of_a_combined_occupation_lead_to_it_once(tmp_path):
    make_cip("51.2602", "Home Health Aide")
    make_occupation("31-1128", "Home Health and Personal Care Aides")
    path = write(
        tmp_path,
        "51.2602,Home Health Aide.,31-1121,Home Health Aides\n",
        "51.2602,Home Health Aide.,31-1122,Personal Care Aides\n",
    )
    batch = cip_soc.read(path)
    apply(batch)
    assert pairs() == [("51.2602", "31-1128")]
    assert [row.reason for row in batch.rejected] == ["the same pair stands in an earlier row"]


def test_a_code_without_a_title_gets_one_and_a_title_is_never_replaced(tmp_path):
    make_cip("48.0508")
    make_cip("48.0509", "Ours")
    path = write(tmp_path, "48.0508,Welding.,51-4121,W\n", "48.0509,Theirs.,51-4121,W\n")
    apply(cip_soc.read(path))
    titles = dict(ProgramCode.objects.values_list("code", "title_en"))
    assert titles == {"48.0508": "Welding", "48.0509": "Ours"}
    assert apply(cip_soc.read(path)).changes == 0


@pytest.mark.skipif(not OFFICIAL, reason="needs the official files")
def test_the_regions_codes_lead_to_occupations_and_a_second_import_changes_nothing():
    folder = Path(OFFICIAL)
    name = "labor/coe_occupational_demand_2024-2029_sdi.csv"
    with (folder / name).open(newline="") as file:
        for row in csv.DictReader(file):
            make_occupation(row["SOC"], row["Description"])
    apply(top_cip.read(folder / "crosswalks" / "top_cip_cte_sd_imperial.csv"))
    path = folder / "crosswalks" / "CIP2020_SOC2018_Crosswalk_CIP-SOC.csv"
    outcome = apply(cip_soc.read(path))
    new = outcome.counts["cip_soc"]["new"]
    assert new + len(outcome.rejected) == 6097
    assert 900 < new < 1200
    assert ("48.0508", "51-4121") in pairs()
    assert apply(cip_soc.read(path)).changes == 0
