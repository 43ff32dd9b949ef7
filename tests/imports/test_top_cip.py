import os
from pathlib import Path

import pytest

from imports.batch import apply
from imports.sources import top_cip, top_codes
from reference.models import CodeCrosswalk, ProgramCode, Release

pytestmark = pytest.mark.django_db
OFFICIAL = os.environ.get("OFFICIAL_DATA_DIR")
WELDING = "0956.50,Welding,48.0508,Welding Technology/Welder,64\n"


def write(tmp_path, *lines):
    path = tmp_path / "top_cip.csv"
    path.write_text(",".join(top_cip.HEADINGS) + "\n" + "".join(lines))
    return path


def codes():
    return set(ProgramCode.objects.values_list("system", "code", "title_en", "release__slug"))


def test_both_ends_become_codes_and_the_pair_says_how_many_colleges_use_it(tmp_path):
    path = write(tmp_path, WELDING, "0956.50,Welding,32.0111,Workforce Development,0\n")
    apply(top_cip.read(path))
    own = "top-cip-crosswalk"
    assert codes() == {
        ("TOP", "095650", "Welding", own),
        ("CIP", "48.0508", "Welding Technology/Welder", own),
        ("CIP", "32.0111", "Workforce Development", own),
    }
    pairs = CodeCrosswalk.objects.values_list("top__code", "cip__code", "colleges")
    assert list(pairs) == [("095650", "48.0508", 64), ("095650", "32.0111", 0)]


def test_a_code_from_elsewhere_keeps_its_title_and_becomes_career_technical(tmp_path):
    manual = Release.objects.create(slug="manual", publisher="The state", name="Manual")
    ProgramCode.objects.create(
        system="TOP", code="095650", title_en="Welding Technology", release=manual
    )
    apply(top_cip.read(write(tmp_path, WELDING)))
    code = ProgramCode.objects.get(system="TOP")
    assert (code.title_en, code.release, code.is_cte) == ("Welding Technology", manual, True)
    assert apply(top_cip.read(write(tmp_path, WELDING))).changes == 0


def test_broken_codes_say_so(tmp_path):
    path = write(tmp_path, "956.5,Welding,48.0508,Welder,1\n", "0956.50,Welding,48.508,Welder,1\n")
    assert [str(row) for row in top_cip.read(path).rejected] == [
        "top_cip.csv:2: a TOP code looks like 0956.50",
        "top_cip.csv:3: a CIP code looks like 48.0508",
    ]


@pytest.mark.skipif(not OFFICIAL, reason="needs the official files")
def test_the_whole_crosswalk_enters_once_and_agrees_with_the_manual():
    folder = Path(OFFICIAL) / "crosswalks"
    manual = folder / "top_categories_7th_edition.json"
    path = folder / "top_cip_cte_sd_imperial.csv"
    apply(top_codes.read(manual))
    first = apply(top_cip.read(path))
    assert (first.counts["top_cip"]["new"], first.rejected) == (626, [])
    assert ProgramCode.objects.filter(system="CIP").count() == 380
    assert ProgramCode.objects.get(system="TOP", code="095210").is_cte
    assert apply(top_codes.read(manual)).changes == 0
    assert apply(top_cip.read(path)).changes == 0
