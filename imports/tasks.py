"""Work that outlives a request: big files are read, applied and undone by `manage.py work`."""

from django_tasks import task

from accounts.models import User
from imports import runs
from imports.models import ImportRun

INLINE = 2000  # rows; up to here a person may wait for the page


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
    if run.total > INLINE:
        work.enqueue(step, run.pk, by.pk)
        return False
    perform(step, run, by)
    return True
