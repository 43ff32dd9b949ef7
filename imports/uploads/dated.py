"""The name of a CSV file that we hand out: it has no cell to spare for when it was downloaded."""

import datetime
import re
from pathlib import Path

from django.utils import timezone

FORM = "%Y-%m-%d-%H%M%S"
DATED = re.compile(r"(?P<name>.+)-(?P<moment>\d{4}-\d\d-\d\d-\d{6})")


def name(table, moment):
    """programs-2026-11-26-083015.csv, in the time of the region."""
    return f"{table.name}-{timezone.localtime(moment):{FORM}}.csv"


def parts(file_name):
    """(what the file is called without its date, when it was downloaded or None)."""
    stem = Path(file_name).stem
    found = DATED.match(stem)
    if not found:
        return stem, None
    try:
        moment = datetime.datetime.strptime(found["moment"], FORM)
    except ValueError:
        return stem, None
    return found["name"], timezone.make_aware(moment)
