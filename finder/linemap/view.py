"""How the reader looks at a map: from where, what is open, and which stations that shows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from finder.linemap.parts import FOLD
from programs.distance import FAR, miles
from programs.models import Segment

MOST = 8  # stations of a level before the rest fold into one
FEWEST = 4  # the same in a piece of a map
FEW = 2  # stations of ended agreements that are shown; more fold into one
NEAREST = 3  # stations of a later level that a reader's own route shows besides those with a link


@dataclass(frozen=True, slots=True)
class View:
    """Makes the addresses of other views, too.

    A piece shows one step before and one after the origin; its addresses lead to the whole map.
    """

    path: str
    origin: object = None  # finder.origins.Origin
    opened: frozenset = frozenset()
    is_piece: bool = False
    keeps_far: bool = False  # whether a piece shows the nearest ones even where they are far away

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

    @property
    def is_whole(self):
        """Whether it is the map as everyone first sees it."""
        return self.origin is None and not self.opened

    def toggled(self, key):
        """The address of this view with one thing opened or closed."""
        values = [("from", self.origin.key)] if self.origin else []
        values += [("open", key) for key in sorted(self.opened ^ {key})]
        return f"{self.path}?{urlencode(values)}" if values else self.path

    def whole(self):
        return f"{self.path}#map"

    # --- The reader's own place ---------------------------------------------------------------

    @property
    def level(self):
        """The reader's own level; None who gives a ZIP code may get on anywhere."""
        at_one = self.origin is not None and not self.origin.names_no_school
        return Segment(self.origin.segment) if at_one else None

    def is_here(self, station):
        """Whether the reader starts from a station: the school itself, or one of the district's."""
        if self.level is None or station.segment != self.level:
            return False
        if self.origin.institution:
            return station.is_school and station.slug == self.origin.institution
        is_district = not station.is_school and station.slug == self.origin.district
        return is_district or self.origin.district in station.districts

    def distance(self, station):
        """Miles from the reader to the nearest school of a station, None where either is not known."""
        if self.origin is None or self.origin.point is None:
            return None
        found = [miles(self.origin.point, stop.point) for stop in station.stops]
        return min((one for one in found if one is not None), default=None)

    # --- What is shown ------------------------------------------------------------------------

    def chosen(self, branch, stations):
        """The stations of a level that are shown: all, the first MOST, or those on the reader's own route."""
        if stations and FOLD + stations[0].segment in self.opened:
            return stations
        if self.origin:
            return self._own_route(branch, stations)
        past = [one for one in stations if _is_past(branch, one)]
        if len(past) > FEW:
            stations = [one for one in stations if one not in past]
        most = FEWEST if self.is_piece else MOST
        return stations if len(stations) <= most + 1 else stations[:most]

    def drawn(self, branch):
        """The connections that are shown: in a piece those of the reader's own place."""
        if not (self.is_piece and self.origin):
            return branch.connections
        here = {one.key for one in branch.stations if self.is_here(one)}
        return [one for one in branch.connections if here & {one.origin, one.destination}]

    def _own_route(self, branch, stations):
        """The reader's own station; of later levels (in a piece of earlier ones, too) those that it has a
        link with, and the nearest."""
        here = [one for one in stations if self.is_here(one)]
        if here or not stations:
            return here
        own = -1 if self.level is None else Segment.rank(self.level)
        ahead = Segment.rank(stations[0].segment) - own
        if ahead == 0 or (ahead < 0 and not self.is_piece):
            return []
        linked = self._linked(branch, stations)
        others = [one for one in stations if one not in linked and one.stops]
        others.sort(key=self._far)
        nearest = others[: max(NEAREST - len(linked), 0 if self.is_piece else 1)]
        if self.is_piece and not self.keeps_far:
            nearest = [one for one in nearest if (self.distance(one) or 0) <= FAR]
        return linked + nearest

    def _linked(self, branch, stations):
        start = {one.key for one in branch.stations if self.is_here(one)}
        pairs = ({one.origin, one.destination} for one in branch.connections)
        joined = set().union(*(pair for pair in pairs if pair & start))
        return [one for one in stations if one.key in joined]

    def _far(self, station):
        distance = self.distance(station)
        return (distance is None, distance or 0, station.name)


def _is_past(branch, station):
    """Known only from agreements that have ended."""
    own = (one for one in branch.connections if station.key in (one.origin, one.destination))
    return not station.stops and all(one.has_expired for one in own)


def in_reading_order(branch, segment):
    """Stations with a link to give first, then those that links reach, near the height of their origins."""
    heights = {one.key: height for height, one in enumerate(branch.stations)}
    reached = {}
    for one in branch.connections:
        reached.setdefault(one.destination, []).append(heights[one.origin])
    giving = {one.origin for one in branch.connections}

    def order(station):
        origins = reached.get(station.key)
        height = sum(origins) / len(origins) if origins else 0
        return (station.key not in giving, origins is None, height, not station.stops, station.name)

    return sorted(branch.zones[segment], key=order)
