"""What the pages of a run show: counts by table, and sections of rows with old and new side by side."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Change
from imports.tables import BY_NAME, TABLES

FEW = 20  # rows of a section when all sections are shown
MANY = 100  # rows of a page that shows one section
ASKS_ABOVE = 0.1  # the share of retired rows from which a person must say yes twice
Kind = Change.Kind

SECTIONS = {
    "rejected": gettext_lazy("Rejected rows"),
    "retired": gettext_lazy("Rows retired or removed because they are missing from the file"),
    "changed": gettext_lazy("Changed rows"),
    "new": gettext_lazy("New rows"),
}


def table_label(name):
    return capfirst(str(BY_NAME[name].model._meta.verbose_name_plural)) if name in BY_NAME else name


@dataclass
class Section:
    """The rows of one table of which the same is said: Changes, or for "rejected" RejectedRows."""

    table: str
    kind: str
    rows: object  # a queryset

    @property
    def name(self):
        return f"{self.kind}.{self.table}" if self.table else self.kind

    @property
    def label(self):
        return f"{table_label(self.table)}: {SECTIONS[self.kind].lower()}"

    @cached_property
    def count(self):
        return self.rows.count()

    @property
    def few(self):
        return [self._shown(row) for row in self.rows[:FEW]]

    @property
    def has_more(self):
        return self.count > FEW

    def page(self, number):
        page = Paginator(self.rows, MANY).get_page(number)
        page.object_list = [self._shown(row) for row in page.object_list]
        return page

    def _shown(self, row):
        if self.kind == "rejected":
            return row
        return Shown(row, BY_NAME[self.table])


@dataclass
class Shown:
    """A proposed or written Change as a person reads it."""

    change: Change
    table: object

    @property
    def cells(self):
        """[(label, before, after)] of the cells that differ; of a new or removed row, all that it says."""
        return [
            (self._label(name), self._text(name, before), self._text(name, after))
            for name, before, after in self.change.columns
        ]

    def _label(self, name):
        return capfirst(str(self.table.fields[name].verbose_name))

    def _text(self, name, text):
        choices = dict(self.table.fields[name].flatchoices)
        return choices.get(text, text)


def sections(run):
    """[Section] that are not empty: what needs a person's eye first."""
    found = []
    for kind in SECTIONS:
        found += [one for one in _of_kind(run, kind) if one.count]
    return found


def section(run, name):
    """The section of an address, or None."""
    return next((one for one in sections(run) if one.name == name), None)


def _of_kind(run, kind):
    if kind == "rejected":
        for table in [*(table.name for table in TABLES), ""]:
            yield Section(table, kind, run.rejected.filter(table=table, step="read"))
        return
    for table in TABLES:
        rows = Change.objects.filter(run=run.pk, model=table.model._meta.label_lower).order_by("pk")
        yield Section(table.name, kind, _narrowed(rows, kind))


def _narrowed(rows, kind):
    """Rows without a place stand in no file: they go because the file lacks them."""
    if kind == "retired":
        return rows.filter(place="")
    return rows.exclude(place="").filter(kind=kind)


def overview(run):
    """[(table label, {kind: count})] in the order of the pack."""
    rejected = {}
    for name in run.rejected.filter(step="read").values_list("table", flat=True):
        rejected[name] = rejected.get(name, 0) + 1
    names = [table.name for table in TABLES if table.name in run.counts or table.name in rejected]
    return [
        (
            table_label(name),
            {"rejected": 0} | run.counts.get(name, {}) | {"rejected": rejected.get(name, 0)},
        )
        for name in names
    ]


def to_write(run):
    """How many rows applying would write."""
    return sum(
        count.get(kind, 0)
        for count in run.counts.values()
        for kind in ("new", "changed", "retired")
    )


def retires_much(run):
    """[sentence] for each table of which the run would retire more than a tenth."""
    found = []
    for name, count in run.counts.items():
        gone, stay = count.get("retired", 0), count.get("unchanged", 0) + count.get("changed", 0)
        if gone and gone > ASKS_ABOVE * (gone + stay):
            told = {"table": table_label(name), "gone": gone, "all": gone + stay}
            found.append(_("%(table)s: %(gone)s of %(all)s") % told)
    return found
