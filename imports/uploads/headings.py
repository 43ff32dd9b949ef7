"""Which table a sheet is, and which column each of its headings: by our names or by their labels."""

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from imports.scope import COORDINATED
from imports.tables import BY_NAME, TABLES, Table
from imports.uploads.sandbox import Refusal

# Columns of our own files that say something about a row and are not part of it.
HELPERS = {"reason", "motivo", "place", "lugar"}
OUR_SHEETS = {"readme", "leame", "leeme", "notes", "notas", "codes", "codigos"}
# What a sheet is called where the table's own name is longer than a sheet's may be.
SHORT = {"opportunities": gettext_lazy("Work-based learning")}
# What people write above the column that a row is recognized by.
KEY_WORDS = {"id", "key", "identifier", "clave", "identificador"}
LOOKED_AT = 5  # a title and a remark may stand above the column names


def plain(text):
    """ "Title (English)", "title_english" and " TITLE  english " are one name."""
    text = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[\W_]+", "", "".join(c for c in text if not unicodedata.combining(c)))


def coordinated():
    """The tables that coordinators keep."""
    return [BY_NAME[name] for name in COORDINATED]


def _in_each_language(words, *about):
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield str(words(*about))


@lru_cache
def columns_by_heading(table):
    """{plain heading: column}; our own names come first, a label of two columns means neither."""
    labels = {}
    for name in table.columns:
        for label in _in_each_language(table.label, name):
            labels.setdefault(plain(label), set()).add(name)
    known = {label: next(iter(names)) for label, names in labels.items() if len(names) == 1}
    return known | {plain(name): name for name in table.columns}


def _label(table):
    return capfirst(str(table.model._meta.verbose_name_plural))


def sheet_name(table):
    """What a table's sheet is called; the reader knows it in both languages."""
    label = str(SHORT.get(table.name) or _label(table))
    return label if len(label) <= 31 else table.name


def table_named(name):
    """The table of a sheet's or a file's name, or None."""
    wanted = plain(name)
    known = {}
    for table in TABLES:
        for words in (_label, sheet_name):
            for label in _in_each_language(words, table):
                known.setdefault(plain(label), table)
    known |= {plain(table.name): table for table in TABLES}
    return known.get(wanted)


def is_ours(name):
    return plain(name) in OUR_SHEETS


@dataclass
class Heading:
    """The row of column names: its number, its texts, and what is wrong with it as (code, about)."""

    table: Table
    number: int
    texts: list[str]

    def __post_init__(self):
        known = columns_by_heading(self.table)
        self.columns = [known.get(plain(text)) for text in self.texts]

    @property
    def is_helper(self):
        return [plain(text) in HELPERS for text in self.texts]

    def faults(self):
        found = [name for name in self.columns if name]
        if doubled := sorted({name for name in found if found.count(name) > 1}):
            yield "doubled", {"columns": ", ".join(doubled)}
        if lacks := [name for name in self.table.key if name not in found]:
            yield "lacks", {"columns": ", ".join(lacks)}
        for text, column, is_helper in zip(self.texts, self.columns, self.is_helper, strict=True):
            if text and not column and not is_helper:
                yield self._unknown(text)

    def _unknown(self, text):
        if nearest := self._nearest(plain(text)):
            return "alike", {"heading": text[:100], "nearest": nearest}
        return "unknown", {"heading": text[:100]}

    def _nearest(self, text):
        """The column that is meant, of those that the sheet lacks: first one that rows are known by."""
        lacking = {
            label: name
            for label, name in columns_by_heading(self.table).items()
            if name not in self.columns
        }
        keys = {label: name for label, name in lacking.items() if name in self.table.key}
        if text in KEY_WORDS and len(self.table.key) == 1 and keys:
            return self.table.key[0]
        for known in (keys, lacking):
            if found := difflib.get_close_matches(text, known, 1):
                return known[found[0]]
        return None

    def repeats(self, texts):
        return [plain(text) for text in texts] == [plain(text) for text in self.texts]


def heading(table, rows):
    """The first of the rows that names all that the table's rows are recognized by, else the first."""
    found = [Heading(table, number, texts) for number, texts in rows[:LOOKED_AT]]
    return next((one for one in found if not any(_lacks(one))), found[0] if found else None)


def _lacks(one):
    return [code for code, _about in one.faults() if code == "lacks"]


def table_of(rows):
    """The table whose columns these are: all of them, or some that no other table has together."""
    fitting = [
        (table, one) for table in TABLES if (one := heading(table, rows)) and not any(one.faults())
    ]
    whole = [table for table, one in fitting if set(table.columns) <= set(one.columns)]
    found = whole if len(whole) == 1 else [table for table, _one in fitting]
    if len(found) > 1:
        raise Refusal("which_table", tables=", ".join(table.name for table in found))
    return found[0] if found else None
