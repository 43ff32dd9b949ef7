"""Each gap counts what it says it counts, and sets apart what nobody knows."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.utils import timezone

from finder import careers
from imports import region
from planning import facts, gaps, scope, wages
from planning.models import Kind
from planning.scope import Scope
from programs import steps
from programs.models import LinkKind, ProgramOccupation, Segment
from reference.marks import Mark
from reference.models import LaborFigure, Region
from tests.factories import (
    leads_to,
    make_award,
    make_code,
    make_county,
    make_district,
    make_figure,
    make_institution,
    make_link,
    make_living_wage,
    make_occupation,
    make_pathway,
    make_program,
    make_sector,
    make_zip_code,
)
from tests.planning.scenes import (
    FAR,
    HERE,
    make_college_program,
    make_region_of_work,
    make_school_program,
)

pytestmark = pytest.mark.django_db
THIS_YEAR = timezone.localdate().year


def find(kind, **values):
    return gaps.find(kind, facts.current(), Scope(**values))


# --- Next step ---------------------------------------------------------------------------------


def test_a_program_with_a_college_nearby_and_an_agreement_has_a_next_step():
    school, college = make_school_program(), make_college_program()
    make_link(from_program=school, to=college.institution)

    found = find(Kind.NEXT_STEP)

    assert (found.rows, found.total, found.far, found.without) == ([], 1, 0, 0)


def test_a_college_beyond_the_distance_is_no_next_step_until_the_reader_allows_it():
    school, college = make_school_program(), make_college_program(place=FAR)
    make_link(from_program=school, to=college.institution)
    near = make_college_program(institution=make_institution(point_source="address", **HERE))

    assert [row.program for row in find(Kind.NEXT_STEP).rows] == []
    near.delete()
    [row] = find(Kind.NEXT_STEP).rows

    assert (row.program, row.college, row.is_far) == (school, college, True)
    assert 80 < row.miles < 100
    assert find(Kind.NEXT_STEP, distance=50).far == 1


@pytest.mark.parametrize(
    ("values", "has_one"),
    [
        ({}, True),
        ({"valid_until": str(THIS_YEAR)}, True),
        ({"valid_until": str(THIS_YEAR - 1)}, False),
        ({"kind": LinkKind.RECOMMENDED}, False),
        ({"kind": LinkKind.NONCREDIT_TO_CREDIT}, True),
    ],
)
def test_only_an_agreement_in_force_is_one(values, has_one):
    school, college = make_school_program(), make_college_program()
    make_link(from_institution=school.institution, to=college.institution, **values)

    assert find(Kind.NEXT_STEP).without == (0 if has_one else 1)


def test_an_agreement_with_a_high_school_is_no_way_to_college():
    school = make_school_program()
    make_college_program()
    make_link(from_program=school, to=make_institution("Other High", Segment.HIGH))

    assert find(Kind.NEXT_STEP).without == 1


def test_an_agreement_of_the_district_covers_its_high_schools_and_its_field_alone():
    school, college = make_school_program(), make_college_program()
    cooking = make_pathway("Food Service", make_sector("HT", "Hospitality"))
    link = make_link(from_district=school.institution.district, to=college.institution)

    assert find(Kind.NEXT_STEP).without == 0
    link.pathway = cooking
    link.save()
    assert find(Kind.NEXT_STEP).without == 1


def test_a_program_without_a_pathway_stands_apart():
    school = make_school_program(pathway=None)

    found = find(Kind.NEXT_STEP)

    assert (found.rows, found.total, found.no_pathway) == ([], 0, [school])


def test_a_draft_and_a_closed_school_are_neither_gap_nor_next_step():
    make_school_program(status="draft")
    make_college_program(status="draft")
    school = make_school_program()

    [row] = find(Kind.NEXT_STEP).rows

    assert (row.program, row.college) == (school, None)


def test_the_reader_can_ask_for_one_lack_only():
    make_school_program()
    make_college_program()

    assert [len(find(Kind.NEXT_STEP, missing=lack).rows) for lack in ("program", "agreement")] == [
        0,
        1,
    ]


def test_links_reach_the_same_programs_as_on_the_programs_own_page():
    region.load(settings.REGION_PACK)
    known = facts.current()

    for program in known.schools[::7]:
        here = {link.pk for level in steps.after(program) for link in level.links}
        reached = {link.pk for link in facts.Ends(known.links, "from").of(program)}
        assert here <= reached, program
        levels = {link.pk: steps.segment_of(link.destination) for link in known.links}
        later = {pk for pk in reached if Segment.rank(levels[pk]) > Segment.rank(program.segment)}
        assert later == here, program


# --- Feeders -----------------------------------------------------------------------------------


def test_a_college_program_with_a_school_nearby_has_a_feeder():
    make_school_program()
    make_college_program()

    assert (find(Kind.FEEDERS).rows, find(Kind.FEEDERS).total) == ([], 1)


def test_only_an_agreement_that_names_the_field_is_a_feeder():
    school, college = make_school_program(place=FAR), make_college_program()
    link = make_link(from_institution=school.institution, to=college.institution)

    [row] = find(Kind.FEEDERS).rows
    assert (row.program, row.school, row.general) == (college, school, 1)
    link.sector = make_sector()
    link.save()
    assert find(Kind.FEEDERS).rows == []


def test_general_studies_are_not_asked_for_a_feeder():
    make_college_program("English", sector=None, pathway=None)
    unknown = make_college_program("Robots", pathway=None)

    found = find(Kind.FEEDERS)

    assert (found.total, found.no_pathway, found.no_sector) == (0, [unknown], 1)


# --- Acceleration ------------------------------------------------------------------------------


def test_a_neighbour_without_early_credit_is_a_gap_and_one_with_it_is_none():
    school, college = make_school_program(), make_college_program()

    [row] = find(Kind.ACCELERATION).rows
    assert (row.program, row.college, row.neighbours, row.elsewhere) == (school, college, 1, [])
    make_link(from_program=school, to=college.institution)
    assert find(Kind.ACCELERATION).rows == []


def test_credit_with_a_college_far_away_does_not_close_the_gap_but_is_said():
    school = make_school_program()
    make_college_program()
    link = make_link(from_program=school, to=make_institution("Far College"))

    [row] = find(Kind.ACCELERATION).rows

    assert row.elsewhere == [link]


def test_credit_with_the_college_district_closes_the_gap():
    school, college = make_school_program(), make_college_program()
    link = make_link(from_program=school, to=college.institution)
    link.to_institution, link.to_district = None, college.institution.district
    link.save()

    assert find(Kind.ACCELERATION).rows == []


def test_a_way_from_noncredit_to_credit_is_no_early_credit():
    school, college = make_school_program(), make_college_program()
    make_link(LinkKind.NONCREDIT_TO_CREDIT, from_program=school, to=college.institution)

    assert [row.program for row in find(Kind.ACCELERATION).rows] == [school]


def test_agreements_end_when_their_last_year_is_over_and_are_ending_in_it():
    school, college = make_school_program(), make_college_program()

    def link(until):
        return make_link(from_program=school, to=college.institution, valid_until=until)

    ended, ending = link(f"{THIS_YEAR - 2}-06"), link(str(THIS_YEAR))
    link(str(THIS_YEAR + 1))
    link("")

    found = find(Kind.ACCELERATION)

    assert (found.agreements, found.undated) == ([ended, ending], 1)


def test_districts_are_summed_up():
    school = make_school_program()
    make_college_program()

    [row] = find(Kind.ACCELERATION).districts

    assert (row.district, row.lacking, row.total) == (school.institution.district, 1, 1)


# --- Demand ------------------------------------------------------------------------------------


def test_a_job_with_far_fewer_awards_than_openings_is_a_gap():
    here = make_region_of_work()

    [row] = find(Kind.DEMAND).rows

    assert (row.occupation, row.programs, row.awards, row.reason) == (
        here.job,
        [here.program],
        Decimal("10.00"),
        "few",
    )


@pytest.mark.parametrize(("awards", "gaps_found"), [("249.99", 1), ("250.00", 0)])
def test_too_few_is_less_than_half(awards, gaps_found):
    here = make_region_of_work()
    here.award.conferred = awards
    here.award.save()

    assert len(find(Kind.DEMAND).rows) == gaps_found


@pytest.mark.parametrize(
    ("figures", "total"),
    [
        ({"openings": 100, "growth": "2.0", "hourly": "30.00"}, 1),
        ({"openings": 99, "growth": "2.0", "hourly": "30.00"}, 0),
        ({"openings": 100, "growth": "1.9", "hourly": "30.00"}, 0),
        ({"openings": 100, "growth": "2.0", "hourly": "29.99"}, 0),
    ],
)
def test_in_demand_and_living_wage_have_an_edge(figures, total):
    here = make_region_of_work()
    Region.objects.update(in_demand_openings=100, in_demand_growth="2.0")
    LaborFigure.objects.filter(pk=here.figure.pk).update(**figures)

    assert find(Kind.DEMAND).total == total


def test_by_default_a_job_in_demand_has_the_median_openings_and_does_not_shrink():
    here = make_region_of_work()
    make_figure(make_occupation("Cooks"), openings=499, hourly="40.00")
    make_figure(make_occupation("Bakers"), openings=501, hourly="40.00", growth="-0.1")

    assert [row.occupation for row in find(Kind.DEMAND).rows] == [here.job]


def test_the_jobs_in_demand_are_those_with_the_mark_of_the_career_pages():
    region.load(settings.REGION_PACK)

    known = facts.current()
    marked = {
        pk for pk, career in careers.current().careers.items() if Mark.IN_DEMAND in career.marks
    }
    paid = {pk for pk in marked if known.figures[pk].hourly is not None}
    wage = wages.needed(known, Scope())
    living = {pk for pk in paid if known.figures[pk].hourly >= wage.hourly}

    assert find(Kind.DEMAND, beyond=True).total == len(living) > 50


def test_the_regions_living_wage_is_the_highest_and_a_county_brings_its_own():
    here = make_region_of_work()
    here.figure.hourly = "25.00"
    here.figure.save()
    district = make_district("Valley Unified", county=here.other)

    assert find(Kind.DEMAND).total == 0
    assert find(Kind.DEMAND, county=here.other).total == 1
    assert find(Kind.DEMAND, district=district).total == 1


def test_a_place_asks_for_programs_there_and_keeps_the_regions_figures():
    here = make_region_of_work()
    here.award.conferred = "400.00"
    here.award.save()

    [row] = find(Kind.DEMAND, county=here.other).rows

    assert (row.reason, row.here, row.awards) == ("none_here", [], Decimal("400.00"))
    assert find(Kind.DEMAND, county=here.county).rows == []


def test_a_job_without_any_program_or_with_school_programs_alone_is_a_gap():
    here = make_region_of_work()
    here.program.delete()
    assert [row.reason for row in find(Kind.DEMAND).rows] == ["none"]

    leads_to(make_school_program(), here.job)
    assert [row.reason for row in find(Kind.DEMAND).rows] == ["schools_only"]


def test_awards_that_nobody_reports_are_not_zero():
    here = make_region_of_work()
    here.award.conferred = None
    here.award.save()

    found = find(Kind.DEMAND)

    assert (found.rows, [row.occupation for row in found.not_reported]) == ([], [here.job])


@pytest.mark.parametrize("figure", ["openings", "growth", "hourly"])
def test_a_figure_that_is_missing_is_not_zero(figure):
    here = make_region_of_work()
    setattr(here.figure, figure, None)
    here.figure.save()

    found = find(Kind.DEMAND)

    assert (found.rows, found.total, found.no_figure) == ([], 0, [here.job])


def test_a_hidden_job_is_not_led_to():
    here = make_region_of_work()
    ProgramOccupation.objects.update(basis=ProgramOccupation.Basis.HIDDEN)
    here.program.save()

    assert [row.reason for row in find(Kind.DEMAND).rows] == ["none"]


def test_jobs_beyond_our_programs_are_counted_apart_unless_asked_for():
    here = make_region_of_work()
    here.job.education = "Bachelor's degree"
    here.job.save()

    assert (find(Kind.DEMAND).total, find(Kind.DEMAND).beyond) == (0, 1)
    assert len(find(Kind.DEMAND, beyond=True).rows) == 1


def test_without_a_living_wage_no_job_is_judged():
    job = make_occupation()
    make_figure(job)

    assert find(Kind.DEMAND).total == 0


# --- Supply ------------------------------------------------------------------------------------


def test_far_more_awards_than_openings_is_a_gap():
    here = make_region_of_work()
    here.award.conferred = "1000.00"
    here.award.save()
    assert find(Kind.SUPPLY).rows == []

    make_award(here.program, level="Another", conferred="0.01")
    [row] = find(Kind.SUPPLY).rows

    assert (row.code, row.awards, row.openings, row.is_far_above, row.is_low) == (
        here.program.top_code,
        Decimal("1000.01"),
        500,
        True,
        False,
    )


def test_low_pay_is_when_most_openings_pay_less_than_the_living_wage():
    here = make_region_of_work()
    cook = make_occupation("Cooks")
    figure = make_figure(cook, openings=500, hourly="18.00")
    leads_to(here.program, cook)
    assert find(Kind.SUPPLY).rows == []

    figure.openings = 501
    figure.save()
    [row] = find(Kind.SUPPLY).rows

    assert (row.openings, row.low, row.is_low, row.jobs) == (1001, 501, True, [cook, here.job])


def test_two_colleges_with_one_code_are_added_up_and_share_their_jobs():
    here = make_region_of_work()
    second = make_college_program(
        institution=make_institution("Hill College"), top_code=here.program.top_code
    )
    make_award(second, conferred="991.00")
    leads_to(second, here.job)

    [row] = find(Kind.SUPPLY).rows

    assert (row.awards, row.openings, len(row.programs)) == (Decimal("1001.00"), 500, 2)


def test_codes_that_cannot_be_compared_stand_apart():
    here = make_region_of_work()
    here.award.conferred = None
    here.award.save()
    jobless = make_college_program("Weaving", top_code=make_code("130399", title="Weaving"))
    make_award(jobless, conferred="5.00")
    make_college_program(
        "English", sector=None, pathway=None, top_code=make_code("150100", title="English")
    )

    found = find(Kind.SUPPLY)

    assert (found.rows, found.total) == ([], 0)
    assert found.not_reported == [here.program.top_code]
    assert found.no_jobs == [jobless.top_code]
    assert found.no_sector == 1


# --- Coverage ----------------------------------------------------------------------------------


def test_the_grid_has_a_row_for_each_level_where_a_school_is_open():
    school = make_school_program()
    district = school.institution.district
    make_institution("Coast Middle", Segment.MIDDLE, district=district)
    make_institution("Old High", Segment.HIGH, district=district, status="closed")
    other = make_sector("HM", "Health")

    found = find(Kind.COVERAGE)

    counts = [
        (row.level, row.schools, row.programs, {sector.code: n for sector, n in row.counts})
        for row in found.rows
    ]
    assert counts == [
        (Segment.MIDDLE, 1, 0, {"HM": 0, "MF": 0}),
        (Segment.HIGH, 1, 1, {"HM": 0, "MF": 1}),
    ]
    assert (found.gaps, find(Kind.COVERAGE, sector=other).gaps) == (1, 2)


def test_distances_are_to_the_nearest_program_that_takes_adults():
    make_school_program()
    far_away = make_county("Imperial")
    make_zip_code("92101")
    make_zip_code("92243", "El Centro", far_away, FAR["latitude"], FAR["longitude"])
    make_college_program()
    make_college_program(institution=make_institution("Hidden College"), status="draft")

    found = find(Kind.COVERAGE, sector=make_sector())

    assert [(code.code, round(miles)) for code, miles in found.zip_codes] == [
        ("92243", 91),
        ("92101", 7),
    ]
    [(_sector, [imperial, san_diego])] = found.access
    assert (imperial.programs, round(imperial.middle)) == (0, 91)
    assert (san_diego.programs, round(san_diego.farthest), san_diego.farthest_zip.code) == (
        1,
        7,
        "92101",
    )


def test_a_sector_without_any_program_has_no_distance():
    make_zip_code()

    found = find(Kind.COVERAGE, sector=make_sector())

    assert [miles for _code, miles in found.zip_codes] == [None]
    assert [(one.programs, one.middle) for _sector, access in found.access for one in access] == [
        (0, None)
    ]


# --- The scope ---------------------------------------------------------------------------------


def test_a_scope_reads_what_it_knows_and_ignores_the_rest():
    sector, county = make_sector(), make_county()
    data = {
        "sector": sector.slug,
        "county": county.slug,
        "district": "no-such",
        "distance": "7",
        "missing": "all",
        "beyond": "yes",
        "level": "kindergarten",
    }

    assert scope.read(data, facts.current()) == Scope(sector=sector, county=county)


def test_a_scopes_address_holds_only_what_differs_and_reads_back():
    asked = Scope(sector=make_sector(), distance=50, missing="program", beyond=True, level="")

    assert asked.query() == "sector=manufacturing&distance=50&missing=program&beyond=1"
    assert asked.query(sector=None, distance=20, missing="", beyond=False) == ""


def test_facts_follow_the_catalogue():
    make_school_program()
    assert find(Kind.NEXT_STEP).total == 1
    make_school_program("Second Shop")
    assert find(Kind.NEXT_STEP).total == 2


def test_a_living_wage_of_a_new_year_replaces_the_old_one():
    county = make_county()
    make_living_wage(county, hourly="20.00", vintage="2025")
    make_living_wage(county, hourly="21.00", vintage="2026")

    assert [row.hourly for row in facts.current().living_wages] == [Decimal("21.00")]


def test_a_program_of_another_sector_does_not_show():
    make_school_program()
    make_program("Cooking", institution=make_institution("Cook High", Segment.HIGH))
    other = make_sector("HT", "Hospitality")

    assert find(Kind.NEXT_STEP, sector=other).total == 0
