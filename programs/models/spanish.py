"""Whether the Spanish still says what the English says, as far as the record of changes tells.

Read from `Change`: no column to keep in step. A change with the same Spanish before and after is somebody's
word that it still fits (`actions.spanish_fits`); so is a verification of the whole row.
"""

from django.db import models
from django.db.models.functions import Cast

from accounts.models import Change


def is_stale(name):
    """A condition on programs: there is Spanish, and `name_en` was changed after the last word on it."""
    english, spanish = f"{name}_en", f"{name}_es"
    verified = models.Q(after__has_key="verified_on") & ~models.Q(after__verified_on="")
    seen = models.Q(after__has_key=spanish) | verified
    later = _of_the_row().filter(seen, at__gte=models.OuterRef("at"))
    changed = _of_the_row(models.OuterRef("pk")).filter(
        ~models.Exists(later), kind=Change.Kind.CHANGED, after__has_key=english
    )
    return ~models.Q(**{spanish: ""}) & models.Q(models.Exists(changed))


def _of_the_row(pk=None):
    """The changes of a program; without `pk`, of the same row as the change around them."""
    row = models.OuterRef("object_id") if pk is None else Cast(pk, models.CharField())
    return Change.objects.standing().filter(model="programs.program", object_id=row)
