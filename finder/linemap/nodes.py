"""From stations and jobs to nodes."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.jinja import url
from finder.linemap import words
from finder.linemap.parts import CAREER, FOLD, ZONES, Item, Line, Node
from finder.links import finder
from programs.models import Segment


def station_node(station, view, zone, lines):
    """A station with one program is that program; with several it opens in place."""
    if not station.stops:
        return _agreement_node(station, view, zone, lines)
    if len(station.stops) == 1:
        return _stop_node(station, view, zone, lines)
    return Node(
        key=station.key,
        zone=zone,
        kind="group",
        label=_name(station),
        notes=(words.station(station), *_distance(station, view)),
        url=view.toggled(station.key),
        anchor=station.key,
        items=_items(station),
        lines=lines,
        is_open=station.key in view.opened,
        is_here=view.is_here(station),
    )


def listed_node(station, view, zone, lines):
    """A station whose programs stand open in every view: those that lead to a job, and those whose pathway is
    not stated, which are on no other map."""
    if len(station.stops) == 1:
        return _stop_node(station, view, zone, lines)
    return Node(
        key=station.key,
        zone=zone,
        kind="group",
        label=_name(station),
        notes=(words.station(station),),
        items=_items(station),
        lines=lines,
        is_open=True,
        is_here=view.is_here(station),
    )


def _agreement_node(station, view, zone, lines):
    return Node(
        key=station.key,
        zone=zone,
        kind="agreement",
        label=station.name,
        notes=(_("No program of this pathway listed"),),
        url=view.path,
        anchor="credit",
        lines=lines,
        is_here=view.is_here(station),
    )


def _stop_node(station, view, zone, lines):
    (stop,) = station.stops
    return Node(
        key=station.key,
        zone=zone,
        kind="stop",
        label=stop.school,
        notes=(words.title_of(stop), *_distance(station, view)),
        url=url("program", stop.slug),
        lines=lines,
        is_here=view.is_here(station),
    )


def _name(station):
    """A station that is one school alone is called by it."""
    is_one = station.is_school or len(station.schools) == 1
    return station.stops[0].school if is_one else station.name


def _items(station):
    is_one = station.is_school or len(station.schools) == 1
    items = (
        Item(words.title_of(stop), "" if is_one else stop.school, url("program", stop.slug))
        for stop in station.stops
    )
    return tuple(sorted(items, key=lambda item: (item.note, item.label)))


def _distance(station, view):
    distance = None if view.is_here(station) else view.distance(station)
    return [] if distance is None else [words.miles_away(distance)]


def neighbor_node(station, view, zone, lines):
    """A school or college beside another one: how many of its pathways they share."""
    count = len({stop.pathway_id for stop in station.stops})
    is_here = view.is_here(station)
    if is_here:
        text = ngettext("%(n)s pathway", "%(n)s pathways", count)
    else:
        text = ngettext("%(n)s pathway in common", "%(n)s pathways in common", count)
    return Node(
        key=station.key,
        zone=zone,
        kind="group" if count > 1 else "stop" if count else "agreement",
        label=_name(station) if station.stops else station.name,
        notes=(*([text % {"n": count}] if count else []), *_distance(station, view)),
        url="" if is_here else _page_of(station),
        lines=lines,
        is_here=is_here,
    )


def _page_of(station):
    """The page of a school or college; of a district its programs in the finder."""
    if station.is_school:
        return url("institution", station.slug)
    return finder(district=station.slug, level=station.segment.value)


def sign_node(job):
    """A job at the end of the line. `job` is a `programs.termini.Terminus`."""
    return Node(
        key=f"career.{job.slug}",
        zone=CAREER,
        kind="sign",
        label=job.title,
        notes=(words.pay(job), words.openings(job)),
        url=url("career", job.slug),
    )


def fold_key(zone):
    return f"{FOLD}{ZONES[zone]}"


def fold_node(zone, count, view):
    """The stations that are left out until the reader asks for them."""
    label = ngettext("%(n)s more place", "%(n)s more places", count) % {"n": count}
    key = fold_key(zone)
    return Node(
        key=key,
        zone=zone,
        kind="fold",
        label=label,
        notes=(_("Show all"),),
        url=view.toggled(key),
        anchor=f"zone-{zone + 1}",
    )


def list_node(zone, count, view):
    """The same where a list below the drawing holds them all."""
    fold = fold_node(zone, count, view)
    return replace(fold, url=f"{view.path}#leads", anchor="", notes=(_("In the list below"),))


# --- Lines -------------------------------------------------------------------------------------


def lines_of(connections, branch):
    """{station key: [Line]} of the connections that leave it, alike ones together, those in force first."""
    names = {one.key: one.name for one in branch.stations}
    gathered = {}
    for one in connections:
        kind = (one.origin, one.has_expired, one.track, words.connection(one))
        gathered.setdefault(kind, []).append(one.destination)
    lines = {}
    for (origin, expired, track, text), keys in sorted(gathered.items()):
        towards = words.towards([names[key] for key in keys])
        lines.setdefault(origin, []).append(Line(track, expired, text, tuple(keys), towards))
    return lines


def folded(lines, shown, folds, zone_of):
    """Lines whose destination is folded away lead to its level's fold; `folds`: the zones that have one."""

    def seen(key):
        if key in shown:
            return key
        return fold_key(zone_of[key]) if zone_of[key] in folds else None

    found = (
        line._replace(destinations=tuple(dict.fromkeys(filter(None, map(seen, line.destinations)))))
        for line in lines
    )
    return tuple(line for line in found if line.destinations)


# --- A closed band -----------------------------------------------------------------------------


def level_node(branch, stations, zone, view, key):
    """All stations of one level as one stop, which opens the band; from a school, that school's own part."""
    segment = ZONES[zone]
    here = [one for one in stations if view.is_here(one)]
    common = {
        "key": f"{key}.{segment}",
        "zone": zone,
        "url": view.toggled(key),
        "anchor": key,
        "kind": "group",
    }
    count = sum(len(one.stops) for one in stations)
    if view.level != segment:
        notes = (*words.places(stations), *_nearest(stations, view))
        lines = _level_lines(branch, stations, key)
        label = words.programs(count) if count else _("No program listed")
        return Node(label=label, notes=notes, lines=lines, **common)
    mine = sum(len(one.stops) for one in here)
    elsewhere = _("%(programs)s in the region") % {"programs": words.programs(count)}
    if not mine:
        return Node(label=_("Not at your school"), notes=(elsewhere,), is_dim=True, **common)
    lines = _level_lines(branch, here, key)
    notes = (view.origin.name, elsewhere)
    return Node(label=words.programs(mine), notes=notes, lines=lines, is_here=True, **common)


def _nearest(stations, view):
    """["Nearest: Bay College, 3.2 miles away"] from where the reader starts."""
    known = [(view.distance(one), one.name) for one in stations if view.distance(one) is not None]
    if not known:
        return []
    distance, name = min(known)
    return [
        _("Nearest: %(place)s, %(miles)s") % {"place": name, "miles": words.miles_away(distance)}
    ]


def _level_lines(branch, stations, key):
    """The connections that leave some stations, by where they lead and of what kind, counted."""
    keys = {one.key for one in stations}
    places = {one.key: one.segment for one in branch.stations}
    found = {}
    for one in branch.connections:
        if one.origin in keys:
            zone = Segment.rank(places[one.destination])
            found.setdefault((one.has_expired, one.track, zone), []).append(one)
    return tuple(
        Line(track, expired, _counted(track, expired, some), (f"{key}.{ZONES[zone]}",))
        for (expired, track, zone), some in sorted(found.items())
    )


def _counted(track, has_expired, connections):
    """How many places somebody vouches for, and how many more are not verified, or only perhaps."""
    places = {one.origin for one in connections}
    if has_expired:
        return words.counted(track, has_expired, len(places))
    if all(one.is_perhaps for one in connections):
        return words.counted_perhaps(len(places))
    vouched = {
        one.origin
        for one in connections
        if any(link.is_verified and not link.may_give_credit for link in one.told)
    }
    if not vouched:
        return words.not_verified(words.counted(track, has_expired, len(places)))
    text = words.counted(track, has_expired, len(vouched))
    return words.and_not_verified(text, len(places - vouched)) if places - vouched else text
