"""Coverage and equal access: which district has no program of a sector listed, and how far the nearest is.

A district has a row for each school level at which one of its schools is open. Distances are from the middle of
a ZIP code, as the crow flies, to the nearest school or college with a program of the sector.
"""

from collections import Counter, defaultdict
from statistics import median
from typing import NamedTuple

from planning.facts import Facts
from planning.scope import OPEN_TO_ADULTS, Scope
from programs import models
from programs.distance import miles
from reference.models import County, Sector, ZipCode


class Row(NamedTuple):
    district: models.District
    level: models.Segment
    schools: int
    programs: int
    counts: list[tuple[Sector, int]]  # every sector of the scope, 0 where none is listed


class Access(NamedTuple):
    """One sector in one county."""

    county: County
    programs: int  # of the level
    middle: (
        float | None
    )  # miles from half of the ZIP codes are at most this; None without a program
    farthest: float | None
    farthest_zip: ZipCode | None


class Found(NamedTuple):
    rows: list[Row]  # the whole grid
    gaps: int  # rows without any program of the scope
    total: int
    access: list[tuple[Sector, list[Access]]]
    zip_codes: list[tuple[ZipCode, float | None]]  # of the one chosen sector, farthest first
    offered: set[tuple]  # (county pk, level, sector pk) with a program, in the whole region


def find(facts: Facts, scope: Scope):
    sectors = [scope.sector] if scope.sector else facts.sectors
    rows = _rows(facts, scope, sectors)
    return Found(
        rows=rows,
        gaps=sum(not row.programs for row in rows),
        total=len(rows),
        access=[(sector, _access(facts, scope, sector)) for sector in sectors],
        zip_codes=_zip_codes(facts, scope) if scope.sector else [],
        offered={
            (one.institution.county_id, one.institution.segment, one.sector_id)
            for one in facts.programs.values()
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
    rank = models.Segment.rank
    order = sorted(schools, key=lambda key: (rank(key[1]), key[0].county_id, key[0].name))
    return [
        Row(
            district,
            models.Segment(level),
            schools[district, level],
            totals[district.pk, level],
            [(sector, programs[district.pk, level, sector.pk]) for sector in sectors],
        )
        for district, level in order
    ]


# --- Distances ---------------------------------------------------------------------------------


def distances(facts, level):
    """{sector pk: {ZipCode: miles to the nearest program}}; kept with the facts, for it is the costly part."""
    if level not in facts.zip_miles:
        facts.zip_miles[level] = _distances(facts, level)
    return facts.zip_miles[level]


def _distances(facts, level):
    places = defaultdict(set)
    for program in _programs(facts, level):
        if None not in program.institution.point:
            places[program.sector_id].add(program.institution.point)
    points = set().union(*places.values())
    found = {sector: {} for sector in places}
    for code in facts.zip_codes:
        away = {point: miles((code.latitude, code.longitude), point) for point in points}
        for sector, here in places.items():
            found[sector][code] = min(away[point] for point in here)
    return found


def _programs(facts, level):
    levels = (level,) if level else OPEN_TO_ADULTS
    return [one for one in facts.programs.values() if one.segment in levels]


def _access(facts, scope, sector):
    away = distances(facts, scope.level).get(sector.pk, {})
    counts = Counter(
        one.institution.county_id
        for one in _programs(facts, scope.level)
        if one.sector_id == sector.pk
    )
    found = []
    for county in facts.counties:
        codes = {code: far for code, far in away.items() if code.county_id == county.pk}
        farthest = max(codes, key=lambda code: (codes[code], code.code), default=None)
        found.append(
            Access(
                county,
                counts[county.pk],
                median(codes.values()) if codes else None,
                codes.get(farthest),
                farthest,
            )
        )
    return found


def _zip_codes(facts, scope):
    away = distances(facts, scope.level).get(scope.sector.pk, {})
    codes = [code for code in facts.zip_codes if scope.in_county(code.county_id)]
    pairs = [(code, away.get(code)) for code in codes]
    return sorted(pairs, key=lambda pair: (pair[1] is None, -(pair[1] or 0), pair[0].code))
