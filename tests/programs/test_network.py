"""The graph under the maps: who stops where on a line, and which links are on file between them."""

import pytest

from programs import network
from programs.fits import job_names
from programs.models import Institution, LinkKind, Program, Segment
from programs.network import Track
from programs.ways import ways
from tests.factories import (
    leads_to,
    make_district,
    make_institution,
    make_link,
    make_occupation,
    make_pathway,
    make_program,
)

pytestmark = pytest.mark.django_db

HIGH, ADULT, COLLEGE = Segment.HIGH, Segment.ADULT, Segment.COLLEGE


@pytest.fixture
def pathway():
    return make_pathway()


def make_school(name="North High", district="Coast Unified", segment=HIGH):
    return make_institution(name, segment=segment, district=district and make_district(district))


def make_stop(pathway, school=None, title="Welding", **values):
    return make_program(
        title,
        institution=school or make_institution(),
        pathway=pathway,
        sector=pathway.sector,
        **values,
    )


def branch_of(pathway, apart=None):
    (branch,) = network.of_pathway(pathway).branches(apart)
    return branch


def stations(branch):
    """{level: {station name: [titles]}} of the levels that have any."""
    return {
        segment: {one.name: [stop.title_en for stop in one.stops] for one in zone}
        for segment, zone in branch.zones.items()
        if zone
    }


def connections(branch):
    names = {one.key: one.name for one in branch.stations}
    return {
        (names[one.origin], names[one.destination], one.track, one.has_expired)
        for one in branch.connections
    }


def test_schools_stand_with_their_district_and_colleges_by_themselves(pathway):
    make_stop(pathway, make_school("North High"), "Metal Shop")
    make_stop(pathway, make_school("South High"), "Welding 1")
    make_stop(pathway, make_school("Own High", district=None), "Welding 2")
    college = make_institution("Bay College", district=make_district("Bay District"))
    make_stop(pathway, college, "Welding Technology")

    assert stations(branch_of(pathway)) == {
        HIGH: {"Coast Unified": ["Metal Shop", "Welding 1"], "Own High": ["Welding 2"]},
        COLLEGE: {"Bay College": ["Welding Technology"]},
    }


def test_a_district_is_one_station_a_level(pathway):
    make_stop(pathway, make_school("North High"))
    make_stop(pathway, make_school("North Adult", segment=ADULT))

    assert stations(branch_of(pathway)) == {
        HIGH: {"Coast Unified": ["Welding"]},
        ADULT: {"Coast Unified": ["Welding"]},
    }


def test_the_readers_school_stands_apart_from_its_district(pathway):
    mine = make_school("North High")
    make_stop(pathway, mine)
    make_stop(pathway, make_school("South High"))

    assert stations(branch_of(pathway, apart=mine.slug)) == {
        HIGH: {"North High": ["Welding"], "Coast Unified": ["Welding"]}
    }


def test_only_published_programs_of_open_schools_and_of_the_pathway_are_stops(pathway):
    make_stop(pathway, title="Open")
    make_stop(pathway, status=Program.Status.DRAFT)
    make_stop(pathway, make_institution(status=Institution.Status.CLOSED))
    make_stop(make_pathway("Machining", pathway.sector))

    assert [stop.title_en for one in branch_of(pathway).stations for stop in one.stops] == ["Open"]


def test_links_on_file_connect_stations_each_on_its_track(pathway):
    shop = make_stop(pathway, make_school("North High"))
    evening = make_stop(pathway, make_school("Night Adult", None, ADULT))
    welding = make_stop(pathway, make_institution("Bay College"))
    for kind, start in (
        (LinkKind.ARTICULATION, shop),
        (LinkKind.FEEDER, shop),
        (LinkKind.NONCREDIT_TO_CREDIT, evening),
    ):
        make_link(kind, from_program=start, to=welding.institution, to_program=welding)

    assert connections(branch_of(pathway)) == {
        ("Coast Unified", "Bay College", Track.EXPRESS, False),
        ("Coast Unified", "Bay College", Track.FEEDER, False),
        ("Night Adult", "Bay College", Track.BRIDGE, False),
    }


def test_links_of_one_track_between_two_stations_are_one_connection_those_in_force_first(pathway):
    school, college = make_school("North High"), make_institution("Bay College")
    shop = make_stop(pathway, school)
    make_stop(pathway, college)
    ended = make_link(LinkKind.ARTICULATION, from_program=shop, to=college, valid_until="2018")
    current = make_link(LinkKind.DUAL_ENROLLMENT, from_institution=school, to=college)

    (connection,) = branch_of(pathway).connections

    assert connection.links == [current, ended]
    assert not connection.has_expired


def test_an_agreement_that_ended_says_so(pathway):
    shop = make_stop(pathway, make_school("North High"))
    make_link(from_program=shop, to=make_institution("Bay College"), valid_until="2018")

    assert connections(branch_of(pathway)) == {
        ("Coast Unified", "Bay College", Track.EXPRESS, True)
    }


def test_an_agreement_about_the_pathway_brings_a_school_whose_program_is_not_listed(pathway):
    make_link(
        from_institution=make_school("North High"), to=make_institution("Bay"), pathway=pathway
    )

    assert stations(branch_of(pathway)) == {HIGH: {"Coast Unified": []}, COLLEGE: {"Bay": []}}


def test_an_agreement_of_the_whole_school_counts_only_between_listed_programs(pathway):
    listed, unlisted = make_school("North High"), make_school("South High")
    college, elsewhere = make_institution("Bay College"), make_institution("Far College")
    make_stop(pathway, listed)
    make_stop(pathway, college)
    make_link(from_institution=listed, to=college)
    make_link(from_institution=listed, to=elsewhere)
    make_link(from_institution=unlisted, to=elsewhere)

    assert connections(branch_of(pathway)) == {
        ("Coast Unified", "Bay College", Track.EXPRESS, False)
    }
    assert [one.name for one in branch_of(pathway).zones[COLLEGE]] == ["Bay College"]


def test_a_districts_agreement_starts_at_its_schools_of_its_level_only(pathway):
    district = make_district("Coast Unified")
    make_stop(pathway, make_school("North High"))
    make_stop(pathway, make_school("North Adult", segment=ADULT))
    college = make_institution("Bay College")
    make_stop(pathway, college)
    make_link(LinkKind.DUAL_ENROLLMENT, from_district=district, to=college)

    (connection,) = branch_of(pathway).connections

    assert connection.origin == f"{HIGH}.{district.slug}-district"


def test_an_agreement_about_another_pathway_is_not_drawn(pathway):
    other = make_pathway("Machining", pathway.sector)
    school, college = make_school("North High"), make_institution("Bay College")
    make_stop(pathway, school)
    make_stop(pathway, college)
    make_link(from_institution=school, to=college, pathway=other)

    assert branch_of(pathway).connections == []


def test_schools_that_give_college_credit_come_first_then_by_name(pathway):
    for name in ("Alpha High", "Beta High", "Gamma High"):
        make_stop(pathway, make_school(name, district=None))
    gamma = Institution.objects.get(name="Gamma High")
    college = make_stop(pathway, make_institution("Bay College"))
    make_link(from_institution=gamma, to=college.institution)

    assert [one.name for one in branch_of(pathway).zones[HIGH]] == [
        "Gamma High",
        "Alpha High",
        "Beta High",
    ]


def test_a_school_without_a_later_stop_or_link_is_a_dead_end_and_a_college_is_none(pathway):
    make_stop(pathway, make_school("North High"))
    branch = branch_of(pathway)

    assert [branch.is_dead_end(one) for one in branch.stations] == [True]

    make_stop(pathway, make_institution("Bay College"))
    branch = branch_of(pathway)

    assert [branch.is_dead_end(one) for one in branch.stations] == [False, False]


def test_a_sector_has_a_branch_a_pathway_and_one_for_programs_without(pathway):
    empty = make_pathway("Machining", pathway.sector)
    make_stop(pathway)
    lonely = make_program("Shop", sector=pathway.sector)

    branches = network.of_sector(pathway.sector, [pathway, empty]).branches()

    assert [(one.pathway, one.total) for one in branches] == [(pathway, 1), (empty, 0), (None, 1)]
    assert branches[2].stations[0].stops[0].pk == lonely.pk
    assert branches[2].connections == []


@pytest.mark.parametrize("places", [1, 30])
def test_reading_a_network_costs_the_same_queries_whatever_its_size(
    pathway, places, django_assert_num_queries
):
    for number in range(places):
        school = make_school(f"High {number}", f"District {number}")
        shop, welding = make_stop(pathway, school), make_stop(pathway)
        make_link(from_program=shop, to=welding.institution)

    with django_assert_num_queries(2):
        branch = branch_of(pathway)

    assert len(branch.connections) == places


def test_a_school_among_its_neighbors_has_only_its_own_connections(pathway):
    mine, other = make_school("North High"), make_school("East High", "East Unified")
    college = make_institution("Bay College")
    for place in (mine, other, college):
        make_stop(pathway, place)
    link = make_link(from_institution=mine, to=college)
    make_link(from_institution=other, to=college)

    branch = network.of_institution(mine, network.all_stops(), [link])

    assert connections(branch) == {("North High", "Bay College", Track.EXPRESS, False)}
    assert {one.name for one in branch.stations} == {"North High", "East Unified", "Bay College"}


def test_a_school_and_a_district_of_one_name_stay_apart(pathway):
    district = make_district("Brawley Union High")
    mine = make_institution(
        "Brawley Union High", segment=HIGH, district=district, slug=district.slug
    )
    make_stop(pathway, mine)
    make_stop(pathway, make_institution("Valley High", segment=HIGH, district=district))

    keys = {one.key: len(one.stops) for one in branch_of(pathway, apart=mine.slug).stations}

    assert keys == {
        f"{HIGH}.brawley-union-high": 1,
        f"{HIGH}.brawley-union-high-district": 1,
    }


def test_what_leads_to_a_job_is_a_branch_of_its_own(pathway):
    job = make_occupation("Welders")
    shop, welding = make_stop(pathway, make_school()), make_stop(pathway, make_institution("Bay"))
    make_stop(pathway, make_institution("Other"))
    for program in (shop, welding):
        leads_to(program, job)
    make_link(from_program=shop, to=welding.institution, to_program=welding)

    branch = network.of_programs(ways(job, job_names()).all, network.all_links())

    assert stations(branch) == {HIGH: {"Coast Unified": ["Welding"]}, COLLEGE: {"Bay": ["Welding"]}}
    assert connections(branch) == {("Coast Unified", "Bay", Track.EXPRESS, False)}


def test_a_districts_agreement_is_one_of_its_schools(pathway):
    district = make_district("Coast Unified")
    mine = make_school("North High", "Coast Unified")
    make_stop(pathway, make_school("South High", "Coast Unified"))
    college = make_institution("Bay College")
    link = make_link(LinkKind.DUAL_ENROLLMENT, from_district=district, to=college)

    branch = network.of_institution(mine, network.all_stops(), [link])

    assert connections(branch) == {("North High", "Bay College", Track.EXPRESS, False)}
