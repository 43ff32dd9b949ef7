"""An upload as rows of the pack's tables.

    with read(path, "spring.xlsx") as upload:
        if upload.problem: …                      # a sentence: the whole file was refused
        for table, place, values in upload.rows(on_rejected):
            …                                     # "programs", "Programs!12", {column: text}
        upload.notes                              # what was repaired or left out

Sentences are in the language that is active when they are made. The child's lines lie in a temporary
file and are read one by one, so that a hundred thousand rows need no memory here.
"""

import datetime
import json
from dataclasses import dataclass, field
from typing import NamedTuple

from imports.tables import Table
from imports.uploads import dated, messages, sandbox
from imports.uploads.cells import Cell, Fault
from imports.uploads.headings import (
    LOOKED_AT,
    Heading,
    coordinated,
    heading,
    is_ours,
    sheet_name,
    table_named,
    table_of,
)


class Row(NamedTuple):
    """`place` is what the person sees: "Programs!12". A column the sheet lacks is not in `values`."""

    table: str
    place: str
    values: dict[str, str]


class Rejection(NamedTuple):
    """A row that does not enter; or with a `place` without a row number a whole sheet, for one reason.

    `column` is empty where several are at fault; `reason` names each of them.
    """

    table: str
    place: str
    column: str
    reason: str
    values: dict[str, str]


class Note(NamedTuple):
    """A repair, told once for each column with the first place where it was made."""

    place: str
    text: str
    code: str


@dataclass
class Sheet:
    name: str
    start: int = 0  # where its rows begin among the child's lines
    total: int = 0
    is_hidden: bool = False
    first_rows: list[tuple[int, list[str]]] = field(default_factory=list)
    merged: list[list] = field(default_factory=list)
    table: Table | None = None
    heading: Heading | None = None

    @property
    def is_read(self):
        return self.heading is not None and not any(self.heading.faults())


def read(path, name):
    """The Upload of a file that is called `name`; never raises for what is in the file."""
    try:
        return Upload(name, sandbox.lines_of(path))
    except sandbox.Refusal as refused:
        return Upload(name, problem=messages.refusal(refused))


class Upload:
    def __init__(self, name, lines=None, problem=""):
        self.name, self.lines, self.problem = name, lines, problem
        self.kind, self.sheets, self.rejected = {}, [], []
        self.downloaded_at = (
            None  # as the first sheet of our workbook, or our CSV file's name, says
        )
        self._notes = {}  # {(place without row, code): [first Note, count]}
        if lines:
            self._survey()
            self._recognize()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def close(self):
        if self.lines:
            self.lines.close()

    @property
    def tables(self):
        """Names of the tables whose sheets are read: only their missing rows may be retired."""
        read = {sheet.table.name for sheet in self.sheets if sheet.is_read}
        return sorted(read - {fault.table for fault in self.unread})

    @property
    def total(self):
        """How many rows there are to read, about: column names and blank rows are among them."""
        return sum(sheet.total for sheet in self.sheets if sheet.is_read)

    @property
    def unread(self):
        """[Rejection] of the sheets that are not read, one for each fault of their column names."""
        return [
            Rejection(
                sheet.table.name, self.label(sheet), about.get("heading", ""),
                messages.fault(code, **about), {},
            )
            for sheet in self.sheets
            if sheet.heading
            for code, about in sheet.heading.faults()
        ]  # fmt: skip

    @property
    def notes(self):
        return [
            Note(place, messages.and_others(text, count), code)
            for (_sheet, _column, code), (place, text, count) in self._notes.items()
        ]

    def rows(self, on_rejected=None):
        """Yield a Row for each good row; call `on_rejected` (or else fill `rejected`) with the others.

        `notes` is whole when the last row has been taken. To be gone through once.
        """
        reject = on_rejected or self.rejected.append
        for sheet in self.sheets:
            if sheet.is_read:
                yield from _Rows(self, sheet, reject).read()

    def label(self, sheet):
        return sheet.name or self.name

    def note(self, sheet, row, code, column="", **about):
        place = f"{self.label(sheet)}!{row}" if row else self.label(sheet)
        entry = self._notes.get((sheet.name, column, code))
        if entry:
            entry[2] += 1
            return
        text = messages.note(code, **about)
        text = f"{column}: {text}" if column else text
        self._notes[sheet.name, column, code] = [place, text, 1]

    # --- Before the first row ------------------------------------------------------------------

    def _survey(self):
        """Once through the lines: which sheets there are, how they begin, where they are merged."""
        for line in self.lines:
            if line.startswith(b"["):
                sheet = self.sheets[-1]
                sheet.total += 1
                if len(sheet.first_rows) < LOOKED_AT:
                    number, cells = json.loads(line)
                    sheet.first_rows.append((number, [_shown(cell) for cell in cells]))
                continue
            said = json.loads(line)
            if "kind" in said:
                self.kind = said
            elif "sheet" in said:
                self.sheets.append(Sheet(said["sheet"], is_hidden=said.get("hidden", False)))
                self.sheets[-1].start = self.lines.tell()
            elif "merged" in said:
                self.sheets[-1].merged = said["merged"]

    @property
    def is_text_file(self):
        return self.kind["kind"] == "text"

    def _recognize(self):
        try:
            for sheet in self.sheets:
                self._recognize_sheet(sheet)
            if not any(sheet.heading for sheet in self.sheets):
                raise self._no_table()
        except sandbox.Refusal as refused:
            self.problem = messages.refusal(refused)
            self.sheets = []
            return
        if self.kind.get("encoding") == "cp1252":
            self.note(self.sheets[0], 0, "cp1252")

    def _no_table(self):
        """Of a letter that is called .xlsx it is said what it is not, without a list of our tables."""
        if self.is_text_file and not _is_like_a_table(self.sheets[0].first_rows):
            return sandbox.Refusal("other")
        return sandbox.Refusal("no_table", tables=", ".join(map(sheet_name, coordinated())))

    def _recognize_sheet(self, sheet):
        if is_ours(sheet.name) and not self.is_text_file:
            self.downloaded_at = self.downloaded_at or _moment(sheet.first_rows)
        if sheet.is_hidden or is_ours(sheet.name) or not sheet.first_rows:
            if sheet.is_hidden:
                self.note(sheet, 0, "hidden")
            return
        name = sheet.name
        if self.is_text_file:
            name, self.downloaded_at = dated.parts(self.name)
        sheet.table = table_named(name) or table_of(sheet.first_rows)
        if sheet.table is None:
            self.note(sheet, 0, "unknown_sheet")
            return
        sheet.heading = heading(sheet.table, sheet.first_rows)
        if sheet.heading.number != sheet.first_rows[0][0]:
            self.note(sheet, sheet.first_rows[0][0], "above")


class _Rows:
    """The rows below the heading of one sheet."""

    def __init__(self, upload, sheet, reject):
        self.upload, self.sheet, self.reject = upload, sheet, reject
        self.columns = sheet.heading.columns
        self.is_helper = sheet.heading.is_helper
        self.cells = {
            place: Cell(sheet.table, name) for place, name in enumerate(self.columns) if name
        }
        self.merged = _covered(sheet.merged)

    def read(self):
        self.upload.lines.seek(self.sheet.start)
        for order, line in enumerate(self._lines(), start=1):
            number, cells = json.loads(line)
            if number <= self.sheet.heading.number or not any(cells):
                continue
            if self._is_heading(cells):
                self.upload.note(self.sheet, number, "heading_again")
                continue
            if row := self._row(number, cells, is_last=order == self.sheet.total):
                yield row

    def _lines(self):
        for _number in range(self.sheet.total):
            yield self.upload.lines.readline()

    def _is_heading(self, cells):
        return cells[0] == self.sheet.heading.texts[0] and self.sheet.heading.repeats(
            [_shown(cell) for cell in cells]
        )

    def _row(self, number, cells, is_last):
        values, faults = {}, []
        for place, cell in self.cells.items():
            if place < len(cells):
                try:
                    values[cell.column] = cell.read(cells[place])
                except Fault as fault:
                    values[cell.column] = _shown(cells[place])
                    faults.append((cell.column, messages.fault(fault.code, **fault.about)))
            elif not self.upload.is_text_file:
                values[cell.column] = ""  # a workbook does not store the empty cells at the end
        faults += self._faults_of_shape(number, cells, is_last)
        self._tell(number)
        place = f"{self.upload.label(self.sheet)}!{number}"
        if faults:
            self._reject(place, faults, values)
            return None
        if not any(values.values()):
            return None
        return Row(self.sheet.table.name, place, values)

    def _reject(self, place, faults, values):
        column = faults[0][0] if len(faults) == 1 else ""
        reason = "; ".join(f"{name}: {text}" if name else text for name, text in faults)
        self.reject(Rejection(self.sheet.table.name, place, column, reason, values))

    def _faults_of_shape(self, number, cells, is_last):
        """[(column, reason)]: cells without a heading, cells that are not there, merged cells."""
        named = len(self.columns)
        beyond = any(cells[named:]) or any(
            cell
            for cell, name, helps in zip(cells, self.columns, self.is_helper, strict=False)
            if not name and not helps
        )
        if beyond:
            yield "", messages.fault("extra")
        if self.upload.is_text_file and len(cells) < named:
            if is_last and self.upload.kind["is_cut"]:
                yield "", messages.fault("cut")
            self.upload.note(self.sheet, number, "short")
        for column, reference in self.merged.get(number, ()):
            if column < named and self.columns[column]:
                yield self.columns[column], messages.fault("merged", text=reference)

    def _tell(self, number):
        for cell in self.cells.values():
            if cell.notes:
                for code, about in cell.notes:
                    self.upload.note(self.sheet, number, code, cell.column, **about)
                cell.notes.clear()


def _covered(merged):
    """{row: [(column, reference)]} of the cells that a merged range hides: all but its first."""
    covered = {}
    for top, left, bottom, right, reference in merged:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    covered.setdefault(row, []).append((column, reference))
    return covered


def _is_like_a_table(rows):
    """Whether names stand in the first of these rows, and below it rows of the same width."""
    first, *others = [cells for _number, cells in rows] or [[]]
    return len(first) > 1 and all(first) and any(len(first) == len(one) for one in others)


def _moment(rows):
    """When the workbook was downloaded: the one cell near the top that is a date with its time zone."""
    for cell in (cell for _number, cells in rows for cell in cells):
        try:
            moment = datetime.datetime.fromisoformat(cell)
            if moment.tzinfo:
                return moment.astimezone(datetime.UTC)
        except (ValueError, OverflowError):
            continue
    return None


def _shown(cell):
    """A cell as a text, for a heading or for the person who is to correct it."""
    while isinstance(cell, list):
        cell = cell[1] if len(cell) > 1 else ""
    return (cell or "")[:1000]
