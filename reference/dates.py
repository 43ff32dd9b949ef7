"""Days, months, years and school years, as sources write them: `2023`, `2023-09`, `2023-09-14`, `2020-21`.

The columns that hold them keep the text. What is typed as 10/12/2026 or 2026/27 is written as the others are,
in the forms and from a spreadsheet alike.
"""

import re
from calendar import monthrange
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reference.fields import TidiedField

OLDEST = 1990
PLANNED_FROM = (4, 1)  # in April a school plans the year that begins in summer
SCHOOL_YEAR_BEGINS, SCHOOL_YEAR_ENDS = (7, 1), (6, 30)


def tidy(text):
    """Days and months as ISO writes them, with one kind of hyphen; what is no date stays as it is."""
    text = re.sub(r"(?<=\d)[–—](?=\d)", "-", text.strip())
    if american := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        month, day, year = american.groups()
        return f"{year}-{month:0>2}-{day:0>2}"
    if month_first := re.fullmatch(r"(\d{1,2})/(\d{4})", text):
        month, year = month_first.groups()
        return f"{year}-{month:0>2}"
    return re.sub(r"^(\d{4})/(\d{2}|\d{4})$", r"\1-\2", text)


def readings(text):
    """[(first day, last day)] of each thing the text can mean: `2010-11` is a school year or a month, a
    year alone the calendar year or what of the school year ends in it. Empty where it is no date."""
    text = tidy(text)
    if full := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return _span(_day(*full.groups()), _day(*full.groups()))
    if span := re.fullmatch(r"(\d{4})-(\d{2}|\d{4})", text):
        return _school_year(*span.groups()) + _month(*span.groups())
    if re.fullmatch(r"\d{4}", text):
        first = _day(text, 1, 1)
        return _span(first, _day(text, *SCHOOL_YEAR_ENDS)) + _span(first, _day(text, 12, 31))
    return []


def _span(first, last):
    return [(first, last)] if first and last else []


def _day(year, month, day):
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _school_year(first, second):
    ends = int(first) + 1
    follows = int(second) == (ends if len(second) == 4 else ends % 100)
    return _span(_day(first, *SCHOOL_YEAR_BEGINS), _day(ends, *SCHOOL_YEAR_ENDS)) if follows else []


def _month(year, month):
    year, month = int(year), int(month)
    if not (year and 1 <= month <= 12):
        return []
    return _span(_day(year, month, 1), _day(year, month, monthrange(year, month)[1]))


# --- What may stand in a column -------------------------------------------------------------------


def tells_its_age(text):
    """A source is of a time that has begun: its year decides what readers are told about its age."""
    years = re.fullmatch(r"(\d{4})-(\d{4})", text)  # some sources report on several years together
    if years and int(years[1]) < int(years[2]):
        _in_the_past(years[1], [_day(years[2], 1, 1)])
    elif found := readings(text):
        _in_the_past(text, [_begins(text, first) for first, _last in found])
    else:
        raise ValidationError(
            _(
                "Write a year such as 2026, a school year such as 2026-27, a month such as 2026-11, or a "
                "day such as 2026-11-25."
            )
        )


def _begins(text, first):
    """When one may first say it: a school year while it is planned."""
    is_school_year = (first.month, first.day) == SCHOOL_YEAR_BEGINS and text.count("-") == 1
    return date(first.year, *PLANNED_FROM) if is_school_year else first


def _in_the_past(text, firsts):
    if int(text[:4]) < OLDEST:
        raise ValidationError(_("Nothing here is older than 1990: please check the year."))
    if min(firsts) > timezone.localdate():
        raise ValidationError(_("This is still to come. Write how old the facts are."))


def is_a_school_year_or_day(text):
    """For a column that says from when or until when something holds."""
    found = readings(text)
    if not found or not OLDEST <= found[0][0].year < OLDEST + 100:
        raise ValidationError(
            _("Write a school year such as 2026-27, or a date such as 2027-06-30.")
        )


class DatedField(TidiedField):
    tidied = staticmethod(tidy)


class AsOfField(DatedField):
    """How old facts are."""

    default_validators = [tells_its_age]


class HoldsField(DatedField):
    """From when or until when something holds."""

    default_validators = [is_a_school_year_or_day]
