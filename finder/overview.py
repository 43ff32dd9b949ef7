"""The region's whole network as one picture: its lines, and how many programs stop at each level.

Pure geometry, like finder.layout. Each line leaves its badge, joins the bundle that runs through the
levels, and leaves it for its jobs. A line is as wide as its number of programs.
"""

from dataclasses import dataclass
from typing import NamedTuple

from finder.layout import Words, rounded
from finder.lettering import wrap

WIDTH = 1200
APART, BUNDLED = 36, 29  # between two lines outside and inside of the bundle
TOP = 104  # the middle of the first badge
BADGE, NAMES = 18, 46  # x of the badges and of the names
LEVELS = (492, 636, 780, 924)
HEAD_ROOM = 136
JOBS = 1084
TURN = 30  # from a bend to the nearest level
THIN, THICK = 4, 11
RING = 13


class Level(NamedTuple):
    """A level's name, as it stands there in lines of text, and how many programs the lines have at it."""

    name: str
    x: float
    label: list  # of Words
    total: int


class Count(NamedTuple):
    """How many programs of a line stop at a level."""

    x: float
    y: float
    programs: int


@dataclass(slots=True)
class Row:
    line: object  # what was given
    y: float  # of its badge and of its jobs
    d: str
    thickness: float
    counts: list


@dataclass(slots=True)
class Overview:
    rows: list
    levels: list
    height: float
    width: float = WIDTH


def lay_out(lines, levels):
    """`lines`: objects with `counts`, the number of programs at each level; `levels`: their four names."""
    most = max((sum(line.counts) for line in lines), default=0) or 1
    rows = [_row(line, place, lines, most) for place, line in enumerate(lines)]
    return Overview(rows, _levels(lines, levels), TOP + APART * len(lines) - 8)


def _levels(lines, names):
    found = []
    for rank, (x, name) in enumerate(zip(LEVELS, names, strict=True)):
        text = wrap(name, HEAD_ROOM, 15, True)
        top = 36 - 18 * (len(text) - 1)
        words = [Words(x, top + 18 * n, part, "label", HEAD_ROOM) for n, part in enumerate(text)]
        found.append(Level(name, x, words, sum(line.counts[rank] for line in lines)))
    return found


def _row(line, place, lines, most):
    outside = TOP + place * APART
    inside = TOP + (len(lines) - 1) * (APART - BUNDLED) / 2 + place * BUNDLED
    bend = abs(inside - outside)  # a bend of 45 degrees
    points = (
        (BADGE, outside),
        (LEVELS[0] - TURN - bend, outside),
        (LEVELS[0] - TURN, inside),
        (LEVELS[-1] + TURN, inside),
        (LEVELS[-1] + TURN + bend, outside),
        (JOBS, outside),
    )
    share = (sum(line.counts) / most) ** 0.5
    counts = [Count(x, inside, n) for x, n in zip(LEVELS, line.counts, strict=True) if n]
    return Row(line, outside, rounded(points), THIN + (THICK - THIN) * share, counts)
