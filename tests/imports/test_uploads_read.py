"""Messy files, as people make them: read right, or refused with row, column and reason."""

import csv
import datetime
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from imports.tables import BY_NAME
from imports.uploads import reading
from tests.imports.spreadsheets import HEAD, SHEET, TAIL, book, cell, package, sheet

PACK = Path(__file__).parent.parent.parent / "fixtures" / "san-diego-imperial"
NAMES = ["slug", "title_en", "grades", "verified_on"]


class Read:
    """Everything that an upload says."""

    def __init__(self, tmp_path, data, name):
        path = tmp_path / "upload"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        with reading.read(path, name) as upload:
            self.problem, self.tables, self.total = upload.problem, upload.tables, upload.total
            self.rows = list(upload.rows())
            self.rejected, self.notes = upload.rejected, upload.notes
            self.unread, self.downloaded_at = upload.unread, upload.downloaded_at

    @property
    def values(self):
        return [values for _table, _place, values in self.rows]

    @property
    def reasons(self):
        """Of sheets and of rows."""
        wrong = [*self.unread, *self.rejected]
        return [f"{place}: {reason}" for _table, place, _column, reason, _values in wrong]

    @property
    def told(self):
        return [f"{place}: {text}" for place, text, _code in self.notes]


@pytest.fixture
def read(tmp_path):
    def read(data, name="programs.xlsx"):
        return Read(tmp_path, data, name)

    return read


@pytest.fixture
def read_cell(read):
    """What a cell of a column becomes: (text, what is told of it), or the reason it is refused."""

    def read_cell(table, column, value, number_format=None):
        keys = BY_NAME[table].key
        formats = {"B2": number_format} if number_format else None
        rows = [*keys, column], ["a-key"] * len(keys) + [value]
        found = read(book(*rows, sheet=table, formats=formats))
        if found.rejected:
            return found.reasons
        return found.values[0][column], found.told

    return read_cell


# --- Whole files -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(PACK.glob("*.csv")), ids=lambda path: path.stem)
def test_every_file_of_the_pack_is_read_as_it_is(path, read):
    found = read(path.read_bytes(), path.name)

    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert found.values == rows
    assert [found.tables, found.problem, found.rejected, found.notes] == [[path.stem], "", [], []]


TEXT = "slug,title_en,contact\nsoldadura,Soldadura básica,“Ñ” – 5 €\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_text_is_read_in_the_encodings_that_spreadsheets_write(encoding, read):
    found = read(TEXT.encode(encoding), "programs.csv")

    assert found.values == [
        {"slug": "soldadura", "title_en": "Soldadura básica", "contact": "“Ñ” – 5 €"}
    ]
    assert ("Windows-1252" in "".join(found.told)) == (encoding == "cp1252")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_is_read_with_the_delimiters_and_line_ends_of_the_world(delimiter, end, read):
    lines = ["slug;title_en", 'a;"One; two, three\tfour"', "b;Five"]
    text = end.join(line.replace(";", delimiter, 1) for line in lines) + end

    assert [one["title_en"] for one in read(text, "programs.csv").values] == [
        "One; two, three\tfour",
        "Five",
    ]


def test_a_line_that_names_the_delimiter_is_no_row(read):
    assert read("sep=;\r\nslug;title_en\r\na;One\r\n", "programs.csv").values == [
        {"slug": "a", "title_en": "One"}
    ]


@pytest.mark.parametrize("name", ["programs.xlsx", "programs.csv", "programs", "Mine.TXT"])
def test_the_name_of_a_file_proves_nothing(name, read):
    assert len(read(book(NAMES, ["a", "One", "9-12", ""]), name).rows) == 1
    assert len(read("slug,title_en,grades,status\na,One,9-12,draft\n", name).rows) == 1


def test_a_table_is_known_by_its_name_in_both_languages_or_by_its_columns(read):
    rows = ["slug", "title_en"], ["a", "One"]
    for name in ("programs", "Programs", " PROGRAMAS "):
        assert read(book(*rows, sheet=name), "mine.xlsx").tables == ["programs"]
    telling = ["slug", "title_en", "top_code"], ["a", "One", ""]
    assert read(book(*telling, sheet="Sheet1"), "mine.xlsx").tables == ["programs"]


def test_columns_are_known_by_their_labels_in_both_languages(read):
    english = read(book([" slug", "TITLE  (English)", "web page"], ["a", "One", ""])).values
    spanish = read(book(["Slug", "título (inglés)", "página web"], ["a", "One", ""])).values

    assert english == spanish == [{"slug": "a", "title_en": "One", "url": ""}]


def test_a_workbook_has_many_sheets_and_some_are_not_ours(read):
    rows = {
        "Courses": [["program", "code", "title_en"], ["a", "W1", "Arcs"]],
        "Read me": [["Anything"]],
        "Budget": [["Item", "Dollars"], ["Rods", 12]],
    }

    found = read(book(["slug", "title_en"], ["a", "One"], more=rows))

    assert found.rows == [
        ("programs", "programs!2", {"slug": "a", "title_en": "One"}),
        ("courses", "Courses!2", {"program": "a", "code": "W1", "title_en": "Arcs"}),
    ]
    assert found.told == ["Budget: This sheet is none of our tables and was not read."]


HEADINGS = {
    "twice": (["slug", "title_en", "Title (English)"], "these columns stand there twice: title_en"),
    "no key": (
        ["title_en", "status"],
        "these columns are missing, rows are recognized by them: slug",
    ),
    "misspelt": (
        ["slug", "tittle_en"],
        "“tittle_en” is not a column of this table; did you mean “title_en”?",
    ),
    "strange": (["slug", "Lunch"], "“Lunch” is not a column of this table"),
    "near one that is there": (
        ["slug", "title_en", "titles_en"],
        "“titles_en” is not a column of this table; did you mean “title_es”?",
    ),
}


@pytest.mark.parametrize("how", HEADINGS)
def test_a_sheet_with_a_wrong_heading_is_refused_and_the_others_are_read(how, read):
    heading, reason = HEADINGS[how]
    other = {"Courses": [["program", "code", "title_en"], ["a", "W1", "Arcs"]]}

    found = read(book(heading, ["a", "One", "Two"], more=other))

    assert found.reasons == [f"programs: {reason}"]
    assert found.tables == ["courses"]
    assert len(found.rows) == 1


def test_who_calls_the_key_by_another_word_is_told_the_key(read):
    found = read(book(["ID", "title_en"], ["a", "One"]))

    assert found.reasons == [
        "programs: these columns are missing, rows are recognized by them: slug",
        "programs: “ID” is not a column of this table; did you mean “slug”?",
    ]


def test_of_a_table_with_one_unread_sheet_nothing_may_be_missing(read):
    more = {"Programas": [["slug", "Lunch"], ["b", "Two"]]}

    found = read(book(["slug", "title_en"], ["a", "One"], more=more))

    assert (len(found.rows), found.tables) == (1, [])


def test_titles_above_blank_rows_and_headings_again_are_passed_over(read):
    rows = (
        ["Our programs"], [], ["slug", "title_en"], ["a", "One"], [], ["", None], ["slug", "title_en"],
        ["b", "Two"],
    )  # fmt: skip

    found = read(book(*rows))

    assert [place for _table, place, _values in found.rows] == ["programs!4", "programs!8"]
    assert found.told == [
        "programs!1: What stands above the column names was not read.",
        "programs!7: The column names stand here once more; the row was skipped.",
    ]


def test_a_text_row_with_fewer_cells_leaves_the_others_alone_and_one_with_more_is_refused(read):
    found = read("slug,title_en,grades\na,One\nb,Two,9,10,11\nc,Three,9-12\n", "programs.csv")

    assert found.values == [
        {"slug": "a", "title_en": "One"},
        {"slug": "c", "title_en": "Three", "grades": "9-12"},
    ]
    assert found.reasons == ["programs.csv!3: the row has more cells than there are column names"]
    assert "fewer cells" in found.told[0]


def test_a_text_that_was_cut_off_loses_its_last_row_aloud(read):
    found = read("slug,title_en,grades\na,One,9-12\nb,Tw", "programs.csv")

    assert [one["slug"] for one in found.values] == ["a"]
    assert found.reasons == ["programs.csv!3: the file ends in the middle of this row"]


def test_cells_hidden_by_a_merge_are_refused_row_by_row(read):
    rows = ["slug", "title_en", "grades"], ["a", "One", ""], ["b", "", ""], ["c", "Three", "9"]

    found = read(book(*rows, merged=["B2:B3"]))

    assert [one["slug"] for one in found.values] == ["a", "c"]
    assert found.reasons == [
        "programs!3: title_en: part of the merged cells B2:B3; unmerge them and write each value"
    ]


def test_every_fault_of_a_row_is_named_in_one_reason(read):
    found = read(book(["slug", "title_en", "title_es"], ["a", "<b>One</b>", "x" * 10_001]))

    assert found.reasons == [
        "programs!2: title_en: HTML (“<b>”); write plain text; title_es: more than 10000 characters"
    ]
    assert found.rejected[0].values["title_en"] == "<b>One</b>"


def test_rejected_rows_can_be_taken_one_by_one(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(book(["slug", "title_en"], ["a", "<i>"], ["b", "Two"]))
    rejected = []

    with reading.read(path, "programs.xlsx") as upload:
        rows = list(upload.rows(rejected.append))

        assert (len(rows), len(rejected), upload.rejected, upload.total) == (1, 1, [], 3)


def test_the_same_repair_is_told_once_with_a_count(read):
    found = read(book(["slug", "verified_on"], *([f"p{n}", "9/13/2026"] for n in range(42))))

    assert found.told == [
        "programs!2: verified_on: “9/13/2026” was read as the date 2026-09-13. "
        "And 41 more rows like this."
    ]


# --- Cells -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "2026-09-01", "9/1/2026", "09/01/26", "1-Sep-26", "1 Sep 2026", "Sep 1 2026",
        "September 1, 2026", "1 de septiembre de 2026", "1 sep 2026", "46266", 46266,
        datetime.date(2026, 9, 1), datetime.datetime(2026, 9, 1, 8, 30), "2026-09-01 00:00:00",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(written, read_cell):
    text, told = read_cell("programs", "verified_on", written)

    assert text == "2026-09-01"
    assert bool(told) == (
        isinstance(written, int) or (isinstance(written, str) and text != written)
    )


def test_a_date_that_could_be_two_is_read_as_in_the_region_and_told(read_cell):
    assert read_cell("links", "confirmed_on", "3/4/2026") == (
        "2026-03-04",
        ["links!2: confirmed_on: “3/4/2026” was read as month/day/year: 2026-03-04."],
    )


@pytest.mark.parametrize("written", ["31/31/2026", "2026-02-30", "soon", "2026", "13 Brumaire 4"])
def test_what_is_no_date_is_left_for_the_import_to_refuse(written, read_cell):
    assert read_cell("programs", "verified_on", written) == (written, [])


CELLS = {  # (table, column, value, number format): text, or the beginning of the reason
    "a number": ("programs", "title_en", 60234.0, None, "60234"),
    "a price": ("programs", "title_en", 32.97, None, "32.97"),
    "a long code": ("institutions", "cds_code", 37683383731130, None, "37683383731130"),
    "a school's code that lost its zero": (
        "institutions", "cds_code", 1611190130229, None, "01611190130229",
    ),
    "an eastern ZIP code": ("institutions", "zip_code", 2134, None, "02134"),
    "a county": ("institutions", "county", 6073, None, "06073"),
    "a text county": ("institutions", "county", "6073", None, "06073"),
    "a TOP code": ("programs", "top_code", 95650, None, "095650"),
    "a TOP code with a point": ("programs", "top_code", "0956.50", None, "095650"),
    "a CIP code": ("programs", "cip_code", 51.39, None, "51.3900"),
    "a CIP code of agriculture": ("programs", "cip_code", 1.01, None, "01.0100"),
    "a number that shows its zeros": ("programs", "length", 7, "0000", "0007"),
    "a number that shows its decimals": ("programs", "length", 7.5, "0.00", "7.50"),
    "a number with a comma": ("courses", "units", "3,5", None, "3.5"),
    "a number with a comma and zeros": ("courses", "units", "0,125", None, "0.125"),
    "a number that could be two": (
        "courses", "units", "1,200", None,
        ["courses!2: units: a comma may mean two things in “1,200”; write 3.5 or 1200"],
    ),
    "a number with thousands": (
        "courses", "units", "1,200.50", None,
        ["courses!2: units: a comma may mean two things in “1,200.50”; write 3.5 or 1200"],
    ),
    "a day that is no month": ("programs", "verified_on", "25/11/2026", None, "2026-11-25"),
    "a share": ("programs", "length", 0.5, "0%", "50%"),
    "yes": ("institutions", "charter", True, None, "yes"),
    "sí": ("institutions", "charter", "Sí", None, "yes"),
    "FALSE": ("institutions", "charter", "FALSE", None, "no"),
    "a choice by its label": ("programs", "status", "Published", None, "published"),
    "a choice in Spanish": ("programs", "status", " publicado ", None, "published"),
    "a month": ("programs", "as_of", datetime.date(2026, 4, 1), "mmm-yy", "2026-04"),
    "a day": ("programs", "as_of", datetime.date(2026, 4, 2), "m/d/yyyy", "2026-04-02"),
    "spaces": ("programs", "title_en", "\xa0 One two  ", None, "One two"),
    "less than": ("programs", "length", "16<30 units", None, "16<30 units"),
    "grades that became a date": (
        "programs", "grades", datetime.date(2026, 9, 12), "d-mmm",
        ["programs!2: grades: the spreadsheet made a date of this (2026-09-12); format the cell as "
         "text and type it again"],
    ),
    "a number too long": (
        "programs", "contact", 1234567890123456789, None,
        ["programs!2: contact: the spreadsheet has lost digits of this number; format the cell as "
         "text and type it again"],
    ),
    "a shortened code": (
        "institutions", "cds_code", "3.76834E+13", None,
        ["institutions!2: cds_code: the spreadsheet has lost digits of this number; format the cell "
         "as text and type it again"],
    ),
    "a formula without a value": (
        "programs", "title_en", "=A2&1", None,
        ["programs!2: title_en: a formula without a stored value; write the value itself"],
    ),
    "a failed formula": (
        "programs", "title_en", "#N/A", None,
        ["programs!2: title_en: the formula failed (#N/A); write the value itself"],
    ),
    "a script": (
        "programs", "title_en", "One <script src=x", None,
        ["programs!2: title_en: HTML (“<script”); write plain text"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_is_read_right_or_refused_with_its_place(what, read_cell):
    table, column, value, number_format, expected = CELLS[what]

    found = read_cell(table, column, value, number_format)

    assert found == expected if isinstance(expected, list) else found[0] == expected


@pytest.mark.parametrize(
    "what", ["a school's code that lost its zero", "a CIP code", "sí", "spaces"]
)
def test_no_text_changes_in_silence(what, read_cell):
    table, column, value, _format, _expected = CELLS[what]

    [told] = read_cell(table, column, value)[1]

    assert told.startswith(f"{table}!2: {column}: ")


def test_the_stored_value_of_a_formula_is_taken_and_told(read):
    rows = (
        f'<row r="1">{cell("A1", "slug")}{cell("B1", "title_en")}</row>',
        f'<row r="2">{cell("A2", "a")}<c r="B2" t="str"><f>UPPER("one")</f><v>ONE</v></c></row>',
    )

    found = read(sheet(*rows))

    assert found.values == [{"slug": "a", "title_en": "ONE"}]
    assert found.told == [
        "programs!2: title_en: A formula stands here; its last value, “ONE”, was read."
    ]


def test_control_characters_are_removed_and_told(read):
    found = read("slug,title_en\na,One\x07 two\x1b\n", "programs.csv")

    assert found.values == [{"slug": "a", "title_en": "One two"}]
    assert found.told == ["programs.csv!2: title_en: Invisible control characters were removed."]


def test_shared_rich_and_escaped_texts_are_whole(read):
    """As Excel writes them: runs of one text, phonetic aids beside it, `_x000D_` for a CR."""
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>slug</t></si><si><t>title_en</t></si><si><t>a</t></si>"
        '<si><r><t>Weld</t></r><r><t xml:space="preserve">ing &amp; </t></r><r><t>more</t></r>'
        "<rPh><t>aid</t></rPh></si><si><t>a_x000D_\nb_x005F_x000D_</t></si></sst>"
    )
    rows = "".join(
        f'<x:row>{"".join(f"""<x:c t="s"><x:v>{n}</x:v></x:c>""" for n in some)}</x:row>'
        for some in ([0, 1], [2, 3], [3, 4])
    )
    head = HEAD.replace("<worksheet xmlns", "<x:worksheet xmlns:x").replace("<sheetD", "<x:sheetD")
    tail = TAIL.replace("</", "</x:")
    parts = {SHEET: head + rows + tail}

    found = read(package(parts, more=[("xl/sharedStrings.xml", shared)]))

    assert found.values == [
        {"slug": "a", "title_en": "Welding & more"},
        {"slug": "Welding & more", "title_en": "a\r\nb_x000D_"},
    ]


def test_an_independent_reader_finds_the_same_texts(read):
    """calamine, on rows of every kind."""
    rows = [["a", "Uno\ndos", 7.25, True], ["b", " x", 1e14, None], ["c", "é", -3, False]]
    data = book(["slug", "title_en", "length", "contact"], *rows)

    theirs = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]

    words = {True: "yes", False: "no"}
    for mine, other in zip(read(data).values, theirs, strict=True):
        assert [mine["slug"], mine["title_en"]] == [other[0], other[1].strip()]
        assert mine["contact"] == words.get(other[3], "")
        if mine["length"]:
            assert float(mine["length"]) == other[2]
