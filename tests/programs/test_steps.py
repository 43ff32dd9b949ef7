"""What comes before and after: agreements first, then the nearest of the same pathway, said as such."""

import pytest

from programs.models import Institution, LinkKind, Program, Segment
from programs.steps import after, before
from tests.factories import (
    make_district,
    make_institution,
    make_link,
    make_pathway,
    make_program,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pathway():
    return make_pathway()


def make_high_school_program(pathway, **values):
    school = make_institution(
        segment=Segment.HIGH,
        district=make_district(),
        latitude="32.700000",
        longitude="-117.100000",
    )
    return make_program(
        "Metal Shop", institution=school, pathway=pathway, sector=pathway.sector, **values
    )


def make_college_program(pathway, latitude="32.700000", **values):
    college = make_institution(latitude=latitude, longitude="-117.100000")
    return make_program(institution=college, pathway=pathway, sector=pathway.sector, **values)


def test_a_same_pathway_college_program_is_a_next_step_and_the_school_the_step_before(pathway):
    shop, welding = make_high_school_program(pathway), make_college_program(pathway)

    assert [(level.segment, level.links, level.same) for level in after(shop)] == [
        (Segment.COLLEGE, [], [welding])
    ]
    assert [(level.segment, level.links, level.same) for level in before(welding)] == [
        (Segment.HIGH, [], [shop])
    ]


def test_an_agreement_wins_over_the_computed_step(pathway):
    shop, welding = make_high_school_program(pathway), make_college_program(pathway)
    link = make_link(from_program=shop, to=welding.institution, to_program=welding)

    (level,) = after(shop)

    assert (level.links, level.same) == ([link], [])


def test_the_nearest_come_first(pathway):
    shop = make_high_school_program(pathway)
    far = make_college_program(pathway, latitude="33.500000")
    near = make_college_program(pathway, latitude="32.710000")

    (level,) = after(shop)

    assert level.same == [near, far]


def test_a_districts_agreement_reaches_its_schools(pathway):
    shop = make_high_school_program(pathway)
    link = make_link(LinkKind.DUAL_ENROLLMENT, from_district=shop.institution.district)

    (level,) = after(shop)

    assert level.links == [link]


def test_an_agreement_for_another_pathway_is_not_a_step(pathway):
    shop = make_high_school_program(pathway)
    make_link(
        from_institution=shop.institution, pathway=make_pathway("Patient Care", pathway.sector)
    )

    assert after(shop) == []


def test_drafts_and_programs_without_a_pathway_lead_nowhere(pathway):
    shop = make_high_school_program(pathway)
    make_college_program(pathway, status=Program.Status.DRAFT)
    lonely = make_college_program(pathway)
    Program.objects.filter(pk=lonely.pk).update(pathway=None)
    lonely.refresh_from_db()

    assert after(shop) == []
    assert before(lonely) == []


def test_an_agreement_in_force_stands_before_an_expired_one(pathway):
    shop = make_high_school_program(pathway)
    expired = make_link(from_program=shop, valid_until="2018")
    current = make_link(from_program=shop, valid_until="2999")

    (level,) = after(shop)

    assert level.links == [current, expired]


@pytest.mark.parametrize("others", [1, 30])
def test_steps_cost_the_same_number_of_queries(pathway, others, django_assert_num_queries):
    shop = make_high_school_program(pathway)
    for _ in range(others):
        make_college_program(pathway)
        make_link(from_program=shop)
    program = Program.objects.with_place().get(pk=shop.pk)

    with django_assert_num_queries(2):
        for level in after(program):
            [str(link.destination) for link in level.links]
            [str(other.institution.district) for other in level.same]


def test_a_high_school_districts_agreement_is_not_one_of_its_adult_schools(pathway):
    district = make_district()
    adult_school = make_institution(segment=Segment.ADULT, district=district)
    program = make_program(institution=adult_school, pathway=pathway, sector=pathway.sector)
    make_link(LinkKind.DUAL_ENROLLMENT, from_district=district)

    assert after(program) == []


def test_a_draft_or_a_closed_college_is_no_step(pathway):
    shop = make_high_school_program(pathway)
    draft = make_college_program(pathway, status=Program.Status.DRAFT)
    make_link(from_program=shop, to=draft.institution, to_program=draft)
    make_link(from_program=shop, to=make_institution(status=Institution.Status.CLOSED))

    assert after(shop) == []
