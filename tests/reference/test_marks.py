"""High-wage, high-skill and in demand: the region's lines, and what counts without a figure."""

from decimal import Decimal

import pytest

from reference.marks import Mark, marks, rule
from reference.models import Education, LaborFigure
from reference.models.pay import household_words
from reference.outlook import Outlook, growth_of_all, outlook
from tests.factories import (
    make_county,
    make_figure,
    make_living_wage,
    make_occupation,
    make_region,
)

pytestmark = pytest.mark.django_db


def job(**figures):
    return LaborFigure(**{"hourly": None, "openings": None, "growth": None} | figures)


def test_by_default_the_dearest_county_and_the_median_of_the_list_draw_the_lines():
    make_region()
    make_living_wage(make_county("Imperial"), hourly="22.37")
    dear = make_living_wage(make_county("San Diego"), hourly="32.88")
    make_living_wage(make_county("San Diego"), hourly="56.73", household="1a1c")
    make_living_wage(make_county("Imperial"), hourly="99.00", vintage="2019")
    for openings in (10, 40, 300, None):
        make_figure(make_occupation(), openings=openings)

    found = rule()

    assert (found.hourly, found.wage) == (Decimal("32.88"), dear)
    assert (found.openings, found.is_median) == (40, True)
    assert (found.education, found.growth) == (Education.SOME_COLLEGE, 0)


def test_an_administrator_sets_each_line():
    region = make_region(
        high_wage_hourly="30", in_demand_openings=25, in_demand_growth="2",
        high_skill_education=Education.ASSOCIATE,
    )  # fmt: skip
    make_living_wage(hourly="32.88")
    region.refresh_from_db()

    found = rule(region)

    assert (found.hourly, found.wage) == (30, None)
    assert (found.openings, found.is_median, found.growth) == (25, False, 2)
    assert marks(job(hourly=30, openings=25, growth=2), Education.ASSOCIATE, found) == (
        Mark.HIGH_WAGE,
        Mark.HIGH_SKILL,
        Mark.IN_DEMAND,
    )
    assert marks(job(hourly=29, openings=25, growth=1), Education.CERTIFICATE, found) == ()


def test_the_rule_costs_at_most_three_queries(django_assert_max_num_queries):
    make_region()
    for number in range(30):
        make_figure(make_occupation(), openings=number)

    with django_assert_max_num_queries(3):
        rule()


def test_a_job_that_shrinks_is_not_in_demand_however_many_openings_it_has():
    lines = rule(make_region(in_demand_openings=100))

    assert marks(job(openings=5000, growth=Decimal("-0.1")), "", lines) == ()
    assert marks(job(openings=5000, growth=Decimal(0)), "", lines) == (Mark.IN_DEMAND,)


def test_a_figure_that_is_missing_earns_no_mark():
    lines = rule(make_region(high_wage_hourly=0, in_demand_openings=0))

    assert marks(None, "", lines) == ()
    assert marks(job(), "Some new category", lines) == ()
    assert marks(job(openings=9), "", lines) == ()


def test_without_any_figure_no_line_is_drawn():
    lines = rule(make_region())

    assert (lines.hourly, lines.openings) == (None, None)
    assert marks(job(hourly=99, openings=99, growth=9), "", lines) == ()


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        (None, None),
        ("-1.0", Outlook.SHRINKS),
        ("-0.9", Outlook.STEADY),
        ("0.9", Outlook.STEADY),
        ("1.0", Outlook.SLOWER),
        ("3.4", Outlook.SLOWER),
        ("3.5", Outlook.ALIKE),
        ("5.5", Outlook.ALIKE),
        ("5.6", Outlook.FASTER),
    ],
)
def test_growth_is_said_beside_that_of_all_jobs(growth, words):
    assert outlook(growth and Decimal(growth), Decimal("4.5")) == words


def test_all_jobs_together_count_each_job_once():
    figures = [job(jobs=900, growth=Decimal(0)), job(jobs=100, growth=Decimal(30)), job(jobs=5)]

    assert growth_of_all(figures) == Decimal("3.0")
    assert growth_of_all([]) is None


@pytest.mark.parametrize(
    ("household", "words"),
    [
        ("1a0c", "1 adult, no children"),
        ("1a3c", "1 adult, 3 children"),
        ("2a1w1c", "2 adults, 1 of them works, 1 child"),
        ("2a2w0c", "2 adults, both work, no children"),
        ("single", "single"),
    ],
)
def test_a_household_is_told_in_words(household, words):
    assert household_words(household) == words
