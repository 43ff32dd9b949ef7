"""Supply without demand: program codes with far more awards than openings; apart from them those whose jobs are
open, but mostly pay too little.

Awards of all colleges and adult schools that teach a code are added up. The openings of every job that one of
them leads to count in full, though other codes lead there too: demand looks larger than it is, so what is
still a gap is one. Awards, openings and pay are of the whole region; a chosen county or district picks the
codes taught there, and the living wage of the county.
"""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from planning.facts import Facts
from planning.gaps.demand import has_openings_and_pay
from planning.scope import OPEN_TO_ADULTS, Scope
from planning.thresholds import FAR_ABOVE, LOW_PAY
from planning.wages import needed
from programs.models import Program
from reference.models import Occupation, ProgramCode


class Row(NamedTuple):
    code: ProgramCode
    programs: list[Program]
    jobs: list[Occupation]  # with a figure, most openings first
    awards: Decimal  # a year
    openings: int  # a year, of all jobs
    low: int  # of these, in jobs that pay less than the living wage
    is_far_above: bool
    is_low: bool


class Found(NamedTuple):
    rows: list[Row]
    total: int  # codes that could be compared
    not_reported: list[ProgramCode]  # apart: no awards reported
    no_jobs: list[ProgramCode]  # apart: no job with openings and pay is known
    no_sector: int  # apart: codes of general and transfer studies, in no sector

    @property
    def few_jobs(self):
        """Rows with far more awards than openings, whatever they pay."""
        return [row for row in self.rows if row.is_far_above]

    @property
    def low_pay(self):
        """Rows of jobs that are open, but pay too little."""
        return [row for row in self.rows if not row.is_far_above]


def find(facts: Facts, scope: Scope):
    taught = _by_code(facts)
    here = {
        code: programs
        for code, programs in taught.items()
        if any(scope.has(program) for program in programs)
    }
    fitting = {code: found for code, found in here.items() if any(p.sector_id for p in found)}
    wage = needed(facts, scope)
    reported = {
        c: found for c, found in fitting.items() if any(p.pk in facts.awards for p in found)
    }
    rows = [_row(facts, wage, code, found) for code, found in reported.items()]
    compared = [row for row in rows if row.jobs and wage is not None]
    gaps = [row for row in compared if row.is_far_above or row.is_low]
    return Found(
        rows=sorted(gaps, key=lambda row: (not row.is_far_above, -row.awards, row.code.code)),
        total=len(compared),
        not_reported=_codes(code for code in fitting if code not in reported),
        no_jobs=_codes(row.code for row in rows if not row.jobs),
        no_sector=len(here) - len(fitting),
    )


def _by_code(facts):
    """{ProgramCode: [Program]} of colleges and adult education."""
    found = defaultdict(list)
    for program in facts.programs.values():
        if program.top_code_id and program.segment in OPEN_TO_ADULTS:
            found[program.top_code].append(program)
    return found


def _row(facts, wage, code, programs):
    pks = {pk for program in programs for pk in facts.jobs.get(program.pk, ())}
    figures = {pk: facts.figures[pk] for pk in pks if has_openings_and_pay(facts.figures.get(pk))}
    openings = sum(figure.openings for figure in figures.values())
    low = sum(
        one.openings for one in figures.values() if wage is not None and one.hourly < wage.hourly
    )
    awards = sum(facts.awards.get(program.pk, 0) for program in programs)
    most_first = sorted(figures, key=lambda pk: (-figures[pk].openings, pk))
    return Row(
        code=code,
        programs=programs,
        jobs=[facts.occupations[pk] for pk in most_first],
        awards=awards,
        openings=openings,
        low=low,
        is_far_above=awards > FAR_ABOVE * openings,
        is_low=low > LOW_PAY * openings,
    )


def _codes(codes):
    return sorted(codes, key=lambda code: code.code)
