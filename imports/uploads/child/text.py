"""Comma, semicolon or tab separated text, in the encodings that spreadsheets write."""

import codecs
import csv
import io

from refused import Refused

BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16 does
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
DELIMITERS = ",;\t"


def read(file, limits, emit):
    text, encoding = decoded(file.read())
    if "\0" in text:
        raise Refused("nul", line=text.count("\n", 0, text.index("\0")) + 1)
    text, delimiter = _delimiter(text)
    emit(
        {
            "kind": "text",
            "encoding": encoding,
            "delimiter": delimiter,
            "is_cut": not text.endswith(("\n", "\r")),
        }
    )
    emit({"sheet": ""})
    csv.field_size_limit(max(len(text), 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cells):
                _check(number, cells, limits)
                longest, kept = limits["cell"], cells[: limits["columns"]]  # the others are empty
                emit([number, [cell if len(cell) <= longest else ["long"] for cell in kept]])
    except csv.Error as error:
        raise Refused("quotes", line=reader.line_num) from error


def _check(number, cells, limits):
    if number > limits["rows"]:
        raise Refused("too_many_rows", sheet="", most=limits["rows"])
    if len(cells) > limits["columns"] and any(cells[limits["columns"] :]):
        raise Refused("too_many_columns", sheet="", most=limits["columns"])


def decoded(data):
    """(text, encoding): by its mark, else UTF-8, else what Windows wrote before there was UTF-8."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if b"\0" in data:
            raise Refused("encoding") from None
        return _decoded(data, "cp1252"), "cp1252"


def _decoded(data, encoding):
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("encoding") from error


def _delimiter(text):
    """(text, delimiter) by the heading line; Excel may have written `sep=;` above it."""
    first, _newline, rest = text.partition("\n")
    named = first.strip()
    if named.lower().startswith("sep=") and len(named) == 5:
        return rest, named[4]
    heading = next((line for line in text[:100_000].splitlines() if line.strip()), "")
    outside = "".join(heading.split('"')[::2])
    return text, max(DELIMITERS, key=outside.count)
