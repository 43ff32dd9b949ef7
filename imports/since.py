"""What a workbook would take back: what was changed on the site after it had been downloaded.

A workbook of ours says when that was. Who keeps it for a week and then uploads it brings last week's
cells back, also those that nobody meant to touch.
"""

from collections import defaultdict

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Change
from imports.tables import TABLES


def count(run, counts):
    """Note in {table: Counter} how many proposed rows take something back: two queries a table."""
    for table in TABLES if run.downloaded_at else ():
        if not counts[table.name].keys() & {"changed", "retired"}:
            continue
        if found := _later(run, table):
            proposed = Change.objects.filter(run=run.pk, model=table.model._meta.label_lower)
            taken = (bool(_taken(row, found)) for row in proposed.iterator(2000))
            counts[table.name]["takes_back"] = sum(taken)


def sentences(run, table, changes):
    """{primary key of a Change: [what it takes back, in words]}: one query."""
    if not run.downloaded_at:
        return {}
    found = _later(run, table, [row.object_id for row in changes if row.object_id])
    return {row.pk: [_words(table, *one) for one in _taken(row, found)] for row in changes}


def name_of(user):
    return user.get_full_name() or user.email


def _later(run, table, ids=None):
    """{object_id: {column: the last Change of it on the site, after the download}}."""
    rows = Change.objects.standing().filter(
        model=table.model._meta.label_lower, at__gt=run.downloaded_at
    )
    if ids is not None:
        rows = rows.filter(object_id__in=ids)
    if run.applied_at:
        rows = rows.filter(at__lt=run.applied_at)
    found = defaultdict(dict)
    for row in rows.exclude(run=run.pk).select_related("by").order_by("at", "pk"):
        changed = {name: row for name, before, after in row.columns if before != after}
        found[row.object_id] |= changed
    return found


def _taken(change, found):
    """[(later Change, [column])]; a row that goes takes all of them back."""
    by_change = defaultdict(list)
    for name, later in found.get(change.object_id, {}).items():
        if name in change.after or not change.after:
            by_change[later].append(name)
    return list(by_change.items())


def _words(table, later, names):
    told = {
        "columns": "; ".join(table.label(name) for name in names if name in table.fields),
        "day": date_format(timezone.localtime(later.at), "MONTH_DAY_FORMAT"),
        "who": later.by and name_of(later.by),
    }
    if later.by:
        return (
            _("%(columns)s: changed on %(day)s by %(who)s, after this file was downloaded") % told
        )
    return _("%(columns)s: changed on %(day)s, after this file was downloaded") % told
