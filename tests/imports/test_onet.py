import csv
import os
from pathlib import Path

import pytest

from imports.batch import apply
from imports.sources import onet
from imports.sources.reading import SourceError
from reference.models import Occupation, OccupationTitle, Release

pytestmark = pytest.mark.django_db
OFFICIAL = os.environ.get("OFFICIAL_DATA_DIR")


def make_occupation(soc, title, **facts):
    release, _created = Release.objects.get_or_create(slug="own", publisher="We", name="Ours")
    return Occupation.objects.create(soc=soc, slug=soc, title_en=title, release=release, **facts)


def write(
    tmp_path,
    *,
    zones=(),
    bright=(),
    interests=(),
    related=(),
    reported=(),
    alternates=(),
    spanish=(),
):
    """A data folder with O*NET's tab separated files in `onet/` and the Spanish list in `i18n/`."""
    tables = {
        "onet/Job Zones.txt": ("O*NET-SOC Code\tTitle\tJob Zone\tDate\tDomain Source", zones),
        "onet/All_Bright_Outlook_Occupations.csv": ("Code,Occupation,Categories", bright),
        "onet/Interests.txt": (
            "O*NET-SOC Code\tTitle\tElement ID\tElement Name\tScale ID\tScale Name\tData Value",
            interests,
        ),
        "onet/Related Occupations.txt": (
            "O*NET-SOC Code\tTitle\tRelated O*NET-SOC Code\tRelated Title\tRelatedness Tier\tIndex",
            related,
        ),
        "onet/Sample of Reported Titles.txt": (
            "O*NET-SOC Code\tTitle\tReported Job Title\tShown in My Next Move",
            reported,
        ),
        "onet/Alternate Titles.txt": (
            "O*NET-SOC Code\tTitle\tAlternate Title\tShort Title\tSource(s)",
            alternates,
        ),
        "i18n/onet_spanish_occupations_56.csv": (
            "soc_code,title_en,title_es,description_es,also_called_es",
            spanish,
        ),
    }
    for name, (header, lines) in tables.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return tmp_path


def titles(language="en"):
    found = OccupationTitle.objects.filter(language=language).order_by("pk")
    return list(found.values_list("title", flat=True))


def test_zone_and_outlook_come_from_the_code_that_ends_in_00(tmp_path):
    nurse = make_occupation("29-1141", "Registered Nurses")
    clerk = make_occupation("43-9061", "Office Clerks", bright_outlook="Rapid Growth")
    path = write(
        tmp_path,
        zones=[
            "29-1141.00\tRegistered Nurses\t4\t08/2023\tAnalyst",
            "29-1141.01\tAcute Care Nurses\t5\t08/2023\tAnalyst",
            "11-1011.00\tChief Executives\t5\t08/2023\tAnalyst",
        ],
        bright=["29-1141.00,Registered Nurses,Rapid Growth; Numerous Job Openings"],
    )
    batch = onet.read(path)
    apply(batch)
    nurse.refresh_from_db()
    clerk.refresh_from_db()
    assert (nurse.job_zone, nurse.bright_outlook) == (4, "Rapid Growth; Numerous Job Openings")
    assert (clerk.job_zone, clerk.bright_outlook) == (None, "")
    assert [str(row) for row in batch.rejected] == [
        "Job Zones.txt:3: a detailed code; the occupation's own code ends in .00",
        "Job Zones.txt:4: the occupation is not in this site's list",
    ]


def test_titles_shown_in_my_next_move_come_first_then_reported_then_alternates(tmp_path):
    make_occupation("47-2111", "Electricians")
    path = write(
        tmp_path,
        reported=[
            "47-2111.00\tElectricians\tWireman\tN",
            "47-2111.00\tElectricians\tIndustrial Electrician\tY",
        ],
        alternates=[
            "47-2111.00\tElectricians\tGaffer\t\t08",
            "47-2111.00\tElectricians\tWIREMAN\t\t08",
            "47-2111.00\tElectricians\telectricians\t\t08",
            f"47-2111.00\tElectricians\t{'Very ' * 12}Long Title\t\t08",
            "47-2111.01\tDetailed\tSign Electrician\t\t08",
        ],
    )
    batch = onet.read(path)
    apply(batch)
    assert titles() == ["Industrial Electrician", "Wireman", "Gaffer", "Sign Electrician"]
    assert [row.reason for row in batch.rejected] == [
        "the occupation has this title already",
        "the occupation has this title already",
        "the title is longer than 60 characters",
    ]


def test_an_occupation_keeps_at_most_25_titles(tmp_path):
    make_occupation("47-2111", "Electricians")
    alternates = [f"47-2111.00\tElectricians\tElectrician {n}\t\t08" for n in range(30)]
    batch = onet.read(write(tmp_path, alternates=alternates))
    apply(batch)
    assert titles() == [f"Electrician {n}" for n in range(25)]
    assert {row.reason for row in batch.rejected} == {"the occupation has 25 other titles already"}


def test_a_combined_occupation_takes_the_titles_of_its_parts_and_what_they_agree_on(tmp_path):
    aides = make_occupation("31-1128", "Home Health and Personal Care Aides")
    guides = make_occupation("39-7018", "Tour and Travel Guides")
    path = write(
        tmp_path,
        zones=[
            f"{code}.00\t-\t{zone}\t08/2023\tAnalyst"
            for code, zone in (("31-1121", 2), ("31-1122", 2), ("39-7011", 3), ("39-7012", 2))
        ],
        bright=["31-1121.00,Home Health Aides,Rapid Growth", "31-1122.00,-,Rapid Growth"],
        alternates=["31-1121.00\tHome Health Aides\tHospice Aide\t\t08"],
    )
    apply(onet.read(path))
    aides.refresh_from_db()
    guides.refresh_from_db()
    assert (aides.job_zone, aides.bright_outlook, guides.job_zone) == (2, "Rapid Growth", None)
    assert titles() == ["Hospice Aide"]


def high_points(code, *values):
    """The rows of one O*NET code: six scores, of which one stands here, and the high points."""
    yield f"{code}\t-\t1.B.1.a\tRealistic\tOI\tOccupational Interests\t6.5"
    for letter, value in zip("ghi", values, strict=True):
        yield f"{code}\t-\t1.B.1.{letter}\t-\tIH\tOccupational Interest High-Point\t{value}"


def interests_of(occupation):
    return list(occupation.interests.values_list("rank", "interest"))


def test_interests_are_the_high_points_and_a_combined_occupation_has_those_its_parts_share(
    tmp_path,
):
    nurse = make_occupation("29-1141", "Registered Nurses")
    aides = make_occupation("31-1128", "Home Health and Personal Care Aides")
    clerk = make_occupation("43-9061", "Office Clerks")
    path = write(
        tmp_path,
        interests=[
            *high_points("29-1141.00", "4.0", "2.0", "0.0"),
            *high_points("29-1141.01", "1.0", "2.0", "3.0"),
            *high_points("31-1121.00", "4.0", "6.0", "1.0"),
            *high_points("31-1122.00", "4.0", "1.0", "1.0"),
            *high_points("43-9061.00", "6.0", "0.0", "0.0"),
        ],
    )

    batch = onet.read(path)
    apply(batch)

    assert interests_of(nurse) == [(1, "social"), (2, "investigative")]
    assert interests_of(aides) == [(1, "social")]
    assert interests_of(clerk) == [(1, "conventional")]
    assert {row.reason for row in batch.rejected} == {
        "a detailed code; the occupation's own code ends in .00"
    }


def test_related_occupations_are_those_of_the_list_the_most_alike_first(tmp_path):
    nurse = make_occupation("29-1141", "Registered Nurses")
    make_occupation("29-2061", "Licensed Vocational Nurses")
    make_occupation("31-1128", "Home Health and Personal Care Aides")
    path = write(
        tmp_path,
        related=[
            "29-1141.00\tRegistered Nurses\t31-1122.00\tPersonal Care Aides\tPrimary-Long\t9",
            "29-1141.00\tRegistered Nurses\t31-1121.00\tHome Health Aides\tPrimary-Long\t10",
            "29-1141.00\tRegistered Nurses\t29-1141.01\tAcute Care Nurses\tPrimary-Short\t1",
            "29-1141.00\tRegistered Nurses\t29-2061.00\tVocational Nurses\tPrimary-Short\t2",
            "29-1141.00\tRegistered Nurses\t11-9111.00\tHealth Managers\tPrimary-Short\t3",
            "29-1141.01\tAcute Care Nurses\t29-2061.00\tVocational Nurses\tPrimary-Short\t1",
        ],
    )

    batch = onet.read(path)
    apply(batch)

    found = nurse.related_links.values_list("rank", "related__soc", "release__slug")
    assert list(found) == [(1, "29-2061", "onet-29-3"), (2, "31-1128", "onet-29-3")]
    assert sorted(row.reason for row in batch.rejected) == [
        "a detailed code; the occupation's own code ends in .00",
        "the occupation is not in this site's list",
        "the occupation itself, or one that stands there already",
        "the occupation itself, or one that stands there already",
    ]


def test_spanish_titles_lose_their_english_and_keep_a_short_acronym(tmp_path):
    make_occupation("31-1131", "Nursing Assistants", title_es="Asistentes de enfermería")
    path = write(
        tmp_path,
        alternates=["31-1131.00\tNursing Assistants\tNurse Aide\t\t08"],
        spanish=[
            "31-1131,Nursing Assistants,-,-,Asistente de Pacientes (Patient Assistant); "
            "Auxiliar certificada (CNA); auxiliar de salud.; Nurse Aide; asistentes de enfermería; "
            "Home Health asistente de fisioterapia",
            "15-2051,Data Scientists,-,-,Científica",
        ],
    )
    batch = onet.read(path)
    apply(batch)
    assert titles("es") == [
        "Asistente de Pacientes", "Auxiliar certificada (CNA)", "Auxiliar de salud",
    ]  # fmt: skip
    assert [row.reason for row in batch.rejected] == [
        "the Spanish list gives an English title",
        "the title is not correct Spanish",
        "the occupation has this title already",
        "the occupation is not in this site's list",
    ]
    releases = OccupationTitle.objects.values_list("language", "release__slug")
    assert set(releases) == {("en", "onet-29-3"), ("es", "mi-proximo-paso-2026")}


def test_the_onet_folder_alone_is_enough_and_says_that_spanish_is_missing(tmp_path):
    make_occupation("47-2111", "Electricians")
    data = write(tmp_path, alternates=["47-2111.00\tElectricians\tGaffer\t\t08"])
    assert onet.read(data).rows == onet.read(data / "onet").rows
    (data / "i18n" / onet.SPANISH).unlink()
    assert [str(row) for row in onet.read(data / "onet").rejected] == [
        f"{onet.SPANISH}: the file is missing: no Spanish titles were read"
    ]


def test_a_changed_layout_names_the_missing_heading(tmp_path):
    data = write(tmp_path)
    (data / "onet" / onet.ZONES).write_text("Code\tZone\n")
    with pytest.raises(SourceError, match="Job Zone"):
        onet.read(data)


@pytest.mark.skipif(not OFFICIAL, reason="needs the official files")
def test_the_official_release_enters_once():
    name = "labor/coe_occupational_demand_2024-2029_sdi.csv"
    with (Path(OFFICIAL) / name).open(newline="") as file:
        for row in csv.DictReader(file):
            make_occupation(row["SOC"], row["Description"])
    outcome = apply(onet.read(OFFICIAL))
    assert outcome.counts["occupations"].total() == 797
    assert OccupationTitle.objects.filter(language="es").count() > 350
    assert 15_000 < OccupationTitle.objects.filter(language="en").count() <= 797 * onet.MOST
    assert Occupation.objects.exclude(job_zone=None).count() > 700
    assert Occupation.objects.filter(interests__rank=1).count() > 700
    assert outcome.counts["related_occupations"].total() > 5000
    assert apply(onet.read(OFFICIAL)).changes == 0
