"""What we hand out is what comes back: a coordinator's workbook, one table as CSV, rejected rows."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.tables import BY_NAME
from imports.uploads import reading, sheets, writing
from imports.uploads.cells import CONTROL, HTML
from imports.uploads.formulas import defused, guarded, restored
from imports.uploads.headings import is_ours, table_named
from tests.factories import (
    make_course,
    make_district,
    make_institution,
    make_pathway,
    make_program,
    make_sector,
    make_user,
)

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "'", "'=", "''+"]
PROGRAMS = BY_NAME["programs"]


def read(folder, data, name):
    """{table: rows} of a file, and what was refused or told."""
    path = folder / "file"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found = {}
    with reading.read(path, name) as upload:
        assert upload.problem == ""
        for table, _place, values in upload.rows():
            found.setdefault(table, []).append(values)
        return found, upload.rejected, upload.notes


def written_cells(data, sheet):
    return [[one.value for one in row] for row in openpyxl.load_workbook(io.BytesIO(data))[sheet]]


@pytest.fixture
def ana(db):
    """A coordinator of Coast Unified: Coast High with its program and its course."""
    district = make_district("Coast Unified")
    high = make_institution("Coast High", district=district, segment="high_school")
    make_course(make_program("Welding", institution=high, slug="welding"), "Arcs")
    make_program("Nursing", slug="nursing")
    return make_user(keeps=[district])


@pytest.fixture
def administrator(db):
    return make_user("administrator")


# --- Whose rows --------------------------------------------------------------------------------


def test_the_workbook_has_the_rows_that_its_reader_may_edit(ana, tmp_path):
    found, rejected, notes = read(tmp_path, writing.workbook(ana), "coast.xlsx")

    assert (rejected, notes) == ([], [])
    assert {table: [row["slug"] for row in rows] for table, rows in found.items() if table != "courses"} == {
        "institutions": found["institutions"] and [found["institutions"][0]["slug"]],
        "programs": ["welding"],
    }  # fmt: skip
    assert [row["title_en"] for row in found["courses"]] == ["Arcs"]


def test_who_may_edit_nothing_gets_the_headings(db):
    planner = make_user("planner")

    assert written_cells(writing.workbook(planner), "Programs") == [list(PROGRAMS.columns)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_workbook_comes_back_as_it_left(language, ana, administrator, tmp_path):
    with translation.override(language):
        found, rejected, notes = read(tmp_path, writing.workbook(administrator), "all.xlsx")

    assert found == {table.name: table.rows() for table in writing.coordinated() if table.rows()}
    assert (rejected, notes) == ([], [])


def test_the_same_rows_give_the_same_bytes(ana, monkeypatch):
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)

    assert writing.workbook(ana) == writing.workbook(ana)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_workbook_says_when_it_was_downloaded_and_a_csv_does_not(language, ana, tmp_path):
    path, now = tmp_path / "file", timezone.now()
    with translation.override(language):
        path.write_bytes(writing.workbook(ana))

    with reading.read(path, "mine.xlsx") as upload:
        assert abs(upload.downloaded_at - now) < timedelta(seconds=10)
    path.write_text(writing.table_csv(ana, PROGRAMS))
    with reading.read(path, "programs.csv") as upload:
        assert upload.downloaded_at is None


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Work-based learning"), ("es", "Aprendizaje en el trabajo")]
)
def test_every_sheet_has_a_name_in_the_language_of_the_reader(language, name, ana):
    with translation.override(language):
        names = openpyxl.load_workbook(io.BytesIO(writing.workbook(ana))).sheetnames

    assert name in names
    assert all(table_named(one) or is_ours(one) for one in names)
    assert max(map(len, names)) <= 31


@pytest.mark.parametrize(("language", "title"), [("en", "Manufacturing"), ("es", "Manufactura")])
def test_the_last_sheet_has_the_codes_that_cells_point_at(language, title, ana):
    make_pathway("Welding", make_sector("MF"))
    with translation.override(language):
        data = writing.workbook(ana)

    sheet = openpyxl.load_workbook(io.BytesIO(data)).sheetnames[-1]
    rows = {tuple(row[1:]) for row in written_cells(data, sheet)}
    assert rows >= {("MF", title), ("welding", "Welding"), ("06001", "San Diego")}
    assert any(code == "directory" for code, _name in rows)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_first_sheet_explains_every_column_in_the_language_of_the_reader(language, ana):
    with translation.override(language):
        data = writing.workbook(ana)

    name = {"en": "Read me", "es": "Léame"}[language]
    label = {"en": "Who may attend", "es": "Quién puede asistir"}[language]
    rows = written_cells(data, name)
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0] == name
    assert label in [row[2] for row in rows if row[1] == "audience"]
    assert len(rows) == 9 + sum(len(table.columns) for table in writing.coordinated())


def test_whatever_is_typed_stays_text_and_choices_drop_down(ana):
    page = openpyxl.load_workbook(io.BytesIO(writing.workbook(ana)))["Programs"]

    assert page.freeze_panes == "A2"
    assert page["A1"].font.bold
    assert {page["A1"].number_format, page["B2"].number_format} == {"@"}
    assert page.column_dimensions["A"].number_format == "@"
    listed = {one.formula1 for one in page.data_validations.dataValidation if one.type == "list"}
    assert '"draft,published,retired"' in listed


# --- Formulas ----------------------------------------------------------------------------------


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_of_a_csv_is_a_formula_and_the_text_comes_back(start, ana, tmp_path):
    contact = f"{start}1 619 555 0100"
    program = PROGRAMS.model.objects.get(slug="welding")
    program.contact = contact
    program.save()

    text = writing.table_csv(ana, PROGRAMS)

    assert text.startswith("\ufeffslug,")
    [row] = csv.DictReader(io.StringIO(text[1:], newline=""))
    assert row["contact"][0] not in "=+-@\t\r\n|%"
    assert read(tmp_path, text, "programs.csv")[0]["programs"][0]["contact"] == contact


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_of_a_workbook_is_a_formula(start):
    data = sheets.workbook([sheets.Sheet("a", [["x"], [f"{start}1+1"]])])

    cell = openpyxl.load_workbook(io.BytesIO(data))["a"]["A2"]

    assert cell.data_type == "s"


def test_a_workbook_takes_any_text():
    data = sheets.workbook([sheets.Sheet("a/b?", [["a\x00<b>&\ud800", "#N/A", "x" * 40_000, 7]])])

    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert page.title == "a b"
    assert [one.data_type for one in page[1]] == ["s", "s", "s", "n"]


@given(st.text())
def test_what_is_defused_is_restored(text):
    assert restored(defused(text)) == restored(guarded(text)) == text
    assert defused(text)[:1] not in set("=+-@\t\r\n\0|%")


def plain_texts():
    """Texts as the database holds them: without what the reader takes away and tells."""
    letters = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t\r=+-@|%'_x0D")
    return (
        st.text(letters, max_size=30)
        .map(str.strip)
        .filter(lambda text: not CONTROL.search(text) and not HTML.search(text))
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(plain_texts(), plain_texts()), min_size=1, max_size=20))
def test_any_text_makes_the_round_trip_in_both_formats(tmp_path_factory, texts):
    columns = ["slug", "title_en", "description_en"]
    rows = [dict(zip(columns, (f"p{n}", *some), strict=True)) for n, some in enumerate(texts)]
    cells = [columns, *(list(row.values()) for row in rows)]
    text = io.StringIO()
    csv.writer(text).writerows([defused(cell) for cell in row] for row in cells)
    folder = tmp_path_factory.mktemp("trip")

    workbook = sheets.workbook(
        [sheets.Sheet("programs", [list(map(guarded, row)) for row in cells], is_text=True)]
    )

    assert read(folder, workbook, "any.xlsx") == ({"programs": rows}, [], [])
    assert read(folder, text.getvalue(), "programs.csv") == ({"programs": rows}, [], [])


# --- Rejected rows -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
def test_rejected_rows_are_as_old_as_their_workbook(language, tmp_path):
    _rows, rejected, _notes = read(tmp_path, "slug,title_en\nb,<b>Two</b>\n", "programs.csv")
    moment = timezone.now() - timedelta(days=7)
    path = tmp_path / "again"
    with translation.override(language):
        path.write_bytes(writing.rejected_workbook(rejected, moment))

    with reading.read(path, "again.xlsx") as upload:
        assert (upload.downloaded_at, upload.tables) == (moment, ["programs"])
        assert upload.notes == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_rejected_rows_are_corrected_and_uploaded_again(language, tmp_path):
    wrong = "slug,title_en\na,One\nb,<b>Two</b>\n"
    with translation.override(language):
        _rows, rejected, _notes = read(tmp_path, wrong, "programs.csv")
        data = writing.rejected_workbook(rejected)
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.active

    assert [one.value for one in page[1]] == {
        "en": ["reason", "place", "slug", "title_en"],
        "es": ["motivo", "lugar", "slug", "title_en"],
    }[language]
    assert page["A2"].value == rejected[0].reason
    assert page["B2"].value == "programs.csv!3"
    page["D2"] = "Two"
    corrected = io.BytesIO()
    book.save(corrected)

    assert read(tmp_path, corrected.getvalue(), "again.xlsx") == (
        {"programs": [{"slug": "b", "title_en": "Two"}]}, [], [],
    )  # fmt: skip
