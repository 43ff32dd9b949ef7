"""High-wage, high-skill, in demand: one rule, for the career pages and for the gaps.

The federal law on career education (Perkins V) speaks of high-skill, high-wage and in-demand jobs and
leaves it to states and regions to draw the lines. Ours stand in the region's settings
(`reference.models.Region`): an administrator changes them there, the region pack carries them, and
every page that shows a mark states the rule.
"""

from decimal import Decimal
from statistics import median
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.models import Education, LaborFigure, LivingWage, Region


class Mark(models.TextChoices):
    HIGH_WAGE = "high_wage", _("High wage")
    HIGH_SKILL = "high_skill", _("High skill")
    IN_DEMAND = "in_demand", _("In demand")


class Rule(NamedTuple):
    """Where the lines are drawn. What is None cannot be told, and then no job gets that mark."""

    hourly: Decimal | None  # typical pay from which a job is high-wage
    wage: LivingWage | None  # whose living wage that is; None where the region has set an amount
    education: str  # usual education from which a job is high-skill, an Education
    openings: float | None  # openings a year from which a job is in demand
    is_median: bool  # the openings are the median of the list, not an amount set by the region
    growth: Decimal  # percent over the period that a job in demand grows by at least


def rule(region=None, openings=None, wages=None):
    """The region's Rule: at most three queries.

    Given where they are at hand: `openings`, [openings a year] of the listed jobs, and `wages`, every
    current LivingWage with its county and release.
    """
    region = region or Region.objects.first() or Region()
    own = region.high_wage_hourly is not None
    wage = None if own else dearest(region.high_wage_household, wages)
    is_median = region.in_demand_openings is None
    return Rule(
        hourly=wage.hourly if wage else region.high_wage_hourly,
        wage=wage,
        education=region.high_skill_education,
        openings=_median(openings) if is_median else region.in_demand_openings,
        is_median=is_median,
        growth=region.in_demand_growth,
    )


def dearest(household, wages=None):
    """The LivingWage of a household in the county where it is highest; None where none is known."""
    if wages is None:
        current = LivingWage.objects.current().filter(household=household)
        wages = current.select_related("county", "release")
    its_own = [wage for wage in wages if wage.household == household]
    return max(its_own, key=lambda wage: (wage.hourly, wage.county.name), default=None)


def _median(openings):
    if openings is None:
        regional = LaborFigure.objects.filter(area=LaborFigure.Area.REGION).order_by("period")
        openings = dict(regional.values_list("occupation", "openings")).values()  # the newest
    known = [count for count in openings if count is not None]
    return median(known) if known else None


def marks(figure, education, rule):
    """(Mark, ...) of a job: `figure` is its regional LaborFigure or None, `education` its usual one.

    A figure that is missing earns no mark.
    """
    tests = {
        Mark.HIGH_WAGE: is_high_wage(figure, rule),
        Mark.HIGH_SKILL: is_high_skill(education, rule),
        Mark.IN_DEMAND: is_in_demand(figure, rule),
    }
    return tuple(mark for mark, holds in tests.items() if holds)


def is_high_wage(figure, rule):
    return _reaches(figure and figure.hourly, rule.hourly)


def is_high_skill(education, rule):
    return _reaches(Education.order(education), Education.order(rule.education))


def is_in_demand(figure, rule):
    """Many openings in a job that does not shrink (or grows as much as the region asks)."""
    return bool(
        figure and _reaches(figure.openings, rule.openings) and _reaches(figure.growth, rule.growth)
    )


def _reaches(value, line):
    return value is not None and line is not None and value >= line
