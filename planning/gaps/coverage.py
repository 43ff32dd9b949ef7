"""Coverage and equal access: which district has no program of a sector listed, and how far the nearest is.

A district has a row for each school level at which one of its schools is open. Distances are from the middle of
a ZIP code, as the crow flies, to the nearest school or college with a program of the sector.
"""

from collections import Counter, defaultdict
from statistics import median
from typing import NamedTuple

from planning.facts import Facts
from planning.scope import OPEN_TO_ADULTS, Scope
from programs.distance import miles
from programs.models import District, Segment
from reference.models import County, Sector, ZipCode


class Row(NamedTuple):
    district: District
    level: Segment
    schools: int
    programs: int
    counts: list[tuple[Sector, int]]  # every sector of the scope, 0 where none is listed


class Access(NamedTuple):
    """One sector in one county. Half of the ZIP codes are at most `middle` miles from the nearest program,
    all of them at most `farthest`; both None where none is listed."""

    county: County
    programs: int  # of the level
    middle: float | None
    farthest: float | None
    farthest_zip: ZipCode | None


class Found(NamedTuple):
    rows: list[Row]  # the whole grid
    gaps: int  # rows without any program of the scope
    total: int
    access: list[tuple[Sector, list[Access]]]
    zip_codes: list[tuple[ZipCode, float | None]]  # of the one chosen sector, farthest first
    offered: set[tuple]  # (county pk, or None for the region, level, sector pk) with a program


def find(facts: Facts, scope: Scope):
    sectors = [scope.sector] if scope.sector else facts.sectors
    rows = _rows(facts, scope, sectors)
    return Found(
        rows=rows,
        gaps=sum(not row.programs for row in rows),
        total=len(rows),
        access=[(sector, distances(facts, scope.level).access[sector.pk]) for sector in sectors],
        zip_codes=_zip_codes(facts, scope) if scope.sector else [],
        offered={
            (county, one.institution.segment, one.sector_id)
            for one in facts.programs.values()
            for county in (one.institution.county_id, None)
        },
    )


def _rows(facts, scope, sectors):
    schools = Counter(
        (place.district, place.segment)
        for place in facts.institutions
        if place.district and scope.at(place) and scope.level in ("", place.segment)
    )
    programs = Counter(
        (one.institution.district_id, one.institution.segment, one.sector_id)
        for one in facts.programs.values()
        if scope.has(one)
    )
    totals = Counter()
    for (district, level, _sector), count in programs.items():
        totals[district, level] += count
    order = sorted(schools, key=lambda key: (Segment.rank(key[1]), key[0].county_id, key[0].name))
    return [
        Row(
            district,
            Segment(level),
            schools[district, level],
            totals[district.pk, level],
            [(sector, programs[district.pk, level, sector.pk]) for sector in sectors],
        )
        for district, level in order
    ]


# --- Distances ---------------------------------------------------------------------------------


class Distances(NamedTuple):
    """Of the programs of a level: what every scope needs, so it is kept with the facts."""

    miles: dict[int, list[float]]  # {sector pk: to the nearest, in the order of facts.zip_codes}
    access: dict[int, list[Access]]  # {sector pk: one for each county}


def distances(facts, level):
    if level not in facts.distances:
        programs = _programs(facts, level)
        away = _miles(facts, programs)
        access = _access(facts, programs, away)
        facts.distances[level] = Distances(away, access)
    return facts.distances[level]


def _programs(facts, level):
    levels = (level,) if level else OPEN_TO_ADULTS
    return [one for one in facts.programs.values() if one.segment in levels]


def _miles(facts, programs):
    places = defaultdict(set)
    for program in programs:
        if None not in program.institution.point:
            places[program.sector_id].add(program.institution.point)
    points = set().union(*places.values())
    found = {sector: [] for sector in places}
    for code in facts.zip_codes:
        away = {point: miles((code.latitude, code.longitude), point) for point in points}
        for sector, here in places.items():
            found[sector].append(min(away[point] for point in here))
    return found


def _access(facts, programs, away):
    counts = Counter((one.sector_id, one.institution.county_id) for one in programs)
    return {
        sector.pk: [
            _access_in(facts, county, counts[sector.pk, county.pk], away.get(sector.pk))
            for county in facts.counties
        ]
        for sector in facts.sectors
    }


def _access_in(facts, county, programs, away):
    """`away`: miles by ZIP code, None where the sector has no program."""
    codes = [
        (far, code)
        for far, code in zip(away or (), facts.zip_codes, strict=bool(away))
        if code.county_id == county.pk
    ]
    if not codes:
        return Access(county, programs, None, None, None)
    farthest, code = max(codes, key=lambda pair: (pair[0], pair[1].code))
    return Access(county, programs, median(far for far, _code in codes), farthest, code)


def _zip_codes(facts, scope):
    away = distances(facts, scope.level).miles.get(scope.sector.pk) or [None] * len(facts.zip_codes)
    pairs = [
        (code, far)
        for code, far in zip(facts.zip_codes, away, strict=True)
        if scope.in_county(code.county_id)
    ]
    return sorted(pairs, key=lambda pair: (pair[1] is None, -(pair[1] or 0), pair[0].code))
