"""Where a reader starts: a school, a district, a city or a ZIP code, from what was typed or an address carries.

    read("hoover high school").origin   ->  Origin("institution", "hoover-high", "Hoover High", ...)
    read("Grossmont").choices           ->  the college, the high school, the adult school, the district
    read("El Centro").choices           ->  the city, and the district El Centro Elementary
    read("El Centro, CA").origin        ->  the city

Read from the vocabulary, so that a warm process spends no query.
"""

from functools import lru_cache
from statistics import fmean
from typing import NamedTuple

from django.utils.text import slugify

from finder import vocabulary
from finder.analysis import fold, spoken_words
from finder.query import clean, take_zip_codes
from programs.models import Segment

MOST = 8  # choices
# Said of any school: a name is the same with and without them.
SILENT_WORDS = "school schools district the of escuela distrito escolar preparatoria secundaria"
# What a school is: often left out, but never wrong where it is said.
KIND_WORDS = """
    high senior sr junior jr middle elementary college community adult education continuing
    unified union charter colegio
"""
SILENT, KINDS = frozenset(SILENT_WORDS.split()), frozenset(KIND_WORDS.split())


class Origin(NamedTuple):
    kind: str  # "institution", "district", "city" or "zip"
    key: str  # what the address carries: a slug or a ZIP code
    name: str  # of a ZIP code its city; of a city "El Centro, CA", which reads back as nothing else
    segment: str = ""  # Segment value; "" for a ZIP code and a city
    district: str = ""  # slug, or ""
    institution: str = ""  # slug, or ""
    point: tuple | None = None  # (latitude, longitude); of a district the mean of its institutions'
    county: str = ""  # slug

    @property
    def names_no_school(self):
        """A place on the map and no more: nobody can tell which school its reader goes to."""
        return self.kind in ("zip", "city")


class Origins(NamedTuple):
    """One place that is meant, or several that may be, the likeliest first; neither where none is."""

    origin: Origin | None = None
    choices: tuple = ()


class Known(NamedTuple):
    """A place and one of its names as words: without the silent ones, and without those of its kind.

    A nickname such as "Grossmont" is no more the college's than the high school's.
    """

    words: tuple
    core: tuple
    is_nickname: bool
    origin: Origin


def read(text, words=None):
    """The Origins of a text; `words` is the Vocabulary to read from, by default the latest."""
    words = words or vocabulary.current()
    text = clean(text)
    rest, codes = take_zip_codes(text)
    if codes and not rest:
        return Origins(_of_zip_code(words, codes[0]))
    places = _places(words)
    if text in places:
        return Origins(places[text])
    cities = _cities(words)
    if text in cities or slugify(text) in cities:  # its key, or "El Centro, CA"
        return Origins(cities[slugify(text)])
    return _or_city(_named(text, words), cities.get(_words(text)))


def _or_city(found, city):
    """A city is offered first, before the schools and districts that are called after it."""
    if city is None:
        return found
    others = (found.origin,) if found.origin else found.choices
    return Origins(choices=(city, *others)[:MOST]) if others else Origins(city)


def asking_adults(found, text):
    """The same for an adult, who meant no elementary district unless they typed its whole name or key."""
    one = found.origin
    if one is None or one.kind != "district" or one.segment != Segment.MIDDLE:
        return found
    return found if text.casefold() in (one.key, one.name.casefold()) else Origins(choices=(one,))


def of(institution):
    """The Origin of an Institution (with its district and county)."""
    district = institution.district
    known = institution.latitude is not None
    return Origin(
        kind="institution",
        key=institution.slug,
        name=institution.name,
        segment=institution.segment,
        district=district.slug if district else "",
        institution=institution.slug,
        point=tuple(map(float, institution.point)) if known else None,
        county=institution.county.slug,
    )


def _of_zip_code(words, code):
    place = words.zip_codes.get(code)
    if place is None:
        return None
    point = (place.latitude, place.longitude)
    return Origin("zip", code, place.city, point=point, county=place.county)


@lru_cache(maxsize=2)
def _cities(words):
    """{key, or name as words: Origin} of the cities that have ZIP codes, in the middle of these."""
    codes = {}
    for place in words.zip_codes.values():
        codes.setdefault(place.city, []).append(place)
    found = {}
    for name, places in sorted(codes.items()):
        city = _of_city(name, words.region.state, places)
        found |= {city.key: city, _words(name): city}
    return found


def _of_city(name, state, places):
    points = [(place.latitude, place.longitude) for place in places]
    return Origin(
        kind="city",
        key=f"{slugify(name)}-{state.lower()}",
        name=f"{name}, {state}",
        point=tuple(map(fmean, zip(*points, strict=True))),
        county=places[0].county,
    )


def city_names(words):
    """["El Centro, CA"], for the box where a reader types one."""
    return sorted({city.name for city in _cities(words).values()})


@lru_cache(maxsize=2)
def _places(words):
    """{key: Origin} of the institutions and of the districts that have one.

    A district with an institution's slug (Brawley Union High is both) is known as `<slug>-district`.
    """
    places = {row.slug: _of_institution(row) for row in words.institutions.values()}
    for district in words.districts:
        members = [one for one in places.values() if _belongs(one, district)]
        if members:
            key = f"{district.slug}-district" if district.slug in places else district.slug
            places[key] = _of_district(key, district, members)
    return places


def _belongs(origin, district):
    return origin.kind == "institution" and origin.district == district.slug


def _of_institution(row):
    known = row.latitude is not None
    return Origin(
        kind="institution",
        key=row.slug,
        name=row.name,
        segment=row.segment,
        district=row.district_slug or "",
        institution=row.slug,
        point=(float(row.latitude), float(row.longitude)) if known else None,
        county=row.county_slug,
    )


def _of_district(key, district, members):
    """The level is the district's own, or its first one where it has no institution of that level."""
    points = [one.point for one in members if one.point]
    levels = sorted({one.segment for one in members}, key=Segment.rank)
    return Origin(
        kind="district",
        key=key,
        name=district.name,
        segment=district.segment if district.segment in levels else levels[0],
        district=district.slug,
        point=tuple(map(fmean, zip(*points, strict=True))) if points else None,
        county=district.county_slug,
    )


# --- Names -------------------------------------------------------------------------------------


def _named(text, words):
    """The places whose name is the text, else is so without its kind, starts so, or holds its words."""
    typed = _words(text)
    core = _core(typed)
    ranks = {}
    for known in _names(words):
        rank = _rank(typed, core, known)
        if rank is not None:
            ranks[known.origin] = min(rank, ranks.get(known.origin, rank))
    order = sorted(ranks, key=lambda one: (ranks[one], _order(one)))
    best = [one for one in order if ranks[one] == ranks[order[0]]]
    if len(best) == 1 and ranks[best[0]].missed == 0:
        return Origins(best[0])
    return Origins(choices=tuple(order[:MOST]))


class Rank(NamedTuple):
    """How well a name fits, the lowest best. `missed`: typed words that the name lacks."""

    fit: int
    missed: int


def _rank(typed, core, known):
    if typed and typed == known.words and not known.is_nickname:
        return Rank(0, 0)
    if not core:
        return None
    missed = sum(not _holds(known.words, word) for word in typed)
    if core == known.core:
        return Rank(1, missed)
    if " ".join(known.core).startswith(" ".join(core)):
        return Rank(2, missed)
    return None if any(not _holds(known.words, word) for word in core) else Rank(3, missed)


def _holds(words, start):
    return any(word.startswith(start) for word in words)


def _order(origin):
    """Schools in the order students meet them, then districts, by name."""
    return (origin.kind == "district", Segment.rank(origin.segment), origin.name, origin.key)


@lru_cache(maxsize=2)
def _names(words):
    """[Known] of every name of every place."""
    found = []
    for origin in _places(words).values():
        others = words.names.get(origin.institution, ())
        for name in {_words(name) for name in (origin.name, *others)}:
            is_nickname = name == _core(name) and name != _words(origin.name)
            found.append(Known(name, _core(name), is_nickname, origin))
    return found


def _words(text):
    return tuple(word for word in map(fold, spoken_words(text)) if word not in SILENT)


def _core(words):
    return tuple(word for word in words if word not in KINDS)
