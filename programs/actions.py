"""What people do with several rows at once: each in one transaction, recorded with who did it."""

from itertools import combinations

from django.db import transaction
from django.utils import timezone

from accounts.changes import acting
from accounts.models import Change
from programs import duplicates
from programs.models import Dismissal


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
def spanish_fits(programs, *, by):
    """Somebody has read the Spanish beside the changed English: noted, nothing else changes."""
    programs = list(programs)
    for program in programs:
        texts = {"title_es": program.title_es, "description_es": program.description_es}
        Change.objects.create(
            model=program._meta.label_lower,
            object_id=str(program.pk),
            name=str(program)[:300],
            kind=Change.Kind.CHANGED,
            before=texts,
            after=texts,
            by=by,
            at=timezone.now(),
        )
    return len(programs)


@transaction.atomic
def not_the_same(programs, *, by):
    """Dismiss the likeness of these programs; of one alone, to all that it resembles."""
    pks = {program.pk for program in programs}
    alike = duplicates.pairs()
    chosen = alike & set(combinations(sorted(pks), 2)) or {p for p in alike if pks & set(p)}
    for one, other in sorted(chosen):
        Dismissal.objects.get_or_create(
            kind=Dismissal.Kind.DUPLICATE, program_id=one, other_id=other, defaults={"by": by}
        )
    return len(chosen)
