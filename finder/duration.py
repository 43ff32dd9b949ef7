"""How long study takes, in words: as the source says it, else by a rule that the page states."""

import re

from django.utils.translation import gettext as _

from programs.routes import years

HOURS = re.compile(r"(\d+)<(\d+) hours")


def award_time(award):
    """ "About two years" of full-time study, or hours of class; "" where the source says neither."""
    span = years(award)
    return in_years(span) if span else _in_hours(award)


def in_years(span):
    """(fewest, most) years at two terms of 15 units a year, in words."""
    fewest, most = span
    if most <= 0.6:
        return _("About one term")
    if most <= 1:
        return _("About one year")
    if most <= 1.5:
        return _("One year to a year and a half")
    if fewest < most <= 2:
        return _("One to two years")
    if most <= 2.5:
        return _("About two years")
    return _("About three years") if most <= 3.2 else _("About four years")


def _in_hours(award):
    if award.hours:
        return _("%(hours)s hours of class") % {"hours": award.hours}
    found = HOURS.search(award.level)
    if not found:
        return ""
    return _("%(fewest)s to %(most)s hours of class") % {"fewest": found[1], "most": found[2]}
