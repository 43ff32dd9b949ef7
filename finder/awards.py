"""How large an award is, in plain words: its level is written in the code of the state's data office."""

import re

from django.utils.translation import gettext as _

SIZE = re.compile(
    r"\((?:(?P<least>\d+)?<(?P<below>\d+)|(?P<from>\d+)\+|(?P<just>\d+)) (?P<what>semester units|hours)\)"
)


def award_size(level):
    """In words, "" where the level says no size.

    >>> award_size("Certificate (16<30 semester units)")
    '16 to 29 college units'
    """
    found = SIZE.search(level)
    return _units(found) if found and found["what"] == "semester units" else _hours(found)


def _units(found):
    if found["least"]:
        return _("%(least)s to %(most)s college units") % _ends(found)
    if found["below"]:
        return _("Fewer than %(below)s college units") % found.groupdict()
    return _("%(least)s college units or more") % {"least": found["from"] or found["just"]}


def _hours(found):
    if not found:
        return ""
    if found["least"]:
        return _("%(least)s to %(most)s hours") % _ends(found)
    if found["below"]:
        return _("Fewer than %(below)s hours") % found.groupdict()
    return _("%(hours)s hours") % {"hours": found["from"] or found["just"]}


def _ends(found):
    """A level ends below its second number: "16<30" has 29 at most."""
    return {"least": found["least"], "most": int(found["below"]) - 1}
