"""Counts, units, links and jobs in the reader's words."""

import re
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
    """ "Credit by exam, 6 units; dual enrollment", or with the year it ended; "not verified" where nobody
    vouches for any of its links."""
    links = [link for link in one.links if link.has_expired == one.has_expired]
    by_kind = groupby(sorted(links, key=lambda link: link.kind), lambda link: link.kind)
    parts = [_kind(kind, list(found), one.has_expired) for kind, found in by_kind]
    text = "; ".join([parts[0], *(part[:1].lower() + part[1:] for part in parts[1:])])
    if one.has_expired or one.is_verified:
        return text
    return _("%(link)s · not verified") % {"link": text}


def _kind(kind, links, has_expired):
    words = [str(LinkKind(kind).label)]
    if has_expired:
        words.append(_("ended %(year)s") % {"year": max(link.valid_until for link in links)})
    else:
        words += dict.fromkeys(units(link.units) for link in links if link.units)
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
