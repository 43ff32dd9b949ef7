"""From what stands in a cell to the text of a column: what can be repaired is, and is told.

A column's `Cell` takes a text or a list (see `child/xlsx.py`), gives a text, and leaves the codes of
what it did in `notes`; what cannot be repaired without guessing raises a Fault. What is merely wrong,
an unknown code or a 31 June, is left for the import to say.
"""

import re
from functools import cache

from django.conf import settings
from django.db import models
from django.utils import translation

from imports.tables import CIP, COUNTY, TOP
from imports.uploads import dates
from imports.uploads.formulas import DEFUSED, restored
from imports.uploads.headings import plain
from imports.uploads.sandbox import LONGEST_CELL

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\u200b\u2028\u2029]")
HTML = re.compile(
    r"<(?:[a-zA-Z][^<>]*>|/[a-zA-Z]|!--|!doctype|\?)|<(?:script|style|iframe|svg|img)\b", re.I
)
SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
# Three digits after the comma may be thousands, but not behind a zero or four digits.
DECIMAL_COMMA = re.compile(r"[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|(?:0+|\d{4,}),\d{3})")
DATED_TEXTS = {"as_of", "valid_from", "valid_until", "vintage"}  # "2023", "2023-09" or "2023-09-14"
YES = {"yes", "y", "si", "s", "true", "verdadero", "1"}
NO = {"no", "n", "false", "falso", "0"}
# (how long the code is, how many leading zeros a spreadsheet may have taken from it)
ZEROS = {"cds_code": (14, 1), "zip_code": (5, 2), "fips": (5, 1)}
MOST_DIGITS = 15  # of a number in a spreadsheet


class Fault(Exception):
    """A cell that is not taken: a code and what its message needs."""

    def __init__(self, code, **about):
        super().__init__(code)
        self.code = code
        self.about = about


class Cell:
    """How a column of a table is read."""

    def __init__(self, table, column):
        self.field = table.fields[column]
        self.column = column
        self.is_date = isinstance(self.field, models.DateField)
        self.repair = _repair_of(table, column)
        self.notes = []

    def read(self, cell):
        if cell.__class__ is str:
            return self._text(cell)
        return self._more_than_text(*cell)

    def note(self, code, old="", new=""):
        self.notes.append((code, {"old": old[:80], "new": new[:80]}))

    def _text(self, text):
        if text == "":
            return text
        if DEFUSED.match(text):  # by us: no spaces are trimmed behind the apostrophe
            text = restored(text)
        elif text != (trimmed := text.strip(" \t\r\n\xa0\u2007\u202f\u3000\ufeff\u200b")):
            self.note("trimmed")
            text = trimmed
        if CONTROL.search(text):
            self.note("control")
            text = CONTROL.sub("", text)
        if "<" in text and (found := HTML.search(text)):
            raise Fault("html", text=found[0][:40])
        return self._repaired(text)

    def _repaired(self, text):
        repaired = self.repair and text and self.repair(text)
        if not repaired or repaired[0] == text:
            return text
        self.note(repaired[1], text, repaired[0])
        return repaired[0]

    def _more_than_text(self, kind, value=None, shows=None):
        if kind == "n":
            return self._number(value)
        if kind == "d":
            return self._dated(value, shows)
        if kind == "f":
            return self._computed(value)
        if kind == "b":
            return value
        if kind == "e":
            raise Fault("error", text=value[:20])
        raise Fault("long", most=LONGEST_CELL)

    def _number(self, text):
        digits = text.lstrip("-").partition(".")[0]
        if len(digits) > MOST_DIGITS:
            raise Fault("digits")
        return self._repaired(text)

    def _dated(self, date, shows):
        if self.is_date and shows != "time":
            return date
        if self.column in DATED_TEXTS and shows != "time":
            return date[: {"day": 10, "month": 7, "year": 4}[shows]]
        raise Fault("date", text=date)

    def _computed(self, cell):
        if cell is None:
            raise Fault("formula")
        text = self.read(cell)
        self.note("formula", new=text)
        return text


# --- Repairs: text -> (text, code of the note), or None where nothing is to be done ------------


@cache
def _repair_of(table, column):
    field, reference = table.fields[column], table.references.get(column)
    if isinstance(field, models.DateField):
        return _as_date
    if isinstance(field, models.DecimalField):
        return _as_decimal
    if isinstance(field, models.BooleanField):
        return _as_yes_or_no
    if reference == TOP:
        return _as_top
    if reference == CIP:
        return _as_cip
    zeros = ZEROS.get("fips" if reference == COUNTY else column)
    if table.name == "zip_codes" and column == "code":
        zeros = ZEROS["zip_code"]
    if zeros:
        return _as_code(*zeros)
    if field.choices and not reference:
        return _as_choice(field)
    return None


def _as_date(text):
    if found := dates.read(text):
        return found[0], "us_date" if found[1] else "date"
    return None


def _as_decimal(text):
    """ "3,5" is 3.5; "1,200" could be 1.2, too, and is asked about."""
    if "," not in text:
        return None
    if DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", "."), "decimal"
    raise Fault("comma", text=text[:40])


def _as_yes_or_no(text):
    word = plain(text)
    return ("yes", "word") if word in YES else ("no", "word") if word in NO else None


def _as_code(width, zeros):
    def repair(text):
        if SHORTENED.fullmatch(text):
            raise Fault("digits")
        if text.isdecimal() and width - zeros <= len(text) < width:
            return text.zfill(width), "code"
        return None

    return repair


def _as_top(text):
    """ "956.5" and "0956.50" are 095650."""
    whole, point, rest = text.partition(".")
    if point and whole.isdecimal() and rest.isdecimal() and len(whole) in (3, 4) and len(rest) < 3:
        return whole.zfill(4) + rest.ljust(2, "0"), "code"
    return _as_code(6, 1)(text)


def _as_cip(text):
    """ "1.01" was 01.0100 before a spreadsheet took it for a number."""
    whole, point, rest = text.partition(".")
    if point and whole.isdecimal() and rest.isdecimal() and len(whole) < 3 and len(rest) < 5:
        return f"{whole.zfill(2)}.{rest.ljust(4, '0')}", "code"
    return None


def _as_choice(field):
    values = {str(value) for value, _label in field.flatchoices}
    known = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {plain(str(label)): str(value) for value, label in field.flatchoices}
    known |= {plain(value): value for value in values}

    def repair(text):
        value = text if text in values else known.get(plain(text))
        return value and (value, "word")

    return repair
