"""A file that harms, or that is no spreadsheet, is refused in words; the site only loses a process."""

import io
import zipfile

import pytest
from django.utils import translation

from imports.uploads import reading, sandbox
from tests.imports.spreadsheets import SHEET, book, cell, package, sheet

ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    "</sheetData></worksheet>"
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10))
    + "]><worksheet><sheetData><row><c><v>&a9;</v></c></row></sheetData></worksheet>"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def read(tmp_path, data, name="programs.xlsx"):
    path = tmp_path / "upload"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return reading.read(path, name)


def zipped(*names):
    return package_of(dict.fromkeys(names, b"x"))


def package_of(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return file.getvalue()


REFUSED = {
    "an empty file": (lambda: b"", "is empty"),
    "a file of blanks": (lambda: b"\r\n \t\n", "is empty"),
    "a cell of 500 MB": (
        lambda: sheet(f"<row>{cell('A1', 'a' * 50_000_000)}</row>"),
        "far more data than its size suggests",
    ),
    "one cell in the last corner": (
        lambda: sheet(
            f'<row r="1">{cell("A1", "slug")}</row>',
            f'<row r="1048576">{cell("XFD1048576", "x")}</row>',
        ),
        "beyond column 200 (sheet “programs”)",
    ),
    "one cell in the last row": (
        lambda: sheet(
            f'<row r="1">{cell("A1", "slug")}</row>',
            f'<row r="1048576">{cell("A1048576", "x")}</row>',
        ),
        "more than 120000 rows (sheet “programs”)",
    ),
    "a million rows": (
        lambda: sheet(
            *(f'<row r="{n}">{cell(f"A{n}", "a" * 24)}</row>' for n in range(1, 300_000))
        ),
        "more than 120000 rows (sheet “programs”)",
    ),
    "entities in entities": (lambda: package({SHEET: LAUGHS}), "document type or entities"),
    "an entity from a file": (lambda: package({SHEET: ENTITY}), "document type or entities"),
    "thousands of parts": (
        lambda: package(more=[(f"xl/media/{number}.bin", b"") for number in range(1001)]),
        "more than 1000 parts",
    ),
    "a part outside": (lambda: package(more=[("../../evil.txt", b"x")]), "unsafe names"),
    "a part with one endless tag": (
        lambda: package({SHEET: "<worksheet><!--" + "ab" * 3_000_000}),
        "damaged or incomplete",
    ),
    "a merge of everything": (
        lambda: book(["slug"], ["a"], merged=["A2:J20000"]),
        "too many merged cells (sheet “programs”)",
    ),
    "cells in no order": (
        lambda: sheet(f"<row>{cell('B1', 'slug')}{cell('A1', 'title_en')}</row>"),
        "damaged or incomplete",
    ),
    "a broken sheet": (lambda: package({SHEET: "<worksheet><row>"}), "damaged or incomplete"),
    "half a workbook": (lambda: book(["slug"])[:3000], "damaged or incomplete"),
    "an old workbook": (lambda: OLE, "old Excel workbook (.xls)"),
    "a binary workbook": (lambda: zipped("xl/workbook.bin"), ".xlsb"),
    "an OpenDocument file": (lambda: zipped("mimetype", "content.xml"), ".ods"),
    "an Apple Numbers file": (lambda: zipped("Index/Document.iwa"), "Apple Numbers"),
    "a Word document": (lambda: zipped("word/document.xml"), "not an Excel or CSV file"),
    "a PDF": (lambda: b"%PDF-1.7\n", "is a PDF"),
    "a web page called .xls": (lambda: b"<html><table><tr><td>slug", "is a web page"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "not an Excel or CSV file"),
    "a text with a NUL": (lambda: b"slug,title_en\nwelding,We\0lding\n", "Line 2"),
    "a quotation mark left open": (lambda: b'slug,title_en\nwelding,"Wel\nx,y\n', "quotation mark"),
    "two bytes each without a mark": (
        lambda: "slug,título\n".encode("utf-16-le"),
        "characters cannot be read",
    ),
    "none of our tables": (lambda: b"pet,age\nRex,3\n", "None of its sheets is one of these: "),
    "commas": (lambda: b",,,\n,,,\n", "not an Excel or CSV file"),
    "a letter": (
        lambda: b"Dear Carla,\n\nhere are our programs, as you asked.\n", "not an Excel or CSV file",
    ),
    "one of two tables": (lambda: b"slug,name\na,b\n", "could be those of"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_words_of_both_languages(what, tmp_path):
    make, words = REFUSED[what]
    data, name = make(), "upload.xlsx"

    english = read(tmp_path, data, name)
    with translation.override("es"):
        spanish = read(tmp_path, data, name)

    assert english.problem.startswith("This file could not be read: ")
    assert words in english.problem
    assert spanish.problem.startswith("No se pudo leer este archivo: ")
    assert words not in spanish.problem or words.startswith(".")
    assert list(english.rows()) == english.rejected == english.tables == []


def test_a_file_over_the_limit_is_not_even_opened(tmp_path, settings, monkeypatch):
    settings.UPLOAD_MAX_MB = 1
    monkeypatch.setattr(sandbox, "CHILD", "nowhere")

    upload = read(tmp_path, b"x" * (2**20 + 1))

    assert upload.problem == (
        "This file could not be read: It is larger than 1 MB. Split it into several files."
    )


LIMITED = """
import resource as r
r.setrlimit(r.RLIMIT_CPU, (1, 1))
r.setrlimit(r.RLIMIT_AS, (2**28, 2**28))
"""
CRASHES = {
    "aborts": ("import os; os.abort()", "damaged or incomplete"),
    "ends early": ("print('[1,[]]')", "damaged or incomplete"),
    "loops": ("while True: pass", "takes too long"),
    "wants all memory": ("list(range(10**9))", "damaged or incomplete"),
}


@pytest.mark.parametrize("how", CRASHES)
def test_a_reader_that_ends_badly_is_a_file_that_could_not_be_read(how, tmp_path, monkeypatch):
    code, words = CRASHES[how]
    child = tmp_path / "child.py"
    child.write_text(LIMITED + code)
    monkeypatch.setattr(sandbox, "CHILD", child)

    assert words in read(tmp_path, b"slug\nwelding\n").problem


def test_a_small_file_that_writes_without_end_is_stopped(tmp_path, monkeypatch):
    """Every cell may point to one long shared text."""
    limits = sandbox.limits() | {"written": 100_000}
    monkeypatch.setattr(sandbox, "limits", lambda: limits)
    rows = "".join(f"<row>{cell('A1', 'long text ' * 50)}</row>" for _number in range(1000))

    assert "far more data" in read(tmp_path, sheet(rows)).problem


def test_the_reader_holds_none_of_our_secrets(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "to be kept")
    child = tmp_path / "child.py"
    child.write_text("import os; print(dict(os.environ)); print('{\"end\":true}')")
    monkeypatch.setattr(sandbox, "CHILD", child)
    path = tmp_path / "upload"
    path.write_bytes(b"slug\n")

    with sandbox.lines_of(path) as lines:
        assert b"to be kept" not in lines.read()


def test_lines_of_commas_cost_whoever_reads_on_nothing(tmp_path):
    wide = "," * 100_000
    data = f"slug,title_en,institution{wide}\nwelding,Welding,palomar{wide}\n"

    with read(tmp_path, data, "programs.csv") as upload:
        rows = list(upload.rows())

    assert [row.values["slug"] for row in rows] == ["welding"]
    assert all(len(row.values) == 3 for row in rows)
