"""What would be wrong with a drawing of a line map, found by geometry alone."""

from itertools import combinations

from finder.layout import SIZES, Box


def box_of(words):
    """What a line of text covers, from the top of its capitals to the foot of its descenders."""
    size = SIZES[words.role][0]
    return Box(words.x, words.y - 0.73 * size, words.width, 0.95 * size)


def overlap(a, b, slack=0.01):
    return (
        a.x + slack < b.right
        and b.x + slack < a.right
        and a.y + slack < b.bottom
        and b.y + slack < a.bottom
    )


def holds(outer, inner, slack=0.6):
    return (
        outer.x - slack <= inner.x
        and inner.right <= outer.right + slack
        and outer.y - slack <= inner.y
        and inner.bottom <= outer.bottom + slack
    )


def faults(drawing):
    """[str]: texts outside of their room or place, things that overlap, lines through a text."""
    sheet = Box(0, 0, drawing.width, drawing.height)
    found = []
    parts, texts = [], []
    for mark in drawing.marks:
        name = mark.node.label
        inside = [*mark.words, *(words for entry in mark.entries for words in entry.words)]
        parts.append((name, mark.box))
        texts += [(words.text, box_of(words)) for words in inside]
        found += [
            f"{words.text!r} leaves {name}"
            for words in inside
            if not holds(mark.box, box_of(words))
        ]
        found += [
            f"{words.text!r} is too wide" for words in inside if words.width > words.room + 0.01
        ]
        if not holds(sheet, mark.box):
            found.append(f"{name} leaves the sheet")
    for place in drawing.bands:
        said = [*place.words, *([place.close] if place.close else [])]
        texts += [(words.text, box_of(words)) for words in said]
        found += [
            f"{words.text!r} leaves the sheet" for words in said if not holds(sheet, box_of(words))
        ]
        parts += [(words.text, box_of(words)) for words in said]
    for heading in drawing.headings:
        found += [
            f"{words.text!r} leaves the sheet"
            for words in heading.words
            if not holds(sheet, box_of(words))
        ]
        texts += [(words.text, box_of(words)) for words in heading.words]
        parts += [(words.text, box_of(words)) for words in heading.words]
    found += [
        f"{a} overlaps {b}" for (a, one), (b, two) in combinations(parts, 2) if overlap(one, two)
    ]
    found += [
        f"{a!r} overlaps {b!r}"
        for (a, one), (b, two) in combinations(texts, 2)
        if overlap(one, two)
    ]
    for path in drawing.paths:
        for a, b in zip(path.points, path.points[1:], strict=False):
            line = Box(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))
            if not holds(sheet, line):
                found.append(f"a {path.kind} leaves the sheet")
            if a[0] == b[0] or a[1] == b[1]:  # the short slants lie beside a stop
                found += [
                    f"a {path.kind} crosses {text!r}" for text, box in texts if overlap(line, box)
                ]
    return found
