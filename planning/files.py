"""A gap's tables as CSV and XLSX. In both, no cell is taken for a formula."""

import csv
import io
import re
import zipfile
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

CSV = "text/csv; charset=utf-8"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XLSX = f"{SPREADSHEET}.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(value):
    """A text that no spreadsheet takes for a formula; a number as it is."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def lines(table):
    """The heading and the rows of a table, cells ready for a file."""
    yield [safe(column.heading) for column in table.columns]
    for row in table.rows:
        yield [safe(column.cell(row).in_file) for column in table.columns]


def named(response, name):
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# --- CSV ---------------------------------------------------------------------------------------


def csv_text(table):
    """Written at once, not streamed: a stream would outlive the request's language."""
    file = io.StringIO()
    file.write("\ufeff")  # Excel reads a file with this mark as UTF-8
    csv.writer(file).writerows(lines(table))
    return file.getvalue()


# --- XLSX --------------------------------------------------------------------------------------

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
NOT_IN_A_SHEETS_NAME = re.compile(r"[\[\]:*?/\\]")
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def workbook(page):
    """The bytes of a workbook: a sheet for each table, and one that tells how it was counted.

    Texts are stored as texts and numbers as numbers; nothing in the file can be a formula.
    """
    about = [[page.heading], [page.lead], *([note] for note in page.method)]
    about += [[f"{_('Source:')} {release}"] for release in page.releases]
    sheets = [(table.caption, lines(table)) for table in page.tables]
    sheets.append((_("How this is counted"), about))
    return _zipped(_parts(sheets))


def _parts(sheets):
    """{path in the package: XML}"""
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SPREADSHEET}.worksheet+xml"/>'
        for n in numbers
    )
    names = "".join(
        f'<sheet name="{_attribute(_sheet_name(name, n))}" sheetId="{n}" r:id="rId{n}"/>'
        for n, (name, _rows) in enumerate(sheets, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{XLSX}.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        "</Relationships>",
    }
    for n, (_name, rows) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = _sheet(rows)
    return parts


def _sheet_name(name, number):
    """Excel takes at most 31 characters, each name once: "1 Programs without a next step"."""
    return f"{number} {NOT_IN_A_SHEETS_NAME.sub(' ', name)}"[:31].strip()


def _sheet(rows):
    body = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    return f"<worksheet {MAIN}><sheetData>{body}</sheetData></worksheet>"


def _cell(value):
    if isinstance(value, int | float):
        return f"<c><v>{value!r}</v></c>"
    text = escape(NOT_IN_XML.sub(" ", str(value)))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _attribute(text):
    return escape(text, {'"': "&quot;"})


def _zipped(parts):
    """The same bytes for the same parts: the package carries no clock."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for path, xml in parts.items():
            package.writestr(
                zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), PROLOG + xml, zipfile.ZIP_DEFLATED
            )
    return file.getvalue()
