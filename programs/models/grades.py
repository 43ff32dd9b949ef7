"""Grades of school, as `9-12`, `6`, `TK-8` or `10, 12`."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

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


class GradesField(models.CharField):
    default_validators = [tells_grades]

    def to_python(self, value):
        text = super().to_python(value)
        return tidy(text) if isinstance(text, str) else text

    def deconstruct(self):
        """For migrations, which only know columns: a CharField."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
