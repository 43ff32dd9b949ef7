"""The list of careers: what a process keeps of it, and a search in it from parameters to results.

Some hundred occupations fit a process: they are read once per catalogue version, and every filter,
count and order is worked out over them. Filters mean as in the finder: several values of one filter
mean any of them, several filters mean all of them, a value that we do not know is ignored.
"""

from collections import Counter
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from finder import pay, vocabulary
from finder.analysis import fold
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


class Career(NamedTuple):
    """One occupation as the list needs it."""

    occupation: Occupation
    text: str  # all its names, folded
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
    sort: str  # one of SORTS
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
    def query(self):
        parts = {"q": self.q, **self.selected, "sort": self.sort if self.sort != SORTS[0] else ""}
        return urlencode({name: value for name, value in parts.items() if value}, doseq=True)


def read(data, known):
    """Asked of a query string; `known`: {filter: values}."""
    selected = {
        name: [value for value in dict.fromkeys(data.getlist(name)) if value in known[name]]
        for name in FILTERS
    }
    return Asked(
        q=clean(data.get("q", ""))[:100],
        sort=data.get("sort") if data.get("sort") in SORTS else SORTS[0],
        selected={name: values for name, values in selected.items() if values},
    )


class Found(NamedTuple):
    careers: list
    counts: dict  # {filter: Counter of its values among what the other filters find}
    without: Counter  # {filter, or "q": how many more careers there are without it}


def find(careers, asked, meanings=()):
    """Found: the careers that are asked for, and what each filter costs, in one pass.

    `meanings`: what the typed words are an everyday word for (`Vocabulary.meanings`).
    """
    words, phrases = fold(asked.q).split(), [fold(meaning) for meaning in meanings]
    chosen = {name: set(values) for name, values in asked.selected.items()}
    found, counts, without = [], {name: Counter() for name in FILTERS}, Counter()
    for career in careers:
        failed = [name for name, some in chosen.items() if some.isdisjoint(career.values[name])]
        is_named = all(word in career.text for word in words)
        if not is_named and not any(phrase in career.text for phrase in phrases):
            without["q"] += not failed
            continue
        if not failed:
            found.append(career)
            for name in FILTERS:
                counts[name].update(career.values[name])
        elif len(failed) == 1:
            counts[failed[0]].update(career.values[failed[0]])
            without[failed[0]] += 1
    return Found(found, counts, without)


def in_order(careers, sort, language):
    """Sorted by title, or by what was asked with the title second; what is not reported comes last."""
    by_title = sorted(careers, key=lambda career: fold(_title(career, language)))
    if sort in ("sector", "name"):
        return by_title
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
