"""What a workbook would take back: what was changed on the site after it had been downloaded.

A workbook of ours says when that was. Who keeps it for a week and then uploads it brings last week's
cells back, also those that nobody meant to touch, and rows that somebody has removed.
"""

import json
from collections import defaultdict

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Change
from imports.models import ImportRun
from imports.tables import TABLES

Kind = Change.Kind


def count(run, counts):
    """Note in {table: Counter} how many proposed rows take something back."""
    for table in TABLES:
        count = counts.get(table.name, {})
        if not count.keys() & {"new", "changed", "retired"}:
            continue
        if taken := sum(1 for _row in taken_back(run, table)):
            count["takes_back"] = taken


def taken_back(run, table):
    """Yield the proposed Changes of a table that take something back: two queries."""
    if run.downloaded_at and (later := Later(run, table)):
        proposed = Change.objects.filter(run=run.pk, model=table.model._meta.label_lower)
        yield from (row for row in proposed.iterator(2000) if later.taken_by(row))


def sentences(run, table, changes):
    """{primary key of a Change: [what it takes back, in words]}: one query."""
    if not run.downloaded_at:
        return {}
    later = Later(run, table, [row.object_id for row in changes if row.object_id])
    return {row.pk: [_words(table, *one) for one in later.taken_by(row)] for row in changes}


class Later:
    """The changes that were made to a table on the site, or to some rows of it, after the download."""

    def __init__(self, run, table, ids=None):
        self._cells = defaultdict(dict)  # {object_id: {column: the last Change of it}}
        self._removed = {}  # {key: Change}
        for row in _rows(run, table, ids):
            if row.kind == Kind.DELETED:
                self._removed[tuple(row.before.get(name, "") for name in table.key)] = row
            for name, before, after in row.columns:
                if before != after and name in table.fields:
                    self._cells[row.object_id][name] = row

    def __bool__(self):
        return bool(self._cells)

    def taken_by(self, change):
        """[(later Change, [column])]; a row that goes takes all of them back."""
        if change.kind == Kind.NEW:
            removed = self._removed.get(tuple(json.loads(change.key)))
            return [(removed, [])] if removed else []
        found = defaultdict(list)
        for name, later in self._cells.get(change.object_id, {}).items():
            if name in change.after or not change.after:
                found[later].append(name)
        return list(found.items())


def _rows(run, table, ids):
    """Without what came from the same workbook: who corrects it and brings it again takes nothing back."""
    same = ImportRun.objects.filter(downloaded_at=run.downloaded_at).values("pk")
    rows = Change.objects.standing().filter(model=table.model._meta.label_lower)
    rows = rows.filter(at__gt=run.downloaded_at).exclude(run__in=same)
    if run.applied_at:
        rows = rows.filter(at__lt=run.applied_at)
    if ids is not None:
        rows = rows.filter(Q(object_id__in=ids) | Q(kind=Kind.DELETED))
    return rows.select_related("by").order_by("at", "pk")


def _words(table, later, names):
    told = {
        "columns": "; ".join(map(table.label, names)),
        "day": date_format(timezone.localtime(later.at), "MONTH_DAY_FORMAT"),
        "who": later.by.called if later.by else _("somebody"),
    }
    if later.kind == Kind.DELETED:
        return _("removed on %(day)s by %(who)s, after this file was downloaded") % told
    return _("%(columns)s: changed on %(day)s by %(who)s, after this file was downloaded") % told
