"""Until when an agreement holds, read from the text its source writes."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reference.dates import is_a_school_year_or_day as tells_its_end  # noqa: F401 (for a migration)
from reference.dates import readings


def last_days(text):
    """(earliest, latest) last day that `valid_until` can mean, or None where it tells no year.

    A year alone may mean the school year, which ends on 30 June, or the calendar year: we ask for news
    from the first, and call an agreement ended after the second. `2025-26` is a school year, `2026-05`
    a month, `2010-11` may be either. Of what stands there and is no date, the year counts.
    """
    days = [last for _first, last in readings(text) or _of_the_year(text)]
    return (min(days), max(days)) if days else None


def _of_the_year(text):
    year = re.match(r"\s*(\d{4})(?!\d)", text)
    return readings(year[1]) if year else []


def ends_before_it_begins(valid_from, valid_until):
    """Whether it is over before its first day, however one reads both."""
    begins, ends = readings(valid_from), last_days(valid_until)
    return bool(begins and ends) and ends[1] < min(first for first, _last in begins)


UNITS = re.compile(
    r"(?P<before>up to )?(?P<low>\d+(\.\d+)?)(-(?P<high>\d+(\.\d+)?))?\+?( (units?|credits?))?( in total)?"
)
MOST_UNITS = 60  # of an associate degree


def tells_units(text):
    """A number of units, or from how many to how many; some sources say "up to 6", or "45+"."""
    found = UNITS.fullmatch(text)
    numbers = [float(number) for number in (found["low"], found["high"]) if number] if found else []
    if not numbers or numbers != sorted(numbers) or not 0 < numbers[-1] <= MOST_UNITS:
        raise ValidationError(
            _("Write a number such as 3 or 1.5, or a range such as 3-5: at most 60 units.")
        )
