"""The ways people write a date, as a date. In the region 9/1/2026 is 1 September; 13/1/2026 can only be
13 January."""

import datetime
import re

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?)?")
US = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
DAY_FIRST = re.compile(r"(\d{1,2})(?: de |[ -])([^\W\d]+)\.?(?:,? del? |,? |-)(\d{4}|\d{2})")
MONTH_FIRST = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
SERIAL = re.compile(r"[3-7]\d{4}")  # 1982 to 2119
MONTHS = [
    ("jan", "ene"), ("feb",), ("mar",), ("apr", "abr"), ("may",), ("jun",), ("jul",),
    ("aug", "ago"), ("sep", "set"), ("oct",), ("nov",), ("dec", "dic"),
]  # fmt: skip


def read(text):
    """(ISO date, whether day and month could be the other way round), or None if it is no date."""
    for pattern, order in ((ISO, "ymd"), (US, "mdy"), (DAY_FIRST, "dmy"), (MONTH_FIRST, "mdy")):
        if found := pattern.fullmatch(text):
            parts = dict(zip(order, found.groups(), strict=True))
            if pattern is US and int(parts["m"]) > 12:
                parts["m"], parts["d"] = parts["d"], parts["m"]
            date = _date(**parts)
            return date and (date, pattern is US and _is_two_dates(**parts))
    if SERIAL.fullmatch(text):
        day = datetime.date(1899, 12, 30) + datetime.timedelta(int(text))
        return day.isoformat(), False
    return None


def _date(y, m, d):
    year = int(y) + (2000 if len(y) == 2 else 0)
    try:
        return datetime.date(year, _month(m), int(d)).isoformat()
    except ValueError:
        return None


def _month(text):
    if text.isdecimal():
        return int(text)
    start = text[:3].casefold()
    return next((number for number, names in enumerate(MONTHS, 1) if start in names), 0)


def _is_two_dates(y, m, d):
    return int(m) != int(d) and int(d) <= 12
