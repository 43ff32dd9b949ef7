"""Writes a `Change` for every row that is saved or deleted one by one, whoever does it.

Bulk statements bypass Django's signals; who uses one records it by `record`, or proposes it as an
import does. `acting` says who it is; the middleware does so for requests.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import timezone

from accounts.models import Change

_actor = ContextVar("actor", default=None)
UNTOLD = {
    "password",
    "last_login",
    "version",
    "changed_in",
    "is_staff",
    "is_superuser",
    "mailed_on",
}
WORDS = (
    "slug",
    "code",
    "email",
)  # how a foreign key is written where its model does not say `written_as`


@contextmanager
def acting(by):
    """Who makes the changes within: a user, something that resolves to one, or None."""
    token = _actor.set(by)
    try:
        yield
    finally:
        _actor.reset(token)


class ActorMiddleware:
    """The changes of a request are made by whoever is signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with acting(lambda: request.user):
            return self.get_response(request)


def actor():
    """The user who acts now, or None: a command, an anonymous visitor."""
    who = _actor.get()
    who = who() if callable(who) else who
    return who if who is not None and who.is_authenticated else None


def watch(*senders):
    """Record every save and delete of these models; called when Django starts."""
    for sender in senders:
        pre_save.connect(_remember, sender=sender)
        post_save.connect(_saved, sender=sender)
        post_delete.connect(_deleted, sender=sender)


def as_text(instance):
    """{column: text} of a row, foreign keys by their natural keys."""
    return _cells(instance, {field.name for field in instance._meta.concrete_fields})


def _cells(instance, names):
    return {
        field.name: _cell(instance, field)
        for field in instance._meta.concrete_fields
        if field.name in names and not field.primary_key and field.name not in UNTOLD
    }


def _cell(instance, field):
    if field.is_relation:
        other = getattr(instance, field.name)
        return "" if other is None else natural_key(other)
    value = getattr(instance, field.attname)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def key_column(model):
    """The column by which a foreign key to a row of this model is written."""
    return getattr(model, "written_as", None) or next(
        (name for name in WORDS if hasattr(model, name)), "pk"
    )


def natural_key(instance):
    """How a foreign key to this row is written."""
    return str(getattr(instance, key_column(type(instance))))


def record(kind, instance, before, after, *, by=None):
    """One change, or nothing where nothing differs. `before`, `after`: {column: text} of whole rows."""
    names = [name for name in before | after if before.get(name, "") != after.get(name, "")]
    if kind == Change.Kind.CHANGED and not names:
        return None
    return Change.objects.create(
        model=instance._meta.label_lower,
        object_id=str(instance.pk),
        name=str(instance)[:300],
        kind=kind,
        before={name: before[name] for name in names if before.get(name)},
        after={name: after[name] for name in names if name in after},
        by=by or actor(),
        at=timezone.now(),
    )


def _remember(sender, instance, raw=False, **kwargs):
    old = None if raw or instance.pk is None else _stored(sender, instance.pk)
    instance._before = as_text(old) if old else {}


def _stored(model, pk):
    """The row as the database holds it, with all that its keys are written by: one query."""
    others = [field.name for field in model._meta.concrete_fields if field.is_relation]
    return model._base_manager.select_related(*others).filter(pk=pk).first()


def _saved(sender, instance, created, raw=False, update_fields=None, **kwargs):
    if raw:
        return
    if update_fields:  # code of ours that knows what it writes
        after = instance._before | _cells(instance, update_fields)
    else:
        # What was saved, not what the instance holds: texts become dates and numbers on their way.
        after = as_text(_stored(sender, instance.pk))
    record(Change.Kind.NEW if created else Change.Kind.CHANGED, instance, instance._before, after)


def _deleted(sender, instance, **kwargs):
    record(Change.Kind.DELETED, instance, as_text(instance), {})
