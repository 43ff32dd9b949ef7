"""Rows on their way into the database, all at once: what packs and importers bring, compared and written."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db import transaction

from imports.compare import Comparison, Rejected
from imports.tables import BY_NAME, TABLES, to_text
from imports.write import write
from programs import careers


@dataclass
class Batch:
    """What a source yields: rows of text by table, and the rows it rejected."""

    rows: dict[str, list[dict]] = field(default_factory=lambda: defaultdict(list))
    rejected: list[Rejected] = field(default_factory=list)

    def add(self, table, **row):
        self.rows[table].append({name: to_text(value) for name, value in row.items()})

    def reject(self, place, reason, values=None):
        self.rejected.append(Rejected(place, reason, values or {}))

    def placed(self, table):
        """[(place, row)] of a table, counted as in a file whose first line is the heading."""
        rows = self.rows.get(table.name, ())
        return [(f"{table.name}:{number}", row) for number, row in enumerate(rows, start=2)]


@dataclass
class Outcome:
    """By table the counts (`new`, `changed`, `unchanged`) and the keys of the rows that were read,
    and every rejected row. `strays` is for `region.load` to fill."""

    counts: dict[str, Counter]
    keys: dict[str, set[tuple]]
    rejected: list[Rejected]
    strays: dict[str, int] = field(default_factory=dict)

    @property
    def changes(self):
        return sum(count["new"] + count["changed"] for count in self.counts.values())


def preview(batch):
    """The Outcome that applying a batch would have."""
    comparison, _changes = _compared(batch)
    return _outcome(batch, comparison)


@transaction.atomic
def apply(batch, *, is_recorded=False):
    """Write a batch: rows are found by their natural key, only given columns change, nothing is
    deleted. The catalogue version rises once, if anything changed. Who loads a whole pack, which is its
    own record, needs none of each change."""
    comparison, changes = _compared(batch)
    outcome = _outcome(batch, comparison)
    if outcome.changes:
        write(changes, is_recorded=is_recorded)
        careers.suggest()
    return outcome


def _compared(batch):
    unknown = set(batch.rows) - set(BY_NAME)
    if unknown:
        raise ValueError(f"no such table: {', '.join(sorted(unknown))}")
    comparison = Comparison()
    return comparison, list(comparison.file((table, batch.placed(table)) for table in TABLES))


def _outcome(batch, comparison):
    rejected = [*batch.rejected, *comparison.rejected]
    return Outcome(comparison.counts, comparison.keys, rejected)
