"""A run's file as rows of the pack's tables: a coordinators' workbook, or an official release."""

from contextlib import contextmanager
from itertools import groupby

from imports import official
from imports.compare import Rejected
from imports.tables import BY_NAME, SIGNED_ON, TABLES
from imports.uploads import reading
from reference.models import Release

ORDER = [table.name for table in TABLES]


class Unreadable(Exception):
    """The whole file is refused; says why in the language of the moment."""


@contextmanager
def opened(run):
    """A Workbook or an Official; raises Unreadable."""
    if run.is_official:
        yield Official(run)
        return
    with reading.read(run.file.path, run.name) as upload:
        if upload.problem:
            raise Unreadable(upload.problem)
        yield Workbook(upload)


class Workbook:
    """`tables`: the names of those that the file has a sheet of, also an empty one."""

    keeps = SIGNED_ON  # an empty cell takes back nobody's word

    def __init__(self, upload):
        self._upload = upload
        upload.sheets.sort(key=lambda sheet: ORDER.index(sheet.table.name) if sheet.table else 0)
        self.tables, self.total = upload.tables, upload.total
        self.downloaded_at = upload.downloaded_at
        self.defaults = {"release": Release.own().slug}

    def by_table(self):
        """Yield (table, [(place, {column: text})]) in the order of TABLES; to be gone through once."""
        for name, rows in groupby(self._upload.rows(), key=lambda row: row.table):
            yield BY_NAME[name], ((row.place, row.values) for row in rows)

    @property
    def rejected(self):
        return list(map(_rejected, self._upload.rejected))

    @property
    def unread(self):
        """What is wrong with the column names of the sheets that are not read."""
        return list(map(_rejected, self._upload.unread))

    @property
    def notes(self):
        return list(map(list, self._upload.notes))


def _rejected(row):
    return Rejected(row.place, row.reason, row.values, row.table, row.column)


class Official:
    """A public body's release: its importer says which rows it means."""

    notes = unread = ()
    defaults = {}
    keeps = ()
    downloaded_at = None

    def __init__(self, run):
        try:
            self._batch = official.read(run)
        except official.Unreadable as error:
            raise Unreadable(str(error)) from error
        self.tables = sorted(self._batch.rows)
        self.total = sum(map(len, self._batch.rows.values()))
        self.rejected = self._batch.rejected

    def by_table(self):
        for table in TABLES:
            if self._batch.rows.get(table.name):
                yield table, self._batch.placed(table)
