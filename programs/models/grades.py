"""Grades of school, as `9-12`, `6`, `TK-8` or `10, 12`."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reference.fields import TidiedField

ORDER = [
    "P",
    "TK",
    "K",
    *map(str, range(1, 13)),
]  # P: preschool, as the state's directory writes it


def tidy(text):
    """One way to write hyphens, spaces and letters."""
    return re.sub(r"\s*,\s*", ", ", re.sub(r"\s*[-–—]\s*", "-", text.strip().upper()))


def tells_grades(text):
    places = [ORDER.index(one) if one in ORDER else -1 for one in re.split(r", |-", text)]
    if -1 in places or places != sorted(set(places)):
        raise ValidationError(
            _("Write grades from K to 12, the lowest first, such as 9-12 or 10, 12.")
        )


class GradesField(TidiedField):
    tidied = staticmethod(tidy)
    default_validators = [tells_grades]
