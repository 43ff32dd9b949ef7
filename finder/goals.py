"""Where a reader wants to go: a job, a pathway or a program, from what was typed or an address carries.

    read("registered-nurses").goal   ->  Goal("career", "registered-nurses", ...)
    read("enfermera").goal           ->  the same: an everyday word of one job
    read("weld").choices             ->  the jobs, pathways and programs that start so

A word that fits several is a question, never a guess: only an exact name is taken as meant, a job before
a pathway before a program, and no program that takes only the students of another school.

Read from the vocabulary and from an index of titles and everyday words that is built once per
catalogue version, so that a warm process spends no query.
"""

import re
from collections import defaultdict
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from finder import vocabulary
from finder.analysis import LANGUAGES, content_words, fold, keys, query_terms
from finder.query import clean
from programs.models import Program, Segment
from programs.routes import COUNTYWIDE
from reference.models import LaborFigure, Occupation
from reference.translated import pick

MOST = 8  # choices
MOST_PROGRAMS = 4  # of them, where there are as many jobs and pathways
FEWEST_LETTERS = 3  # of a word that is not a name to the letter: "x" is in X-ray
PARTS = re.compile(r", | and ")
LEFT_OUT = re.compile(r", (?:Except|excepto) .*", re.IGNORECASE)  # "Dispatchers, Except Police"
KINDS = ("career", "pathway", "program")  # the names of their pages, those of most readers first


class Seat(NamedTuple):
    """Whom a program takes; slugs where there is one."""

    is_open: bool  # to anyone who has left high school
    is_shared: bool  # by the schools of its district, or of its county
    institution: str
    district: str
    county: str  # of a school of the whole county, else ""


class Goal(NamedTuple):
    kind: str  # one of KINDS
    key: str  # its slug: what the address carries
    pk: int
    title_en: str
    title_es: str
    place: str = ""  # of a program: its institution
    education: str = ""  # of a job: the usual one, as its source says it
    openings: int = 0  # of a job, a year in the region
    seat: Seat | None = None  # of a program

    def title(self, language):
        return pick(language, en=self.title_en, es=self.title_es)


class Goals(NamedTuple):
    """One goal that is meant, or several that may be, the likeliest first; neither where none is."""

    goal: Goal | None = None
    choices: tuple = ()


class Index(NamedTuple):
    by_key: dict  # {slug: Goal}
    by_words: dict  # {folded text: [Goal]}
    by_forms: dict  # {the same in any word form: [Goal]}
    spelt: dict  # {(slug of a job, language, folded text): the text}
    goals: tuple
    in_name: dict  # {term: {place of a goal with it in its names}}
    in_everyday: dict  # {term: {(place of a goal, place of one of its everyday words)}}


class Match(IntEnum):
    """How a text fits a goal, the best first."""

    EXACT = 0  # a name or an everyday word, in any word form
    MEANT = 1  # the official words for an everyday one are its name
    MEANT_IN_NAME = 2
    HEADS_NAME = 3  # it is what the title is about: teachers, not their supervisors
    IN_NAME = 4
    IN_EVERYDAY = 5  # one of its everyday words holds every word as typed
    LIKE_EVERYDAY = 6  # or a form of it
    STARTS_SO = 7


def anyone(goal):
    """The reader of whom nothing is known: no program is closed to them."""
    return True


def read(text, words=None, may_attend=anyone):
    """The Goals of a text; `words` is the Vocabulary to read from, by default the latest.

    `may_attend`: whether the reader may take a program, for what is not named to the letter.
    """
    words = words or vocabulary.current()
    text = clean(text)
    index = _index(words)
    if text in index.by_key:
        return Goals(index.by_key[text])
    found = {}
    for match, goals in _matches(text, words, index):
        for goal in goals:
            found[goal] = min(match, found.get(goal, match))
    found = {goal: match for goal, match in found.items() if may_attend(goal)} or found
    order = sorted(found, key=lambda goal: (found[goal], *_order(goal)))
    goal = _meant(order, found, may_attend)
    return Goals(goal) if goal else Goals(choices=_choices(order))


def called(goal, text, words, language):
    """An everyday word for a job, where it is the text but for case and accents; or "".

    One that is its title in another form is none.
    """
    name = _index(words).spelt.get((goal.key, language, fold(clean(text))), "")
    title = goal.title_es if language == "es" else goal.title_en
    return "" if set(keys(name, language)) & set(keys(title, language)) else name


def _order(goal):
    """Jobs by their openings, then pathways, then programs."""
    return (KINDS.index(goal.kind), -goal.openings, *goal[3:6], goal.key)


def _meant(order, found, may_attend):
    """The one goal that the text names, or None: the only one, or the only one of its kind to the letter."""
    if not order or not may_attend(order[0]):
        return None
    first = order[0]
    alike = [one for one in order if (found[one], one.kind) == (found[first], first.kind)]
    jobs = [one for one in order if one.kind == "career" and found[one] < Match.STARTS_SO]
    is_exact = found[first] == Match.EXACT and len(alike) == 1
    is_meant = found[first] == Match.MEANT and jobs == [first]
    return first if is_exact or is_meant or len(order) == 1 else None


def _choices(order):
    """The likeliest, jobs and pathways before programs, which share a title at many places."""
    programs = [goal for goal in order if goal.kind == "program"]
    others = [goal for goal in order if goal.kind != "program"]
    few = others[: MOST if not programs else MOST - MOST_PROGRAMS]
    return tuple(few + programs[: MOST - len(few)])


def _matches(text, words, index):
    """(Match, [Goal]) of each way in which a text may fit."""
    yield Match.EXACT, index.by_words.get(fold(text), ())
    if len(text) < FEWEST_LETTERS:
        return
    spoken = content_words(text)
    meanings = words.meanings(tuple(spoken)) if spoken else ()
    yield Match.EXACT, _in_any_form(text, index)
    for meaning in meanings:
        yield Match.MEANT, _in_any_form(meaning, index)
        yield Match.MEANT_IN_NAME, _in_names(content_words(meaning), index)
    named = _in_names(spoken, index)
    yield Match.HEADS_NAME, [goal for goal in named if _heads(spoken, goal)]
    yield Match.IN_NAME, named
    yield Match.IN_EVERYDAY, _in_everyday([{fold(word)} for word in spoken], index)
    yield Match.LIKE_EVERYDAY, _in_everyday([set(query_terms(word)) for word in spoken], index)
    yield Match.STARTS_SO, _starting(text, words, index) if spoken else ()


def _in_any_form(text, index):
    forms = {key for language in LANGUAGES for key in keys(text, language)}
    return [goal for key in sorted(forms) for goal in index.by_forms.get(key, ())]


def _in_names(spoken, index):
    return [index.goals[place] for place in _with_all(map(query_terms, spoken), index.in_name)]


def _heads(spoken, goal):
    """Whether a job's title is about one of some words: its first, or in English the last of a part."""
    if goal.kind != "career":
        return False
    english = [
        part.split(" of ")[0].split() for part in PARTS.split(LEFT_OUT.sub("", goal.title_en))
    ]
    heads = {fold(word) for part in english if part for word in (part[0], part[-1])}
    typed = {fold(word).removesuffix("s") for word in spoken}
    if typed & {head.removesuffix("s") for head in heads}:
        return True
    spanish = goal.title_es.split()[:1]
    return any(set(query_terms(one)) & set(query_terms(two)) for one in spanish for two in spoken)


def _in_everyday(terms, index):
    """The goals of which one everyday word has one of each of some sets of terms."""
    return [index.goals[place] for place, _phrase in _with_all(terms, index.in_everyday)]


def _with_all(terms, by_term):
    """What has one of each of some sets of terms, in order."""
    found = [set().union(*(by_term.get(term, ()) for term in wanted)) for wanted in terms]
    return sorted(set.intersection(*found)) if found else []


def _starting(text, words, index):
    """What the search box would suggest; a program's title may be taught at several places."""
    for one in words.suggest(text, MOST):
        if one.kind == "program":
            named = index.by_words.get(fold(one.key), ())
            yield from (goal for goal in named if goal.kind == "program")
        elif one.kind in KINDS and one.key in index.by_key:
            yield index.by_key[one.key]


# --- Whom a program takes ----------------------------------------------------------------------


def open_to(origin, is_adult):
    """Whether a Goal is no program, or one that a reader of an Origin (or None) may take, as a function."""

    def may_attend(goal):
        seat = goal.seat
        if seat is None or seat.is_open:
            return True
        if is_adult or origin is None or origin.names_no_school:
            return False
        same_district = bool(seat.district) and seat.district == origin.district
        if seat.is_shared:
            return same_district or seat.county == origin.county
        if origin.institution and origin.segment != Segment.MIDDLE:
            return seat.institution == origin.institution
        return same_district

    return may_attend


# --- The index ---------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _index(words):
    by_key, by_words, by_forms = {}, defaultdict(list), defaultdict(list)
    spelt, goals, in_name, in_everyday = {}, [], defaultdict(set), defaultdict(set)
    for goal, titles, everyday in _goals(words):
        by_key.setdefault(goal.key, goal)
        texts = [*titles, *everyday]
        for name in {fold(text) for _language, text in texts}:
            by_words[name].append(goal)
        for form in {key for language, text in texts for key in keys(text, language)}:
            by_forms[form].append(goal)
        if goal.kind == "career":
            spelt |= {(goal.key, language, fold(text)): text for language, text in texts}
        if goal.place:
            by_key.setdefault(f"{goal.title_en}, {goal.place}", goal)
            by_key.setdefault(f"{goal.title_es or goal.title_en}, {goal.place}", goal)
        names = [LEFT_OUT.sub("", text) for _language, text in titles]
        for term in _terms([*names, goal.place]):
            in_name[term].add(len(goals))
        for number, (_language, text) in enumerate(everyday):
            for term in _terms([text]):
                in_everyday[term].add((len(goals), number))
        goals.append(goal)
    return Index(
        by_key,
        dict(by_words),
        dict(by_forms),
        spelt,
        tuple(goals),
        dict(in_name),
        dict(in_everyday),
    )


def _goals(words):
    """(Goal, titles, everyday words), both [(language, text)], of every job, pathway and program."""
    yield from _jobs()
    for row in words.pathways:
        titles = [("en", row.title_en), ("es", row.title_es)]
        yield Goal("pathway", row.slug, row.pk, row.title_en, row.title_es), _said(titles), []
    yield from _programs()


def _jobs():
    figures = LaborFigure.objects.filter(area=LaborFigure.Area.REGION, openings__isnull=False)
    openings = dict(figures.values_list("occupation_id", "openings"))
    columns = ("pk", "slug", "title_en", "title_es", "everyday_en", "everyday_es", "education")
    for pk, slug, en, es, *everyday, education in Occupation.objects.values_list(*columns):
        goal = Goal("career", slug, pk, en, es, education=education, openings=openings.get(pk, 0))
        phrases = [
            (language, phrase.strip())
            for language, texts in zip(LANGUAGES, everyday, strict=True)
            for phrase in texts.split(";")
        ]
        yield goal, _said([("en", en), ("es", es)]), _said(phrases)


def _programs():
    columns = (
        "pk", "slug", "title_en", "title_es", "audience", "institution__slug", "institution__name",
        "institution__segment", "institution__kind", "institution__district__slug",
        "institution__county__slug",
    )  # fmt: skip
    for pk, slug, en, es, audience, *place in Program.objects.published().values_list(*columns):
        institution, name, segment, kind, district, county = place
        is_shared = audience == Program.Audience.DISTRICT
        seat = Seat(
            segment in (Segment.ADULT, Segment.COLLEGE) and not is_shared,
            is_shared,
            institution,
            district or "",
            county if kind == COUNTYWIDE else "",
        )
        yield (
            Goal("program", slug, pk, en, es, name, seat=seat),
            _said([("en", en), ("es", es)]),
            [],
        )


def _said(texts):
    return [(language, text) for language, text in texts if text]


def _terms(texts):
    """Every term that finds a word of some texts, in either language."""
    return {term for text in texts for word in content_words(text) for term in query_terms(word)}
