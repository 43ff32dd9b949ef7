"""What the words of a search mean: which programs they match, and how high each stands.

The words of a query, without those that name nothing ("how to become a"), become atoms: a word, or
a phrase that people use for something official (`reference.Synonym`). An atom is found by its own
words or by any of its meanings; a program matches when every atom is found somewhere in it. When no
program does, a word that nothing on the site resembles is repaired; when still none does, fewer atoms
must be found, and the reader is told.

Scores are sums of fixed weights (`finder.documents`), not of term statistics: so the order is the
same in every database, after every update, and can be explained.
"""

import math
import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Occur, Query

from finder.analysis import (
    LANGUAGES,
    MAX_QUERY,
    SOFT,
    fold,
    naming,
    phrase_key,
    query_terms,
    spoken_words,
)
from finder.documents import EXACT, FIELDS, LITERAL, WEAK, words_of
from finder.index import SCHEMA

MOST_WORDS = 12
LONGEST_PHRASE = 6  # words
FAR = 1.25  # times the score: how much better a program that lacks a word must be than all that have it
ENOUGH = 10  # matches, before what is near a city or only beside the words is looked through too
SOFTLY = 0.25  # what a soft word counts for beside others
MEANING = 0.9  # what a hit by a meaning is worth, beside one by the words themselves
SHORTEST_REPAIRED = 4  # letters
NEAR = 10  # miles around a city, where too little is in it
FEW_NEAREST = 3  # institutions of a city that has none around it
ZIP_CODE = re.compile(
    r"(?:\b(?:zip(?: ?code)?|c[oó]digo postal|c\.?p\.?)\s*)?(?<!\d)(\d{5})(?:-\d{4})?(?!\d)", re.I
)
# Control characters, halves of pairs, and what is not seen: blanks without width, and the marks that
# turn the direction of all that follows.
UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    r"\ud800-\udfff]+"
)


class Reach(Enum):
    """How far the programs of a result speak of what was searched for."""

    ALL = "all"
    MORE = "more"  # some lack a word, and are far better than those that have all
    SOME = "some"  # none has all words
    BESIDE = "beside"  # none speaks of it, only its pathway, its sector or a job that may follow


@dataclass(frozen=True)
class Atom:
    """What one word or phrase of a query may be found by: its own words first, then its meanings."""

    alternatives: tuple  # of tuples of words
    soft: bool = False
    near: tuple = ()  # (institution, miles) of those near the city that it names

    @property
    def words(self):
        return self.alternatives[0]

    @property
    def meanings(self):
        return self.alternatives[1:]


@dataclass(frozen=True)
class Meaning:
    """A query, understood."""

    shown: str = ""  # the words that were searched for
    repaired: bool = False
    match: Query | None = None  # None: no words, everything matches
    scores: tuple = ()
    reach: Reach = Reach.ALL
    sectors: tuple = ()  # slugs of those that are about it, too


def clean(text):
    """A query as typed, in one line of reasonable length."""
    return " ".join(UNPRINTABLE.sub(" ", text).split())[:MAX_QUERY]


def take_zip_codes(text):
    """(the text without them, its five-digit numbers)."""
    return clean(ZIP_CODE.sub(" ", text)), ZIP_CODE.findall(text)


class Reader:
    """Understands queries against one snapshot of the index and one vocabulary."""

    def __init__(self, snapshot, words):
        self.searcher = snapshot.searcher
        self.words = words
        self.understand = lru_cache(maxsize=512)(self._understand)
        self._terms = lru_cache(maxsize=4096)(self._known_terms)

    def _understand(self, text, exact=False):
        """The Meaning of a query; `exact` leaves its spelling alone."""
        spoken = spoken_words(text)[:MOST_WORDS]
        if not spoken:
            return Meaning(shown=text)
        shown = text
        if not exact:
            repairs = self._repairs(self._naming(spoken))
            spoken = [part for word in spoken for part in repairs.get(word, word).split()]
            shown = replace_words(text, repairs)
        atoms = self._atoms(spoken)
        scores = [*self._word_scores(atoms), *self._phrase_scores(spoken, atoms)]
        match, reach = self._match(atoms, scores)
        return Meaning(shown, shown != text, match, tuple(scores), reach, self._sectors(atoms))

    def _naming(self, words):
        """The words that name something; the state's own two letters do not."""
        named = naming(words)
        return [word for word in named if word != self.words.region.state.lower()] or named

    # --- Atoms --------------------------------------------------------------------------------

    def _atoms(self, spoken):
        words, atoms = self._naming(spoken), []
        hard = any(fold(word) not in SOFT for word in words)
        while words:
            atom = self._atom(words, hard)
            atoms.append(atom)
            words = words[len(atom.words) :]
        return atoms

    def _atom(self, words, hard):
        """The longest phrase at the start that has a meaning, else the first word.

        A soft word alone means nothing more beside `hard` ones: a nursing program is not programming.
        """
        for length in range(min(len(words), LONGEST_PHRASE), 0, -1):
            phrase = tuple(words[:length])
            soft = length == 1 and fold(phrase[0]) in SOFT and hard
            meanings = () if soft else self._meanings(phrase)
            near = self._near(phrase, *meanings)
            if meanings or near or length == 1:
                return Atom((phrase, *meanings), soft, near)
        raise AssertionError("a query without words")

    def _near(self, *phrases):
        """(institution, miles) of those with programs near the first city among some phrases: within
        NEAR miles, or else the few nearest."""
        cities = (self.words.near_city(tuple(map(fold, phrase))) for phrase in phrases)
        city = next(filter(None, cities), ())
        teaching = [found for found in city if self.searcher.doc_freq("institution", found[0])]
        close = [found for found in teaching if found[1] <= NEAR]
        return tuple(close or teaching[:FEW_NEAREST])

    def _meanings(self, phrase):
        """Tuples of words: what the phrase means, and its words written as one."""
        meanings = [tuple(naming(spoken_words(meaning))) for meaning in self.words.meanings(phrase)]
        joined = "".join(phrase)
        if len(phrase) == 2 and self._is_known(joined):
            meanings.append((joined,))
        return tuple(dict.fromkeys(meaning for meaning in meanings if meaning != phrase))

    # --- Matching -----------------------------------------------------------------------------

    def _match(self, atoms, scores):
        """(query, Reach): every atom found; else as many as the best program has; else what is near."""
        needed = [atom for atom in atoms if not atom.soft] or atoms
        every, reach = self._every(needed)
        if len(needed) == 1:
            return every, reach
        enough = self._best(every, scores)
        if reach is Reach.ALL and self._count(every) < ENOUGH:
            beside = all_of([self._found_beside(atom) for atom in needed])
            if enough * FAR < (far := self._best(beside, scores)):
                every, reach, enough = beside, Reach.BESIDE, far
        fewer = self._fewer(needed, reach is Reach.ALL and enough)
        best = self._best(fewer[-1], scores) if fewer else 0
        if best == 0 or enough * (FAR if reach is Reach.ALL else 1) >= best:
            return every, reach
        match = next(match for match in fewer if self._best(match, scores) * FAR >= best)
        return match, Reach.MORE if reach is Reach.ALL and enough else Reach.SOME

    def _every(self, atoms):
        """(query, Reach) for all of the atoms."""
        whole = self._phrase([word for atom in atoms for word in atom.words], "s")
        every = any_of([all_of([self._found(atom) for atom in atoms]), *whole])
        count = self._count(every)
        if count < ENOUGH and any(atom.near for atom in atoms):
            every = all_of([self._found_or_near(atom) for atom in atoms])
            count = self._count(every)
        if count:
            return every, Reach.ALL
        beside = all_of([self._found_beside(atom) for atom in atoms])
        return (beside, Reach.BESIDE) if self._count(beside) else (every, Reach.ALL)

    def _fewer(self, atoms, some):
        """Queries for fewer and fewer of the atoms, down to one; for none fewer of those that name a
        place, when there is `some` program that has all or that has the places and one more atom."""
        places = [self._found_or_near(atom) for atom in atoms if self._is_place(atom)]
        topics = [self._found(atom) for atom in atoms if not self._is_place(atom)]
        there = [
            all_of([*places, some_of(topics, least)]) for least in range(len(topics) - 1, 0, -1)
        ]
        if some or (there and self._count(there[-1])):
            return there
        found = [query for query in places + topics if self._count(query)]
        return [some_of(found, least) for least in range(len(found), 0, -1)]

    def _sectors(self, atoms):
        """Slugs of the sectors whose own words are about the atoms, apart from places."""
        topics = [atom for atom in atoms if not atom.soft and not self._is_place(atom)]
        return tuple(
            slug
            for slug, terms in self.sector_terms.items()
            if topics and all(_speaks(terms, atom) for atom in topics)
        )

    @cached_property
    def sector_terms(self):
        """{sector slug: its terms}."""
        return {
            row.slug: frozenset(
                words_of("s", row.title_en, row.title_es).terms.split()
                + words_of("s", row.search_words_en, row.search_words_es).terms.split()
            )
            for row in self.words.sectors
        }

    def _is_place(self, atom):
        """Whether more programs are at what the words name than are called so."""
        return all(
            self._documents(word, "in_institution", "in_place") > self._documents(word, "in_title")
            for word in atom.words
        )

    def _documents(self, word, *names):
        return sum(self.searcher.doc_freq(name, fold(word)) for name in names)

    def _best(self, query, scores):
        """The score of the best program that a query finds; 0 when it finds none."""
        hits = self.searcher.search(ranked(query, scores), limit=1, count=False).hits
        return hits[0][0] if hits else 0

    def _found(self, atom):
        """What speaks of an atom: by its own words, or by the name of something that it means."""
        meanings = [self._named(words) for words in atom.meanings]
        return any_of([self._has(atom.words, "words"), *self._phrase(atom.words, "so"), *meanings])

    def _named(self, words):
        """What is named so, or is at what is named so; one word alone must stand in the title to the
        letter, or be a whole name."""
        if len(words) > 1:
            name = self._has(words, "named")
        else:
            name = Query.term_query(SCHEMA, "in_title", fold(words[0]), "basic")
        return any_of([name, *self._phrase(words, "top"), *self._phrase(words, "ln", "exact")])

    def _phrase(self, words, letters, field="named"):
        """What is called just so, by the letters of `words_of`."""
        keys = {
            f"{letter}:{phrase_key(words, language)}"
            for letter in letters
            for language in LANGUAGES
        }
        known = [key for key in sorted(keys) if self.searcher.doc_freq(field, key)]
        return [Query.term_query(SCHEMA, field, key, "basic") for key in known]

    def _has(self, words, *fields):
        """What has each of some words in one of the fields."""
        return all_of([any_of([self._in(word, name) for name in fields]) for word in words])

    def _found_or_near(self, atom):
        """For a city also by what is near it."""
        near = [Query.term_query(SCHEMA, "institution", slug, "basic") for slug, _ in atom.near]
        return any_of([self._found(atom), *near])

    def _found_beside(self, atom):
        """Also by what its pathway and sector are about, and by jobs that it may also lead to."""
        beside = [self._has(words, "words", "weak", "shared") for words in atom.alternatives]
        return any_of([self._found_or_near(atom), *beside])

    def _in(self, word, name):
        """The documents with a word in a field, in any of its forms."""
        return any_of(
            [Query.term_query(SCHEMA, name, term, "basic") for term in self._terms(word, name)]
        )

    def _known_terms(self, word, name):
        return [term for term in query_terms(word) if self.searcher.doc_freq(name, term)]

    def _count(self, query):
        return self.searcher.search(query, limit=1).count

    # --- Scoring ------------------------------------------------------------------------------

    def _word_scores(self, atoms):
        """For each atom the best of its alternatives; for each of those what its words are worth."""
        for atom in atoms:
            own = self._worth(atom.words, SOFTLY if atom.soft else len(atom.words))
            meanings = [self._worth(words, MEANING * len(atom.words)) for words in atom.meanings]
            yield Query.disjunction_max_query([own, *meanings]) if meanings else own
            if not all(self._documents(word, "in_place") for word in atom.words):
                yield from self._near_scores(atom)

    def _near_scores(self, atom):
        """For a city without schools of its own: the nearer, the better."""
        for slug, far in atom.near:
            here = Query.term_query(SCHEMA, "institution", slug, "basic")
            yield Query.const_score_query(here, FIELDS["in_place"] * max(0, 1 - far / NEAR))

    def _worth(self, words, weight):
        """What some words are worth together, each its part, in every field that has it."""
        return any_of([hit for word in words for hit in self._hits(word, weight / len(words))])

    def _hits(self, word, weight):
        for name, worth in (*FIELDS.items(), ("weak", WEAK)):
            terms = self._terms(word, name)
            if terms:
                yield Query.const_score_query(self._in(word, name), worth * weight)
            if terms[:1] == [fold(word)]:
                literal = Query.term_query(SCHEMA, name, terms[0], "basic")
                yield Query.const_score_query(literal, LITERAL * worth * weight)

    def _phrase_scores(self, spoken, atoms):
        """Titles, names and places that are exactly what was asked for, or a part of it."""
        weights = {word: SOFTLY if fold(word) in SOFT else 1.0 for word in self._naming(spoken)}
        whole = sum(weights.values())
        for phrase in phrases(spoken) | phrases(list(weights)):
            share = sum(weights.get(word, 0) for word in phrase) / whole
            if share:
                yield from self._exactly(phrase, share)
        for atom in atoms:
            share = sum(weights[word] for word in atom.words) / whole
            for meaning in atom.meanings:
                yield from self._exactly(meaning, MEANING * share)

    def _exactly(self, phrase, weight):
        for letter, worth in EXACT.items():
            found = {
                term
                for language in LANGUAGES
                if self.searcher.doc_freq(
                    "exact", term := f"{letter}:{phrase_key(phrase, language)}"
                )
            }
            if found:
                query = any_of(
                    [Query.term_query(SCHEMA, "exact", term, "basic") for term in sorted(found)]
                )
                yield Query.const_score_query(query, worth * weight)

    # --- Spelling -----------------------------------------------------------------------------

    def _repairs(self, words):
        """{word: what it was meant to be} of those that nothing on the site resembles."""
        understood = {
            word
            for atom in self._atoms(words)
            if self.words.is_everyday(atom.words)
            for word in atom.words
        }
        repairs = {}
        for word in words:
            if word not in understood and fold(word) not in SOFT and not self._is_known(word):
                repair = self._parted(word) or self._completed(word) or self._repair(word)
                if repair:
                    repairs[word] = repair
        return repairs

    def _is_known(self, word):
        is_said = any(self._terms(word, name) for name in ("words", "weak", "shared"))
        return is_said or fold(word) in self.words.city_words

    def _parted(self, word):
        """Two words of the site that were written as one: `firefighter` for fire fighter."""
        for cut in range(3, len(word) - 2):
            if {word[:cut], word[cut:]} <= self.spellings.keys():
                return f"{word[:cut]} {word[cut:]}"
        return None

    def _completed(self, word):
        """The most frequent word of the site that starts so: `phleb`."""
        folded = fold(word)
        longer = [other for other in self.spellings if other.startswith(folded)]
        if len(folded) < SHORTEST_REPAIRED or not longer:
            return None
        best = min(longer, key=lambda other: (-self.spellings[other][1], other))
        return self.spellings[best][0]

    def _repair(self, word):
        """The word of the site that is most like a misspelt one, or None."""
        folded = fold(word)
        if len(folded) < SHORTEST_REPAIRED or folded.isdecimal():
            return None
        most = 1 + (len(folded) > 5)
        near = process.extract(
            folded, self.spellings.keys(), scorer=OSA.distance, score_cutoff=most, limit=30
        )
        if not near:
            return None
        best = min(near, key=lambda found: (self._unlikeness(folded, *found[:2]), found[0]))[0]
        return self.spellings[best][0]

    def _unlikeness(self, word, candidate, distance):
        """Letters apart, and sounds apart; a frequent word and the same first letter speak for it."""
        frequency = self.spellings[candidate][1]
        return (
            distance
            + OSA.distance(sound(word), sound(candidate))
            + 0.5 * (word[0] != candidate[0])
            - 0.2 * math.log10(1 + frequency)
        )

    @cached_property
    def spellings(self):
        """{folded word: (the word as written, in how many programs)} of the site's own words."""
        found = {}
        for term in self.words.synonym_words:
            found[fold(term)] = (term, 1)
        for word, count in self.searcher.terms_with_prefix("spelling", ""):
            folded = fold(word)
            if count > found.get(folded, ("", 0))[1]:
                found[folded] = (word, count)
        return found


def _speaks(terms, atom):
    """Whether terms hold every word of an atom or of one of its longer meanings."""
    phrases = [atom.words, *(words for words in atom.meanings if len(words) > 1)]
    return any(all(not terms.isdisjoint(query_terms(word)) for word in words) for words in phrases)


def phrases(words):
    """Every run of words up to LONGEST_PHRASE: a set of tuples."""
    return {
        tuple(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + LONGEST_PHRASE) + 1)
    }


# --- Small queries -----------------------------------------------------------------------------


def all_of(queries):
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries):
    if not queries:
        return Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def some_of(queries, least):
    if least == len(queries):
        return all_of(queries)
    return Query.boolean_query([(Occur.Should, query) for query in queries], least)


def ranked(match, scores):
    """What matches, with the sum of the scores it has."""
    return Query.boolean_query(
        [(Occur.Must, Query.const_score_query(match, 0.0))]
        + [(Occur.Should, score) for score in scores]
    )


# --- Words -------------------------------------------------------------------------------------

# Letters that people take for each other by ear, mostly in Spanish.
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"qu(?=[ei])|ck|c(?![eihy])", "k"),
        (r"[cz](?=[eiy])|z|ts", "s"),
        (r"g(?=[ei])", "j"),
        (r"v", "b"),
        (r"ll", "y"),
        (r"(?<!c)h", ""),
        (r"(.)\1+", r"\1"),
    )
]


def sound(word):
    """Roughly how a folded word sounds: `avogado` and `abogado` alike."""
    for pattern, letter in SOUNDS:
        word = pattern.sub(letter, word)
    return word


def replace_words(text, repairs):
    """The query as shown: its misspelt words replaced, the rest as typed."""
    for word, repair in repairs.items():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _, by=repair: by, text, flags=re.I)
    return text
