"""Rows on their way into the database: read, checked, compared, applied in one transaction."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from imports.tables import BY_NAME, TABLES, to_text
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
    """Counts by table (`new`, `changed`, `unchanged`) and every rejected row."""

    counts: dict[str, Counter] = field(default_factory=lambda: defaultdict(Counter))
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def changes(self):
        return sum(count["new"] + count["changed"] for count in self.counts.values())


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


def _apply_table(table, rows, outcome):
    known = {name: reference.key_to_pk() for name, reference in table.references.items()}
    present = _present(table)
    new, changed, count = [], [], outcome.counts[table.name]
    seen = set()
    for number, row in enumerate(rows, start=2):
        try:
            values = _clean(table, row, known)
            key = _key(table, values)
            if key in seen:
                raise ValidationError(_("the same key stands in an earlier row"))
        except ValidationError as error:
            outcome.rejected.append(
                Rejected(f"{table.name}:{number}", "; ".join(error.messages), row)
            )
            continue
        seen.add(key)
        _sort_in(table, values, present.get(key), new, changed, count)
    table.model.objects.bulk_create(new, batch_size=CHUNK)
    names = sorted({name for row in rows for name in row} - set(table.key))
    if changed and names:
        table.model.objects.bulk_update(changed, names, batch_size=CHUNK)


def _sort_in(table, values, old, new, changed, count):
    """Put one cleaned row among the new, the changed or the unchanged."""
    if old is None:
        new.append(table.model(**values))
        count["new"] += 1
    elif any(getattr(old, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(old, name, value)
        changed.append(old)
        count["changed"] += 1
    else:
        count["unchanged"] += 1


def _attribute(table, name):
    return f"{name}_id" if name in table.references else name


def _key(table, values):
    return tuple(values[_attribute(table, name)] for name in table.key)


def _present(table):
    names = [_attribute(table, name) for name in table.key]
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
