"""Where everything on a line map stands: nodes and edges in, positions out.

Pure geometry: no query, no markup, the same input always gives the same drawing. The unit is a CSS pixel
of a drawing WIDTH or NARROW wide; text is placed by its baseline.

    A level is a column. Its stops hang on a spur, one below the other, their words to the right. The line
    itself (the same pathway, no agreement) runs along the top from column to column and down each spur. A
    link on file leaves its stop as an underline of the words that tell what it is. In a lane of the channel
    beside its column it goes down to a row below all stops of the columns in between, passes under them, and
    climbs to its destination in a lane of the channel before that column. The topmost link takes the
    rightmost lane down and the topmost row, so that on the way down no two of them cross.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from finder.lettering import width, wrap

WIDTH = 1200  # of a drawing across the page
NARROW = 800  # of one in the page's main column
SIZES = {  # role of a text: font size, bold, line height
    "title": (18, True, 22),
    "head": (17, True, 20),
    "label": (15, True, 18),
    "line": (13, True, 16),
    "note": (13, False, 16),
}
EMPTY = 140  # width of a column without stops
WIDEST = 340  # of a column with stops, before what is to spare is shared by all
CAREERS, CAREERS_NARROW = 264, 200
PAD = 16  # before a spur
SPUR = 20  # from a spur to its words
LANE, WIDEST_CHANNEL = 11, 110
GAP = 18  # between stops
UNDER = 9  # from the baseline of a link's words to its underline
CORNER = 9
TRUNK = 24  # the height of the line, and of the levels' numbers
CLOSED_TRUNK = 56  # the same below the top of a closed band
BAND_GAP = 30


class Words(NamedTuple):
    """One line of text. `role` is a key of SIZES, `room` the width that it was given, `lang` the language
    of a text that is not in the reader's, else None."""

    x: float
    y: float
    text: str
    role: str
    room: float
    lang: str | None = None

    @property
    def width(self):
        size, bold, _line = SIZES[self.role]
        return width(self.text, size, bold)


class Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self):
        return self.y + self.height

    @property
    def right(self):
        return self.x + self.width


class Entry(NamedTuple):
    """A program of an opened stop."""

    item: object  # finder.linemap.Item
    box: Box
    words: list


@dataclass(slots=True)
class Mark:
    """A node in its place. `x, y`: the middle of its stop; `box`: what it takes up, words included."""

    node: object  # finder.linemap.Node
    x: float
    y: float
    box: Box
    words: list
    entries: list = field(default_factory=list)
    underlines: list = field(default_factory=list)  # the y of each of the node's lines

    def leaves_at(self, edge):
        return self.underlines[edge.line]


class Path(NamedTuple):
    """A line to draw. `kind`: trunk, tick or end, or the track of its `edge`."""

    kind: str
    points: tuple
    edge: object = None  # finder.linemap.Edge; None for the line itself

    @property
    def d(self):
        return rounded(self.points)


@dataclass(slots=True)
class Placed:
    """A band in its place: what it takes up, its nodes, its lines, its own words."""

    band: object  # finder.linemap.Band
    box: Box
    marks: list
    paths: list
    words: list  # its title and what is said about it
    close: Words | None = None  # beside the title of a band that was opened
    rows: dict = field(default_factory=dict)  # see _rows


class Heading(NamedTuple):
    """The top of a column: its words, and the middle of its number."""

    number: int
    words: list
    x: float
    y: float = TRUNK


@dataclass(slots=True)
class Drawing:
    width: float
    height: float
    columns: list  # of Box
    headings: list
    bands: list  # of Placed

    @property
    def marks(self):
        return [mark for band in self.bands for mark in band.marks]

    @property
    def paths(self):
        return [path for band in self.bands for path in band.paths]


def lay_out(line_map, across=WIDTH):
    """The Drawing of a finder.linemap.LineMap; a piece leaves out the empty levels.

    Only a link that must go down needs a lane for it, and which do is known when the stops are placed: it is
    drawn with a lane for each first, and again with those that were needed.
    """
    first = _drawing(line_map, across, None)
    needed = _going_down(first)
    second = _drawing(line_map, across, needed)
    return second if _going_down(second) <= needed else first


def _drawing(line_map, across, going_down):
    columns = _columns(line_map, across, going_down)
    headings = [
        _heading(head, column, number)
        for number, (head, column) in enumerate(zip(line_map.heads, columns, strict=True), 1)
        if column.width
    ]
    top = max(words.y for heading in headings for words in heading.words) + 22
    alone = len(line_map.bands) == 1
    bands = []
    for band in line_map.bands:
        place = _spread if band.is_spread else _closed
        bands.append(place(band, columns, top, under_heads=alone))
        top = bands[-1].box.bottom + BAND_GAP
    height = bands[-1].box.bottom + 14 if bands else top
    boxes = [Box(column.x, 0, column.width, height) for column in columns if column.width]
    return Drawing(across, height, boxes, headings, bands)


def _going_down(drawing):
    """{(origin, line)} of the links that pass under a level in a row lower than they leave their stop."""
    marks = {mark.node.key: mark for mark in drawing.marks}
    rows = {link: y for placed in drawing.bands for link, y in placed.rows.items()}
    return {
        (origin, line) for (origin, line), y in rows.items() if y != marks[origin].underlines[line]
    }


# --- Columns -----------------------------------------------------------------------------------


class Channel(NamedTuple):
    """The space of the lanes before a column."""

    width: float
    going_down: set | None  # the links that have a lane to go down, by default all


class Column(NamedTuple):
    x: float
    width: float
    channel: Channel  # before it, outside of it

    @property
    def spur(self):
        return self.x + PAD

    @property
    def text(self):
        return self.spur + SPUR

    @property
    def room(self):
        return self.x + self.width - self.text - 6


def _columns(line_map, across, going_down):
    """Empty levels are narrow, the careers are as wide as their signs, the others share the rest."""
    last = len(line_map.heads) - 1
    channels = [_channel(line_map, zone, going_down) for zone in range(last + 1)]
    filled = [any(band.zones[zone] for band in line_map.bands) for zone in range(last + 1)]
    empty = 0 if line_map.is_piece else EMPTY
    careers = CAREERS if across == WIDTH else CAREERS_NARROW
    widths = [empty] * last + [careers if filled[last] else empty]
    for band in line_map.bands:
        if band.ends_after is not None:  # what is said of a dead end stands in the next level
            widths[band.ends_after + 1] = widths[band.ends_after + 1] or EMPTY
    sharing = [zone for zone in range(last) if filled[zone]]
    free = across - sum(channel.width for channel in channels)
    rest = free - sum(widths) + empty * len(sharing)
    for zone in sharing:
        widths[zone] = min(rest / len(sharing), WIDEST)
    spare = (free - sum(widths)) / (sum(map(bool, widths)) or 1)
    columns, x = [], 0
    for own, channel in zip(widths, channels, strict=True):
        own += spare if own else 0
        columns.append(Column(x + channel.width, own, channel))
        x += channel.width + own
    return columns


def _channel(line_map, zone, going_down):
    """The lanes before a level: of the band that has most, closer together where they are many."""
    bands = [band for band in line_map.bands if band.is_spread]
    lanes = max((len(_lanes(band, zone, going_down)) for band in bands), default=0)
    return Channel(min(lanes * LANE, WIDEST_CHANNEL) + 12 if lanes else 0, going_down)


def _lanes(band, zone, going_down):
    """What runs up or down before a level, from left to right, a lane each: links that go down to pass under
    it, the topmost last, then those that arrive, in the order of its stops."""
    passing = [link for link, first in _passing(band).items() if first == zone]
    if going_down is not None:
        passing = [link for link in passing if link in going_down]
    return [*reversed(passing), *_arriving(band, zone)]


def _arriving(band, zone):
    """[(destination, track, has_expired)]."""
    order = {node.key: place for place, node in enumerate(band.zones[zone])}
    kinds = {
        (order[edge.destination], edge.has_expired, edge.track, edge.destination)
        for edge in band.edges
        if edge.destination in order
    }
    return [(destination, track, expired) for _place, expired, track, destination in sorted(kinds)]


def _passing(band):
    """{(origin, line): the first level with stops that it passes under}, from top to bottom."""
    zone_of = {node.key: node.zone for node in band.nodes}
    found = {}
    for edge in band.edges:
        between = range(zone_of[edge.origin] + 1, zone_of[edge.destination])
        under = [zone for zone in between if band.zones[zone]]
        if under:
            found.setdefault((edge.origin, edge.line), under[0])
    return found


def _heading(head, column, number):
    words = write(head.label, column.text, 60, column.room, "head")
    words += write(head.note, column.text, words[-1].y + 18, column.room, "note", most=3)
    return Heading(number, words, column.spur)


# --- Words -------------------------------------------------------------------------------------


def write(text, x, y, room, role, most=2):
    """The [Words] of a text, broken into at most `most` lines, from its first baseline on."""
    size, bold, line_height = SIZES[role]
    lines = wrap(str(text), int(room), size, bold, most)
    lang = getattr(text, "lang", None)
    return [
        Words(x, y + place * line_height, line, role, room, lang)
        for place, line in enumerate(lines)
    ]


def _below(words, text, role, most=2):
    """The [Words] of another text, below those that are set."""
    last = words[-1]
    return write(text, last.x, last.y + SIZES[role][2], last.room, role, most)


def _title(band, columns, top):
    room = columns[-2].x - columns[-2].channel.width - columns[0].spur - 24
    return write(band.title, columns[0].spur, top + 18, room, "title", most=1)


# --- A band that is spread: every stop of every level -------------------------------------------


def _spread(band, columns, top, under_heads):
    words, close, trunk = [], None, TRUNK
    if not under_heads:
        words, trunk, top = _title(band, columns, top), top + 44, top + 68
        close = words[0]._replace(
            x=words[0].x + words[0].width + 16, text=_("Close"), role="note", lang=None
        )
    marks = _hang(band, columns, top)
    rows = _rows(band, marks)
    paths = _line(band, columns, marks, trunk) + _links(band, columns, marks, rows)
    end, said = _end(band, columns, trunk, top + 14)
    words += said
    start = top if under_heads else trunk - 44
    reach = [mark.box.bottom for mark in marks.values()] + [one.y + 6 for one in words]
    reach += [y + UNDER for y in rows.values()]
    box = Box(0, start, columns[-1].x + columns[-1].width, max(reach, default=top) - start)
    return Placed(band, box, list(marks.values()), paths + end, words, close, rows)


def _hang(band, columns, top):
    """{key: Mark} of the nodes, each below the one before it."""
    marks = {}
    for zone, nodes in enumerate(band.zones):
        y = top
        for node in nodes:
            marks[node.key] = (_sign if node.kind == "sign" else _stop)(node, columns[zone], y)
            y = marks[node.key].box.bottom + GAP
    return marks


def _rows(band, marks):
    """{(origin, line): the height at which a link passes under the levels between}, each its own.

    That is below the lowest stop of any level passed under, or as low as the link leaves its stop.
    """
    passing = _passing(band)
    under = [mark.box.bottom for mark in marks.values() if mark.node.zone in set(passing.values())]
    rows, y = {}, max(under, default=0) + GAP - LANE
    for origin, line in passing:
        y = max(y + LANE, marks[origin].underlines[line])
        rows[origin, line] = y
    return rows


def _stop(node, column, y):
    """A stop, its words, its programs when open, and an underline for each kind of link that leaves it."""
    words = write(node.label, column.text, y + 14, column.room, "label", most=3)
    if node.is_here:
        words += _below(words, _("You are here"), "line")
    for note in node.notes:
        words += _below(words, note, "note")
    bottom, entries = words[-1].y + 5, []
    for item in node.items if node.is_open else ():
        entries.append(_entry(item, column, bottom))
        bottom = entries[-1].box.bottom
    underlines = []
    for line in node.lines:
        words += write(line.text, column.text, bottom + 14, column.room, "line", most=5)
        if line.towards:
            words += _below(words, line.towards, "note", most=5)
        underlines.append(words[-1].y + UNDER)
        bottom = underlines[-1] + 6
    left = column.spur - 11
    box = Box(left, y - 4, column.text + column.room - left, bottom - y + 4)
    return Mark(node, column.spur, y + 9, box, words, entries, underlines)


def _entry(item, column, y):
    x, room = column.text + 14, column.room - 14
    words = write(item.label, x, y + 15, room, "note")
    if item.note:
        words += _below(words, item.note, "note", most=1)
    return Entry(item, Box(column.text, y, column.room, words[-1].y + 9 - y), words)


def _sign(node, column, y):
    """A job: a sign with its pay."""
    words = write(node.label, column.text + 12, y + 20, column.room - 20, "label", most=3)
    for note in node.notes:
        words += _below(words, note, "note")
    box = Box(column.text, y, column.room, words[-1].y + 10 - y)
    return Mark(node, column.spur, y + box.height / 2, box, words)


def _links(band, columns, marks, rows):
    """A Path for every edge: down from its stop, under what lies between, up or down its lane, into its
    destination."""
    lanes = _lane_positions(band, columns)
    paths = []
    for edge in band.edges:
        start, end = marks[edge.origin], marks[edge.destination]
        x, y = lanes[edge.destination, edge.track, edge.has_expired], start.leaves_at(edge)
        points = [(start.x, start.y), (start.x, y - 12), (start.x + 12, y)]
        if (edge.origin, edge.line) in lanes:
            down, row = lanes[edge.origin, edge.line], rows[edge.origin, edge.line]
            points += [(down, y), (down, row), (x, row)]
        else:
            points.append((x, y))
        points += [(x, end.y), (end.x, end.y)]
        paths.append(Path(str(edge.track), tuple(dict.fromkeys(points)), edge))
    return paths


def _lane_positions(band, columns):
    """{lane: x}."""
    found = {}
    for zone, column in enumerate(columns):
        here = _lanes(band, zone, column.channel.going_down)
        apart = min(LANE, WIDEST_CHANNEL / (len(here) or 1))
        for place, lane in enumerate(here):
            found[lane] = column.x - column.channel.width + 8 + place * apart
    return found


def _line(band, columns, marks, trunk):
    """The line itself: along the top from the first level to the last, and down the spur of each."""
    paths = _trunk(band, columns, trunk)
    for zone in band.ridden:
        hanging = [marks[node.key].y for node in band.zones[zone] if node.kind != "agreement"]
        if hanging:
            spur = columns[zone].spur
            paths.append(Path("trunk", ((spur, trunk), (spur, max(hanging)))))
    return paths + _ticks(band, marks)


def _trunk(band, columns, y):
    if not band.ridden:
        return []
    first, last = columns[band.ridden[0]].spur, columns[band.ridden[-1]].spur
    return [Path("trunk", ((first, y), (last, y)))] if first != last else []


def _ticks(band, marks):
    """From the spur of the careers to each of their signs."""
    signs = [mark for mark in marks.values() if mark.node.kind == "sign"]
    return [
        Path("tick", ((mark.x, mark.y), (mark.box.x, mark.y)))
        for mark in signs
        if mark.node.zone in band.ridden
    ]


def _end(band, columns, trunk, y):
    """([Path], [Words]) of a dead end: the line stops before the next level, and words say so at `y`."""
    if band.ends_after is None:
        return [], []
    start, column = columns[band.ends_after].spur, columns[band.ends_after + 1]
    x = column.x - 6
    paths = [
        Path("trunk", ((start, trunk), (x, trunk))),
        Path("end", ((x, trunk - 11), (x, trunk + 11))),
    ]
    return paths, write(
        _("No next step is listed yet"), column.text, y, column.room, "line", most=4
    )


# --- A band that is closed: one stop a level ----------------------------------------------------


def _closed(band, columns, top, under_heads):
    """A straight line; links on file bypass what lies between, ended ones above those in force."""
    y = top + CLOSED_TRUNK
    marks = {
        node.key: (_closed_sign if node.kind == "sign" else _closed_stop)(node, columns[zone], y)
        for zone, nodes in enumerate(band.zones)
        for node in nodes
    }
    end, said = _end(band, columns, y, y + 5)
    words = _title(band, columns, top) + said
    if not any(band.zones[:-1]):
        text = _("No program is listed yet")
        words += write(text, columns[1].text, y + 5, columns[1].room, "note")
    paths = _trunk(band, columns, y) + [_bypass(edge, marks) for edge in band.edges] + end
    reach = [mark.box.bottom for mark in marks.values()] + [one.y + 6 for one in words]
    box = Box(0, top, columns[-1].x + columns[-1].width, max(reach) - top)
    return Placed(band, box, list(marks.values()), paths + _ticks(band, marks), words)


def _closed_stop(node, column, y):
    x, room = column.spur - 8, column.x + column.width - column.spur
    words = write(node.label, x, y + 30, room, "label", most=1)
    if node.is_here:
        words += _below(words, _("You are here"), "line")
    for note in node.notes:
        words += _below(words, note, "note")
    for line in node.lines:
        words += _below(words, line.text, "line")
    box = Box(column.spur - 12, y - 12, room + 4, words[-1].y + 6 - y + 12)
    return Mark(node, column.spur, y, box, words)


def _closed_sign(node, column, y):
    mark = _sign(node, column, y - 34)
    mark.y = y
    return mark


def _bypass(edge, marks):
    start, end = marks[edge.origin], marks[edge.destination]
    up = start.y - (27 if edge.has_expired else 16)
    points = ((start.x, start.y), (start.x + 16, up), (end.x - 16, up), (end.x, end.y))
    return Path(str(edge.track), points, edge)


# --- Paths -------------------------------------------------------------------------------------


def rounded(points):
    """An SVG path through points, with rounded corners; numbers are plain, whatever the language."""
    points = list(dict.fromkeys(points))
    parts = [f"M{_plain(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        parts.append(f"L{_plain(start)}Q{_plain(corner)} {_plain(end)}")
    parts.append(f"L{_plain(points[-1])}")
    return "".join(parts)


def _towards(corner, other):
    """The point on the way from a corner to another point where its rounding begins."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = (dx * dx + dy * dy) ** 0.5
    share = min(CORNER, length / 2) / length
    return corner[0] + dx * share, corner[1] + dy * share


def _plain(point):
    return " ".join(f"{number:.1f}".removesuffix(".0") for number in point)
