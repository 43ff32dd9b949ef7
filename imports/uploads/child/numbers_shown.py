"""What a sheet shows of a number: its digits, a date, a time. XLSX keeps only the number and a style."""

import datetime
import re
from decimal import Context, Decimal, InvalidOperation

DIGITS = Context(prec=15)  # what a spreadsheet keeps; `32.969999999999999` was typed as 32.97
BUILT_IN = {
    **dict.fromkeys(("14", "15", "16", "22"), "day"),
    "17": "month",
    **dict.fromkeys((str(number) for number in (*range(27, 37), *range(50, 59))), "day"),
    **dict.fromkeys(("18", "19", "20", "21", "45", "46", "47"), "time"),
    "2": (1, 2),  # 0.00
    "9": "percent",
    "10": "percent",
}
NOT_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.|general', re.IGNORECASE)
ZEROS = re.compile(r"(0+)(?:\.(0+))?")
LAST_DAY = 2_958_465  # 31 December 9999


def format_of(number, code):
    """ "day", "month", "year", "time", "percent", (digits before the point, after it), or None."""
    if code is None:
        return BUILT_IN.get(number)
    if zeros := ZEROS.fullmatch(code):
        return len(zeros[1]), len(zeros[2] or "")
    if "%" in code:
        return "percent"
    letters = set(NOT_LETTERS.sub("", code.split(";")[0]).lower()) & set("ymdhs")
    if "d" in letters:
        return "day"
    if letters & {"h", "s"} and "y" not in letters:
        return "time"
    return "month" if "m" in letters else "year" if "y" in letters else None


def shown(text, style, since_1904):
    """A cell; see `xlsx.py`."""
    if style is None and text.isdecimal() and text.isascii() and len(text) < 16:
        return ["n", text.lstrip("0") or "0"]
    try:
        value = DIGITS.create_decimal(text.strip())
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value.adjusted()) > 25:
        return text
    if style in ("day", "month", "year", "time"):
        return _date(value, style, since_1904) or ["n", plain(value)]
    if style == "percent":
        return ["n", f"{plain(value * 100)}%"]
    return ["n", _filled(plain(value), style) if style else plain(value)]


def plain(value):
    """Without an exponent or a tail of zeros: 1.23E+13 is 12300000000000."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _filled(text, widths):
    """The zeros that the style shows: 92243 as a ZIP code, 51.3900. Nothing is rounded."""
    whole, _point, rest = text.partition(".")
    before, after = widths
    if not whole.startswith("-"):
        whole = whole.zfill(before)
    return f"{whole}.{rest.ljust(after, '0')}" if rest or after else whole


def _date(value, shows, since_1904):
    days = int(value)
    if not 0 <= days <= LAST_DAY - 1462:
        return None
    if shows == "time":
        minutes = round((value - days) * Decimal(24 * 60))
        return ["d", f"{minutes // 60 % 24:02}:{minutes % 60:02}", shows]
    first = datetime.date(1904, 1, 1) if since_1904 else datetime.date(1899, 12, 30)
    # 1900 had no 29 February, except in spreadsheets.
    days += 1 if not since_1904 and days < 60 else 0
    return ["d", (first + datetime.timedelta(days)).isoformat(), shows]
