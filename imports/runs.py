"""The life of an import: uploaded, read into a preview, applied in one transaction, perhaps undone.

Whoever works on a run holds its lock, so that a run whose process was killed is found (`recover`): until
its one transaction commits nothing has changed, and after that only what is computed from it is missing.
"""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Change
from imports import files, locks, scope, undo
from imports.compare import Comparison, batched
from imports.models import ImportRun, RejectedRow
from imports.tables import BY_NAME, TABLES, of_model
from imports.write import DECIDE_CAREERS, Item, put, set_each, sheets
from programs import careers, catalogue
from programs.models import Program

CHUNK = 1000
State = ImportRun.State
Step = RejectedRow.Step


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
        try:
            with transaction.atomic():
                _write(run, by)
        except (IntegrityError, KeyError) as error:
            problem = _("The data changed since the preview. Read the file again. (%(error)s)")
            _set(run, state=State.READY, problem=problem % {"error": error})
        else:
            _finish(run)


def take_back(run, *, by):
    """Restore what the run changed, but for rows that were edited since: those are named and stay."""
    with _working(run, State.APPLIED, into=State.UNDOING), translation.override(run.language):
        with transaction.atomic():
            changes = list(_changes(run).filter(at__isnull=False, undone_at=None))
            items, refused = undo.backwards(changes)
            undo.clear(items)
            written = put(items, by=by)
            _reject(run, Step.UNDO, refused)
            staying = {change.pk for change, _reason in refused}
            _update([one.pk for one in changes if one.pk not in staying], undone_at=timezone.now())
            _set(run, state=State.UNDONE, undone_at=timezone.now(), undone_by=by)
        _suggest(sorted(written.careers))


def recover():
    """Set right the runs whose process was killed. Asked by a starting worker and by the pages."""
    for run in ImportRun.objects.filter(state__in=[State.READING, State.APPLYING, State.UNDOING]):
        with locks.holding(run) as mine:
            if mine:
                run.refresh_from_db()
                _recover(run)


def _recover(run):
    if run.state == State.APPLYING and run.applied_at:
        return _finish(run)
    before = {
        State.READING: State.FAILED,
        State.APPLYING: State.READY,
        State.UNDOING: State.APPLIED,
    }
    with translation.override(run.language):
        problem = _("This was interrupted before anything was changed. You can start it again.")
    return _set(run, state=before.get(run.state, run.state), problem=problem)


# --- Reading ----------------------------------------------------------------------------------------


def _compare(run, upload):
    comparison = Comparison(scope.of(run.by), defaults=upload.defaults)
    _set(run, total=upload.total, done=0)
    for table, rows in upload.by_table():
        _propose(run, comparison.changes(table, _counted(run, rows)))
    if run.retire_missing and not run.is_official:
        for name in upload.tables:
            _propose(run, comparison.missing(BY_NAME[name]))
    RejectedRow.objects.bulk_create(
        [
            RejectedRow(
                run=run, table=row.table, place=row.place, column=row.column,
                reason=row.reason, values=row.values,
            )
            for row in [*upload.rejected, *comparison.rejected]
        ],
        batch_size=CHUNK,
    )  # fmt: skip
    counts = {name: dict(count) for name, count in comparison.counts.items()}
    _set(run, state=State.READY, counts=counts, notes=upload.notes, done=upload.total, problem="")


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


def _write(run, by):
    """The one transaction of an apply: everything in it happens, or nothing."""
    changes, stale = [], []
    for table in TABLES:
        fresh, others = _fresh(table, _changes(run).filter(model=table.model._meta.label_lower))
        changes += fresh
        stale += others
    _reject(run, Step.APPLY, stale)
    Change.objects.filter(pk__in=[change.pk for change, _reason in stale]).delete()
    items = sheets()
    for change in changes:
        items[of_model(change.model)][change.kind].append(Item.of(change))
    written = put(items, by=by)
    _date(run, changes, written, by)
    _set(run, applied_at=timezone.now(), applied_by=by)


def _fresh(table, changes):
    """The changes whose rows still stand as the preview showed them; the others, with the reason."""
    fresh, stale = [], []
    for some in batched(changes.order_by("pk").iterator(CHUNK), CHUNK):
        pks = [change.object_id for change in some if change.object_id]
        rows = table.model.objects.select_for_update().filter(pk__in=pks)
        now = dict(table.read(rows)) if pks else {}
        for change in some:
            row = now.get(int(change.object_id or 0))
            if change.object_id and (row is None or _differs(change, row)):
                stale.append((change, _("changed by somebody else since the preview")))
            else:
                fresh.append(change)
    return fresh, stale


def _differs(change, row):
    names = change.after if change.kind == Change.Kind.CHANGED else change.before
    return any(row[name] != change.before.get(name, "") for name in names)


def _date(run, changes, written, by):
    """The proposed changes have happened: when, by whom, and to which new rows."""
    new = [change for change in changes if change.kind == Change.Kind.NEW]
    for change in new:
        table = of_model(change.model)
        change.object_id = str(written.new[table][Item.of(change).key])
    set_each(Change, "object_id", [(change.object_id, change.pk) for change in new])
    _changes(run).update(at=timezone.now(), by=by)


def _finish(run):
    """What is computed from what was written; may be done twice, and in small steps."""
    programs = _changes(run).filter(model=Program._meta.label_lower)
    decided = programs.filter(
        Q(kind=Change.Kind.NEW) | Q(after__has_any_keys=sorted(DECIDE_CAREERS))
    )
    _suggest(sorted(map(int, decided.values_list("object_id", flat=True))))
    _set(run, state=State.APPLIED, problem="")


def _suggest(programs):
    """The careers that programs lead to, anew: a short transaction for each hundred."""
    for some in batched(programs, CHUNK):
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


def _reject(run, step, changes):
    """Rows of [(change, reason)] that stay as they are, each by its name."""
    RejectedRow.objects.bulk_create(
        RejectedRow(
            run=run, step=step, table=of_model(change.model).name, place=change.place,
            reason=f"{change.name}: {reason}", values=change.after,
        )
        for change, reason in changes
    )  # fmt: skip


def _update(pks, **values):
    for some in batched(pks, CHUNK):
        Change.objects.filter(pk__in=some).update(**values)


def _set(run, **values):
    for name, value in values.items():
        setattr(run, name, value)
    ImportRun.objects.filter(pk=run.pk).update(**values)
