"""How wide a text is and where it breaks, for drawings: SVG does not wrap its text.

Widths are Helvetica's, from Adobe's published font metrics; Arial, Liberation Sans and Nimbus Sans,
which the site's font stack falls back to, were made to the same ones.
"""

import unicodedata
from functools import lru_cache

ELLIPSIS = "…"
# Thousandths of the font size for the characters from space to tilde.
REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
WIDEST = 1015  # what a character without a known width is taken for
OTHERS = {
    "…": 1000,
    "–": 556,
    "—": 1000,
    "·": 278,
    "’": 278,
    "“": 500,
    "”": 500,
    "ß": 611,
    "→": 1000,
}


def width(text, size, bold=False):
    """The width of a line in the unit of `size`; an accent adds nothing to its letter."""
    table = BOLD if bold else REGULAR
    text = unicodedata.normalize("NFC", text)
    return sum(_advance(character, table) for character in text) * size / 1000


def _advance(character, table):
    if " " <= character <= "~":
        return table[ord(character) - 32]
    if character in OTHERS:
        return OTHERS[character]
    if unicodedata.combining(character):
        return 0
    letter = unicodedata.normalize("NFD", character)[0]
    return table[ord(letter) - 32] if " " <= letter <= "~" else WIDEST


@lru_cache(maxsize=20_000)
def wrap(text, room, size, bold=False, most=2):
    """The lines of a text, at least one, each at most `room` wide; what does not fit into `most` lines ends
    in "…"."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold) <= room or not line:
            line = longer
        else:
            lines.append(line)
            line = word
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return tuple(_fit(line, room, size, bold) for line in lines)


def _fit(line, room, size, bold):
    if width(line, size, bold) <= room:
        return line
    while line and width(line + ELLIPSIS, size, bold) > room:
        line = line[:-1]
    return line.rstrip(" ,;:·-") + ELLIPSIS
