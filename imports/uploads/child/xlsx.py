"""An XLSX workbook, read as a stream: one sheet after the other, one row at a time.

calamine and openpyxl both build the whole sheet, which is what a bomb waits for, and neither tells a
formula from its value or a merged cell from an empty one. A cell is written as a text, or as a list:

    ["n", "60234"]                  a number, with the digits that the sheet shows
    ["d", "2026-09-01", "day"]      a date (or "month", "year", "time": what of it the sheet shows)
    ["b", "yes"]                    true or false
    ["f", cell or null]             a formula, with the value that was stored beside it
    ["e", "#N/A"]                   a formula that failed
    ["long"]                        a text over the limit
"""

import posixpath
import re
import zipfile
import zlib
from xml.parsers import expat

import numbers_shown
from refused import Refused

CHUNK = 1 << 18
LONGEST_TOKEN = 1 << 20  # a tag or a comment
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class _LocalNames(dict):
    """"x:row" -> "row": some programs write a prefix, the names stay the same."""

    def __missing__(self, name):
        self[name] = name.rpartition(":")[2]
        return self[name]


LOCAL = _LocalNames()


def read(file, limits, emit):
    try:
        with zipfile.ZipFile(file) as package:
            _weigh(package, limits)
            emit({"kind": "xlsx"})
            _Workbook(package, limits, emit).read()
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError) as error:
        raise Refused("damaged") from error
    except (ValueError, IndexError, NotImplementedError, RuntimeError) as error:
        raise Refused("damaged") from error  # RuntimeError: a part has a password


def _weigh(package, limits):
    """Refuse by what the package says of itself; zipfile reads no more than that."""
    parts = package.infolist()
    inside = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if inside > limits["unpacked"] or inside > 10_000_000 + limits["ratio"] * packed:
        raise Refused("too_much_inside")


def parse(package, path, start, end=None, text=None):
    """Run handlers over a part. A document type, with all its entities, is refused unread."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _no_doctype
    fed = 0
    with package.open(path) as part:
        while chunk := part.read(CHUNK):
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > LONGEST_TOKEN:
                raise Refused("damaged")
    parser.Parse(b"", True)


def _no_doctype(*_declaration):
    raise Refused("doctype")


def column_of(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def place_of(reference):
    """"B3" -> (3, 1): the row as people count, the column from 0."""
    letters, digits = REFERENCE.fullmatch(reference.replace("$", "")).groups()
    return int(digits), column_of(letters)


def unescaped(text):
    """XLSX writes characters that XML has no place for as `_x000D_`."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(_character, text)


def _character(found):
    number = int(found[1], 16)
    return found[0] if 0xD800 <= number <= 0xDFFF else chr(number)


class _Workbook:
    def __init__(self, package, limits, emit):
        self.package, self.limits, self.emit = package, limits, emit
        self.names = set(package.namelist())
        self.rows = 0  # of all sheets together
        self.since_1904 = False

    def read(self):
        sheets = self._sheets()
        self.shared = self._shared_texts()
        self.formats = self._formats()
        for name, path, is_hidden in sheets:
            self.emit({"sheet": name, "hidden": is_hidden})
            if not is_hidden:
                _Sheet(self, name).read(path)

    def _sheets(self):
        """[(name, path, is it hidden)] in the order of the tabs."""
        found, targets = [], {}

        def sheet(name, attributes):
            local = LOCAL[name]
            if local == "sheet":
                link = next(v for k, v in attributes.items() if LOCAL[k] == "id" and ":" in k)
                hidden = attributes.get("state", "visible") != "visible"
                found.append((attributes["name"][:100], link, hidden))
            elif local == "workbookPr":
                self.since_1904 = attributes.get("date1904") in ("1", "true")

        def link(name, attributes):
            if LOCAL[name] == "Relationship" and attributes["Type"].endswith("/worksheet"):
                target = attributes["Target"]
                path = target if target.startswith("/") else f"/xl/{target}"
                targets[attributes["Id"]] = posixpath.normpath(path).lstrip("/")

        parse(self.package, "xl/workbook.xml", sheet)
        parse(self.package, "xl/_rels/workbook.xml.rels", link)
        return [
            (name, targets[link], hidden) for name, link, hidden in found if link in targets
        ]

    def _shared_texts(self):
        texts = []
        if "xl/sharedStrings.xml" in self.names:
            text = _Text(self.limits["cell"])

            def start(name, _attributes):
                text.start(LOCAL[name])
                if LOCAL[name] == "si":
                    text.clear()

            def end(name):
                text.end(LOCAL[name])
                if LOCAL[name] == "si":
                    texts.append(text.value())

            parse(self.package, "xl/sharedStrings.xml", start, end, text.add)
        return texts

    def _formats(self):
        """What each style of a cell does to its number (see `numbers_shown`)."""
        codes, styles, inside = {}, [], []

        def start(name, attributes):
            local = LOCAL[name]
            if local == "numFmt":
                codes[attributes["numFmtId"]] = attributes["formatCode"]
            elif local == "cellXfs":
                inside.append(local)
            elif local == "xf" and inside:
                styles.append(attributes.get("numFmtId", "0"))

        def end(name):
            if LOCAL[name] == "cellXfs":
                inside.clear()

        if "xl/styles.xml" in self.names:
            parse(self.package, "xl/styles.xml", start, end)
        return [numbers_shown.format_of(style, codes.get(style)) for style in styles]


class _Text:
    """The text of a cell, put together from its runs, without its phonetic aids, bounded."""

    def __init__(self, longest):
        self.longest = longest
        self.clear()

    def clear(self):
        self.parts, self.length = [], 0
        self.is_open = self.is_aid = False

    def start(self, local):
        if local == "t" or local == "v":
            self.is_open = not self.is_aid
        elif local == "rPh":
            self.is_aid = True

    def end(self, local):
        if local == "t" or local == "v":
            self.is_open = False
        elif local == "rPh":
            self.is_aid = False

    def add(self, data):
        if self.is_open:
            self.length += len(data)
            if self.length <= self.longest:
                self.parts.append(data)

    def value(self):
        return ["long"] if self.length > self.longest else unescaped("".join(self.parts))


class _Sheet:
    def __init__(self, book, name):
        self.book, self.name, self.limits = book, name, book.limits
        self.text = _Text(book.limits["cell"])
        self.number, self.column, self.cells, self.merged = 0, -1, [], []

    def read(self, path):
        parse(self.book.package, path, self._start, self._end, self.text.add)
        if self.merged:
            self.book.emit({"merged": self.merged})

    def _start(self, name, attributes):
        local = LOCAL[name]
        if local == "c":
            self._open(attributes)
        elif local == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.column, self.cells = -1, []
        elif local == "f":
            self.is_formula = True
        elif local == "mergeCell":
            self._merge(attributes["ref"])
        else:
            self.has_value = self.has_value or local == "v"
            self.text.start(local)

    has_value = is_formula = False

    def _open(self, attributes):
        reference = attributes.get("r")
        self.column = place_of(reference)[1] if reference else self.column + 1
        self.type, self.style = attributes.get("t", "n"), attributes.get("s")
        self.has_value = self.is_formula = False
        self.text.clear()

    def _end(self, name):
        local = LOCAL[name]
        if local == "c":
            self._close()
        elif local == "row":
            self._row()
        else:
            self.text.end(local)

    def _close(self):
        value = self._value()
        if value == "":
            return
        if self.column >= self.limits["columns"]:
            raise Refused("too_many_columns", sheet=self.name, most=self.limits["columns"])
        if self.number > self.limits["rows"]:
            raise Refused("too_many_rows", sheet=self.name, most=self.limits["rows"])
        self.cells += [""] * (self.column - len(self.cells))
        self.cells[self.column :] = [value]

    def _row(self):
        if self.cells:
            self.book.rows += 1
            if self.book.rows > self.limits["rows"]:
                raise Refused("too_many_rows", sheet=self.name, most=self.limits["rows"])
            self.book.emit([self.number, self.cells])

    def _value(self):
        value = self._stored()
        if not self.is_formula:
            return value
        return ["f", value if self.has_value or value else None]

    def _stored(self):
        text, kind = self.text.value(), self.type
        if kind in ("inlineStr", "str") or text == "" or text == ["long"]:
            return text
        if kind == "s":
            return self.book.shared[int(text)]
        if kind == "b":
            return ["b", "yes" if text == "1" else "no"]
        if kind == "e":
            return ["e", text]
        if kind == "d":
            return ["d", text[:10], "day"]
        style = self.book.formats[int(self.style)] if self.style else None
        return numbers_shown.shown(text, style, self.book.since_1904)

    def _merge(self, reference):
        first, _colon, last = reference.partition(":")
        self.merged.append([*place_of(first), *place_of(last or first), reference])
        if len(self.merged) > 10_000:
            raise Refused("too_many_merged", sheet=self.name)
