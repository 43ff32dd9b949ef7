"""Counts, units, links and jobs in the reader's words."""

import re
from enum import IntEnum
from itertools import groupby

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from finder.jinja import money, number
from programs.models import LinkKind, Segment
from programs.network import Track
from reference.translated import pick

PLAIN_UNITS = re.compile(r"(?:(up to) )?(\d+(?:\.\d+)?\+?)(?: (?:credits|units))?( in total)?")


def title_of(stop):
    return pick(get_language(), en=stop.title_en, es=stop.title_es)


def programs(count):
    return ngettext("%(n)s program", "%(n)s programs", count) % {"n": number(count)}


def places(stations):
    """["3 districts or schools", "8 more with an agreement only"]: where the programs of a level are."""
    taught = [station for station in stations if station.stops]
    only = len(stations) - len(taught)
    words = []
    if taught and taught[0].segment == Segment.COLLEGE:
        words.append(ngettext("%(n)s college", "%(n)s colleges", len(taught)) % {"n": len(taught)})
    elif taught:
        text = ngettext("%(n)s district or school", "%(n)s districts or schools", len(taught))
        words.append(text % {"n": len(taught)})
    if only:
        text = ngettext(
            "%(n)s more with an agreement only", "%(n)s more with an agreement only", only
        )
        words.append(text % {"n": only})
    return words


def station(one):
    """ "6 programs at 4 schools"."""
    count = programs(len(one.stops))
    schools = len(one.schools)
    if schools == 1:
        return count
    return _("%(programs)s at %(schools)s schools") % {"programs": count, "schools": schools}


def miles_away(distance):
    return _("%(n).1f miles away") % {"n": distance}


# --- Links -------------------------------------------------------------------------------------


def connection(one):
    """ "Credit by exam, 6 units; dual enrollment", or with the year it ended. Kinds of which nobody vouches
    for every link say so, each for itself, and so do those that are only perhaps college credit."""
    by_kind = groupby(sorted(one.told, key=lambda link: link.kind), lambda link: link.kind)
    groups = {}
    for kind, links in ((kind, list(found)) for kind, found in by_kind):
        part = _kind(kind, links, one.has_expired)
        groups.setdefault(_standing(links, one.has_expired), []).append(part)
    texts = [_with_standing(standing, groups[standing]) for standing in sorted(groups)]
    return "; ".join([texts[0], *map(_lower_first, texts[1:])])


class Standing(IntEnum):
    """What can be said of all links of a kind, the surest first."""

    VERIFIED = 0
    PARTLY_VERIFIED = 1
    NOT_VERIFIED = 2
    PERHAPS = 3  # college credit that names no field, or is of a whole school and not verified


def _standing(links, has_expired):
    if has_expired:
        return Standing.VERIFIED  # that it is over is said already
    if all(link.may_give_credit for link in links):
        return Standing.PERHAPS
    verified = [link.is_verified and not link.may_give_credit for link in links]
    if all(verified):
        return Standing.VERIFIED
    return Standing.PARTLY_VERIFIED if any(verified) else Standing.NOT_VERIFIED


def _with_standing(standing, parts):
    text = "; ".join([parts[0], *map(_lower_first, parts[1:])])
    if standing == Standing.PARTLY_VERIFIED:
        return partly_not_verified(text)
    if standing == Standing.NOT_VERIFIED:
        return not_verified(text)
    if standing == Standing.PERHAPS:
        return _("Perhaps %(link)s") % {"link": _lower_first(text)}
    return text


def partly_not_verified(text):
    return _("%(link)s · partly not verified") % {"link": text}


def not_verified(text):
    return _("%(link)s · not verified") % {"link": text}


def _lower_first(text):
    return text[:1].lower() + text[1:]


def _kind(kind, links, has_expired):
    words = [str(LinkKind(kind).label)]
    if has_expired:
        words.append(_("ended %(year)s") % {"year": max(link.valid_until for link in links)})
    else:
        words += dict.fromkeys(
            units(link.units) for link in links if link.units and not link.may_give_credit
        )
    return ", ".join(words)


def units(text):
    """ "6" -> "6 units", "up to 6" -> "up to 6 units"; what is no plain number stays as the source has it."""
    match = PLAIN_UNITS.fullmatch(text)
    if not match:
        return text
    most, amount, total = match.groups()
    if most:
        words = _("up to %(n)s units in total") if total else _("up to %(n)s units")
    else:
        words = ngettext("%(n)s unit", "%(n)s units", 1 if amount == "1" else 2)
    return words % {"n": amount}


def towards(names):
    return _("to %(places)s") % {"places": ", ".join(names)}


def counted_perhaps(count):
    text = ngettext(
        "Perhaps college credit: %(n)s place", "Perhaps college credit: %(n)s places", count
    )
    return text % {"n": count}


def and_not_verified(text, count):
    return _("%(link)s · %(n)s more not verified") % {"link": text, "n": count}


def counted(track, has_expired, count):
    """A closed band's links of one kind: "College credit: 4 places"."""
    if has_expired:
        text = ngettext("Agreement ended: %(n)s place", "Agreement ended: %(n)s places", count)
    elif track == Track.EXPRESS:
        text = ngettext("College credit: %(n)s place", "College credit: %(n)s places", count)
    elif track == Track.BRIDGE:
        text = ngettext("Bridge: %(n)s place", "Bridge: %(n)s places", count)
    else:
        text = ngettext("Feeder: %(n)s place", "Feeder: %(n)s places", count)
    return text % {"n": count}


# --- Jobs --------------------------------------------------------------------------------------


def pay(job):
    """Of a `programs.termini.Terminus`."""
    if job.hourly is not None:
        return _("%(amount)s an hour") % {"amount": money(job.hourly)}
    if job.annual is not None:
        return _("%(amount)s a year") % {"amount": money(job.annual)}
    return _("Pay: %(reason)s") % {"reason": job.why_missing}


def openings(job):
    if job.openings is None:
        return _("Openings: %(reason)s") % {"reason": job.why_missing}
    text = ngettext("%(n)s opening a year", "%(n)s openings a year", job.openings)
    return text % {"n": number(job.openings)}


def more_jobs(count):
    return ngettext("and %(n)s more job", "and %(n)s more jobs", count) % {"n": count}
