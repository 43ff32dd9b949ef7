"""A cell of a CSV file that a spreadsheet would take for a formula, made harmless and back again."""

import re

STARTS = re.compile("'*[=+\\-@\t\r\n\0|%]")
DEFUSED = re.compile("''*[=+\\-@\t\r\n\0|%]")


def defused(text):
    """With an apostrophe before it. One that looks defused already gets another, so that
    `restored` gives back exactly what was there: "+1 619 555 0100", and "'=" too."""
    return f"'{text}" if STARTS.match(text) else text


def guarded(text):
    """For XLSX, where a text is a text: only what looks defused gets an apostrophe. So the reader
    can take one away in both, also when a CSV of ours was saved as XLSX on the way."""
    return f"'{text}" if DEFUSED.match(text) else text


def restored(text):
    return text[1:] if DEFUSED.match(text) else text
