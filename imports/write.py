"""Proposed changes on their way into the database, and back out of it: one transaction, few statements.

`put` writes the text of some changes. It knows nothing of runs and files; `imports/runs.py` does.
"""

import json
from collections import defaultdict
from typing import NamedTuple

from django.db import connection, models
from django.utils import timezone

from accounts.models import Change
from imports import cells
from imports.compare import batched
from imports.tables import BY_NAME, TABLES, of_model
from programs import catalogue
from programs.models import Award, Course, Program, ProgramOccupation

CHUNK = 500
# Whose change shows on a program's page in the index, and nowhere else in it.
OF_PROGRAMS = (Program, Course, Award, ProgramOccupation)
DECIDE_CAREERS = {"title_en", "pathway", "top_code", "cip_code"}
MANY = 5000  # programs: from here on the index is built anew
PROGRAMS = BY_NAME["programs"]
SIGNED = ("verified", "confirmed")
Kind = Change.Kind


def lock(entries):
    """Lock the rows that {Table: [Entry]} are about: programs before their parts, as whoever saves a
    form does, and those of a table in the order of their keys, so that no two imports wait for each
    other. SQLite has one writer at a time."""
    if not connection.features.has_select_for_update:
        return
    pks = {table: {one.item.pk for one in entries[table] if one.item.pk} for table in TABLES}
    programs = set().union(*(_programs(table, pks[table]) for table in TABLES))
    for table in [PROGRAMS, *TABLES]:
        for some in batched(sorted(programs if table is PROGRAMS else pks[table]), CHUNK):
            rows = table.model.objects.select_for_update(of=("self",)).filter(pk__in=some)
            list(rows.order_by("pk").values_list("pk", flat=True))


def signed_by(user):
    """For `put`: whoever brings a file says what it says; a pack is nobody's word."""
    return lambda table, item, word: user and user.pk


def sheets():
    """An empty {Table: {kind: [Item]}}."""
    return defaultdict(lambda: {kind: [] for kind in Kind})


class Item(NamedTuple):
    """A row ready to be written: its primary key (None for a new one), its natural key and its cells."""

    pk: int | None
    key: tuple
    texts: dict

    @classmethod
    def of(cls, change):
        """What a proposed Change is about to write."""
        return Entry.of(change).item


class Entry(NamedTuple):
    """A Change without its weight: a large run has a hundred thousand of them in memory."""

    change: int  # its primary key
    kind: str
    name: str
    place: str
    item: Item
    before: dict

    @classmethod
    def of(cls, change):
        pk = int(change.object_id) if change.object_id else None
        item = Item(pk, tuple(json.loads(change.key)), change.after)
        return cls(change.pk, change.kind, change.name, change.place, item, change.before)


def put(changes, *, signed):
    """Write {Table: {kind: [Item]}}, parents before children; must run in a transaction.
    Returns {Table: {key: primary key}} of the new rows.

    `signed(table, item, word)`: the primary key of who "verified" or "confirmed" what a row says.
    Raises IntegrityError where the database refuses what the comparison let pass; nothing is written
    then. The catalogue version rises once.
    """
    keys, new, programs = Keys(), defaultdict(dict), set()
    for table in TABLES:
        changed, added = (changes[table][kind] for kind in (Kind.CHANGED, Kind.NEW))
        _update(table, changed, keys, signed)
        new[table] = _create(table, added, keys, signed)
        keys.add(table, new[table])
        programs |= _programs(table, [*(item.pk for item in changed), *new[table].values()])
    for table in reversed(TABLES):
        gone = [item.pk for item in changes[table][Kind.DELETED]]
        programs |= _programs(table, gone)
        delete(table, gone)
    _count(changes, programs)
    return new


def write(changes, *, by=None, is_recorded=True):
    """`put` Changes that nobody has previewed, and keep them as the record of what was written."""
    items, now = sheets(), timezone.now()
    for change in changes:
        items[of_model(change.model)][change.kind].append(Item.of(change))
    new = put(items, signed=signed_by(by))
    if not is_recorded:
        return
    for change in changes:
        if change.kind == Kind.NEW:
            change.object_id = str(new[of_model(change.model)][Item.of(change).key])
        change.at, change.by = now, by
    Change.objects.bulk_create(changes, batch_size=CHUNK)


def _count(changes, programs):
    """One step of the catalogue: program by program where that is all that changed, else the whole."""
    others = (
        table
        for table in changes
        if table.model not in OF_PROGRAMS and any(changes[table].values())
    )
    whole = any(others) or changes[PROGRAMS][Kind.DELETED] or len(programs) > MANY
    written = {item.pk for item in changes[PROGRAMS][Kind.CHANGED]}
    for some in batched(sorted(programs - written), CHUNK):  # whose courses or awards changed
        Program.objects.filter(pk__in=some).update(version=models.F("version") + 1)
    if whole or programs:
        catalogue.bump(programs=None if whole else programs)


def _programs(table, pks):
    """The programs that rows belong to."""
    if table.model is Program:
        return set(pks)
    found = set()
    if table.model in OF_PROGRAMS:
        for some in batched(pks, CHUNK):
            rows = table.model.objects.filter(pk__in=some)
            found.update(rows.order_by().values_list("program_id", flat=True))
    return found


class Keys:
    """The primary keys behind natural keys, read once for all that a file names."""

    def __init__(self):
        self._found = {}

    def value(self, table, name, text):
        """What a column holds for a cell's text."""
        if name not in table.references or text == "":
            return cells.value(table.fields[name], text)
        reference = table.references[name]
        if reference not in self._found:
            self._found[reference] = reference.key_to_pk()
        return self._found[reference][text]

    def add(self, table, created):
        """Rows that were just created may be pointed at, too."""
        for reference, found in self._found.items():
            for key, pk in created.items():
                if text := reference.text_of(table, key):
                    found[text] = pk


def _values(table, item, keys, signed):
    """{field: value} of an item's cells, and who signs those that somebody must."""
    texts = item.texts
    values = {table.fields[name]: keys.value(table, name, text) for name, text in texts.items()}
    for word in SIGNED:
        if f"{word}_on" in texts:
            field = table.model._meta.get_field(f"{word}_by")
            values[field] = signed(table, item, word) if texts[f"{word}_on"] else None
    return values


def _update(table, items, keys, signed):
    """One prepared statement for each set of columns, run for all its rows at once."""
    groups = defaultdict(list)
    for item in items:
        values = _values(table, item, keys, signed)
        row = [field.get_db_prep_save(value, connection) for field, value in values.items()]
        groups[tuple(values)].append([*row, item.pk])
    for fields, rows in groups.items():
        with connection.cursor() as cursor:
            cursor.executemany(_statement(table.model, fields), rows)


def set_each(model, column, rows):
    """Set one column of many rows: [(value, primary key)]."""
    with connection.cursor() as cursor:
        cursor.executemany(_statement(model, [model._meta.get_field(column)]), rows)


def _statement(model, fields):
    quote = connection.ops.quote_name
    sets = [f"{quote(field.column)} = %s" for field in fields]
    sets += ["version = version + 1"] if hasattr(model, "version") else []
    return f"UPDATE {quote(model._meta.db_table)} SET {', '.join(sets)} WHERE id = %s"  # noqa: S608


def _create(table, items, keys, signed):
    """{key: primary key} of the new rows."""
    created = {}
    for some in batched(items, CHUNK):
        rows = [_instance(table, item, keys, signed) for item in some]
        table.model.objects.bulk_create(rows)
        created |= {item.key: row.pk for item, row in zip(some, rows, strict=True)}
    return created


def _instance(table, item, keys, signed):
    row = table.model(pk=item.pk)
    for field, value in _values(table, item, keys, signed).items():
        setattr(row, field.attname, value)
    return row


def delete(table, pks):
    """Plain statements: nothing cascades, and a row that is still in use is an error at the end."""
    for some in batched(pks, CHUNK):
        rows = table.model.objects.filter(pk__in=some)
        rows._raw_delete(rows.db)
