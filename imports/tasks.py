"""Work that outlives a request: big files are read, applied and undone by `manage.py work`."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from imports import runs
from imports.models import ImportRun

INLINE = 2000  # rows; up to here a person may wait for the page
# Before a file is read its size must tell: that of some 2,000 rows of a workbook, and of a release.
INLINE_BYTES, INLINE_RELEASE = 250_000, 100_000
STARTING = timedelta(seconds=10)  # from the worker's first move to the run's new state


@task()
def work(step, run, by=None):
    """One step of a run: "read", "apply" or "take_back"."""
    perform(step, ImportRun.objects.get(pk=run), by and User.objects.get(pk=by))


def perform(step, run, by):
    if step == "read":
        runs.read(run)
    else:
        getattr(runs, step)(run, by=by)


def start(step, run, *, by):
    """Do a step now where it is small, else leave it to the worker. True when it is done."""
    if queued(run):
        raise runs.Busy
    if is_big(run):
        work.enqueue(step, run.pk, by.pk)
        return False
    perform(step, run, by)
    return True


def is_big(run):
    if run.total:
        return run.total > INLINE
    folder = Path(run.file.path).parent
    size = sum(file.stat().st_size for file in folder.iterdir())
    return size > (INLINE_RELEASE if run.is_official else INLINE_BYTES)


def queued(run):
    """The task that waits for the worker to take up a step of the run, or None."""
    tasks = DBTaskResult.objects.filter(
        task_path=work.module_path, args_kwargs__args__1=run.pk
    ).order_by("-enqueued_at")
    waiting = tasks.filter(status=TaskResultStatus.READY)
    just_begun = tasks.filter(
        status=TaskResultStatus.RUNNING, started_at__gt=timezone.now() - STARTING
    )
    return waiting.first() or just_begun.first()
