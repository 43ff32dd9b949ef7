"""No feeder: college programs that no program of a high school or of adult education leads to.

One leads there when it is of the same pathway within the chosen distance, or when a link in force names
the program, its pathway or its sector. An agreement of the college that names no field says nothing of one
program, so it does not count; how many there are is said.
"""

from typing import NamedTuple

from planning.facts import Facts
from planning.gaps.next_step import not_verified
from planning.scope import Scope
from programs.models import Program


class Row(NamedTuple):
    program: Program
    miles: float | None  # to the nearest school program of the pathway, farther than the distance
    school: Program | None
    general: int  # agreements in force with the college that name no field


class Found(NamedTuple):
    rows: list[Row]
    total: int  # college programs that could be judged
    no_pathway: list[Program]  # apart: in a sector, but nobody knows their pathway
    no_sector: int  # apart: general and transfer studies, in no sector
    not_verified: int


def find(facts: Facts, scope: Scope):
    programs = [program for program in facts.colleges if scope.has(program)]
    judged = [one for one in programs if one.pathway_id]
    rows = [_row(facts, one) for one in judged if not has_feeder(facts, scope, one)]
    return Found(
        rows=sorted(rows, key=lambda row: (row.program.institution.name, row.program.title_en)),
        total=len(judged),
        no_pathway=[one for one in programs if one.sector_id and not one.pathway_id],
        no_sector=sum(not one.sector_id for one in programs),
        not_verified=not_verified(rows),
    )


def has_feeder(facts, scope, program):
    near = facts.neighbours.get(program.pk)
    if near and near[0][0] <= scope.distance:
        return True
    return any(names_field(link) for link in facts.leading.of(program))


def names_field(link):
    return bool(link.to_program_id or link.pathway_id or link.sector_id)


def _row(facts, program):
    near = facts.neighbours.get(program.pk)
    distance, school = near[0] if near else (None, None)
    general = sum(not names_field(link) for link in facts.leading.of(program))
    return Row(program, distance, school, general)
