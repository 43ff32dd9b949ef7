"""What the pages of a run show: counts by table, and sections of rows with old and new side by side."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, Min, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Change
from imports import since
from imports.compare import NAMES
from imports.models import RejectedRow
from imports.tables import BY_NAME, TABLES, of_model
from reference.models import Occupation, ProgramCode

FEW = 20  # rows of a section when all sections are shown
MANY = 100  # rows of a page that shows one section
ASKS_ABOVE = 0.1  # the share of retired rows from which a person must say yes twice
TITLES = ("title", "name")  # what a row is called where another points at it
Kind, Step = Change.Kind, RejectedRow.Step
GUESSES = {"us_date"}  # of the notes on how the file was read those that a person must see

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

    run: object
    table: str
    kind: str
    rows: object  # a queryset
    count: int

    @property
    def name(self):
        return f"{self.kind}.{self.table}" if self.table else self.kind

    @property
    def label(self):
        said = SECTIONS[self.kind]
        return f"{table_label(self.table)}: {said.lower()}" if self.table else said

    @property
    def few(self):
        return self._shown(self.rows[:FEW])

    @property
    def has_more(self):
        return self.count > FEW

    def page(self, number):
        page = Paginator(self.rows, MANY).get_page(number)
        page.object_list = self._shown(page.object_list)
        return page

    def _shown(self, rows):
        if self.kind == "rejected":
            return [Refused(row) for row in rows]
        rows, table = list(rows), BY_NAME[self.table]
        names, taken = names_of(table, rows), since.sentences(self.run, table, rows)
        return [Shown(row, table, names, taken.get(row.pk, [])) for row in rows]


@dataclass
class Shown:
    """A proposed or written Change as a person reads it: labels, and names in place of keys."""

    change: Change
    table: object
    names: dict
    takes_back: list = field(default_factory=list)  # sentences

    @property
    def place(self):
        return place_in_words(self.change.place)

    @property
    def address(self):
        """Its page in the admin, or "" where it has none: no such page, not yet there, or gone."""
        one, model = self.change, self.table.model
        gone = Kind.NEW if one.undone_at else Kind.DELETED if one.at else None
        if not one.object_id or one.kind == gone or not admin.site.is_registered(model):
            return ""
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        return reverse(name, args=[one.object_id])

    @property
    def cells(self):
        """[(label, before, after)] of the cells that differ; of a new or removed row, all that it says."""
        return [
            (self.table.label(name), self._text(name, before), self._text(name, after))
            for name, before, after in self.change.columns
        ]

    def _text(self, name, text):
        if name in self.table.references:
            return self.names.get((name, text), text)
        if self.table.fields[name].get_internal_type() == "BooleanField":
            return {"yes": _("yes"), "no": _("no")}.get(text, text)
        return dict(self.table.fields[name].flatchoices).get(text, text)


@dataclass
class Refused:
    """A rejected row: which it is, and of its cells first those that the reason names."""

    row: RejectedRow

    @property
    def place(self):
        return place_in_words(self.row.place)

    @property
    def title(self):
        return next((self.row.values[name] for name in NAMES if self.row.values.get(name)), "")

    @property
    def faults(self):
        """[(column, text)] of the cells that are at fault."""
        return [(name, text) for name, text in self.row.values.items() if self._is_named(name)]

    @property
    def others(self):
        named = dict(self.faults)
        return [(n, text) for n, text in self.row.values.items() if text and n not in named]

    def _is_named(self, name):
        return name == self.row.column or f"; {name}: " in f"; {self.row.reason}"


def place_in_words(place):
    """ "Programs!12" as a person says it."""
    sheet, _mark, row = place.rpartition("!")
    if not row.isdecimal():
        return place
    return _("%(sheet)s, row %(row)s") % {"sheet": sheet, "row": row}


def names_of(table, changes):
    """{(column, natural key): name} of what the foreign keys in changes point at: a query a column."""
    found = {}
    for name, reference in table.references.items():
        texts = {row.get(name) for one in changes for row in (one.before, one.after)} - {None, ""}
        if texts:
            rows = reference.model.objects.filter(**reference.within)
            for row in rows.filter(**{f"{reference.by}__in": texts}):
                key = getattr(row, reference.by)
                found[name, key] = _name(row, key)
    return found


def _name(row, key):
    """Its title in the language of the moment; a code keeps its number, which people know it by."""
    name = next((str(getattr(row, each)) for each in TITLES if getattr(row, each, "")), key)
    return f"{key} {name}" if isinstance(row, ProgramCode | Occupation) else name


def sections(run):
    """[Section] that are not empty, in two queries: first what needs a person's eye."""
    counts = _counts(run)
    tables = [*(table.name for table in TABLES), ""]
    return [
        Section(run, table, kind, _of_kind(run, kind, table), counts[kind, table])
        for kind in SECTIONS
        for table in tables
        if counts[kind, table]
    ]


def _counts(run):
    """Counter of (kind of section, table)."""
    found = Counter()
    if not run.is_official:  # those are told by reason, see `passed_over`
        found.update({("rejected", table): count for table, count in _rejected(run).items()})
    changes = Change.objects.filter(run=run.pk).order_by()
    is_missing = ExpressionWrapper(Q(place=""), BooleanField())
    kinds = changes.annotate(is_missing=is_missing).values_list("model", "kind", "is_missing")
    for model, kind, missing, count in kinds.annotate(Count("pk")):
        found["retired" if missing else kind, of_model(model).name] += count
    return found


def _of_kind(run, kind, table):
    """The rows of a section. Rows without a place stand in no file: they go because the file lacks them."""
    if kind == "rejected":
        return run.rejected.filter(table=table, step=Step.READ)
    rows = Change.objects.filter(run=run.pk, model=BY_NAME[table].model._meta.label_lower)
    rows = rows.order_by("pk")
    return rows.filter(place="") if kind == "retired" else rows.exclude(place="").filter(kind=kind)


def _rejected(run):
    """Counter of the rows rejected on reading, by table."""
    rows = run.rejected.filter(step=Step.READ).order_by().values_list("table")
    return Counter(dict(rows.annotate(Count("pk"))))


def overview(run):
    """[(table label, [(kind, count, name of the section or "")])] in the order of the pack."""
    rejected = _rejected(run)
    kinds = shown_kinds(run)
    found = []
    for table in TABLES:
        count = run.counts.get(table.name, {}) | {"rejected": rejected[table.name]}
        if any(count.values()):
            cells = [(kind, count.get(kind, 0), _section_of(kind, table)) for kind in kinds]
            found.append((table_label(table.name), cells))
    return found


def shown_kinds(run):
    """The columns of the overview; nothing is retired unless somebody asked for it."""
    kinds = ["new", "changed", "unchanged"]
    kinds += ["retired"] if run.retire_missing else []
    kinds += [kind for kind in ("spared", "left_out") if total(run, kind)]
    return [*kinds, "rejected"]


def _section_of(kind, table):
    return f"{kind}.{table.name}" if kind in SECTIONS else ""


def total(run, kind):
    return sum(count.get(kind, 0) for count in run.counts.values())


def unread(run):
    """[(sheet, [what is wrong], the columns that its table has)] of the sheets that are not read."""
    faults = run.rejected.filter(step=Step.SHEET)
    return [
        (place, [fault.reason for fault in some], BY_NAME[table].columns)
        for (place, table), some in groupby(faults, key=lambda fault: (fault.place, fault.table))
    ]


def notes(run):
    """([(place, text)] that a person must see, [(place, text)] of all the others)."""
    found = ([], [])
    for place, text, *code in run.notes:
        found[not GUESSES & {*code}].append((place_in_words(place), text))
    return found


def passed_over(run):
    """[(reason, how many, the first place)] of the rows of a release that do not enter, most first.

    A state's file is mostly about other places: sixty thousand lines say the same few things.
    """
    rows = run.rejected.filter(step=Step.READ).order_by().values_list("reason")
    return rows.annotate(count=Count("pk"), place=Min("place")).order_by("-count", "reason")


def to_write(run):
    """How many rows applying would write."""
    return sum(total(run, kind) for kind in ("new", "changed", "retired"))


def retires_much(run):
    """[sentence] for each table of which the run would retire more than a tenth."""
    found = []
    for name, count in run.counts.items():
        gone, stay = count.get("retired", 0), count.get("unchanged", 0) + count.get("changed", 0)
        if gone and gone > ASKS_ABOVE * (gone + stay):
            told = {"table": table_label(name), "gone": gone, "all": gone + stay}
            found.append(_("%(table)s: %(gone)s of %(all)s") % told)
    return found
