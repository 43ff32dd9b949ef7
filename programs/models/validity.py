"""Until when an agreement holds, read from the text its source writes."""

import re
from calendar import monthrange
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SCHOOL_YEAR_ENDS = (6, 30)


def last_days(text):
    """(earliest, latest) last day that `valid_until` can mean, or None where it tells no year.

    A year alone may mean the school year, which ends on 30 June, or the calendar year: we ask for news
    from the first, and call an agreement ended after the second. `2025-26` is a school year, `2026-05`
    a month, `2010-11` may be either.
    """
    days = _readings(text.strip())
    return (min(days), max(days)) if days else None


def tells_its_end(text):
    """For the column: an end that nobody can read would never come, and nobody be reminded of it."""
    if not last_days(text):
        raise ValidationError(
            _("Write a school year such as 2026-27, or a date such as 2027-06-30.")
        )


def _readings(text):
    """Every last day the text can mean."""
    if full := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return _day(*map(int, full.groups())) or _year(text)
    if american := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        month, day, year = map(int, american.groups())
        return _day(year, month, day)
    if span := re.fullmatch(r"(\d{4})[-–/](\d{2}|\d{4})", text):
        return _school_year(*span.groups()) + _month(*span.groups()) or _year(text)
    return _year(text)


def _day(year, month, day):
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _school_year(first, second):
    ends = int(first) + 1
    follows = int(second) == (ends if len(second) == 4 else ends % 100)
    return _day(ends, *SCHOOL_YEAR_ENDS) if follows else []


def _month(year, month):
    year, month = int(year), int(month)
    return _day(year, month, monthrange(year, month)[1]) if year and 1 <= month <= 12 else []


def _year(text):
    if not re.match(r"\d{4}(?!\d)", text):
        return []
    year = int(text[:4])
    return _day(year, *SCHOOL_YEAR_ENDS) + _day(year, 12, 31)
