"""A screenshot as a small PNG: at most 256 colors, nothing but the picture. Standard library alone."""

import struct
import zlib
from collections import Counter

HEAD = b"\x89PNG\r\n\x1a\n"


def smaller(png):
    """The bytes of an 8-bit RGB or RGBA PNG with a palette; rare colors become the nearest frequent one."""
    width, height, pixels = _pixels(png)
    counts = Counter(pixels)
    kept = [color for color, _count in counts.most_common(256)]
    place = {color: number for number, color in enumerate(kept)}
    for color in counts.keys() - place.keys():
        place[color] = min(range(len(kept)), key=lambda number: _distance(kept[number], color))
    flat = bytes(place[color] for color in pixels)
    rows = b"".join(b"\0" + flat[row * width : (row + 1) * width] for row in range(height))
    size = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [
        (b"IHDR", size),
        (b"PLTE", b"".join(map(bytes, kept))),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    ]
    return HEAD + b"".join(_chunk(kind, data) for kind, data in parts)


def _distance(one, other):
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _pixels(png):
    """(width, height, [(red, green, blue)]) of a PNG as Chromium writes it: not interlaced."""
    place, data = len(HEAD), b""
    while place < len(png):
        size, kind = struct.unpack(">I4s", png[place : place + 8])
        body = png[place + 8 : place + 8 + size]
        if kind == b"IHDR":
            width, height, _bits, color = struct.unpack(">IIBB", body[:10])
            step = {2: 3, 6: 4}[color]
        if kind == b"IDAT":
            data += body
        place += size + 12
    rows, pixels = zlib.decompress(data), []
    above = bytearray(width * step)
    for row in range(height):
        start = row * (width * step + 1)
        above = _unfiltered(rows[start], rows[start + 1 : start + 1 + width * step], above, step)
        pixels += zip(*(above[channel::step] for channel in range(3)), strict=True)
    return width, height, pixels


def _unfiltered(kind, row, above, step):
    """One row of bytes as it was before the PNG filter."""
    line = bytearray(row)
    for i, value in enumerate(row):
        left = line[i - step] if i >= step else 0
        up = above[i]
        corner = above[i - step] if i >= step else 0
        line[i] = value + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind] & 255
    return line


def _paeth(left, up, corner):
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))
