"""What people do with several rows at once: each in one transaction, recorded with who did it."""

from django.db import transaction
from django.utils import timezone

from accounts.changes import acting
from programs.models import Suggestion


@transaction.atomic
def verify(rows, *, by, on=None):
    """Somebody has looked: the rows are still right. How many there were."""
    day = on or timezone.localdate()
    with acting(by):
        for row in (found := list(rows)):
            row.verified_on, row.verified_by = day, by
            row.save(update_fields=["verified_on", "verified_by"])
    return len(found)


@transaction.atomic
def confirm(links, *, by):
    """Somebody who knows both ends says that the links hold. How many there were."""
    with acting(by):
        for link in (found := list(links)):
            link.confirmed_on, link.confirmed_by = timezone.localdate(), by
            link.save(update_fields=["confirmed_on", "confirmed_by"])
    return len(found)


@transaction.atomic
def settle(suggestions, status, *, by):
    """What the public has written is done, dismissed, or new again. How many there were."""
    is_new = status == Suggestion.Status.NEW
    with acting(by):
        for suggestion in (found := list(suggestions)):
            suggestion.status = status
            suggestion.handled_on = None if is_new else timezone.localdate()
            suggestion.handled_by = None if is_new else by
            suggestion.save()
    return len(found)
