"""Every map can be read: no text leaves its place, nothing overlaps, no line runs through a word."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from finder.layout import NARROW, WIDTH, lay_out, rounded
from finder.lettering import width, wrap
from finder.linemap import ZONES, Band, Head, Item, Line, LineMap, Node
from programs.network import Track
from tests.finder.geometry import faults

NAMES = (
    "Bay High", "Grossmont Union High", "San Diego College of Continuing Education",
    "Instituto Superextraordinariolarguísimo de Trayectorias", "Ñandú", "Imperial County Office of Education",
)  # fmt: skip
NOTES = (
    "1 program",
    "12 programs at 9 schools",
    "Tecnología de soldadura, unión y corte de metales",
)
SAID = ("Articulation", "Credit by exam, up to 15 units; dual enrollment", "Inscripción simultánea")


def make_map(places, seed=1, *, is_open=False, is_spread=True, bands=1, **values):
    """A LineMap with `places` stops, most at high schools, and links from a third of them."""
    dice = random.Random(seed)
    made = [make_band(dice, number, places, is_open, is_spread) for number in range(bands)]
    heads = tuple(
        Head(name, "12 programs", "")
        for name in (
            "Middle school",
            "High school",
            "Adult education",
            "Community college",
            "Career",
        )
    )
    return LineMap("Welding", heads, made, **values)


def make_band(dice, number, places, is_open, is_spread):
    shares = (0, 0.6, 0.15, 0.25, 0.1) if places > 1 else (0, 1, 0, 0, 0)
    zones = [[] for _ in ZONES]
    for zone, share in enumerate(shares):
        for place in range(round(places * share) if is_spread else min(1, round(places * share))):
            zones[zone].append(make_node(dice, f"{number}.{zone}.{place}", zone, is_open))
    for zone in (0, 1, 2):
        for place, node in enumerate(zones[zone]):
            later = [one for some in zones[zone + 1 : 4] for one in some]
            chosen = dice.sample(later, min(len(later), dice.choice((0, 0, 1, 2))))
            lines = []
            for one in chosen:
                track, expired = dice.choice(list(Track)), dice.random() < 0.3
                towards = dice.choice(("", f"to {one.label}"))
                lines.append(Line(track, expired, dice.choice(SAID), (one.key,), towards))
            zones[zone][place] = replace(node, lines=tuple(lines))
    return Band(
        key=str(number), title="Welding and Materials Joining", url="/x/", zones=tuple(map(tuple, zones)),
        ridden=tuple(zone for zone, some in enumerate(zones) if some),
        ends_after=1 if places == 1 else None, is_spread=is_spread,
    )  # fmt: skip


def make_node(dice, key, zone, is_open):
    items = tuple(Item(dice.choice(NOTES), dice.choice(NAMES), "/p/") for _ in range(3))
    kind = "sign" if zone == 4 else dice.choice(("stop", "group", "agreement"))
    notes = tuple(dice.sample(NOTES, dice.choice((1, 2))))
    opened = is_open and kind == "group"
    return Node(
        key, zone, kind, dice.choice(NAMES), notes, "/x/", items=items, is_open=opened,
        is_here=dice.random() < 0.1,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("places", [1, 5, 40, 120])
@pytest.mark.parametrize("is_open", [False, True])
def test_nothing_overlaps_or_leaves_its_place(places, seed, is_open):
    assert faults(lay_out(make_map(places, seed, is_open=is_open))) == []


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("places", [1, 12])
def test_a_piece_in_the_narrow_column_can_be_read_too(places, seed):
    drawing = lay_out(make_map(places, seed, is_piece=True), NARROW)

    assert faults(drawing) == []
    assert drawing.width == NARROW


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("places", [1, 40])
def test_closed_branches_stand_one_below_the_other(places, seed):
    drawing = lay_out(make_map(places, seed, is_spread=False, bands=6))

    assert faults(drawing) == []
    tops = [(place.box.y, place.box.bottom) for place in drawing.bands]
    assert all(above[1] < below[0] for above, below in pairwise(tops))


def test_the_same_map_is_always_drawn_the_same():
    assert lay_out(make_map(40)) == lay_out(make_map(40))


def test_levels_run_from_left_to_right_across_the_sheet():
    columns = lay_out(make_map(40)).columns

    assert [column.x for column in columns] == sorted(column.x for column in columns)
    assert columns[-1].right == pytest.approx(WIDTH)


def test_a_link_starts_at_its_stop_and_ends_at_its_destination():
    drawing = lay_out(make_map(40))
    at = {mark.node.key: (mark.x, mark.y) for mark in drawing.marks}
    links = [path for path in drawing.paths if path.edge]

    assert links
    assert all(
        (path.points[0], path.points[-1]) == (at[path.edge.origin], at[path.edge.destination])
        for path in links
    )


def test_the_geometry_check_finds_what_it_looks_for():
    drawing = lay_out(make_map(5))
    first, second = drawing.marks[:2]
    second.box = first.box

    assert any("overlaps" in fault for fault in faults(drawing))
    assert any("leaves" in fault for fault in faults(drawing))


def test_a_path_has_rounded_corners_and_points_in_its_numbers():
    assert rounded(((0, 0), (0, 20.25), (40, 20.25))) == "M0 0L0 11.2Q0 20.2 9 20.2L40 20.2"


# --- Lettering ---------------------------------------------------------------------------------


def test_an_accent_adds_nothing_to_its_letter():
    assert width("educación", 10) == width("educacion", 10)


def test_a_long_text_breaks_between_words_and_ends_in_an_ellipsis():
    assert wrap("San Diego Community College District", 120, 15, True) == (
        "San Diego",
        "Community C…",
    )
    assert wrap("Bay High", 120, 15, True) == ("Bay High",)


@pytest.mark.parametrize("text", ["a" * 200, "aa " * 100, "日本語のとても長い名前です" * 4, ""])
def test_no_line_is_wider_than_its_room(text):
    assert all(width(line, 15, True) <= 120 for line in wrap(text, 120, 15, True))
