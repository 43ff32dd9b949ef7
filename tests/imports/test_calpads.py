import os
from pathlib import Path

import pytest

from imports.batch import apply
from imports.sources import calpads
from imports.sources.reading import read_table
from reference.models import ProgramCode, Sector, SourceLabel

pytestmark = pytest.mark.django_db
OFFICIAL = os.environ.get("OFFICIAL_DATA_DIR")
CTE = "Career Technical Education"


@pytest.fixture
def _labels():
    sector = Sector.objects.create(code="TR", slug="tr", title_en="Cars", title_es="Autos")
    SourceLabel.objects.create(sector_label="Transportation", sector=sector)
    SourceLabel.objects.create(sector_label="Elective")


def write(tmp_path, *lines):
    path = tmp_path / "calpads.csv"
    path.write_text(",".join(calpads.HEADINGS) + "\n" + "\n".join(lines) + "\n")
    return path


@pytest.mark.usefixtures("_labels")
def test_a_course_code_has_the_sector_of_its_label_and_the_exploratory_course_has_none(tmp_path):
    path = write(
        tmp_path,
        f"7000,Exploratory Career Technical Education,Elective,{CTE}",
        f'8532,"Advanced Diagnostics, Service  (Capstone)",Transportation,{CTE}',
    )
    apply(calpads.read(path))
    rows = ProgramCode.objects.values_list("system", "code", "title_en", "is_cte", "sector__code")
    assert list(rows) == [
        ("CALPADS", "7000", "Exploratory Career Technical Education", True, None),
        ("CALPADS", "8532", "Advanced Diagnostics, Service (Capstone)", True, "TR"),
    ]


@pytest.mark.usefixtures("_labels")
def test_rows_that_stay_out_say_why(tmp_path):
    path = write(
        tmp_path,
        f"853,Short,Transportation,{CTE}",
        "2110,English 9,English,General Education",
        f"7100,Introduction,Farming,{CTE}",
    )
    assert [str(row) for row in calpads.read(path).rejected] == [
        "calpads.csv:2: a course code has four digits",
        "calpads.csv:3: not a career technical course",
        "calpads.csv:4: “Farming” is not among the labels of sources",
    ]


@pytest.mark.skipif(not OFFICIAL, reason="needs the official files")
def test_every_course_code_enters_once():
    path = Path(OFFICIAL) / "cte" / "calpads-course-codes_cte.csv"
    sector = Sector.objects.create(code="TR", slug="tr", title_en="Cars", title_es="Autos")
    for label in {row["Broad Subject"] for _line, row in read_table(path, calpads.HEADINGS)}:
        SourceLabel.objects.create(sector_label=label, sector=sector)
    first = apply(calpads.read(path))
    assert (first.counts["program_codes"]["new"], first.rejected) == (202, [])
    assert apply(calpads.read(path)).changes == 0
