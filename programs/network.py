"""The graph under every map: stations with their programs, and the links between them.

A station is one place on a line as a reader sees it: a school district at one level (or a school
without a district), or a college. Links on file connect stations. Every other later station of the
same pathway is a next step too, with no agreement on file: that is what the line itself says, so such
steps are never written pair by pair (20 districts and 9 colleges would have 180 of them).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Q

from programs.models import LinkKind, Program, ProgramLink, Segment
from programs.steps import reaches
from reference.models import Pathway


class Track(StrEnum):
    """What kind of line a link is drawn as."""

    EXPRESS = "express"  # early college credit
    BRIDGE = "bridge"  # noncredit to credit, bridge
    FEEDER = "feeder"  # feeder school, recommended next


TRACKS = dict.fromkeys(LinkKind.early_credit(), Track.EXPRESS) | {
    LinkKind.NONCREDIT_TO_CREDIT: Track.BRIDGE,
    LinkKind.BRIDGE: Track.BRIDGE,
    LinkKind.FEEDER: Track.FEEDER,
    LinkKind.RECOMMENDED: Track.FEEDER,
}


class Stop(NamedTuple):
    """A published program, as slim as a map needs it; named like the columns it is read from."""

    pk: int
    slug: str
    title_en: str
    title_es: str
    pathway_id: int | None
    sector_id: int | None
    institution_id: int
    school_slug: str
    school: str
    segment: str
    district_id: int | None
    district_slug: str | None
    district: str | None
    latitude: object
    longitude: object

    @property
    def point(self):
        return self.latitude, self.longitude


ENDS = (
    "from_district", "from_institution__district", "from_program",
    "to_district", "to_institution__district", "to_program",
)  # fmt: skip
COLUMNS = (
    "pk", "slug", "title_en", "title_es", "pathway_id", "sector_id", "institution_id",
    "institution__slug", "institution__name", "institution__segment", "institution__district_id",
    "institution__district__slug", "institution__district__name", "institution__latitude",
    "institution__longitude",
)  # fmt: skip


@dataclass(slots=True)
class Station:
    """A district at one level, a school without a district, or a college.

    Without stops it is known from an agreement alone: the school's program is not listed.
    """

    place: "Place"
    stops: list[Stop] = field(default_factory=list)

    @property
    def key(self):
        return self.place.key

    @property
    def slug(self):
        return self.place.slug

    @property
    def name(self):
        return self.place.name

    @property
    def segment(self):
        return self.place.segment

    @property
    def is_school(self):
        """Whether it is a school or a college by itself, not a district."""
        return self.place.is_school

    @property
    def schools(self):
        return {stop.school_slug for stop in self.stops}

    @property
    def districts(self):
        return {stop.district_slug for stop in self.stops}


@dataclass(slots=True)
class Connection:
    """All links on file of one track between two stations, those in force first."""

    origin: str  # Station.key
    destination: str
    track: Track
    links: list[ProgramLink]
    has_expired: bool  # all of them have

    @classmethod
    def of(cls, origin, destination, track, links):
        links = sorted(links, key=lambda link: (link.has_expired, link.kind, link.slug))
        return cls(origin, destination, track, links, links[0].has_expired)

    @property
    def told(self):
        """The links that it stands for: those in force, or the ended ones where none is."""
        return [link for link in self.links if link.has_expired == self.has_expired]

    @property
    def is_perhaps(self):
        """Whether it is no more than perhaps college credit."""
        return all(link.may_give_credit for link in self.told)


@dataclass(slots=True)
class Branch:
    """One pathway's stations by level, each level's in reading order, and their connections.

    `pathway` is None where a branch is not one pathway's: the programs of a sector whose pathway is not stated
    (no step is known there), a school among its neighbors, the programs that lead to a job.
    """

    pathway: Pathway | None
    zones: dict[Segment, list[Station]]
    connections: list[Connection]

    def station(self, key):
        return next(one for one in self.stations if one.key == key)

    @property
    def stations(self):
        return [station for zone in self.zones.values() for station in zone]

    @property
    def total(self):
        return sum(len(station.stops) for station in self.stations)

    def narrowed(self, station, stop):
        """The branch with one program alone at its station, and of that station's links those that reach it."""
        kept = []
        for one in self.connections:
            links = one.links
            for end, key in (("from", one.origin), ("to", one.destination)):
                if key == station.key:
                    links = [link for link in links if reaches(link, end, stop)]
            if links:
                kept.append(Connection.of(one.origin, one.destination, one.track, links))
        station.stops = [stop]
        return Branch(self.pathway, self.zones, kept)

    def is_dead_end(self, station):
        """No later stop on the line and no link on file. A college leads on to work."""
        later = list(Segment)[Segment.rank(station.segment) + 1 :]
        rides_on = self.pathway is not None and any(self.zones[segment] for segment in later)
        linked = any(one.origin == station.key for one in self.connections)
        return station.segment != Segment.COLLEGE and not rides_on and not linked


@dataclass(frozen=True, slots=True)
class Network:
    """All that the maps of some pathways are made of; reading it costs two queries, whatever its size."""

    pathways: list  # of Pathway; None stands for the programs without one
    stops: dict  # {pathway pk or None: [Stop]}
    links: list  # of ProgramLink, those about the pathways and those about a whole school or sector

    def branches(self, apart=None):
        """[Branch] of each pathway, in the given order; programs without a pathway only where there are any.

        `apart`: the slug of a school that is to be a station of its own, beside the rest of its district.
        """
        found = (self._branch(pathway, apart) for pathway in self.pathways)
        return [branch for branch in found if branch.pathway or branch.stations]

    def _branch(self, pathway, apart):
        stops = Stops(self.stops.get(pathway and pathway.pk, ()), apart)

        def ends(link, end):
            reached = stops.reached(link, end)
            return reached or (_named(link, end, apart) if is_about(link, pathway) else [])

        return _branch(pathway, stops, self.links if pathway else [], ends)


def of_pathway(pathway):
    """The Network of one pathway."""
    about = Q(pathway=pathway) | Q(from_program__pathway=pathway) | Q(to_program__pathway=pathway)
    return _network([pathway], Q(pathway=pathway), about, pathway.sector_id)


def of_sector(sector, pathways):
    """The Network of a sector's pathways, in the given order, and of its programs without one."""
    about = Q(sector=sector) | Q(pathway__sector=sector)
    for end in ("from", "to"):
        about |= Q(**{f"{end}_program__sector": sector})
    return _network([*pathways, None], Q(sector=sector), about, sector.pk, slim=True)


def all_stops():
    """[Stop] of every program with a pathway: one query."""
    return list(_stops(Q(pathway__isnull=False)))


def of_institution(institution, stops, links):
    """A Branch of one school or college among all that teach its pathways: no query.

    `stops`: `all_stops()`; `links`: the ProgramLinks that start or arrive here, `.with_ends()`.
    """
    own = {stop.pathway_id for stop in stops if stop.institution_id == institution.pk}
    shared = Stops([stop for stop in stops if stop.pathway_id in own], institution.slug)
    here = Place(Segment(institution.segment), institution.slug, institution.name, True)

    def ends(link, end):
        if getattr(link, f"{end}_institution_id") == institution.pk or _is_its_district(link, end):
            return [here]
        return shared.reached(link, end) or _named(link, end, institution.slug)

    def _is_its_district(link, end):
        whole = getattr(link, f"{end}_institution_id") is None
        district = getattr(link, f"{end}_district")
        return whole and district == institution.district and district.segment == here.segment

    return _branch(None, shared, links, ends, here.key)


def unstated_stops():
    """[Stop] of every program of a sector whose pathway is not stated: one query."""
    return list(_stops(Q(pathway=None, sector__isnull=False)))


def all_links():
    """[ProgramLink] of the region, with their ends: one query."""
    return list(ProgramLink.objects.published().with_ends())


def of_programs(programs, links):
    """A Branch of some programs, by primary key, such as those on the way to a job: one query.

    `links`: `all_links()`. Its connections are those between these programs.
    """
    stops = Stops(_stops(Q(pk__in=programs)), None)
    return _branch(None, stops, links, stops.reached)


def _network(pathways, programs, about, sector, slim=False):
    """`slim`: the links with no more of their ends than a map needs, for none of them is listed."""
    of_no_field = Q(pathway=None, from_program=None, to_program=None)
    general = of_no_field & (Q(sector=None) | Q(sector=sector))
    links = ProgramLink.objects.published().filter(about | general)
    links = list(links.select_related(*ENDS) if slim else links.with_ends())
    stops = defaultdict(list)
    for stop in _stops(programs):
        stops[stop.pathway_id].append(stop)
    return Network(pathways, dict(stops), links)


def _stops(condition):
    rows = Program.objects.published().filter(condition).order_by("slug")
    return map(Stop._make, rows.values_list(*COLUMNS))


class Place(NamedTuple):
    """What a station stands for. A school and a district may share a slug, so a district's key says so."""

    segment: Segment
    slug: str
    name: str
    is_school: bool

    @property
    def key(self):
        return f"{self.segment}.{self.slug}" + ("" if self.is_school else "-district")


def _place(segment, school, district):
    """The college or school itself, or its district; `school` and `district` are (slug, name) or None."""
    is_school = bool((segment == Segment.COLLEGE and school) or not district)
    return Place(Segment(segment), *(school if is_school else district), is_school)


class Stops:
    """The stops of a branch, found by what a link may name."""

    def __init__(self, stops, apart):
        self.all = list(stops)
        self.places = {}  # {Stop.pk: Place}
        self.apart = apart
        self._found = defaultdict(list)
        self._reached = {}
        for stop in self.all:
            self.places[stop.pk] = self._place_of(stop)
            for key in (
                ("program", stop.pk),
                ("institution", stop.institution_id),
                ("district", stop.district_id),
            ):
                self._found[key].append(stop)

    def _place_of(self, stop):
        district = stop.district_id and (stop.district_slug, stop.district)
        alone = stop.school_slug == self.apart
        return _place(stop.segment, (stop.school_slug, stop.school), None if alone else district)

    def reached(self, link, end):
        """[Place] of the stops that a link starts from ("from") or arrives at ("to"), each once."""
        for name in ("program", "institution", "district"):
            if pk := getattr(link, f"{end}_{name}_id"):
                key = (name, pk, link.pathway_id, link.sector_id)  # all that `reaches` asks
                if key not in self._reached:
                    stops = (stop for stop in self._found[name, pk] if reaches(link, end, stop))
                    self._reached[key] = list(dict.fromkeys(self.places[stop.pk] for stop in stops))
                return self._reached[key]
        return []


def _branch(pathway, stops, links, ends, here=None):
    """`ends(link, end)`: [Place] where a link starts ("from") or arrives ("to"); `here`: the key of the one
    station whose connections count, by default all."""
    stations = {}
    for stop in stops.all:
        _station(stations, stops.places[stop.pk]).stops.append(stop)
    connections = _connections(links, ends, stations, here)
    sources = {one.origin for one in connections if one.track == Track.EXPRESS}
    zones = {
        segment: sorted(
            (one for one in stations.values() if one.segment == segment),
            key=lambda one: (one.key not in sources, not one.stops, one.name),
        )
        for segment in Segment
    }
    return Branch(pathway, zones, connections)


def _connections(links, ends, stations, here):
    """Every link of the branch, gathered by its two stations and its track, in force first.

    A link about this pathway may bring a station whose program is not listed; a general one (of the
    whole school, of the whole sector) counts only between programs that are.
    """
    found = {}
    for link in links:
        destinations = ends(link, "to")
        for origin in ends(link, "from"):
            for destination in destinations:
                forward = Segment.rank(origin.segment) < Segment.rank(destination.segment)
                if forward and here in (None, origin.key, destination.key):
                    keys = _station(stations, origin).key, _station(stations, destination).key
                    track = TRACKS[LinkKind(link.kind)]
                    found.setdefault((*keys, track), []).append(link)
    return [Connection.of(*key, some) for key, some in found.items()]


def _named(link, end, apart):
    """[Place] that a link itself names, though no program is listed there."""
    school = getattr(link, f"{end}_institution")
    district = school.district if school else getattr(link, f"{end}_district")
    if school and school.slug == apart:
        district = None
    return [
        _place(
            school.segment if school else district.segment,
            school and (school.slug, school.name),
            district and (district.slug, district.name),
        )
    ]


def is_about(link, pathway):
    """Whether the link itself, or a program it names, is of this pathway."""
    if link.pathway_id == pathway.pk:
        return True
    return any(
        program is not None and program.pathway_id == pathway.pk
        for program in (link.from_program, link.to_program)
    )


def _station(stations, place):
    if place.key not in stations:
        stations[place.key] = Station(place)
    return stations[place.key]
