"""Early college credit missing: neighbours of one pathway without an agreement, and agreements that run out.

A neighbour is a college that teaches the pathway of a high school or adult program within the chosen
distance. An agreement ran out when its last year is over; it is running out when its last year is this one.
"""

from collections import Counter
from typing import NamedTuple

from django.utils import timezone

from planning.facts import Facts
from planning.gaps.next_step import not_verified, place_order
from planning.scope import Scope
from programs.models import District, Program, ProgramLink


class Row(NamedTuple):
    program: Program
    miles: float
    college: Program  # the nearest neighbour
    neighbours: int  # colleges that teach the pathway within the distance
    elsewhere: list[ProgramLink]  # early credit in force with another college


class ByDistrict(NamedTuple):
    district: District
    lacking: int
    total: int  # programs with a neighbour


class Found(NamedTuple):
    rows: list[Row]
    total: int  # programs with a neighbour
    districts: list[ByDistrict]
    agreements: list[ProgramLink]  # ran out or running out, the oldest first
    undated: int  # apart: agreements of which no source tells the last year
    not_verified: int


def find(facts: Facts, scope: Scope):
    rows, with_neighbour = [], []
    for program in facts.schools:
        if scope.has(program) and (near := _within(facts, scope, program)):
            with_neighbour.append(program)
            credit = [link for link in facts.agreements.of(program) if link.is_early_credit]
            if not any(_is_with(link, near) for link in credit):
                rows.append(_row(program, near, credit))
    links = [link for link in facts.links if link.is_early_credit and _concerns(link, scope)]
    ending = [link for link in links if is_ending(link)]
    return Found(
        rows=sorted(rows, key=lambda row: place_order(row.program)),
        total=len(with_neighbour),
        districts=_districts(rows, with_neighbour),
        agreements=sorted(ending, key=lambda link: (link.valid_until[:4], link.slug)),
        undated=sum(not link.valid_until[:4].isdecimal() for link in links),
        not_verified=not_verified(rows),
    )


def _within(facts, scope, program):
    """[(miles, college program)] of the pathway within the distance, nearest first."""
    near = facts.neighbours.get(program.pk, ())
    return [pair for pair in near if pair[0] <= scope.distance]


def _is_with(link, near):
    """The agreement is with one of the neighbours: its college, or its college district as a whole."""
    place = link.to_program.institution if link.to_program else link.to_institution
    if place:
        return any(place.pk == college.institution_id for _miles, college in near)
    return any(link.to_district_id == college.institution.district_id for _miles, college in near)


def _row(program, near, credit):
    distance, college = near[0]
    colleges = {other.institution_id for _miles, other in near}
    return Row(program, distance, college, len(colleges), credit)


def _districts(rows, with_neighbour):
    """By district, most programs without an agreement first."""
    places = {one.institution.district_id: one.institution.district for one in with_neighbour}
    lacking = Counter(row.program.institution.district_id for row in rows)
    total = Counter(one.institution.district_id for one in with_neighbour)
    found = [ByDistrict(place, lacking[pk], total[pk]) for pk, place in places.items() if place]
    return sorted(found, key=lambda one: (-one.lacking, one.district.name))


def is_ending(link):
    year = link.valid_until[:4]
    return year.isdecimal() and int(year) <= timezone.localdate().year


def _concerns(link, scope):
    """An agreement of the sector (or of none) that starts at the place."""
    school = link.from_program.institution if link.from_program else link.from_institution
    place = school or link.from_district
    district = school.district_id if school else link.from_district_id
    return (
        (scope.sector is None or link.sector_id in (None, scope.sector.pk))
        and scope.in_county(place.county_id)
        and (scope.district is None or district == scope.district.pk)
    )
