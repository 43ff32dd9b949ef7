"""What the finder knows by heart: labels of filter values, places, names and everyday words.

Read from the database once per catalogue version and kept in the process. Each part is read when it
is first asked for, so that a page pays only for what it shows.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property, lru_cache
from operator import itemgetter
from statistics import fmean
from typing import NamedTuple

from django.db.models import F
from django.utils.translation import gettext, override

from finder import pay
from finder.analysis import LANGUAGES, content_words, fold, keys, phrase_key
from finder.attendees import Attendee
from programs import catalogue
from programs.distance import miles
from programs.fits import job_names
from programs.models import (
    Catalogue,
    Credential,
    District,
    Institution,
    InstitutionName,
    LinkKind,
    Program,
    Segment,
)
from programs.models.sourced import Freshness
from reference.models import County, Occupation, Pathway, Region, Sector, Synonym, ZipCode

WORD_START = re.compile(r"\b\w")
CHOICES = {
    "audience": Attendee,
    "open_to": Program.Audience,
    "level": Segment,
    "cost": Program.Cost,
    "credential": Credential,
    "delivery": Program.Delivery,
    "schedule": Program.Schedule,
    "freshness": Freshness,
}


class Label(NamedTuple):
    """How a value reads. `lang` is set when the text is not in the reader's language."""

    text: str
    lang: str | None = None
    badge: str = ""


class Place(NamedTuple):
    code: str
    city: str
    latitude: float
    longitude: float
    county: str  # slug


class Suggestion(NamedTuple):
    kind: (
        str  # the name of its page: sector, pathway, career, institution; or program, for a search
    )
    key: str  # its slug, or the title to search for
    title_en: str
    title_es: str


class Vocabulary:
    """One catalogue version's words."""

    def __init__(self, version):
        self.version = version
        self._labels = {}

    # --- Filters ------------------------------------------------------------------------------

    def labels(self, language):
        """{filter: {value: Label}} in the order in which the values are offered; `open_to` and `freshness`
        are what a program says."""
        if language not in self._labels:
            with override(language):
                self._labels[language] = self._read_labels(language)
        return self._labels[language]

    def _read_labels(self, language):
        labels = {
            name: {value: Label(gettext(str(label))) for value, label in choices.choices}
            for name, choices in CHOICES.items()
        }
        labels["credit"] = {
            kind.value: Label(gettext(str(kind.label))) for kind in LinkKind.early_credit()
        }
        labels["sector"] = {
            row.slug: self._titled(row, language, badge=row.code) for row in self.sectors
        }
        labels["pathway"] = {
            row.slug: self._titled(row, language, badge=row.sector.code) for row in self.pathways
        }
        labels["county"] = {row.slug: Label(row.name) for row in self.counties}
        labels["district"] = {row.slug: Label(row.name) for row in self.districts}
        labels["institution"] = {row.slug: Label(row.name) for row in self.institutions.values()}
        return labels

    @staticmethod
    def _titled(row, language, badge):
        title = type(row).title.in_language(row, language)
        return Label(str(title), title.lang, badge)

    def knows(self, name, value):
        return value in self.labels("en")[name]

    @cached_property
    def sectors(self):
        return list(Sector.objects.all())

    @cached_property
    def pathways(self):
        return list(Pathway.objects.select_related("sector"))

    @cached_property
    def counties(self):
        return list(County.objects.all())

    # --- Places -------------------------------------------------------------------------------

    @cached_property
    def institutions(self):
        """{slug: (pk, slug, name, segment, district_slug, county_slug, zip_code, latitude, longitude)}.

        The district and the point may be None.
        """
        return {
            row.slug: row
            for row in Institution.objects.active()
            .annotate(district_slug=F("district__slug"), county_slug=F("county__slug"))
            .values_list(
                "pk", "slug", "name", "segment", "district_slug", "county_slug", "zip_code",
                "latitude", "longitude", named=True,
            )
        }  # fmt: skip

    @cached_property
    def institution_slugs(self):
        """{primary key: slug}."""
        return {row.pk: slug for slug, row in self.institutions.items()}

    @cached_property
    def names(self):
        """{institution slug: [its other names]}."""
        found = defaultdict(list)
        for slug, name in InstitutionName.objects.values_list("institution__slug", "name"):
            found[slug].append(name)
        return dict(found)

    @cached_property
    def districts(self):
        """[(pk, slug, name, segment, county_slug)] by name."""
        rows = District.objects.annotate(county_slug=F("county__slug"))
        return list(rows.values_list("pk", "slug", "name", "segment", "county_slug", named=True))

    @cached_property
    def zip_codes(self):
        return {
            code: Place(code, city, float(latitude), float(longitude), county)
            for code, city, latitude, longitude, county in ZipCode.objects.values_list(
                "code", "city", "latitude", "longitude", "county__slug"
            )
        }

    def distances(self, zip_code):
        """{institution slug: miles from the middle of a ZIP code}, of those whose point is known."""
        place = self.zip_codes[zip_code]
        return self._distances((place.latitude, place.longitude))

    def _distances(self, here):
        distances = {
            slug: miles(here, (row.latitude, row.longitude))
            for slug, row in self.institutions.items()
        }
        return {slug: distance for slug, distance in distances.items() if distance is not None}

    def institutions_in(self, zip_code):
        """Slugs of the institutions with a ZIP code in their address."""
        return frozenset(
            slug for slug, row in self.institutions.items() if row.zip_code == zip_code
        )

    @cached_property
    def cities(self):
        """{the folded words that name it: (latitude, longitude)}, the middle of a city's ZIP codes."""
        points = defaultdict(list)
        for place in self.zip_codes.values():
            words = tuple(map(fold, content_words(place.city)))
            points[words].append((place.latitude, place.longitude))
        return {
            words: tuple(map(fmean, zip(*found, strict=True))) for words, found in points.items()
        }

    def near_city(self, words):
        """[(slug, miles)] of all institutions, the nearest to a city first; none where it is no city."""
        if words not in self.cities:
            return []
        return sorted(self._distances(self.cities[words]).items(), key=itemgetter(1))

    @cached_property
    def city_words(self):
        """The folded words of all cities."""
        return {word for words in self.cities for word in words}

    # --- Words --------------------------------------------------------------------------------

    def meanings(self, phrase):
        """The official phrases that a phrase, as a tuple of words, is used for.

        The very words count before other forms of them: English stems animals like animation.
        """
        by_words, by_stems = self.synonyms
        found = by_words.get(spelt(phrase))
        if found is None:
            stems = (phrase_key(phrase, language) for language in LANGUAGES)
            found = [meaning for key in stems for meaning in by_stems.get(key, ())]
        return found

    def is_everyday(self, phrase):
        """Whether a phrase is an everyday one to the letter."""
        return spelt(phrase) in self.synonyms[0]

    @cached_property
    def synonyms(self):
        """({phrase as spelt: [official phrases]}, {phrase key: [official phrases]})."""
        by_words, by_stems = defaultdict(list), defaultdict(list)
        for term, language, means in Synonym.objects.values_list("term", "language", "means"):
            if language in LANGUAGES:
                phrases = _phrases(means)
                by_words[spelt(content_words(term))] += phrases
                by_stems[keys(term, language)[0]] += phrases
        return dict(by_words), dict(by_stems)

    @cached_property
    def synonym_words(self):
        """The words of everyday phrases, as written."""
        return {
            word
            for term in Synonym.objects.values_list("term", flat=True)
            for word in content_words(term)
        }

    @cached_property
    def job_names(self):
        """The JobNames by which a program's title tells its jobs."""
        return job_names()

    # --- Suggestions --------------------------------------------------------------------------

    @cached_property
    def suggestions(self):
        """[(folded text from some word on, rank, Suggestion)], sorted, for a search by prefix."""
        entries = []
        for rank, suggestion, texts in self._suggested():
            starts = {}
            for text in texts:
                folded = fold(text)
                for match in WORD_START.finditer(folded):
                    starts.setdefault(folded[match.start() :], rank + (match.start() > 0))
            entries += [(start, found, suggestion) for start, found in starts.items()]
        return sorted(entries)

    def _suggested(self):
        """(rank, Suggestion, every text it may be typed as)."""
        for row in self.sectors:
            texts = (
                row.title_en,
                row.title_es,
                *_phrases(row.search_words_en, row.search_words_es),
            )
            yield 4, Suggestion("sector", row.slug, row.title_en, row.title_es), texts
        for row in self.pathways:
            texts = (
                row.title_en,
                row.title_es,
                *_phrases(row.search_words_en, row.search_words_es),
            )
            yield 2, Suggestion("pathway", row.slug, row.title_en, row.title_es), texts
        for row in Occupation.objects.filter(program_links__isnull=False).distinct():
            texts = (row.title_en, row.title_es, *_phrases(row.everyday_en, row.everyday_es))
            yield 2, Suggestion("career", row.slug, row.title_en, row.title_es), texts
        for slug, row in self.institutions.items():
            texts = (row.name, *self.names.get(slug, ()))
            yield 0, Suggestion("institution", slug, row.name, ""), texts
        titles = Program.objects.published().values_list("title_en", "title_es").distinct()
        once = {}  # schools differ in their capitals
        for en, es in sorted(titles, key=lambda title: (title[0], not title[1])):
            once.setdefault(fold(en), (en, es))
        for en, es in once.values():
            yield 0, Suggestion("program", en, en, es), filter(None, (en, es))

    def suggest(self, text, most):
        """The Suggestions whose text, or any word of it, starts with `text`."""
        prefix = fold(" ".join(text.split()))
        start = bisect_left(self.suggestions, (prefix,))
        end = bisect_left(self.suggestions, (prefix + "\U0010ffff",))
        found = {}
        for _, rank, suggestion in self.suggestions[start:end]:
            found[suggestion] = min(rank, found.get(suggestion, rank))
        order = sorted(found, key=lambda item: (found[item], len(item.title_en), item))
        return order[:most]

    # --- The region ---------------------------------------------------------------------------

    @cached_property
    def region(self):
        """The one Region, or one without names on a site that has no data yet."""
        return Region.objects.first() or Region()

    @cached_property
    def living_wages(self):
        """{county slug: LivingWage} of one adult without children."""
        return {wage.county.slug: wage for wage in pay.living_wages()}

    @cached_property
    def changed_on(self):
        """The day of the last change, or None."""
        return Catalogue.objects.values_list("changed_at", flat=True).first()


def spelt(words):
    """Words without case and accents."""
    return " ".join(map(fold, words))


def _phrases(*texts):
    return [phrase.strip() for text in texts for phrase in text.split(";") if phrase.strip()]


@lru_cache(maxsize=2)  # a thread may still hold the version before
def _at(version):
    return Vocabulary(version)


def current(version=None):
    """The vocabulary of a catalogue version, by default the latest."""
    return _at(version or catalogue.current()[0])


def forget():
    """For tests, whose databases come and go within one process."""
    _at.cache_clear()
