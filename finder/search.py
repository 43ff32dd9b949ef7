"""A search of the programs: from a query string to a page of results, their total and the facets.

Everything a page shows comes from the index and the vocabulary: no query to the database beyond the
catalogue version that the request was given.
"""

import json
from collections import namedtuple
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import NamedTuple
from urllib.parse import urlencode

from tantivy import Occur, Order, Query

from finder import index, vocabulary
from finder.conditions import take_conditions
from finder.documents import CARD
from finder.filters import DISTANCES, GROUPS, ProgramFilters, nearness, select
from finder.query import Reader, all_of, clean, take_zip_codes

PAGE = 20  # results
MOST_REMOVED, MOST_WAYS = 3, 5  # filters of one way out of an empty result, and ways
MOST_AT_ONCE = 300  # results that are put in order of distance in one go
MOST_BUCKETS = 10_000  # values of one facet
SORTS = ("relevance", "distance", "name")
WORDS = ("q", "sector")  # the clauses that the whole of a sector stands in for


# --- What is asked for -------------------------------------------------------------------------


@dataclass
class Asked:
    """A query string, read: whatever it held, every part is one that we know."""

    q: str = ""  # as typed, without the words that became filters
    words: str = ""  # q without ZIP codes, and without what no source speaks of
    unstated: dict = field(default_factory=dict)  # {filter: the word for it} of what none speaks of
    typed_zip: str = ""  # in its own field
    zip_code: str = ""  # the one that counts, from its field or from q
    unknown_zip: str = ""
    distance: str = ""  # "" or one of DISTANCES, as text
    sort: str = ""  # as chosen; "" for the default
    page: int = 1
    more: str = ""  # the facet to show in full
    exact: bool = False  # leave the spelling of q alone
    selected: dict = field(default_factory=dict)  # {facet: [values]}

    @cached_property
    def parts(self):
        """The query string's parameters, without the page."""
        parts = {
            "q": self.q,
            **self.selected,
            "zip": self.typed_zip,
            "distance": self.distance,
            "sort": self.sort,
            "exact": "1" if self.exact else "",
        }
        return {name: value for name, value in parts.items() if value}

    @cached_property
    def query(self):
        return urlencode(self.parts, doseq=True)

    def adding(self, name, value):
        """The query string with one more parameter."""
        return f"{self.query}&{name}={value}" if self.query else f"{name}={value}"

    def changing(self, **changes):
        """The query string with some parameters changed, or gone where they are empty."""
        parts = self.parts | changes
        return urlencode([(name, value) for name, value in parts.items() if value], doseq=True)

    def without(self, name, value=None):
        """The query string without one value of a filter, or without the whole filter."""
        if name == "q":
            return self.changing(q="", exact="", zip=self.zip_code)
        if name == "zip":
            return self.changing(zip="", distance="", q=self.words)
        left = [other for other in self.selected.get(name, ()) if value and other != value]
        return self.changing(**{name: left})

    def without_all(self, names):
        """The query string without some clauses of a search; without a distance the place stays."""
        gone = dict.fromkeys(names, "")
        if "q" in gone:
            gone |= {"exact": "", "zip": self.zip_code}
        return self.changing(**gone)

    def in_sector(self, slug):
        """The query string for all of a sector instead of the words."""
        return self.changing(q="", exact="", zip=self.zip_code, sector=[slug])


def ask(data, words, facets):
    """An Asked of a QueryDict; whatever it does not know it leaves out. `facets`: of all programs."""
    taken = take_conditions(clean(data.get("q", "")), facets, words)
    text, codes = take_zip_codes(taken.words)
    typed = clean(data.get("zip", ""))[:5]
    known = [code for code in (typed, *codes) if code in words.zip_codes] if typed or codes else []
    unknown = [code for code in (typed, *codes) if code and code not in known]
    distance = data.get("distance", "")
    return Asked(
        q=taken.typed,
        words=text,
        unstated=taken.unstated,
        typed_zip=typed,
        zip_code=known[0] if known else "",
        unknown_zip=unknown[0] if unknown and not known else "",
        distance=distance if distance in map(str, DISTANCES) else "",
        sort=data.get("sort", "") if data.get("sort") in SORTS else "",
        page=page_number(data.get("page", "")),
        more=data.get("more", "") if data.get("more") in GROUPS else "",
        exact=data.get("exact") == "1",
        selected=with_filters(select(data, words), taken.filters),
    )


def with_filters(selected, filters):
    """Selected values, and those that words stand for, in the filters' own order."""
    return {
        name: list(dict.fromkeys([*selected.get(name, ()), *filters.get(name, ())]))
        for name in GROUPS
        if name in selected or name in filters
    }


def page_number(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 1


# --- What is found -----------------------------------------------------------------------------


Card = namedtuple("Card", CARD)


class Page(NamedTuple):
    number: int
    count: int  # of pages, at least one
    total: int  # of programs
    cards: list


class Search:
    """The programs that a reader asked for."""

    def __init__(self, data, version=None):
        """`data`: a QueryDict; `version`: what `catalogue.current()` says, or None when unknown."""
        self.reader = reader(version)
        self.searcher, self.words = self.reader.searcher, self.reader.words
        self.asked = ask(data, self.words, self.reader.facets)
        self.meaning = self.reader.understand(self.asked.words, self.asked.exact)
        self.near = nearness(self.asked.zip_code, self.asked.distance, self.words)

    # --- Clauses ------------------------------------------------------------------------------

    @cached_property
    def clauses(self):
        """{what: its clause} of everything that narrows the result."""
        clauses = {}
        if self.meaning.match is not None:
            clauses["q"] = self.meaning.match
        for name, values in self.asked.selected.items():
            clauses[name] = GROUPS[name].clause(values)
        if self.near and self.near.miles:
            clauses["distance"] = ProgramFilters.base_filters["distance"].clause(self.near)
        return clauses

    def narrowed(self, without=()):
        """The query of all clauses, or of all but some."""
        clauses = [clause for name, clause in self.clauses.items() if name not in without]
        return all_of(clauses) if clauses else Query.all_query()

    def count(self, without=()):
        return self.searcher.search(self.narrowed(without), limit=1).count

    # --- Order --------------------------------------------------------------------------------

    @cached_property
    def sorts(self):
        """The sorts on offer, the default first: nearest first where a ZIP code is given."""
        sorts = ["relevance", "name"] if self.meaning.match is not None else ["name"]
        return ["distance", *sorts] if self.near else sorts

    @property
    def sort(self):
        return self.asked.sort if self.asked.sort in self.sorts else self.sorts[0]

    def window(self, language, start, most):
        """(how many programs match, where those from `start` on are in the index, in order)."""
        if self.sort == "distance":
            return self._nearest(language, start, most)
        return self._ordered(self.narrowed(), self.sort, language, start, most)

    def _ordered(self, query, sort, language, start, most):
        if sort == "relevance":
            query = Query.boolean_query(
                [(Occur.Must, Query.const_score_query(query, 0.0))]
                + [(Occur.Should, score) for score in self.meaning.scores]
            )
            order = {"weight_by_field": "tie"}
        else:
            order = {"order_by_field": f"sort_{language}", "order": Order.Asc}
        found = self.searcher.search(query, limit=most, offset=start, **order)
        return found.count, [address for _, address in found.hits]

    def _nearest(self, language, start, most):
        """By institution, the nearest first, and there by what else puts programs in order."""
        sort = "relevance" if self.meaning.match is not None else "name"
        if self.count() > MOST_AT_ONCE:
            return self._nearest_in_turn(sort, language, start, most)
        total, found = self._ordered(self.narrowed(), sort, language, 0, MOST_AT_ONCE)
        slugs = self.words.institution_slugs
        there = [slugs[pk] for pk in self.searcher.fast_field_values("institution_pk", found)]
        order = sorted(range(total), key=lambda place: (self.near.far(there[place]), there[place]))
        return total, [found[place] for place in order[start : start + most]]

    def _nearest_in_turn(self, sort, language, start, most):
        """Of many: those institutions whose rows fall on the page are asked in turn."""
        counts = self._terms(self.narrowed(), ["institution"])["institution"]
        order = sorted(counts, key=lambda slug: (self.near.far(slug), slug))
        found = []
        for slug in order:
            if len(found) == most:
                break
            if start < counts[slug]:
                here = all_of([self.narrowed(), GROUPS["institution"].clause([slug])])
                found += self._ordered(here, sort, language, start, most - len(found))[1]
            start = max(0, start - counts[slug])
        return sum(counts.values()), found

    def page(self, language):
        """The Page asked for, or the nearest there is."""
        number = max(1, self.asked.page)
        total, addresses = self.window(language, (number - 1) * PAGE, PAGE)
        pages = max(1, -(-total // PAGE))
        if number > pages:
            number = pages
            _, addresses = self.window(language, (number - 1) * PAGE, PAGE)
        cards = [Card(*json.loads(self.searcher.doc(found)["card"][0])) for found in addresses]
        return Page(number, pages, total, cards)

    def program_ids(self, language):
        """Every program of the result, in order."""
        _, addresses = self.window(language, 0, max(1, self.count()))
        return self.searcher.fast_field_values("pk", addresses)

    # --- Facets -------------------------------------------------------------------------------

    @cached_property
    def facets(self):
        """{facet: {value: count}}; a group's own selection does not count against its options."""
        if not self.clauses:
            return self.reader.facets
        selected = self.asked.selected
        unselected = [name for name in GROUPS if name not in selected]
        counts = self._terms(self.narrowed(), unselected)
        for name in selected:
            counts |= self._terms(self.narrowed(without=[name]), [name])
        return counts

    def more_in_sectors(self):
        """[(sector, how many more programs it has)] of those that the words are about."""
        chosen = self.asked.selected.get("sector")
        found = []
        for slug in self.meaning.sectors:
            if not chosen or slug in chosen:
                whole = all_of([self.narrowed(without=WORDS), GROUPS["sector"].clause([slug])])
                count = self.searcher.search(whole, limit=1).count
                found.append((slug, count - self.facets["sector"].get(slug, 0)))
        return [(slug, more) for slug, more in found if more]

    def _terms(self, query, names):
        return count_values(self.searcher, query, names)

    def removals(self):
        """[(what, how many programs then)] of the fewest clauses without which something is found: those
        that leave the words first, the most programs first. To take all away is no narrower search."""
        for number in range(1, min(MOST_REMOVED, len(self.clauses) - 1) + 1):
            found = [
                (names, count)
                for names in combinations(self.clauses, number)
                if (count := self.count(without=names))
            ]
            if found:
                return sorted(found, key=lambda one: ("q" in one[0], -one[1]))[:MOST_WAYS]
        return []


def count_values(searcher, query, names):
    """{facet: {value: how many of the programs that match have it}}."""
    asked = {name: {"terms": {"field": name, "size": MOST_BUCKETS}} for name in names}
    answer = searcher.aggregate(query, asked)
    return {
        name: {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]}
        for name in names
    }


# --- The reader of this process ----------------------------------------------------------------

_reader = None


def reader(version=None):
    """A Reader of the index at a catalogue version, kept until the catalogue changes."""
    global _reader
    snapshot = index.get().snapshot(version)
    words = vocabulary.current(version[0] if version else snapshot.version)
    if _reader is None or _reader.searcher is not snapshot.searcher or _reader.words is not words:
        _reader = Reader(snapshot, words)
        _reader.facets = count_values(snapshot.searcher, Query.all_query(), list(GROUPS))
    return _reader


def forget():
    """For tests, whose databases come and go within one process."""
    global _reader
    _reader = None
