import json
import os
from pathlib import Path

import pytest

from imports.batch import apply
from imports.sources import top_codes
from imports.sources.reading import SourceError
from reference.models import ProgramCode, Release, Sector

pytestmark = pytest.mark.django_db
OFFICIAL = os.environ.get("OFFICIAL_DATA_DIR")


def write(tmp_path, codes):
    path = tmp_path / "top.json"
    path.write_text(json.dumps({"_about": "…", "codes": codes}), encoding="utf-8")
    return path


def entry(title, cte):
    return {"title": title, "category_2digit": "09", "category_4digit": "0956", "cte": cte}


def codes():
    return list(ProgramCode.objects.values_list("system", "code", "title_en", "is_cte"))


def test_a_code_is_six_digits_of_text_with_the_manuals_title_and_mark(tmp_path):
    path = write(
        tmp_path,
        {"0956.50": entry("Welding Technology", True), "2202.00": entry("Anthropology", False)},
    )
    apply(top_codes.read(path))
    assert codes() == [
        ("TOP", "095650", "Welding Technology", True),
        ("TOP", "220200", "Anthropology", False),
    ]


def test_what_the_region_wrote_about_a_code_stays(tmp_path):
    own = Release.objects.create(slug="own", publisher="We", name="Ours")
    sector = Sector.objects.create(code="MF", slug="mf", title_en="Making", title_es="Hacer")
    ProgramCode.objects.create(
        system="TOP", code="095650", title_en="Weld", title_es="Soldadura", sector=sector,
        note="Our reading", release=own,
    )  # fmt: skip
    apply(top_codes.read(write(tmp_path, {"0956.50": entry("Welding Technology", True)})))
    code = ProgramCode.objects.get()
    assert (code.title_en, code.release.slug) == ("Welding Technology", "top-7th-edition")
    assert (code.title_es, code.sector, code.note) == ("Soldadura", sector, "Our reading")


def test_a_lost_asterisk_below_a_marked_code_leaves_the_mark_unknown(tmp_path):
    path = write(
        tmp_path,
        {"0952.00": entry("Construction Crafts", True), "0952.10": entry("Carpentry", False)},
    )
    apply(top_codes.read(path))
    assert [(code, cte) for _system, code, _title, cte in codes()] == [
        ("095200", True),
        ("095210", None),
    ]


def test_titles_lose_remarks_and_codes_that_ran_together_are_taken_apart(tmp_path):
    path = write(
        tmp_path,
        {
            "2207.10": entry("Student Government 2208.00 – Sociology", False),
            "4903.00": entry("Humanities (Program Only)", False),
            "4930.31": entry("Living Skills, Disabled .", False),
            "4930.87": entry("English as a Second Language–Integrated2", False),
        },
    )
    apply(top_codes.read(path))
    assert [(code, title) for _system, code, title, _cte in codes()] == [
        ("220710", "Student Government"),
        ("220800", "Sociology"),
        ("490300", "Humanities"),
        ("493031", "Living Skills, Disabled"),
        ("493087", "English as a Second Language–Integrated"),
    ]


def test_codes_that_stay_out_say_why_and_another_file_is_refused(tmp_path):
    path = write(tmp_path, {"956": entry("?", True), "0956.50": {"cte": True}})
    assert [str(row) for row in top_codes.read(path).rejected] == [
        "top.json:956: a TOP code looks like 0956.50",
        "top.json:0956.50: the code lacks its title or its career technical mark",
    ]
    path.write_text("[]")
    with pytest.raises(SourceError, match=r"top\.json"):
        top_codes.read(path)


@pytest.mark.skipif(not OFFICIAL, reason="needs the official files")
def test_the_whole_manual_enters_once():
    path = Path(OFFICIAL) / "crosswalks" / "top_categories_7th_edition.json"
    first = apply(top_codes.read(path))
    assert (first.counts["program_codes"]["new"], first.rejected) == (381, [])
    assert ProgramCode.objects.filter(is_cte=True).count() == 236
    assert apply(top_codes.read(path)).changes == 0
