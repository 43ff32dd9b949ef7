"""What a line map shows: the stops, signs and links of one or more branches, in the reader's words.

The drawing (finder.layout, components/linemap.html) and its twin, the list, are made from the same
nodes and edges, in the same order. Nothing here is a position, and nothing is read from the database.
"""

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from finder.jinja import money, number, url
from finder.links import finder
from programs.distance import miles
from programs.models import LinkKind, Segment
from programs.network import Track
from reference.translated import pick

MOST = 10  # stations of a level before the rest fold into one
FEWEST = 4  # the same in a piece of a map
FEW = 2  # stations of ended agreements that are shown; more fold into one
NEAREST = (
    3  # stations of a later level that a reader's own route shows besides those with an agreement
)
ZONES = [*Segment, "career"]
CAREER = len(Segment)
PLAIN_UNITS = re.compile(r"(?:(up to) )?(\d+(?:\.\d+)?\+?)(?: (?:credits|units)(?: in total)?)?")


class Item(NamedTuple):
    """A program within a station."""

    label: str
    note: str  # its school; "" where the station is the school
    url: str


class Line(NamedTuple):
    """A link that leaves a station, in words: "Credit by exam, up to 6 units"."""

    track: Track
    has_expired: bool
    is_verified: bool
    text: str
    destinations: tuple  # Node keys


@dataclass(frozen=True, slots=True)
class Node:
    """A stop (one program or several), a sign (a job), or a fold (what is left out until asked for)."""

    key: str
    zone: int  # index in ZONES
    kind: str  # "stop", "group", "agreement", "sign", "fold"
    label: str
    notes: tuple = ()
    url: str = ""
    items: tuple = ()
    lines: tuple = ()
    is_open: bool = False
    is_here: bool = False
    is_dim: bool = False


class Edge(NamedTuple):
    origin: str  # Node.key
    destination: str
    track: Track
    has_expired: bool
    is_verified: bool


@dataclass(slots=True)
class Band:
    """One branch. Spread: each level's nodes one below the other; otherwise one node a level.

    `ridden`: the zones that its own line joins, "same pathway, no agreement on file". `ends_after`: the
    zone after which no next step is listed, or None.
    """

    key: str
    title: str
    url: str
    zones: tuple  # of tuples of Node, one for each of ZONES
    edges: tuple
    ridden: tuple
    ends_after: int | None
    is_spread: bool = True
    open_url: str = ""
    notes: tuple = ()

    @property
    def nodes(self):
        return [node for zone in self.zones for node in zone]


class Head(NamedTuple):
    label: str
    note: str
    url: str


@dataclass(slots=True)
class LineMap:
    title: str
    heads: tuple  # of Head, one for each of ZONES
    bands: list
    messages: list = field(default_factory=list)  # what the reader should know of their own route
    is_piece: bool = False

    @property
    def names(self):
        """{Node.key: how it is called as a destination}: a closed band's stop by its level."""
        return {
            node.key: node.label if band.is_spread else self.heads[node.zone].label
            for band in self.bands
            for node in band.nodes
        }

    @property
    def legend(self):
        """[(kind, name, sentence)] of what occurs on the map."""
        nodes = [node for band in self.bands for node in band.nodes]
        edges = [edge for band in self.bands for edge in band.edges]
        present = {node.kind for node in nodes}
        present |= {str(edge.track) for edge in edges if not edge.has_expired}
        present |= {"expired" for edge in edges if edge.has_expired}
        present |= {"plain" for band in self.bands if len(band.ridden) > 1}
        present |= {"end" for band in self.bands if band.ends_after is not None}
        return [row for row in legend_rows() if row[0] in present]


def legend_rows():
    return [
        ("stop", _("Stop"), _("One program you can take.")),
        ("group", _("Large stop"), _("Several programs: open it to see them.")),
        ("agreement", _("Dotted stop"), _("An agreement is on file, but no program is listed.")),
        (
            "plain",
            _("Plain line"),
            _("Same pathway, no agreement on file: ride on to any later stop."),
        ),
        ("express", _("Double line"), _("Express: you earn college credit before college.")),
        ("bridge", _("Dotted line"), _("A bridge from free noncredit classes to college credit.")),
        ("feeder", _("Thin line"), _("A school whose students usually go on there.")),
        (
            "expired",
            _("Dashed line"),
            _("The agreement’s last year is over: ask if it was renewed."),
        ),
        (
            "end",
            _("End of the line"),
            _("No next step is listed yet. One may exist: ask a counselor."),
        ),
        ("sign", _("Sign"), _("A job at the end of the line, with its pay here.")),
    ]


@dataclass(frozen=True, slots=True)
class View:
    """How the reader looks at a map: from where, and what is open. Makes the addresses of other views.

    A piece shows one step before and one after the origin; its addresses lead to the whole map.
    """

    path: str
    origin: object = None  # finder.origins.Origin
    opened: frozenset = frozenset()
    is_piece: bool = False

    @property
    def school(self):
        """The slug of the school that the reader starts from, which is a stop of its own; else None."""
        return (self.origin and self.origin.institution) or None

    @property
    def place(self):
        """What the reader starts from, in words that the form reads back; "" for the whole map."""
        if self.origin is None:
            return ""
        return self.origin.key if self.origin.kind == "zip" else self.origin.name

    def toggled(self, key):
        return self._address(self.opened ^ {key}, key)

    def whole(self):
        return f"{self.path}#map"

    def _address(self, opened, anchor):
        values = [("from", self.origin.key)] if self.origin else []
        values += [("open", key) for key in sorted(opened)]
        query = "&".join(f"{name}={value}" for name, value in values)
        return f"{self.path}{'?' if query else ''}{query}#{anchor or 'map'}"


# --- Words -------------------------------------------------------------------------------------


def title_of(stop):
    return pick(get_language(), en=stop.title_en, es=stop.title_es)


def programs_in_words(count):
    return ngettext("%(n)s program", "%(n)s programs", count) % {"n": number(count)}


def places_in_words(stations):
    """The number of districts (or of schools by themselves) and colleges behind a stop."""
    count = len(stations)
    if stations[0].segment == Segment.COLLEGE:
        return ngettext("%(n)s college", "%(n)s colleges", count) % {"n": count}
    return ngettext("%(n)s district or school", "%(n)s districts or schools", count) % {"n": count}


def units_in_words(units):
    """ "6" -> "6 units", "up to 15 credits in total" -> "up to 15 units"; else as the source has it."""
    match = PLAIN_UNITS.fullmatch(units)
    if not match:
        return units
    if match[1]:
        return _("up to %(n)s units") % {"n": match[2]}
    return ngettext("%(n)s unit", "%(n)s units", 1 if match[2] == "1" else 2) % {"n": match[2]}


def links_in_words(links, has_expired):
    """The kinds of a connection's links, each once, with the units they state or the year they ended."""
    links = [link for link in links if link.has_expired == has_expired]
    parts = []
    for kind, found in groupby(sorted(links, key=lambda link: link.kind), lambda link: link.kind):
        found = list(found)
        words = [str(LinkKind(kind).label)]
        units = dict.fromkeys(units_in_words(link.units) for link in found if link.units)
        words += units if not has_expired else []
        if has_expired:
            words.append(_("ended %(year)s") % {"year": max(link.valid_until for link in found)})
        parts.append(", ".join(words))
    text = "; ".join(parts)
    return text[:1] + text[1:].lower() if len(parts) > 1 else text


def miles_in_words(distance):
    return _("%(n).1f miles away") % {"n": distance}


# --- Nodes -------------------------------------------------------------------------------------


def station_node(station, view, zone, lines=()):
    """A station with one program is that program; with several it opens in place."""
    is_here = _is_here(station, view.origin)
    distance = None if is_here else _distance(station, view.origin)
    notes = [miles_in_words(distance)] if distance is not None else []
    common = {"key": station.key, "zone": zone, "lines": tuple(lines), "is_here": is_here}
    if not station.stops:
        notes.append(_("Agreement on file, no program listed"))
        return Node(
            kind="agreement",
            label=station.name,
            notes=tuple(notes),
            url=f"{view.path}#credit",
            **common,
        )
    by_itself = station.segment == Segment.COLLEGE or len(station.schools) == 1
    if len(station.stops) == 1:
        stop = station.stops[0]
        notes.insert(0, title_of(stop))
        return Node(
            kind="stop",
            label=stop.school,
            notes=tuple(notes),
            url=url("program", stop.slug),
            **common,
        )
    notes.insert(0, _station_in_words(station))
    items = sorted(
        (
            Item(title_of(stop), "" if by_itself else stop.school, url("program", stop.slug))
            for stop in station.stops
        ),
        key=lambda item: (item.note, item.label),
    )
    return Node(
        kind="group",
        label=station.stops[0].school if by_itself else station.name,
        notes=tuple(notes),
        url=view.toggled(station.key),
        items=tuple(items),
        is_open=station.key in view.opened,
        **common,
    )


def neighbor_node(station, view, zone, lines=()):
    """A school or college beside another one: how many of its pathways they share."""
    pathways = len({stop.pathway_id for stop in station.stops})
    text = ngettext("%(n)s pathway in common", "%(n)s pathways in common", pathways)
    is_here = _is_here(station, view.origin)
    if is_here:
        text = ngettext("%(n)s pathway", "%(n)s pathways", pathways)
    notes = [text % {"n": pathways}] if pathways else []
    distance = None if is_here else _distance(station, view.origin)
    notes += [miles_in_words(distance)] if distance is not None else []
    return Node(
        key=station.key,
        zone=zone,
        kind="group" if pathways > 1 else "stop" if pathways else "agreement",
        label=station.name,
        notes=tuple(notes),
        url="" if is_here else place_url(station),
        lines=tuple(lines),
        is_here=is_here,
    )


def place_url(station):
    """The page of a college or a school by itself; of a district its programs in the finder."""
    if station.is_school:
        return url("institution", station.slug)
    return finder(district=station.slug, level=station.segment.value)


def _station_in_words(station):
    programs = programs_in_words(len(station.stops))
    schools = len(station.schools)
    if schools == 1:
        return programs
    return _("%(programs)s at %(schools)s schools") % {"programs": programs, "schools": schools}


def _is_here(station, origin):
    if origin is None or origin.kind == "zip" or station.segment != origin.segment:
        return False
    return station.slug in (origin.institution, origin.institution or origin.district)


def sign_node(job):
    """A job at the end of the line. `job` is a `programs.termini.Terminus`."""
    return Node(
        key=f"career.{job.slug}",
        zone=CAREER,
        kind="sign",
        label=job.title,
        notes=(pay_in_words(job), openings_in_words(job)),
        url=url("career", job.slug),
    )


def pay_in_words(job):
    if job.hourly is not None:
        return _("%(amount)s an hour") % {"amount": money(job.hourly)}
    if job.annual is not None:
        return _("%(amount)s a year") % {"amount": money(job.annual)}
    return _("Pay: %(reason)s") % {"reason": job.why_missing}


def openings_in_words(job):
    if job.openings is None:
        return _("Openings: %(reason)s") % {"reason": job.why_missing}
    return ngettext("%(n)s opening a year", "%(n)s openings a year", job.openings) % {
        "n": number(job.openings)
    }


def fold_node(key, zone, count, address):
    """The stations that are left out until the reader asks for them."""
    label = ngettext("%(n)s more place", "%(n)s more places", count) % {"n": count}
    return Node(key=key, zone=zone, kind="fold", label=label, notes=(_("Show all"),), url=address)


# --- Maps --------------------------------------------------------------------------------------


def pathway_map(branch, jobs, view):
    """The LineMap of one pathway: the stations of its branch and the jobs at its end."""
    zones, shown = _nodes(branch, view, station_node)
    zones.append(tuple(sign_node(job) for job in jobs))
    band = Band(
        key=branch.pathway.slug,
        title=branch.pathway.title,
        url=url("pathway", branch.pathway.slug),
        zones=tuple(zones),
        edges=_edges(branch, shown),
        ridden=_ridden(branch, zones),
        ends_after=_ends_after(branch),
    )
    return LineMap(
        title=branch.pathway.title,
        heads=_heads([branch], zones, pathway=branch.pathway.slug),
        bands=[band],
        messages=_messages(branch, view.origin),
        is_piece=view.is_piece,
    )


def institution_map(branch, view):
    """The LineMap of one school or college: what leads to it and what it leads to; None where nothing does."""
    origin = view.origin
    zones, shown = _nodes(branch, view, neighbor_node)
    stopped = [
        zone for zone, segment in enumerate(Segment) if zones[zone] and _has_stops(branch, segment)
    ]
    if not any(_is_here(one, origin) for one in branch.stations) or len(shown) < 2:
        return None
    band = Band(
        key="here",
        title=origin.name,
        url="",
        zones=(*zones, ()),
        edges=_edges(branch, shown),
        ridden=tuple(stopped),
        ends_after=None,
    )
    heads = [Head(str(segment.label), "", "") for segment in Segment]
    return LineMap(origin.name, (*heads, Head(_("Career"), "", "")), [band], is_piece=True)


def _nodes(branch, view, make):
    """([nodes of each level], {keys of the stations that are shown})."""
    lines, zones, shown = _lines(branch), [], set()
    for zone, segment in enumerate(Segment):
        stations = _in_reading_order(branch, segment)
        chosen = _chosen(branch, stations, view)
        nodes = [make(one, view, zone, lines.get(one.key, ())) for one in chosen]
        hidden = len(stations) - len(chosen)
        is_own_level = view.is_piece and view.origin and view.origin.segment == segment
        if hidden and branch.pathway and not is_own_level:
            key = f"more.{segment}"
            nodes.append(fold_node(key, zone, hidden, view.toggled(key)))
        shown |= {one.key for one in chosen}
        zones.append(nodes)
    return [tuple(_without(node, shown) for node in nodes) for nodes in zones], shown


def sector_map(branches, jobs, view, sector):
    """The LineMap of a sector: a band for each pathway, one of them (or several) opened in place.

    `jobs`: {pathway pk: [Terminus]}.
    """
    bands = []
    for branch in branches:
        key = branch.pathway.slug if branch.pathway else "none"
        if branch.pathway and key in view.opened:
            opened = pathway_map(branch, jobs.get(branch.pathway.pk, ()), _of_branch(view, branch))
            bands.append(replace(opened.bands[0], open_url=view.toggled(key)))
        else:
            bands.append(_closed_band(branch, jobs, view, key))
    zones = [[node for band in bands for node in band.zones[zone]] for zone in range(len(ZONES))]
    return LineMap(
        title=sector.title, heads=_heads(branches, zones, sector=sector.slug), bands=bands
    )


def _of_branch(view, branch):
    """Groups of a sector's opened branch open on the pathway's own page."""
    return View(url("pathway", branch.pathway.slug), view.origin)


def _closed_band(branch, jobs, view, key):
    signs = [sign_node(job) for job in jobs.get(branch.pathway and branch.pathway.pk, ())]
    zones = []
    for zone, segment in enumerate(Segment):
        stations = branch.zones[segment]
        zones.append((_level_node(branch, stations, segment, zone, view, key),) if stations else ())
    zones.append(tuple(replace(sign, key=f"{key}.{sign.key}") for sign in signs[:1]))
    return Band(
        key=key,
        title=branch.pathway.title if branch.pathway else _("Pathway not stated"),
        url=url("pathway", key) if branch.pathway else "",
        zones=tuple(zones),
        edges=_level_edges(branch, key),
        ridden=_ridden(branch, zones),
        ends_after=_ends_after(branch),
        is_spread=False,
    )


def _level_node(branch, stations, segment, zone, view, key):
    """All stations of one level as one stop."""
    count = sum(len(station.stops) for station in stations)
    here = [station for station in stations if _is_here(station, view.origin)]
    mine = sum(len(station.stops) for station in here)
    note = (
        ngettext("%(n)s at your school", "%(n)s at your school", mine) % {"n": mine}
        if here
        else places_in_words(stations)
    )
    lines = [
        Line(track, expired, verified, text, (f"{key}.{destination}",))
        for (destination, track, expired), (verified, text) in _level_links(branch, segment).items()
    ]
    return Node(
        key=f"{key}.{segment}",
        zone=zone,
        kind="group" if branch.pathway else "stop",
        label=programs_in_words(count) if count else _("No program listed"),
        notes=(note,),
        url=view.toggled(key) if branch.pathway else "",
        lines=tuple(lines),
        is_here=bool(here),
    )


def _level_links(branch, segment):
    """{(level of arrival, track, has_expired): (is_verified, text)} of a level's connections, counted."""
    places = {station.key: station.segment for station in branch.stations}
    found = {}
    for one in branch.connections:
        if places[one.origin] == segment:
            key = (places[one.destination], one.track, one.has_expired)
            found.setdefault(key, []).append(one)
    return {
        key: (
            any(one.is_verified for one in connections),
            _counted(key[1], key[2], len({one.origin for one in connections})),
        )
        for key, connections in found.items()
    }


def _counted(track, has_expired, count):
    if has_expired:
        text = ngettext("Agreement ended: %(n)s place", "Agreement ended: %(n)s places", count)
    elif track == Track.EXPRESS:
        text = ngettext("College credit: %(n)s place", "College credit: %(n)s places", count)
    elif track == Track.BRIDGE:
        text = ngettext("Bridge: %(n)s place", "Bridge: %(n)s places", count)
    else:
        text = ngettext("Feeder: %(n)s place", "Feeder: %(n)s places", count)
    return text % {"n": count}


def _level_edges(branch, key):
    return tuple(
        Edge(f"{key}.{segment}", f"{key}.{destination}", track, expired, verified)
        for segment in Segment
        for (destination, track, expired), (verified, _text) in _level_links(
            branch, segment
        ).items()
    )


def _in_reading_order(branch, segment):
    """Stations with a link to give first, then those that links reach, near the height of their origins."""
    stations = branch.zones[segment]
    heights = {one.key: height for height, one in enumerate(branch.stations)}
    reached = {}
    for one in branch.connections:
        reached.setdefault(one.destination, []).append(heights[one.origin])
    giving = {one.origin for one in branch.connections}

    def order(station):
        origins = reached.get(station.key)
        height = sum(origins) / len(origins) if origins else 0
        return (station.key not in giving, origins is None, height, not station.stops, station.name)

    return sorted(stations, key=order)


def _chosen(branch, stations, view):
    """The stations of a level that are shown: all, the first MOST, or those on the reader's own route."""
    if stations and f"more.{stations[0].segment}" in view.opened:
        return stations
    if view.origin:
        return _own_route(branch, stations, view)
    past = [one for one in stations if _is_past(branch, one)]
    if len(past) > FEW:
        stations = [one for one in stations if one not in past]
    most = FEWEST if view.is_piece else MOST
    return stations if len(stations) <= most + 1 else stations[:most]


def _is_past(branch, station):
    """Known only from agreements that have ended."""
    own = (one for one in branch.connections if station.key in (one.origin, one.destination))
    return not station.stops and all(one.has_expired for one in own)


def _own_route(branch, stations, view):
    """The reader's own station; of later levels (in a piece of earlier ones, too) those that it has a link
    with, and the nearest."""
    origin = view.origin
    here = [one for one in stations if _is_here(one, origin)]
    if here or not stations:
        return here
    ahead = Segment.rank(stations[0].segment) - _rank(origin)
    if ahead == 0 or (ahead < 0 and not view.is_piece):
        return []
    start = {one.key for one in branch.stations if _is_here(one, origin)}
    ends = [{one.origin, one.destination} for one in branch.connections]
    joined = set().union(*(pair for pair in ends if pair & start))
    linked = [one for one in stations if one.key in joined]
    others = [one for one in stations if one.key not in joined and one.stops]
    others.sort(key=lambda one: _far(one, origin))
    return linked + others[: max(NEAREST - len(linked), 0 if view.is_piece else 1)]


def _rank(origin):
    """The level that the reader is at; who gives a ZIP code may get on anywhere."""
    return -1 if origin.kind == "zip" else Segment.rank(origin.segment)


def _far(station, origin):
    distance = _distance(station, origin)
    return (distance is None, distance or 0, station.name)


def _distance(station, origin):
    """Miles from the reader to the nearest school of a station, None where either is not known."""
    if origin is None or origin.point is None:
        return None
    found = [miles(origin.point, stop.point) for stop in station.stops]
    return min((one for one in found if one is not None), default=None)


def _lines(branch):
    """{station key: [Line]} of the connections that leave it, alike ones together, those in force first."""
    gathered = {}
    for one in branch.connections:
        text = links_in_words(one.links, one.has_expired)
        kind = (one.origin, one.has_expired, one.track, text)
        gathered.setdefault(kind, []).append(one)
    lines = {}
    for (origin, expired, track, text), found in sorted(gathered.items()):
        verified = any(one.is_verified for one in found)
        destinations = tuple(one.destination for one in found)
        lines.setdefault(origin, []).append(Line(track, expired, verified, text, destinations))
    return lines


def _without(node, shown):
    """The node without the links whose other end is folded away."""
    lines = (
        line._replace(destinations=tuple(key for key in line.destinations if key in shown))
        for line in node.lines
    )
    return replace(node, lines=tuple(line for line in lines if line.destinations))


def _edges(branch, shown):
    return tuple(
        Edge(one.origin, one.destination, one.track, one.has_expired, one.is_verified)
        for one in branch.connections
        if one.origin in shown and one.destination in shown
    )


def _ridden(branch, zones):
    """The zones that the line itself joins: those with a stop of the pathway, and its jobs after a school
    level that leads to work."""
    if branch.pathway is None:
        return ()
    ridden = [zone for zone, segment in enumerate(Segment) if _has_stops(branch, segment)]
    ends = _ends_after(branch)
    return (*ridden, CAREER) if ridden and zones[CAREER] and ends is None else tuple(ridden)


def _has_stops(branch, segment):
    return any(station.stops for station in branch.zones[segment])


def _ends_after(branch):
    """The zone after which the line ends though students would go on: no adult or college program."""
    ridden = [zone for zone, segment in enumerate(Segment) if _has_stops(branch, segment)]
    if branch.pathway is None or not ridden:
        return None
    last = ridden[-1]
    stations = branch.zones[list(Segment)[last]]
    return last if all(branch.is_dead_end(one) for one in stations) else None


def _heads(branches, zones, **filters):
    heads = []
    for segment in Segment:
        count = sum(len(station.stops) for branch in branches for station in branch.zones[segment])
        note = programs_in_words(count) if count else _("No program listed yet")
        address = finder(level=segment.value, **filters) if count else ""
        heads.append(Head(str(segment.label), note, address))
    note = _("Typical pay") if zones[CAREER] else _("No job is linked yet")
    return (*heads, Head(_("Career"), note, ""))


def _messages(branch, origin):
    """What a reader should know whose own school has no stop on this line."""
    if origin is None or origin.kind == "zip":
        return []
    if any(_is_here(one, origin) and one.stops for one in branch.stations):
        return []
    return [
        _("%(school)s lists no program in %(pathway)s. Here is where you can get on later.")
        % {"school": origin.name, "pathway": branch.pathway.title}
    ]
