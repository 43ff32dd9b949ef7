"""The files we hand out to be corrected and uploaded again: workbooks, CSV, rejected rows."""

import csv
import io

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from imports.tables import COUNTY, PATHWAY, RELEASE, SECTOR, SIGNED_ON
from imports.uploads.formulas import defused, guarded
from imports.uploads.headings import coordinated, sheet_name
from imports.uploads.sheets import Column, Sheet
from imports.uploads.sheets import workbook as written

WIDE, USUAL, NARROW = 48, 22, 12
# What cells point at by a code, and coordinators do not keep.
CODES = (SECTOR, PATHWAY, COUNTY, RELEASE)


def workbook(user, tables=None):
    """The bytes of an XLSX file: a sheet for each table with the rows the user may edit, one before
    them that explains them and one behind with the codes, in the language of the moment."""
    tables, moment = tables or coordinated(), timezone.now()  # what is saved from now on is later
    rows = [_sheet(table, own_rows(table, user)) for table in tables]
    return written([_read_me(tables, moment), *rows, _codes()])


def table_csv(user, table):
    """One table as a CSV text that Excel reads as UTF-8; no cell is taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.columns)
    for row in own_rows(table, user):
        writer.writerow([defused(cell) for cell in row.values()])
    return f"\ufeff{text.getvalue()}"


def rejected_workbook(rejected, downloaded_at=None):
    """Rejected rows (with `table`, `place`, `reason`, `values`) by table, each with its reason in
    front. The two columns in front are passed over when the corrected file is uploaded; the rows are
    as old as the workbook that they come from."""
    by_table = {}
    for row in rejected:
        by_table.setdefault(row.table, []).append(row)
    known = {table.name: table for table in coordinated()}
    sheets = [_rejected_sheet(known.get(name), name, some) for name, some in by_table.items()]
    return written([*sheets, downloaded(downloaded_at)] if downloaded_at else sheets)


def downloaded(moment):
    """The sheet that tells the reader, and `imports/since.py`, how old a workbook is."""
    return Sheet(_("Read me"), [[_("Read me")], _age(moment)], (Column(USUAL), Column(WIDE)))


def _age(moment):
    return [_("Downloaded"), timezone.localtime(moment).isoformat(" ")]


def own_rows(table, user):
    return table.rows(table.model.objects.editable_by(user))


def _sheet(table, rows):
    cells = [list(table.columns), *(list(map(guarded, row.values())) for row in rows)]
    columns = tuple(_column(table, name) for name in table.columns)
    return Sheet(sheet_name(table), cells, columns, is_text=True)


def _rejected_sheet(table, name, rows):
    given = {column for row in rows for column in row.values}
    # A column that was not in the file stays out of it: an empty cell would mean "not known".
    columns = [one for one in table.columns if one in given] if table else sorted(given)
    heading = [_("reason"), _("place"), *columns]
    cells = [
        [row.reason, row.place, *(guarded(row.values.get(one, "")) for one in columns)]
        for row in rows
    ]
    looks = (Column(WIDE), Column(USUAL), *(_column(table, one) for one in columns if table))
    return Sheet(sheet_name(table) if table else name, [heading, *cells], looks, is_text=True)


# --- What is said of a column ------------------------------------------------------------------


def _column(table, name):
    field = table.fields[name]
    choices = tuple(str(value) for value, _label in _choices(table, name))
    prompt = f"{table.label(name)}. {' '.join(rules(table, name))}".strip()
    return Column(_width(field), choices, prompt)


def _width(field):
    if isinstance(field, models.TextField):
        return WIDE
    length = getattr(field, "max_length", None) or 20
    return WIDE if length >= 200 else USUAL if length >= 20 else NARROW


def _choices(table, name):
    field = table.fields[name]
    if isinstance(field, models.BooleanField):
        return [("yes", _("yes")), ("no", _("no"))]
    if name in table.references or not field.choices:
        return []
    only = table.only.get(f"{name}__in")
    return [choice for choice in field.flatchoices if not only or choice[0] in only]


def rules(table, name):
    """Sentences on what may stand in a column."""
    field, reference = table.fields[name], table.references.get(name)
    if name in table.key:
        yield _("Rows are recognized by this column.")
    if field.help_text:
        yield str(field.help_text)
    if reference:
        thing = reference.model._meta.verbose_name
        yield _("The “%(key)s” of: %(thing)s.") % {"key": reference.by, "thing": thing}
        if reference in CODES:
            yield _("See the sheet “%(sheet)s”.") % {"sheet": _("Codes")}
    elif choices := _choices(table, name):
        yield _("One of: %(values)s.") % {"values": "; ".join(map(_choice, choices))}
    elif isinstance(field, models.DateField):
        yield _("A date, such as 2026-09-01.")
        if name in SIGNED_ON:
            yield _("Where it is empty, the date on the site stays.")
    elif getattr(field, "max_length", None):
        yield _("At most %(most)s characters.") % {"most": field.max_length}


def _choice(choice):
    value, label = choice
    return str(value) if str(value) == str(label) else f"{value} ({label})"


def _read_me(tables, moment):
    rows = [
        [_("Read me")],
        _age(moment),
        [_("Change cells and add rows, then upload this file. You see each change before it is applied.")],
        [_("A row is recognized by its key columns. Changing a key makes a new row.")],
        [_("A row that you delete here stays on the site, unless you choose to retire what is missing.")],
        [_("An empty cell means “not known”. A column that you delete stays as it is.")],
        [_("All cells are text, so that codes keep their zeros. Please keep them so.")],
        [],
        [_("Sheet"), _("Column"), _("What it is"), _("What may stand there")],
    ]  # fmt: skip
    for table in tables:
        for name in table.columns:
            said = " ".join(rules(table, name))
            rows.append([sheet_name(table), name, table.label(name), said])
    looks = (Column(USUAL), Column(USUAL), Column(USUAL + NARROW), Column(2 * WIDE))
    return Sheet(_("Read me"), rows, looks)


def _codes():
    """What may stand in the columns that point at something by a code."""
    rows = [[_("What it is"), _("What to write"), _("Name")]]
    for reference in CODES:
        thing = capfirst(str(reference.model._meta.verbose_name))
        for row in reference.model.objects.order_by(reference.by):
            rows.append([thing, getattr(row, reference.by), str(getattr(row, "title", row))])
    return Sheet(_("Codes"), rows, (Column(USUAL), Column(WIDE), Column(WIDE)), is_text=True)
