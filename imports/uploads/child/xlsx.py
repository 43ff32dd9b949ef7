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
DIGITS = "0123456789"
MOST_MERGED, MOST_COVERED = 10_000, 100_000  # ranges, and the cells in them
LARGE = 10_000_000  # bytes of a part


class _LocalNames(dict):
    """ "x:row" -> "row": some programs write a prefix, the names stay the same."""

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


class _Columns(dict):
    """ "A" -> 0, "XFD" -> 16383."""

    def __missing__(self, letters):
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - 64
        self[letters] = number - 1
        return number - 1


COLUMNS = _Columns()


def place_of(reference):
    """ "B3" -> (3, 1): the row as people count, the column from 0."""
    letters, digits = REFERENCE.fullmatch(reference.replace("$", "")).groups()
    return int(digits), COLUMNS[letters]


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
                self._weigh_rows(name, path)
                _read_sheet(self, name, path)

    def _weigh_rows(self, name, path):
        """A million rows are refused at a glance; up to twice the limit may stand empty."""
        if self.package.getinfo(path).file_size < LARGE:
            return
        rows, tail, most = 0, b"", self.limits["rows"]
        with self.package.open(path) as part:
            while chunk := part.read(CHUNK):
                rows += (tail + chunk).count(b"</row>")
                tail = chunk[-5:]
        if rows > 2 * most:
            raise Refused("too_many_rows", sheet=name, most=most)

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
        return [(name, targets[link], hidden) for name, link, hidden in found if link in targets]

    def _shared_texts(self):
        texts, parts, longest = [], [], self.limits["cell"]
        text, is_aid = "", False

        def start(name, _attributes):
            nonlocal text, is_aid
            local = LOCAL[name]
            if local == "t":
                parts.clear()
            elif local == "si":
                text = ""
            elif local == "rPh":
                is_aid = True

        def end(name):
            nonlocal text, is_aid
            local = LOCAL[name]
            if local == "t":
                text += "" if is_aid else "".join(parts)
            elif local == "si":
                texts.append(unescaped(text) if len(text) <= longest else ["long"])
            elif local == "rPh":
                is_aid = False

        if "xl/sharedStrings.xml" in self.names:
            parse(self.package, "xl/sharedStrings.xml", start, end, parts.append)
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
        return {
            str(place): numbers_shown.format_of(style, codes.get(style))
            for place, style in enumerate(styles)
        }

    def count(self, sheet):
        self.rows += 1
        if self.rows > self.limits["rows"]:
            raise Refused("too_many_rows", sheet=sheet, most=self.limits["rows"])


def _read_sheet(book, name, path):
    """One function with its state in local names: ten million steps for 100,000 rows of programs."""
    limits, shared, formats, emit = book.limits, book.shared, book.formats, book.emit
    most_columns, most_rows, longest = limits["columns"], limits["rows"], limits["cell"]
    number, column, cells, merged = 0, -1, [], []
    kind = style = value = None
    is_formula = is_aid = False
    parts = []

    def start(tag, attributes):
        nonlocal number, column, cells, kind, style, value, is_formula, is_aid
        local = LOCAL[tag]
        if local == "c":
            get = attributes.get
            reference, kind, style = get("r"), get("t"), get("s")
            column = COLUMNS[reference.rstrip(DIGITS)] if reference else column + 1
            value, is_formula = None, False
        elif local == "v" or local == "t":
            parts.clear()
        elif local == "row":
            number = int(attributes.get("r", number + 1))
            column, cells = -1, []
        elif local == "f":
            is_formula = True
        elif local == "rPh":
            is_aid = True
        elif local == "mergeCell":
            _merge(merged, attributes["ref"], name)

    def end(tag):
        nonlocal value, is_aid
        local = LOCAL[tag]
        if local == "v" or local == "t":
            if not is_aid:
                value = "".join(parts) if value is None else value + "".join(parts)
        elif local == "c":
            if value or is_formula:
                close()
        elif local == "row":
            if cells:
                book.count(name)
                emit([number, cells])
        elif local == "rPh":
            is_aid = False

    def close():
        if column >= most_columns:
            raise Refused("too_many_columns", sheet=name, most=most_columns)
        if number > most_rows:
            raise Refused("too_many_rows", sheet=name, most=most_rows)
        cell = stored() if value else value if kind == "str" else None
        if column < len(cells):
            raise ValueError("a cell left of the one before it")
        cells.extend([""] * (column - len(cells)))
        cells.append(["f", cell] if is_formula else cell)

    def stored():
        if kind == "s":
            return shared[int(value)]
        if kind is None or kind == "n":
            return numbers_shown.shown(value, formats.get(style), book.since_1904)
        if kind == "b":
            return ["b", "yes" if value == "1" else "no"]
        if kind == "e":
            return ["e", value]
        if kind == "d":
            return ["d", value[:10], "day"]
        return unescaped(value) if len(value) <= longest else ["long"]

    parse(book.package, path, start, end, parts.append)
    if merged:
        covered = sum(
            (bottom - top + 1) * (right - left + 1)
            for top, left, bottom, right, _reference in merged
        )
        if covered > MOST_COVERED:
            raise Refused("too_many_merged", sheet=name)
        emit({"merged": merged})


def _merge(merged, reference, name):
    first, _colon, last = reference.partition(":")
    merged.append([*place_of(first), *place_of(last or first), reference])
    if len(merged) > MOST_MERGED:
        raise Refused("too_many_merged", sheet=name)
