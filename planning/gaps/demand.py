"""Demand without supply: jobs in demand that pay a living wage, and no or too few programs that lead there.

In demand is what has that mark on the career pages, by the region's rule (reference.marks). Openings, jobs and
pay are of the whole region. The awards of every program that leads to a job count for that job, and again for
each other job the program leads to: supply looks larger than it is, so what is still a gap is one. A chosen
county or district asks if a program *there* leads to the job; awards and openings stay the region's, because
openings are not counted for a district.
"""

from decimal import Decimal
from typing import NamedTuple

from planning.facts import Facts
from planning.scope import OPEN_TO_ADULTS, Scope
from planning.thresholds import TOO_FEW
from planning.wages import needed
from programs.careers import BEYOND_COLLEGE
from programs.models import Program
from reference import marks
from reference.models import LaborFigure, Occupation


class Row(NamedTuple):
    occupation: Occupation
    figure: LaborFigure
    programs: list[Program]  # that lead there, in the whole region
    here: list[Program]  # of these, at the place
    awards: Decimal | None  # a year, of all of them; None when nobody reports any
    reason: str  # "none", "none_here", "schools_only", "few"


class Found(NamedTuple):
    rows: list[Row]
    total: int  # jobs in demand that pay a living wage
    not_reported: list[Row]  # apart: programs lead there, their awards are not reported
    no_figure: list[Occupation]  # apart: no openings, growth or hourly pay for the region
    beyond: int  # apart: jobs left out because they ask for more study than our programs give


def find(facts: Facts, scope: Scope):
    jobs = [one for one in facts.occupations.values() if scope.in_sector(one.sector_id)]
    known = [job for job in jobs if is_known(facts.figures.get(job.pk))]
    wage = needed(facts, scope)
    wanted = [job for job in known if is_wanted(facts.figures[job.pk], facts.rule, wage)]
    fitting = [job for job in wanted if scope.beyond or job.education not in BEYOND_COLLEGE]
    rows = [_row(facts, scope, job) for job in fitting]
    return Found(
        rows=_most_openings_first(row for row in rows if row.reason not in ("", "not_reported")),
        total=len(rows),
        not_reported=_most_openings_first(row for row in rows if row.reason == "not_reported"),
        no_figure=[job for job in jobs if not is_known(facts.figures.get(job.pk))],
        beyond=len(wanted) - len(fitting),
    )


def is_known(figure):
    return has_openings_and_pay(figure) and figure.growth is not None


def has_openings_and_pay(figure):
    return figure is not None and figure.openings is not None and figure.hourly is not None


def is_wanted(figure, rule, wage):
    """In demand, at a living wage; nobody can tell without a living wage on file."""
    return marks.is_in_demand(figure, rule) and wage is not None and figure.hourly >= wage.hourly


def _row(facts, scope, job):
    programs = facts.leads_here.get(job.pk, [])
    here = [one for one in programs if scope.at(one.institution)]
    reported = [facts.awards[one.pk] for one in programs if one.pk in facts.awards]
    awards = sum(reported) if reported else None
    figure = facts.figures[job.pk]
    reason = _reason(programs, here, awards, figure.openings)
    return Row(job, figure, programs, here, awards, reason)


def _reason(programs, here, awards, openings):
    """Why a job is a gap; "" when it is none, "not_reported" when nobody can tell."""
    if not programs:
        return "none"
    if not here:
        return "none_here"
    if not any(one.segment in OPEN_TO_ADULTS for one in programs):
        return "schools_only"
    if awards is None:
        return "not_reported"
    return "few" if awards < TOO_FEW * openings else ""


def _most_openings_first(rows):
    return sorted(rows, key=lambda row: (-row.figure.openings, row.occupation.soc))
