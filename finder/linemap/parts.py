"""The parts of a line map: nodes, the lines that leave them, bands, and the map with its legend."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from programs.models import Segment
from programs.network import Track

ZONES = [*Segment, "career"]
CAREER = len(Segment)
FOLD = "more."  # how the key of a fold begins


class Item(NamedTuple):
    """A program within a station."""

    label: str
    note: str  # its school; "" where the station is the school
    url: str


class Line(NamedTuple):
    """A link that leaves a station, in words: "Credit by exam, up to 6 units · not verified"."""

    track: Track
    has_expired: bool
    text: str
    destinations: tuple  # Node keys; a folded station's is that of its fold
    towards: str = ""  # where it goes, by name: "to Bay College"

    @property
    def is_folded(self):
        """Whether a place that it leads to is folded away."""
        return any(key.startswith(FOLD) for key in self.destinations)


@dataclass(frozen=True, slots=True)
class Node:
    """A stop (one program), a group of them, an agreement without a program, a sign (a job), or a fold
    (what is left out until asked for).

    `url` leads to a page; with an `anchor` it leads to another view of the map, at that place.
    """

    key: str
    zone: int  # index in ZONES
    kind: str  # "stop", "group", "agreement", "sign", "fold"
    label: str
    notes: tuple = ()
    url: str = ""
    anchor: str = ""
    items: tuple = ()
    lines: tuple = ()
    is_open: bool = False
    is_here: bool = False
    is_dim: bool = False

    @property
    def edges(self):
        return [
            Edge(self.key, destination, line.track, line.has_expired, number)
            for number, line in enumerate(self.lines)
            for destination in line.destinations
        ]


class Edge(NamedTuple):
    origin: str  # Node.key
    destination: str
    track: Track
    has_expired: bool
    line: int = 0  # which of the origin's lines


@dataclass(slots=True)
class Band:
    """One branch. Spread: each level's nodes one below the other; otherwise one node a level.

    `ridden`: the zones that its own line joins, "same pathway, no agreement on file". `ends_after`: the
    zone after which no next step is listed, or None. `open_url`: closes a band that was opened.
    """

    key: str
    title: str
    url: str
    zones: tuple  # of tuples of Node, one for each of ZONES
    ridden: tuple
    ends_after: int | None = None
    is_spread: bool = True
    open_url: str = ""

    @property
    def nodes(self):
        return [node for zone in self.zones for node in zone]

    @property
    def edges(self):
        return [edge for node in self.nodes for edge in node.edges]


class Head(NamedTuple):
    label: str
    note: str
    url: str


@dataclass(slots=True)
class LineMap:
    title: str
    heads: tuple  # of Head, one for each of ZONES
    bands: list
    messages: list = field(default_factory=list)  # (text, url or ""): what the reader should know
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
    def has_folds(self):
        """Whether something is left out until asked for."""
        return any(node.kind == "fold" for band in self.bands for node in band.nodes)

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
        (
            "agreement",
            _("Dotted stop"),
            _("An agreement is on file, but no program of this pathway is listed."),
        ),
        (
            "plain",
            _("Plain line"),
            _("Same pathway, no agreement is listed: ride on to any later stop."),
        ),
        (
            "express",
            _("Double line"),
            _("Express: you earn college credit before college. With “perhaps”: ask first."),
        ),
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
        (
            "sign",
            _("Sign"),
            _(
                "A job at the end of the line. The one that most of its programs lead to comes first."
            ),
        ),
    ]
