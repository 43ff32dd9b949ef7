"""Spreadsheets for the tests of uploads: as people make them, and as nobody should."""

import io
import zipfile

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
HEAD = (
    '<?xml version="1.0"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
TAIL = "</sheetData></worksheet>"


def book(*rows, sheet="programs", formats=None, merged=(), more=None):
    """The bytes of a workbook; `formats` are {"A2": number format}, `more` {sheet name: rows}."""
    workbook = Workbook()
    page = workbook.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for place, code in (formats or {}).items():
        page[place].number_format = code
    for reference in merged:
        page.merge_cells(reference)
    for name, its_rows in (more or {}).items():
        other = workbook.create_sheet(name)
        for row in its_rows:
            other.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def package(parts=None, more=()):
    """A workbook with the sheet "programs", with other parts in place of its own, and more of them."""
    plain = zipfile.ZipFile(io.BytesIO(book(["slug"], ["welding"])))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name in plain.namelist():
            made.writestr(name, (parts or {}).get(name, plain.read(name)))
        for name, data in more:
            made.writestr(name, data)
    return file.getvalue()


def sheet(*rows):
    """A workbook whose sheet is made of these pieces of XML."""
    return package({SHEET: HEAD + "".join(rows) + TAIL})


def cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'
