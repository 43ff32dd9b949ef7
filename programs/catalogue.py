"""Raises the catalogue version with every change, in the change's own transaction."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db import connection
from django.db.models import F
from django.db.models.signals import m2m_changed, post_delete, post_save

from programs.models import (
    Award,
    Catalogue,
    Course,
    Dismissal,
    FormerSlug,
    InstitutionEditor,
    LinkCheck,
    Program,
    ProgramOccupation,
    Suggestion,
)

# What no public page shows.
UNSEEN = {Catalogue, Dismissal, FormerSlug, InstitutionEditor, LinkCheck, Suggestion}
# What pages show of a school or an agreement, and the index does not hold.
UNINDEXED = {"verified_on", "verified_by", "confirmed_on", "confirmed_by", "version"}

_counted = ContextVar("counted", default=None)  # what `once` has gathered so far


def current():
    """(version, rebuilt): one query; a site without any row yet stands at (1, 1).

    Every public page asks this, so it is plain SQL: the ORM costs as much as a tenth of the page.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT version, rebuilt FROM {Catalogue._meta.db_table} WHERE id = 1")  # noqa: S608
        return cursor.fetchone() or (1, 1)


def bump(*, programs=None):
    """Count a change. `programs`: the ids it touched, or None when the index must be built anew."""
    if _counted.get() is not None:
        _counted.get().append(programs)
        return
    Catalogue.objects.get_or_create(pk=1)
    row = Catalogue.objects.filter(pk=1)
    row.update(version=F("version") + 1)
    version = row.values_list("version", flat=True).get()
    if programs is None:
        row.update(rebuilt=version)
    else:
        Program.objects.filter(pk__in=programs).update(changed_in=version)


@contextmanager
def once():
    """All that changes within is one step, counted at its end; belongs into a transaction."""
    if _counted.get() is not None:
        yield
        return
    token = _counted.set([])
    try:
        yield
        found = _counted.get()
    finally:
        _counted.reset(token)
    if found:
        bump(programs=None if None in found else set().union(*found))


def watch():
    """Watch every model of the two catalogue apps; called once when Django starts."""
    for label in ("reference", "programs"):
        for model in apps.get_app_config(label).get_models():
            if model not in UNSEEN:
                post_save.connect(_saved, sender=model)
                post_delete.connect(_deleted, sender=model)
    m2m_changed.connect(_changed)


def _saved(sender, instance, raw=False, update_fields=None, **kwargs):
    if not raw:
        aside = sender is not Program and update_fields and UNINDEXED.issuperset(update_fields)
        bump(programs=[] if aside else _programs_of(instance))


def _deleted(sender, instance, **kwargs):
    touched = None if sender is Program else _programs_of(instance)
    bump(programs=touched)


def _changed(sender, instance, action, **kwargs):
    if action.startswith("post_") and sender._meta.app_label in ("reference", "programs"):
        bump()


def _programs_of(instance):
    """The programs whose page in the index a row belongs to; None when that is not plain."""
    if isinstance(instance, Program):
        return [instance.pk]
    if isinstance(instance, Course | Award | ProgramOccupation):
        return [instance.program_id]
    return None
