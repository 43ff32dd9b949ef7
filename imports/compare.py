"""What a file would change: rows of text beside the database, before anything is written.

The pack's text is the currency: a proposed `Change` holds {column: text} before and after, foreign
keys as natural keys. So a preview needs no lock and no half-done transaction, applying a run writes
`after`, and undoing it writes `before`.
"""

import difflib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from django.core.exceptions import ValidationError
from django.db.models import Q, UniqueConstraint
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Change
from imports import cells, constraints
from imports.addresses import Addresses
from imports.moves import LINKS, Moves
from imports.scope import Everything
from imports.tables import to_text
from programs.models import Institution, Program
from programs.models.validity import ends_before_it_begins

CHUNK = 1000
# What a row is called, the first there is.
NAMES = ("title_en", "title", "name", "term_en", "term", "level")
FEW_KEYS = 20  # as many are named where one of them was meant
MOST_GUESSES = 200


@dataclass(frozen=True)
class Rejected:
    """A row that does not enter, with its place in the source and the reason in words."""

    place: str
    reason: str
    values: dict = field(default_factory=dict, hash=False)
    table: str = ""
    column: str = ""

    def __str__(self):
        return f"{self.place}: {self.reason}"


class Taken(Exception):
    """Another row holds values that must be unique, perhaps only until its own line is read."""

    def __init__(self, columns, key):
        super().__init__(columns, key)
        self.columns, self.key = columns, key


class Comparison:
    """Compares a file's rows with the database, table after table in the order of TABLES.

    `counts`: {table: Counter of new, changed, unchanged, retired}; `keys`: {table: keys of the rows that
    were right}; `rejected`: every other row. `scope` says whose rows may change, `defaults` what a new row
    has that does not say, `keeps` names the columns whose empty cell says nothing.
    """

    def __init__(self, scope=None, defaults=None, keeps=()):
        self.scope = scope or Everything()
        self.defaults = defaults or {}  # {column: text} of new rows that do not say
        self.keeps = keeps
        self.counts = defaultdict(Counter)
        self.keys = defaultdict(set)
        self.rejected = []
        self._places = dict(Institution.objects.values_list("slug", "name"))
        self._known = {}  # Reference: keys that may be pointed at
        self._addresses = Addresses()
        self._moves = Moves()
        self._coming = defaultdict(list)  # model: [(table, key)] of the rows that this file adds
        self._guesses = {}  # (Reference, text): the key that may have been meant

    def file(self, sheets):
        """Yield the Changes that [(table, rows)] would make, and those of what must follow them."""
        for table, rows in sheets:
            yield from self.changes(table, rows)
        yield from self.changes(LINKS, self._moves.followers(self.keys[LINKS.name]))

    def changes(self, table, rows):
        """Yield the Changes that [(place, {column: text})] would make to a table."""
        uniques = Uniques(table)
        waiting = []
        rows = ((place, self._readdressed(table, row)) for place, row in rows)
        for chunk in batched(rows, CHUNK):
            present = _present(table, [row for _place, row in chunk])
            for place, row in chunk:
                try:
                    change = self._compare(table, place, row, present, uniques)
                except Taken:
                    waiting.append((place, row))
                    continue
                if change:
                    yield change
        yield from self._late(table, waiting, uniques)

    def _readdressed(self, table, row):
        """The row with its key and today's addresses: a file may be older than the last renaming."""
        return self._moves.row(table, self._addresses.row(table, table.completed(row)))

    def _late(self, table, waiting, uniques):
        """Rows whose value another row held when they were read: has it been given up since?"""
        present = _present(table, [row for _place, row in waiting])
        for place, row in waiting:
            try:
                change = self._compare(table, place, row, present, uniques)
            except Taken as taken:
                holder = self._holder(table, taken.key)
                self._reject(table, place, [constraints.same(taken.columns, holder)], row)
                continue
            if change:
                yield change

    def _holder(self, table, key):
        """The name of the row with this key; one that this file adds is known by its key."""
        words = dict(zip(table.key, key, strict=True))
        _pk, row = _present(table, [words]).get(key, (None, words))
        return self._name(table, row, key)

    def missing(self, table, rejected=()):
        """Yield the Changes that retire, or where there is no status remove, what the file lacks.

        A row that was rejected, here or on reading (`rejected`: its cells), is not missing. Where one
        does not even say which row it is, nothing of the table is.
        """
        rejected = [*rejected, *(row.values for row in self.rejected if row.table == table.name)]
        rejected = [self._readdressed(table, row) for row in rejected]
        named = {tuple(row.get(name, "") for name in table.key) for row in rejected}
        if any(key[0] == "" for key in named):
            return
        here = self.keys[table.name] | named
        for chunk in batched(self.scope.rows(table), CHUNK):
            for pk, row in chunk:
                key = table.key_of(row)
                if key in here or row.get("status") in ("retired", "closed"):
                    continue
                self.counts[table.name]["retired"] += 1
                yield self._retired(table, pk, key, row)

    def _retired(self, table, pk, key, row):
        status = {"programs": "retired", "institutions": "closed"}.get(table.name)
        kind = Change.Kind.CHANGED if status else Change.Kind.DELETED
        before = {"status": row["status"]} if status else _told(row)
        after = {"status": status} if status else {}
        return self._change(table, kind, key, row, before, after, pk=pk)

    def _compare(self, table, place, row, present, uniques):
        row = {name: text.strip() for name, text in row.items()}
        try:
            key, pk, old, after = self._read(table, row, present)
            self.scope.check(table, key, old, after)
        except ValidationError as error:
            return self._reject(table, place, error.messages, row)
        new = {**(old or {}), **after}
        if after or old is None:
            faults = constraints.broken(table, new, is_new=old is None)
            if faults := faults or self._contradictions(table, new):
                return self._reject(table, place, faults, row)
            uniques.claim(key, old, new)
        self.keys[table.name].add(key)
        return self._propose(table, place, key, pk, old, after)

    def _contradictions(self, table, row):
        """[reason] where a link is over before it begins, or an end of it names a program and not its
        school: what `ProgramLink.clean` says in the form."""
        if table is not LINKS:
            return []
        if ends_before_it_begins(row.get("valid_from", ""), row.get("valid_until", "")):
            return [_("The agreement would end before it begins.")]
        ends = [(f"{end}_institution", row.get(f"{end}_program")) for end in ("from", "to")]
        homes = [(column, self._programs[program][1]) for column, program in ends if program]
        return [
            _("%(column)s: must be “%(place)s”, as the program is there")
            % {"column": column, "place": place}
            for column, place in homes
            if row.get(column) != place
        ]

    def _propose(self, table, place, key, pk, old, after):
        count = self.counts[table.name]
        if table.model is Program:
            named = {**(old or {}), **after}
            self._programs[key[0]] = named["title_en"], named["institution"]
            self._moves.note(key[0], place, old or named, named)
        if old is None:
            count["new"] += 1
            self._coming[table.model].append((table, key))
            for reference in self._known:
                self._learn(reference, table, key)
            self.scope.coming(table, key, after)
            return self._change(table, Change.Kind.NEW, key, after, {}, _told(after), place=place)
        if not after:
            count["unchanged"] += 1
            return None
        count["changed"] += 1
        before = {name: old[name] for name in after}
        return self._change(table, Change.Kind.CHANGED, key, old, before, after, pk=pk, place=place)

    def _read(self, table, row, present):
        """(key, primary key, the row as it stands or None, {column: text} of the cells that differ)."""
        faults = [
            _("“%(column)s” is not a column of this table") % {"column": name}
            for name in row
            if name not in table.fields
        ]
        row = table.completed(row)
        faults += [_missing(name) for name in table.key if name not in row]
        if faults:
            raise ValidationError(faults)
        key = table.key_of(row)
        if key in self.keys[table.name]:
            raise ValidationError(_("the same key stands in an earlier row"))
        pk, old = present.get(key, (None, None))
        if old is None:
            row = row | {
                name: text
                for name, text in self.defaults.items()
                if name in table.fields and not row.get(name)
            }
        return key, pk, old, self._differing(table, row, old)

    def _differing(self, table, row, old):
        after, faults = {}, []
        for name, text in row.items():
            if _is_same(old[name], text) if old else _takes_default(table, name, text):
                continue
            if text == "" and name in self.keeps:
                continue
            try:
                text = self._canonical(table, name, text)
            except ValidationError as error:
                faults += [f"{name}: {message}" for message in error.messages]
                continue
            if old is None or not _is_same(old[name], text):
                after[name] = text
        if faults:
            raise ValidationError(faults)
        return after

    def _canonical(self, table, name, text):
        if name not in table.references:
            return cells.canonical(table.fields[name], text)
        text = table.references[name].tidied(text)
        if text == "":
            if not table.fields[name].null:
                raise ValidationError(_("must not be empty"))
        elif not self._is_known(table.references[name], text):
            raise ValidationError(self._unknown(table.references[name], text))
        return text

    def _unknown(self, reference, text):
        known, told = self._known[reference], {"value": text}
        if 0 < len(known) <= FEW_KEYS:
            told["keys"] = ", ".join(sorted(known))
            return _("“%(value)s” is not known; write one of: %(keys)s") % told
        if nearest := self._nearest(reference, text):
            told["nearest"] = nearest
            return _("“%(value)s” is not known; did you mean “%(nearest)s”?") % told
        return _("“%(value)s” is not known") % told

    def _nearest(self, reference, text):
        """The key that looks most like a text; no number is nearly right. Each answer takes a while, so
        there is an end to them."""
        asked = (reference, text)
        is_word = any(map(str.isalpha, text))
        if is_word and asked not in self._guesses and len(self._guesses) < MOST_GUESSES:
            found = difflib.get_close_matches(slugify(text), self._known[reference], 1)
            self._guesses[asked] = found[0] if found else ""
        return self._guesses.get(asked)

    def _is_known(self, reference, text):
        if reference not in self._known:
            self._known[reference] = reference.keys()
            for table, key in self._coming[reference.model]:
                self._learn(reference, table, key)
        return text in self._known[reference]

    def _learn(self, reference, table, key):
        """A row that this file adds may be pointed at by the rows after it."""
        if word := reference.text_of(table, key):
            self._known[reference].add(word)

    def _change(self, table, kind, key, row, before, after, *, pk=None, place=""):
        return Change(
            model=table.model._meta.label_lower,
            object_id="" if pk is None else str(pk),
            key=json.dumps(key, ensure_ascii=False),
            name=self._name(table, row, key),
            kind=kind,
            before=before,
            after=after,
            place=place[:60],
        )

    def _name(self, table, row, key):
        """What tells a person which row it is: "Welding – Palomar College", and of what a program has
        "Associate degree – Welding, Palomar College"."""
        title = next((row[name] for name in NAMES if row.get(name)), "")
        where = self._places.get(row.get("institution"), "")
        if program := self._programs.get(row.get("program")):
            title_of, institution = program
            where = f"{title_of}, {self._places.get(institution, institution)}"
        return " – ".join(filter(None, [title or _key_in_words(table, key), where]))[:300]

    @cached_property
    def _programs(self):
        """{slug: (title, its institution's slug)} of the database, and of what the file says so far."""
        rows = Program.objects.order_by().values_list("slug", "title_en", "institution__slug")
        return {slug: tuple(named) for slug, *named in rows}

    def _reject(self, table, place, reasons, row):
        self.rejected.append(Rejected(place, "; ".join(map(str, reasons)), row, table.name))


class Uniques:
    """Who holds which value that must be unique in a table, the rows read so far included."""

    def __init__(self, table):
        self.rules = [rule for rule in _unique(table) if set(rule[0]) != set(table.key)]
        # An empty cell of these is NULL, or a value that is made when the row is.
        self._open = {
            name for name, field in table.fields.items() if field.null or field.has_default()
        }
        self._holders = [self._read(table, *rule) for rule in self.rules]

    def _read(self, table, names, condition):
        paths = [table.path(name) for name in (*names, *table.key)]
        rows = table.model.objects.filter(condition).order_by().values_list(*paths)
        texts = (tuple(map(to_text, row)) for row in rows)
        return {row[: len(names)]: row[len(names) :] for row in texts}

    def claim(self, key, old, new):
        """The row with this key gives up its old values and takes new ones, or raises Taken."""
        claims = [self._values(rule, new) for rule in self.rules]
        for (names, _condition), values, holders in zip(
            self.rules, claims, self._holders, strict=True
        ):
            if values and holders.get(values, key) != key:
                raise Taken(names, holders[values])
        for rule, values, holders in zip(self.rules, claims, self._holders, strict=True):
            if old is not None:
                holders.pop(self._values(rule, old), None)
            if values:
                holders[values] = key

    def _values(self, rule, row):
        """What the row holds under a rule; None where the rule does not speak of it."""
        names, condition = rule
        if any(name in self._open and not row.get(name) for name in names):
            return None
        if not constraints.holds(condition, row):
            return None
        return tuple(row.get(name, "") for name in names)


def batched(rows, size):
    """`itertools.batched`, which Python 3.11 has not yet."""
    rows = iter(rows)
    while some := tuple(islice(rows, size)):
        yield some


def _unique(table):
    """[(columns, condition)]: no two rows that meet the condition hold the same values there."""
    alone = [((name,), Q()) for name in table.columns if table.fields[name].unique]
    together = [
        (tuple(each.fields), each.condition or Q())
        for each in table.model._meta.constraints
        if isinstance(each, UniqueConstraint) and set(each.fields) <= set(table.columns)
    ]
    return [*alone, *together]


def _present(table, rows):
    """{key: (primary key, {column: text})} of the database's rows that `rows` may be about."""
    rows = [table.completed(row) for row in rows]
    texts = {name: {row.get(name, "").strip() for row in rows} for name in table.key}
    name = max(texts, key=lambda name: len(texts[name]))  # the column that narrows most
    named = Q(**{f"{table.path(name)}__in": texts[name]})
    if "" in texts[name] and table.fields[name].null:
        named |= Q(**{f"{name}__isnull": True})
    found = table.read(table.model.objects.filter(named)) if rows else ()
    return {table.key_of(row): (pk, row) for pk, row in found}


def _is_same(old, new):
    """Line ends apart: a browser sends two characters, a spreadsheet one."""
    return old == new or old.replace("\r\n", "\n") == new.replace("\r\n", "\n")


def _takes_default(table, name, text):
    return text == "" and table.fields[name].has_default()


def _key_in_words(table, key):
    """Its parts, but for the program that is named anyway, as people read them."""
    words = (
        str(dict(table.fields[name].flatchoices).get(text, text))
        for name, text in zip(table.key, key, strict=True)
        if text and name != "program"
    )
    return " / ".join(words)


def _told(row):
    return {name: text for name, text in row.items() if text}


def _missing(name):
    return _("%(column)s: missing") % {"column": name}
