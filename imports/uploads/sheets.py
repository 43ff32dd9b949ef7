"""XLSX files of texts and numbers. No cell can be a formula; the same rows give the same bytes."""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.writer.excel import ExcelWriter

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_CLOCK = (1980, 1, 1, 0, 0, 0)
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
# What XML cannot carry or changes on its way (a CR), and what would be read as such an escape.
ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
SURROGATES = re.compile("[\ud800-\udfff]")
LONGEST_TEXT = 32_767  # of a cell


@dataclass
class Column:
    """How a column looks, what may be chosen in it, and what is said of it at its heading."""

    width: int = 18
    choices: tuple[str, ...] = ()
    prompt: str = ""


@dataclass
class Sheet:
    """`rows` begin with the heading. `is_text` keeps whatever is typed into a cell as a text."""

    name: str
    rows: Iterable[list]
    columns: tuple[Column, ...] = ()
    is_text: bool = False


def workbook(sheets):
    """The bytes of a workbook."""
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = datetime.datetime(*NO_CLOCK)
    for sheet in sheets:
        _write(book, sheet)
    file = io.BytesIO()
    ExcelWriter(book, _Package(file, "w", zipfile.ZIP_DEFLATED)).save()
    return file.getvalue()


def sheet_name(text):
    return NOT_IN_A_NAME.sub(" ", text)[:31].strip()


class _Package(zipfile.ZipFile):
    """A zip file that carries no clock."""

    def writestr(self, name, data):
        super().writestr(zipfile.ZipInfo(name, NO_CLOCK), data, zipfile.ZIP_DEFLATED)

    def write(self, path, name):
        self.writestr(name, Path(path).read_bytes())


def _write(book, sheet):
    page = book.create_sheet(sheet_name(sheet.name))
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        _set_up(page, get_column_letter(number), column, sheet.is_text)
    heading, cell = WriteOnlyCell(page), WriteOnlyCell(page)
    heading.font = Font(bold=True)
    if sheet.is_text:
        heading.number_format = cell.number_format = "@"
    else:
        cell.alignment = Alignment(vertical="top", wrap_text=bool(sheet.columns))
    for row in sheet.rows:
        page.append(_filled(heading, row))
        heading = cell


def _filled(cell, row):
    """One cell object after the other, the same one: it is written before the next is asked for."""
    for value in row:
        cell.value = _in_xml(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"  # even where it begins with "=" or is "#N/A"
        yield cell


def _in_xml(text):
    text = SURROGATES.sub("\ufffd", text)
    return ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)[:LONGEST_TEXT]


def _set_up(page, letter, column, is_text):
    dimension = page.column_dimensions[letter]
    dimension.width = column.width
    if is_text:
        dimension.number_format = "@"  # also for the rows that are still to be written
    if column.prompt:
        at_heading = DataValidation(prompt=column.prompt[:255], showInputMessage=True)
        at_heading.add(f"{letter}1")
        page.data_validations.append(at_heading)
    listed = ",".join(column.choices)
    if listed and len(listed) < 250:
        choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        choice.add(f"{letter}2:{letter}100000")
        page.data_validations.append(choice)
