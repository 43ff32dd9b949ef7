"""The list of careers: what a process keeps of it, and a search in it from parameters to results.

Some hundred occupations fit a process: they are read once per catalogue version, and every filter,
count and order is worked out over them. Filters mean as in the finder: several values of one filter
mean any of them, several filters mean all of them, a value that we do not know is ignored.
"""

import re
from collections import Counter
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from finder import pay, vocabulary
from finder.analysis import LANGUAGES, SOFT, content_words, fold, phrase_key, query_terms
from finder.documents import words_of
from finder.query import clean
from programs import catalogue
from reference import marks
from reference.models import (
    Education,
    Interest,
    LaborFigure,
    Occupation,
    OccupationInterest,
    OccupationPathway,
    RelatedOccupation,
    Release,
    Sector,
)
from reference.outlook import growth_of_all

STRONGEST = 2  # interest areas that count: a third one fits almost every job a little
NOT_REPORTED = "none"
# {value: (from, to)}, the upper end not included.
PAY = {
    "under-20": (0, 20),
    "20-30": (20, 30),
    "30-40": (30, 40),
    "40-60": (40, 60),
    "60": (60, None),
}
OPENINGS = {
    "under-50": (0, 50),
    "50-199": (50, 200),
    "200-999": (200, 1000),
    "1000": (1000, None),
}
EDUCATION = {
    "no-diploma": Education.NONE,
    "diploma": Education.DIPLOMA,
    "some-college": Education.SOME_COLLEGE,
    "certificate": Education.CERTIFICATE,
    "associate": Education.ASSOCIATE,
    "bachelor": Education.BACHELOR,
    "master": Education.MASTER,
    "doctoral": Education.DOCTORAL,
}
LEGENDS = {
    "interest": _("What you like to do"),
    "sector": _("Industry sector"),
    "education": _("Usual education"),
    "pay": _("Typical pay by the hour"),
    "openings": _("Openings a year"),
    "mark": _("Pay, skill and demand"),
}
FILTERS = tuple(LEGENDS)
SORTS = ("sector", "pay", "openings", "education", "name")
MATCH = "match"  # the first of the sorts where there are words
# What it is worth that the words are a job's whole title, stand in it, are a whole everyday name of it, stand
# among those, or are an everyday word for it.
WHOLE_TITLE, IN_TITLE, WHOLE_NAME, IN_NAMES, MEANT = 8, 4, 3, 1, 2


class Names(NamedTuple):
    """What something is called: its words in all their forms, and each name as a whole."""

    terms: frozenset
    whole: frozenset


def _names(en, es):
    """Names of names in both languages; several are parted by semicolons."""
    words = words_of("o", en, es)
    return Names(frozenset(words.terms.split()), frozenset(words.exact.split()))


class Career(NamedTuple):
    """One occupation as the list needs it."""

    occupation: Occupation
    text: str  # all its names, folded
    title: Names
    names: Names  # everyday ones
    figure: LaborFigure | None  # the region's own, of the newest period
    marks: tuple
    values: dict  # {filter: (value, ...)}

    @property
    def sector(self):
        """The slug of its sector, "" without one."""
        return next(iter(self.values["sector"]), "")


class Directory:
    """One catalogue version's careers."""

    def __init__(self, version):
        self.version = version

    @cached_property
    def figures(self):
        """{occupation pk: the region's LaborFigure of the newest period}: one query."""
        rows = LaborFigure.objects.filter(area=LaborFigure.Area.REGION).select_related("release")
        return {figure.occupation_id: figure for figure in rows.order_by("period")}

    @cached_property
    def rule(self):
        openings = [figure.openings for figure in self.figures.values()]
        return marks.rule(vocabulary.current(self.version).region, openings, self.living_wages)

    @cached_property
    def growth_of_all(self):
        return growth_of_all(self.figures.values())

    @cached_property
    def sectors(self):
        return {sector.slug: sector for sector in Sector.objects.all()}

    @cached_property
    def living_wages(self):
        """[LivingWage] of every household and county."""
        return pay.all_living_wages()

    @cached_property
    def careers(self):
        """{occupation pk: Career}: five queries with what they stand on, and those of the rule."""
        sectors, interests = _sectors(), _interests()
        return {
            each.pk: self._career(each, sectors.get(each.pk), interests.get(each.pk, ()))
            for each in Occupation.objects.select_related("release")
        }

    @cached_property
    def by_slug(self):
        return {career.occupation.slug: career for career in self.careers.values()}

    def _career(self, occupation, sector, interests):
        figure, education = self.figures.get(occupation.pk), occupation.education
        earned = marks.marks(figure, education, self.rule)
        names = (
            occupation.title_en,
            occupation.title_es,
            occupation.everyday_en,
            occupation.everyday_es,
        )
        return Career(
            occupation=occupation,
            text=fold(" ".join(names)),
            title=_names(*names[:2]),
            names=_names(*names[2:]),
            figure=figure,
            marks=earned,
            values={
                "interest": interests,
                "sector": (sector,) if sector else (),
                "education": tuple(v for v, known in EDUCATION.items() if known == education),
                "pay": (band(PAY, figure and figure.hourly),),
                "openings": (band(OPENINGS, figure and figure.openings),),
                "mark": tuple(mark.value for mark in earned),
            },
        )

    @cached_property
    def related(self):
        """{occupation pk: [Career]}, the most alike first."""
        found = {}
        rows = RelatedOccupation.objects.order_by("rank")
        for occupation, other in rows.values_list("occupation", "related"):
            if other in self.careers:  # not one that has come since they were read
                found.setdefault(occupation, []).append(self.careers[other])
        return found

    @cached_property
    def onet(self):
        """The Release of interests, or None; job zones and related occupations are of the same one."""
        rows = OccupationInterest.objects.order_by().values("release")[:1]
        return Release.objects.filter(pk__in=rows).first()

    @cached_property
    def known(self):
        """{filter: its values in the order in which they are offered}."""
        return {
            "interest": Interest.values,
            "sector": list(self.sectors),
            "education": list(EDUCATION),
            "pay": [*PAY, NOT_REPORTED],
            "openings": [*OPENINGS, NOT_REPORTED],
            "mark": marks.Mark.values,
        }


def band(bands, value):
    """The key of the band that holds a value."""
    if value is None:
        return NOT_REPORTED
    return next(key for key, (_low, high) in bands.items() if high is None or value < high)


def _sectors():
    """{occupation pk: slug of the sector of its first pathway}."""
    first = OccupationPathway.objects.order_by("-rank", "-pathway__slug")
    return dict(first.values_list("occupation", "pathway__sector__slug"))


def _interests():
    """{occupation pk: its strongest interest areas}."""
    found = {}
    rows = OccupationInterest.objects.filter(rank__lte=STRONGEST).order_by("rank")
    for occupation, interest in rows.values_list("occupation", "interest"):
        found[occupation] = (*found.get(occupation, ()), interest)
    return found


# --- A search ----------------------------------------------------------------------------------


class Asked(NamedTuple):
    """What an address asks for; addresses carry only what differs from the default."""

    q: str
    sort: str  # as chosen; "" for the default
    selected: dict  # {filter: [values]}, only filters with any

    def changing(self, **changes):
        """The query string of the same with something changed."""
        return self._replace(**changes).query

    def without(self, name, value=None):
        """... without one value of a filter, or without all of them."""
        left = [other for other in self.selected[name] if value not in (None, other)]
        others = {key: values for key, values in self.selected.items() if key != name}
        return self.changing(selected={**others, **({name: left} if left else {})})

    @property
    def orders(self):
        """The sorts on offer, the default first."""
        return (MATCH, *SORTS) if self.q else SORTS

    @property
    def order(self):
        return self.sort if self.sort in self.orders else self.orders[0]

    @property
    def query(self):
        is_default = self.order == self.orders[0]
        parts = {"q": self.q, **self.selected, "sort": "" if is_default else self.order}
        return urlencode({name: value for name, value in parts.items() if value}, doseq=True)


def read(data, known):
    """Asked of a query string; `known`: {filter: values}."""
    selected = {
        name: [value for value in dict.fromkeys(data.getlist(name)) if value in known[name]]
        for name in FILTERS
    }
    return Asked(
        q=clean(data.get("q", ""))[:100],
        sort=data.get("sort") if data.get("sort") in (MATCH, *SORTS) else "",
        selected={name: values for name, values in selected.items() if values},
    )


class Found(NamedTuple):
    careers: list
    counts: dict  # {filter: Counter of its values among what the other filters find}
    without: Counter  # {filter, or "q": how many more careers there are without it}
    fits: dict  # {occupation pk: how well the words fit}, empty without words


def find(careers, asked, meanings=()):
    """Found: the careers that are asked for, and what each filter costs, in one pass.

    `meanings`: what the typed words are an everyday word for (`Vocabulary.meanings`).
    """
    chosen = {name: set(values) for name, values in asked.selected.items()}
    found, counts, without = [], {name: Counter() for name in FILTERS}, Counter()
    fits = _fits(careers, asked.q, meanings)
    for career in careers:
        failed = [name for name, some in chosen.items() if some.isdisjoint(career.values[name])]
        if asked.q and career.occupation.pk not in fits:
            without["q"] += not failed
            continue
        if not failed:
            found.append(career)
            for name in FILTERS:
                counts[name].update(career.values[name])
        elif len(failed) == 1:
            counts[failed[0]].update(career.values[failed[0]])
            without[failed[0]] += 1
    return Found(found, counts, without, fits)


def _fits(careers, text, meanings):
    """{occupation pk: how well the words of a text fit}; where none does, whose names start so."""
    words = content_words(text)
    words = [word for word in words if fold(word) not in SOFT] or words
    if not words:
        return {}
    keys = {f"o:{phrase_key(words, language)}" for language in LANGUAGES}
    terms, phrases = [query_terms(word) for word in words], [fold(meaning) for meaning in meanings]
    scores = {career.occupation.pk: _fit(career, keys, terms, phrases) for career in careers}
    fits = {pk: score for pk, score in scores.items() if score}
    return fits or _starting(careers, [fold(word) for word in words])


def _starting(careers, starts):
    """As `_fits`, of the first letters of words; those of a title's first word fit better."""
    patterns = [re.compile(rf"\b{re.escape(start)}") for start in starts]
    return {
        career.occupation.pk: 1 + career.text.startswith(starts[0])
        for career in careers
        if all(pattern.search(career.text) for pattern in patterns)
    }


def _fit(career, keys, terms, phrases):
    """`keys`: of the whole text; `terms`: of each of its words; `phrases`: what it may mean."""
    return (
        WHOLE_TITLE * (not keys.isdisjoint(career.title.whole))
        + IN_TITLE * _has(career.title, terms)
        + WHOLE_NAME * (not keys.isdisjoint(career.names.whole))
        + IN_NAMES * _has(career.names, terms)
        + MEANT * any(phrase in career.text for phrase in phrases)
    )


def _has(names, terms):
    """Whether each of some words stands in the names, in any of its forms."""
    return all(not names.terms.isdisjoint(forms) for forms in terms)


def in_order(careers, sort, language, fits=None):
    """Sorted by title, or by what was asked with the title second; what is not reported comes last."""
    by_title = sorted(careers, key=lambda career: fold(_title(career, language)))
    if sort in ("sector", "name"):
        return by_title
    if sort == MATCH:
        return sorted(by_title, key=lambda career: -fits.get(career.occupation.pk, 0))
    if sort == "education":
        return sorted(
            by_title, key=lambda career: _least(Education.order(career.occupation.education))
        )
    figure = attrgetter({"pay": "hourly", "openings": "openings"}[sort])
    return sorted(by_title, key=lambda career: _most(career.figure and figure(career.figure)))


def _title(career, language):
    return Occupation.title.in_language(career.occupation, language)


def _least(value):
    return (value is None, value or 0)


def _most(value):
    return (value is None, -(value or 0))


# --- Kept --------------------------------------------------------------------------------------


@lru_cache(maxsize=2)  # a thread may still hold the version before
def _at(version):
    return Directory(version)


def current(version=None):
    """The Directory of a catalogue version, by default the latest."""
    return _at(version or catalogue.current()[0])


def forget():
    """For tests, whose databases come and go within one process."""
    _at.cache_clear()
