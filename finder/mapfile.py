"""A line map as a file of its own: an SVG with its look, its legend, its source and its address inside."""

import re
from functools import cache
from typing import NamedTuple

from django.conf import settings

from finder.layout import WIDTH, write

MARGIN = 36
HEAD = 74  # from the top to the drawing
COLUMNS = 3
UNPRINTABLE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML has no word for these
SAMPLE = 52  # the width of a legend's sample with its gap
STYLESHEET = settings.BASE_DIR / "static" / "css" / "site.css"
DRAWING = re.compile(r"/\* What a drawing looks like.*?\*/(.*?)/\* \.\.\. to here", re.DOTALL)
TOKEN = re.compile(r"--([a-z-]+): (#\w+)")
USE = re.compile(r"var\(--([a-z-]+)\)")


class Entry(NamedTuple):
    """A row of the legend in its place."""

    kind: str
    x: float
    y: float
    words: list


class Sheet(NamedTuple):
    """All that stands around the drawing."""

    legend: list  # of Entry
    notes: list  # of Words
    width: float
    height: float
    top: float  # of the drawing
    margin: float = MARGIN


def sheet(drawing, legend, notes):
    """`legend`: rows of (kind, name, sentence); `notes`: lines of text for the foot."""
    entries, bottom = _legend(legend, HEAD + drawing.height + 34)
    words = []
    for note in notes:
        words += write(note, MARGIN, bottom + 16, WIDTH, "note", most=2)
        bottom = words[-1].y
    return Sheet(entries, words, WIDTH + 2 * MARGIN, bottom + MARGIN, HEAD)


def _legend(rows, y):
    """([Entry], the height where it ends): in columns, from left to right."""
    across = WIDTH / COLUMNS
    entries, bottom = [], y
    for place, (kind, name, sentence) in enumerate(rows):
        if place and place % COLUMNS == 0:
            y = bottom + 20
        x = MARGIN + place % COLUMNS * across
        words = write(name, x + SAMPLE, y, across - SAMPLE - 16, "line")
        words += write(sentence, x + SAMPLE, words[-1].y + 16, across - SAMPLE - 16, "note")
        entries.append(Entry(kind, x, y - 5, words))
        bottom = max(bottom, words[-1].y)
    return entries, bottom + 12


def style(sector_code):
    """The rules of the site's drawings in the light theme, with the colors themselves: other programs read
    no variables."""
    text = STYLESHEET.read_text(encoding="utf-8")
    known = _tokens(text)
    tokens = known | {"line": known.get(sector_code.lower(), known["line"])}
    rules = " ".join(DRAWING.search(text)[1].split())
    return USE.sub(lambda use: tokens[use[1]], rules)


@cache
def _tokens(text):
    """{name: color}; what is said first is the light theme."""
    found = {}
    for name, color in TOKEN.findall(text):
        found.setdefault(name, color)
    return found


def standing_alone(svg, site_url):
    """The bytes of a page's SVG as those of a file: addresses lead to the site, and XML can read it."""
    return UNPRINTABLE.sub(b"", svg).replace(b' href="/', f' href="{site_url}/'.encode())
