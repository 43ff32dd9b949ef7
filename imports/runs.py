"""The life of an import: uploaded, read into a preview, applied in one transaction, perhaps undone.

Whoever works on a run holds its lock, so that a run whose process was killed is found (`recover`): until
its one transaction commits nothing has changed, and after that only what is computed from it is missing.
"""

import json
from collections import defaultdict
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Change
from imports import files, locks, scope, since, undo
from imports.addresses import Addresses
from imports.compare import Comparison, batched
from imports.models import ImportRun, RejectedRow
from imports.tables import BY_NAME, TABLES, of_model
from imports.write import DECIDE_CAREERS, Entry, lock, put, set_each, sheets, signed_by
from programs import careers, catalogue
from programs.models import Program, ProgramOccupation

CHUNK = 1000
FEW = 100
State = ImportRun.State
Step = RejectedRow.Step
# Where a step goes back to that was interrupted before its transaction had ended.
BEFORE = {
    State.READING: State.FAILED,
    State.APPLYING: State.READY,
    State.UNDOING: State.APPLIED,
}


class Busy(Exception):
    """The run is not in a state that allows this: somebody else was faster."""


# --- The steps --------------------------------------------------------------------------------------


def read(run):
    """Compare the file with the database: its changes are proposed, nothing else is written."""
    with _working(run, State.WAITING, State.READY, State.FAILED, into=State.READING):
        _forget(run)
        try:
            with translation.override(run.language), files.opened(run) as upload:
                _compare(run, upload)
        except files.Unreadable as error:
            _set(run, state=State.FAILED, problem=str(error))


def apply(run, *, by):
    """Write all that the run proposes, or nothing. Rows that somebody changed meanwhile are left out."""
    with _working(run, State.READY, into=State.APPLYING), translation.override(run.language):
        entries = _entries(_changes(run))
        try:
            with transaction.atomic():
                _write(run, entries, by)
        except (IntegrityError, KeyError) as error:
            problem = _("The data has changed since the preview. Read the file again. (%(error)s)")
            _set(run, state=State.READY, problem=problem % {"error": error})
        else:
            if run.state == State.APPLYING:
                _finish(run)


def spare(run):
    """Leave out of a preview what was changed on the site since the file was downloaded."""
    with _working(run, State.READY, into=State.READING), transaction.atomic():
        counts = {name: dict(count) for name, count in run.counts.items()}
        for table in TABLES:
            spared = list(since.taken_back(run, table))
            for change in spared:
                count = counts[table.name]
                count[change.kind if change.place else "retired"] -= 1
                count["spared"] = count.get("spared", 0) + 1
            for some in batched(spared, CHUNK):
                Change.objects.filter(pk__in=[change.pk for change in some]).delete()
            counts.get(table.name, {}).pop("takes_back", None)
        _set(run, state=State.READY, counts=counts)


def take_back(run, *, by):
    """Restore what the run changed, but for rows that were edited since: those are named and stay."""
    with _working(run, State.APPLIED, into=State.UNDOING), translation.override(run.language):
        entries = _entries(_changes(run).filter(at__isnull=False, undone_at=None))
        try:
            with transaction.atomic():
                _restore(run, entries, by)
        except (IntegrityError, KeyError) as error:
            problem = _("Nothing was undone: other rows depend on these by now. (%(error)s)")
            _set(run, state=State.APPLIED, problem=problem % {"error": error})
        else:
            if run.state == State.UNDOING:
                _finish(run)


def _restore(run, entries, by):
    """The one transaction of an undo: everything in it happens, or nothing."""
    lock(entries)
    items, refused = undo.backwards(entries, scope.of(by))
    _reject(run, Step.UNDO, refused)
    if refused and not _any(items):
        return _set(run, state=State.APPLIED, problem=_nothing_undone(len(refused)))
    undo.clear(items)
    put(items, signed=undo.Signatures(run))
    stay = [entry.change for _table, entry, _reason in refused]
    _changes(run).exclude(pk__in=stay).update(undone_at=timezone.now())
    return _set(run, undone_at=timezone.now(), undone_by=by)


def _entries(changes):
    """{Table: [Entry]}, read before the transaction begins, so that it is short."""
    entries, addresses = {table: [] for table in TABLES}, Addresses()
    for change in changes.order_by("pk").iterator(CHUNK):
        table = of_model(change.model)
        entries[table].append(addresses.entry(table, Entry.of(change)))
    return entries


def recover():
    """Set right the runs whose process was killed. Asked by a starting worker and by the pages."""
    for run in ImportRun.objects.filter(state__in=BEFORE):
        with locks.holding(run) as mine:
            if mine:
                run.refresh_from_db()
                _recover(run)


def _recover(run):
    if run.undone_at if run.state == State.UNDOING else run.applied_at:  # it was written
        return _finish(run)
    if run.state not in BEFORE:  # it has come to its end since its state was read
        return None
    with translation.override(run.language):
        problem = _("This was interrupted before anything was changed. You can start it again.")
    return _set(run, state=BEFORE[run.state], problem=problem)


# --- Reading ----------------------------------------------------------------------------------------


def _compare(run, upload):
    if run.by is None:
        raise files.Unreadable(
            _("Whoever uploaded this file has no account any more. Please upload it yourself.")
        )
    comparison = Comparison(scope.of(run.by), defaults=upload.defaults, keeps=upload.keeps)
    _set(run, total=upload.total, done=0, downloaded_at=upload.downloaded_at)
    sheets = ((table, _counted(run, rows)) for table, rows in upload.by_table())
    _propose(run, comparison.file(sheets))
    if run.retire_missing and not run.is_official:
        for name in upload.tables:
            unread = [row.values for row in upload.rejected if row.table == name]
            _propose(run, comparison.missing(BY_NAME[name], unread))
    _refuse(run, Step.SHEET, upload.unread)
    _refuse(run, Step.READ, [*upload.rejected, *comparison.rejected])
    since.count(run, comparison.counts)
    counts = {name: dict(count) for name, count in comparison.counts.items()}
    _set(run, state=State.READY, counts=counts, notes=upload.notes, done=upload.total, problem="")


def _refuse(run, step, rows):
    RejectedRow.objects.bulk_create(
        [
            RejectedRow(
                run=run, step=step, table=row.table, place=row.place, column=row.column,
                reason=row.reason, values=row.values,
            )
            for row in rows
        ],
        batch_size=CHUNK,
    )  # fmt: skip


def _counted(run, rows):
    """The same rows; the run's progress is told on the way."""
    for some in batched(rows, CHUNK):
        yield from some
        _set(run, done=run.done + len(some), beat_at=timezone.now())


def _propose(run, changes):
    for some in batched(changes, CHUNK):
        for change in some:
            change.run = run.pk
        Change.objects.bulk_create(some)


def _forget(run):
    """An earlier preview of the same file."""
    _changes(run).filter(at=None)._raw_delete("default")
    run.rejected.all().delete()


# --- Writing ----------------------------------------------------------------------------------------


def _write(run, entries, by):
    """The one transaction of an apply: everything in it happens, or nothing.

    Where every row is left out, or one of a file that comes whole or not at all, the preview stands as
    it was, with the reasons.
    """
    lock(entries)
    items, stale, own = sheets(), [], scope.of(by)
    for table in TABLES:
        fresh, others = _fresh(table, entries[table], own)
        entries[table] = fresh
        stale += [(table, *one) for one in others]
        for entry in fresh:
            items[table][entry.kind].append(entry.item)
    _reject(run, Step.APPLY, stale)
    if stale and (run.all_or_nothing or not _any(items)):
        return _set(run, state=State.READY, problem=_nothing_applied(run, len(stale)))
    Change.objects.filter(pk__in=[entry.change for _table, entry, _reason in stale]).delete()
    for table, new in put(items, signed=signed_by(by)).items():
        added = [entry for entry in entries[table] if entry.kind == Change.Kind.NEW]
        set_each(Change, "object_id", [(str(new[one.item.key]), one.change) for one in added])
    _changes(run).update(at=timezone.now(), by=by)
    counts = _without(run.counts, stale)
    return _set(run, counts=counts, applied_at=timezone.now(), applied_by=by)


def _any(items):
    return any(some for kinds in items.values() for some in kinds.values())


def _nothing_applied(run, count):
    if run.all_or_nothing:
        return _(
            "Nothing was applied, as not every row can be: see below what has changed since the "
            "preview. Read the file again."
        )
    return ngettext(
        "Nothing was applied: the row was left out, see below. Read the file again.",
        "Nothing was applied: all %(count)s rows were left out, see below. Read the file again.",
        count,
    ) % {"count": count}


def _nothing_undone(count):
    return ngettext(
        "Nothing was undone: the row stays as it is, see below.",
        "Nothing was undone: all %(count)s rows stay as they are, see below.",
        count,
    ) % {"count": count}


def _without(counts, stale):
    """The counts of the preview when some of its rows were left out on applying."""
    counts = {name: dict(count) for name, count in counts.items()}
    for table, entry, _reason in stale:
        count, kind = counts[table.name], entry.kind if entry.place else "retired"
        count[kind] -= 1
        count["left_out"] = count.get("left_out", 0) + 1
    return counts


def _fresh(table, entries, own):
    """The entries whose rows still stand as the preview showed them; the others, with the reason."""
    fresh, stale = [], []
    now = _cells_now(table, entries)
    writable = {pk for some in batched(entries, CHUNK) for pk in own.writable(table, some)}
    for entry in entries:
        if entry.change not in writable:
            stale.append((entry, _("this row is not one of yours any more")))
            continue
        row = now.get(entry.item.pk)
        was = _was(table, entry).items()
        if entry.item.pk and (row is None or any(row[name] != text for name, text in was)):
            stale.append((entry, _("changed since the preview")))
        else:
            fresh.append(entry)
    return fresh, stale


def _was(table, entry):
    """{column: text} that a row must still hold for the entry to be written; all of one that goes."""
    names = table.columns if entry.kind == Change.Kind.DELETED else entry.item.texts
    return {name: entry.before.get(name, "") for name in names}


def _cells_now(table, entries):
    """{primary key: {column: text}} of the cells that entries are about."""
    by_columns = defaultdict(list)
    for entry in entries:
        if entry.item.pk:
            by_columns[tuple(_was(table, entry))].append(entry.item.pk)
    found = {}
    for columns, pks in by_columns.items():
        for some in batched(pks, CHUNK):
            found.update(table.read(table.model.objects.filter(pk__in=some), columns))
    return found


def _finish(run):
    """What is computed from what was written or taken back; may be done twice, and in small steps."""
    is_back = run.undone_at is not None
    changes = _changes(run).filter(undone_at__isnull=not is_back)
    _suggest(changes)
    _set(run, state=State.UNDONE if is_back else State.APPLIED, problem="")


def _suggest(changes):
    """The careers anew of the programs that changes are about: a short transaction for each few."""
    told = changes.filter(
        ~Q(kind=Change.Kind.CHANGED) | Q(after__has_any_keys=sorted(DECIDE_CAREERS)),
        model=Program._meta.label_lower,
    )
    decided = set(map(int, told.values_list("object_id", flat=True)))
    words = changes.filter(model=ProgramOccupation._meta.label_lower).exclude(
        kind=Change.Kind.CHANGED
    )
    keys = {json.loads(key)[0] for key in words.values_list("key", flat=True)}
    for some in batched(sorted(keys), CHUNK):
        decided.update(Program.objects.filter(slug__in=some).values_list("pk", flat=True))
    for some in batched(sorted(decided), FEW):
        with transaction.atomic():
            careers.suggest(Program.objects.filter(pk__in=some))
            catalogue.bump(programs=some)


# --- Bookkeeping ------------------------------------------------------------------------------------


@contextmanager
def _working(run, *states, into):
    """Hold the run's lock while its state is `into`; raises Busy where it is in none of `states`."""
    with locks.holding(run) as mine:
        claimed = mine and ImportRun.objects.filter(pk=run.pk, state__in=states).update(
            state=into, beat_at=timezone.now(), problem=""
        )
        if not claimed:
            raise Busy
        run.refresh_from_db()
        try:
            yield
        except Exception:
            run.refresh_from_db()
            _recover(run)
            raise


def _changes(run):
    return Change.objects.filter(run=run.pk)


def _reject(run, step, entries):
    """Rows of [(table, entry, reason)] that stay as they are, each by its name; an earlier attempt's go."""
    run.rejected.filter(step=step).delete()
    RejectedRow.objects.bulk_create(
        RejectedRow(
            run=run, step=step, table=table.name, place=entry.place,
            reason=f"{entry.name}: {reason}", values=entry.item.texts,
        )
        for table, entry, reason in entries
    )  # fmt: skip


def _set(run, **values):
    for name, value in values.items():
        setattr(run, name, value)
    ImportRun.objects.filter(pk=run.pk).update(**values)
