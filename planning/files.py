"""A gap's tables as CSV and XLSX. In both, no cell is taken for a formula."""

import csv
import io

from django.utils.translation import gettext as _

from imports.uploads import sheets
from imports.uploads.formulas import defused

CSV = "text/csv; charset=utf-8"
XLSX = sheets.TYPE


def safe(value):
    """A text that no spreadsheet takes for a formula; a number as it is."""
    return defused(value) if isinstance(value, str) else value


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


def workbook(page):
    """The bytes of a workbook: a sheet for each table, and one that tells how it was counted."""
    about = [[page.heading], [page.lead], *([note] for note in page.method)]
    about += [[f"{_('Source:')} {release}"] for release in page.releases]
    named = [(table.caption, lines(table)) for table in page.tables]
    named.append((_("How this is counted"), about))
    return sheets.workbook(
        sheets.Sheet(f"{number} {name}", rows) for number, (name, rows) in enumerate(named, 1)
    )
