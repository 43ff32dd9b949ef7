"""Rows on their way into the database: read, checked, compared, applied in one transaction."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from imports import constraints
from imports.tables import BY_NAME, TABLES, Table, to_text
from programs import careers, catalogue

CHUNK = 500
TRUE_WORDS = {"yes": True, "no": False, "": None}


@dataclass(frozen=True)
class Rejected:
    """A row that does not enter, with its place in the source and the reason in words."""

    place: str
    reason: str
    values: dict = field(default_factory=dict, hash=False)

    def __str__(self):
        return f"{self.place}: {self.reason}"


@dataclass
class Batch:
    """What a source yields: rows of text by table, and the rows it rejected."""

    rows: dict[str, list[dict]] = field(default_factory=lambda: defaultdict(list))
    rejected: list[Rejected] = field(default_factory=list)

    def add(self, table, **row):
        self.rows[table].append({name: to_text(value) for name, value in row.items()})

    def reject(self, place, reason, values=None):
        self.rejected.append(Rejected(place, reason, values or {}))


@dataclass
class Outcome:
    """By table the counts (`new`, `changed`, `unchanged`) and the keys of the rows that were read
    (as the database has them), and every rejected row. `strays` is for `region.load` to fill."""

    counts: dict[str, Counter] = field(default_factory=lambda: defaultdict(Counter))
    keys: dict[str, set[tuple]] = field(default_factory=lambda: defaultdict(set))
    rejected: list[Rejected] = field(default_factory=list)
    strays: dict[str, int] = field(default_factory=dict)

    @property
    def changes(self):
        return sum(count["new"] + count["changed"] for count in self.counts.values())

    def reject(self, table, number, reasons, row):
        self.rejected.append(Rejected(f"{table.name}:{number}", "; ".join(reasons), row))


@transaction.atomic
def apply(batch):
    """Write a batch: rows are found by their natural key, only given columns change, nothing is
    deleted. The catalogue version rises once, if anything changed."""
    outcome = Outcome(rejected=list(batch.rejected))
    unknown = set(batch.rows) - set(BY_NAME)
    if unknown:
        raise ValueError(f"no such table: {', '.join(sorted(unknown))}")
    for table in TABLES:
        if rows := batch.rows.get(table.name):
            _apply_table(table, rows, outcome)
    if outcome.changes:
        careers.suggest()
        catalogue.bump()
    return outcome


class _Cleaned(NamedTuple):
    """A row that is right in itself, with its place and the row of the database it is, if any."""

    table: Table
    number: int
    row: dict
    values: dict
    old: models.Model | None

    @property
    def differs(self):
        return any(getattr(self.old, name) != value for name, value in self.values.items())


def _apply_table(table, rows, outcome):
    cleaned = _cleaned(table, rows, outcome)
    count = outcome.counts[table.name]
    new = [one for one in cleaned if one.old is None]
    changed = [one for one in cleaned if one.old is not None and one.differs]
    names = sorted({name for row in rows for name in row} - set(table.key))
    count["unchanged"] = len(cleaned) - len(new) - len(changed)
    # Changes first: a new row may take a value that another row gives up.
    count["changed"] = _write(changed, lambda some: _update(table, some, names), outcome)
    count["new"] = _write(new, lambda some: _create(table, some), outcome)


def _cleaned(table, rows, outcome):
    """[_Cleaned] of the rows that are right in themselves; the others are rejected."""
    known = {name: reference.key_to_pk() for name, reference in table.references.items()}
    present, seen, found = _present(table), outcome.keys[table.name], []
    for number, row in enumerate(rows, start=2):
        try:
            values = _clean(table, row, known)
            key = key_of(table, values)
            if key in seen:
                raise ValidationError(_("the same key stands in an earlier row"))
        except ValidationError as error:
            outcome.reject(table, number, error.messages, row)
            continue
        seen.add(key)
        found.append(_Cleaned(table, number, row, values, present.get(key)))
    return found


def _write(some, write, outcome):
    """Write all of `some` at once; how many were written.

    When the database refuses, halves are tried until the rows at fault are found: they are rejected
    with the reason, the first of two rows that exclude one another stays.
    """
    if not some:
        return 0
    try:
        with transaction.atomic():
            write(some)
    except IntegrityError as error:
        if len(some) == 1:
            outcome.reject(some[0].table, some[0].number, _refusal(some[0], error), some[0].row)
            return 0
        half = len(some) // 2
        return _write(some[:half], write, outcome) + _write(some[half:], write, outcome)
    return len(some)


def _refusal(one, error):
    return constraints.reasons(_instance(one)) or [str(error)]


def _instance(one):
    """The row as it is to be: a new one, or the old one with its new values."""
    if one.old is None:
        return one.table.model(**one.values)
    for name, value in one.values.items():
        setattr(one.old, name, value)
    return one.old


def _create(table, some):
    table.model.objects.bulk_create([_instance(one) for one in some], batch_size=CHUNK)


def _update(table, some, names):
    if names:
        table.model.objects.bulk_update([_instance(one) for one in some], names, batch_size=CHUNK)


def _attribute(table, name):
    return f"{name}_id" if name in table.references else name


def key_attributes(table):
    """The attributes of a model instance that make a row's key."""
    return [_attribute(table, name) for name in table.key]


def key_of(table, values):
    return tuple(values[name] for name in key_attributes(table))


def _present(table):
    names = key_attributes(table)
    return {
        tuple(getattr(row, name) for name in names): row for row in table.model.objects.iterator()
    }


def _clean(table, row, known):
    """{attribute: value} of a row of text; raises ValidationError naming each column at fault."""
    values, faults = {}, []
    for name, text in row.items():
        if name not in table.fields:
            faults.append(_("“%(column)s” is not a column of this table") % {"column": name})
            continue
        try:
            values[_attribute(table, name)] = _value(table, name, text.strip(), known)
        except ValidationError as error:
            faults += [f"{name}: {message}" for message in error.messages]
    faults += [_("%(column)s: missing") % {"column": name} for name in table.key if name not in row]
    if faults:
        raise ValidationError(faults)
    return values


def _value(table, name, text, known):
    spec = table.fields[name]
    if name in known:
        return _pointed_at(spec, text, known[name])
    if isinstance(spec, models.BooleanField):
        if text not in TRUE_WORDS:
            raise ValidationError(_("write yes, no, or nothing"))
        return TRUE_WORDS[text]
    if text == "" and spec.null:
        return None
    value = spec.to_python(text)
    if isinstance(spec, models.DecimalField):
        value = round(value, spec.decimal_places)
    if text or not spec.blank:
        spec.run_validators(value)
        spec.validate(value, None)
    return value


def _pointed_at(spec, text, keys):
    if text == "":
        if not spec.null:
            raise ValidationError(_("must not be empty"))
        return None
    if text not in keys:
        raise ValidationError(_("“%(value)s” is not known") % {"value": text})
    return keys[text]
