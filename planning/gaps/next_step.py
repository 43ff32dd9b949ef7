"""Next step missing: programs of high schools and adult education after which nothing is listed.

A program has a next step when a college teaches its pathway within the chosen distance, and an agreement
in force with any college reaches it: its own, or one of its school or district that covers its field.
"""

from typing import NamedTuple

from planning.facts import Facts
from planning.scope import Scope
from programs.models import Program, ProgramLink, Segment
from programs.models.sourced import Freshness
from programs.steps import segment_of


class Row(NamedTuple):
    program: Program
    miles: float | None  # to the nearest college program of the pathway, wherever it is
    college: Program | None
    agreements: list[ProgramLink]  # in force, with a college
    is_far: bool  # no college program of the pathway within the distance


class Found(NamedTuple):
    rows: list[Row]
    total: int  # programs that could be judged
    far: int  # of all gaps in the scope, whatever `missing` asks
    without: int  # the same, without an agreement
    no_pathway: list[Program]  # apart: nobody knows their pathway
    not_verified: int


def find(facts: Facts, scope: Scope):
    programs = [program for program in facts.schools if scope.has(program)]
    judged = [_row(facts, scope, one) for one in programs if one.pathway_id]
    far = [row for row in judged if row.is_far]
    without = [row for row in judged if not row.agreements]
    wanted = {
        "program": far,
        "agreement": without,
        "": [row for row in judged if row.is_far or not row.agreements],
    }
    rows = sorted(wanted[scope.missing], key=lambda row: place_order(row.program))
    return Found(
        rows=rows,
        total=len(judged),
        far=len(far),
        without=len(without),
        no_pathway=[one for one in programs if not one.pathway_id],
        not_verified=not_verified(rows),
    )


def _row(facts, scope, program):
    near = facts.neighbours.get(program.pk)
    distance, college = near[0] if near else (None, None)
    is_far = distance is None or distance > scope.distance
    return Row(program, distance, college, college_agreements(facts, program), is_far)


def college_agreements(facts, program):
    """Agreements in force that take a student of the program to a college."""
    return [
        link
        for link in facts.agreements.of(program)
        if segment_of(link.destination) == Segment.COLLEGE
    ]


def not_verified(rows):
    """How many rows stand on a program whose source is old or undated."""
    return sum(row.program.freshness == Freshness.NOT_VERIFIED for row in rows)


def place_order(program):
    """By district and school, as the people read it who can close the gap."""
    place = program.institution
    return (place.district.name if place.district else "", place.name, program.title_en)
