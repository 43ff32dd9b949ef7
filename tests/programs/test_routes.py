"""Routes: fit first, then agreements, then miles, then time; and where the line breaks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs.fits import Fit, job_names
from programs.models import Credential, LinkKind, Program, ProgramOccupation, Segment
from programs.routes import Goal, Standing, Start, plan, years
from tests.factories import (
    leads_to,
    make_award,
    make_district,
    make_institution,
    make_link,
    make_occupation,
    make_pathway,
    make_program,
    make_sector,
)

pytestmark = pytest.mark.django_db

BASIS = ProgramOccupation.Basis
YEAR = timezone.localdate().year
HERE = 32.7  # degrees of latitude; a tenth is about seven miles


def make_place(name, segment, north=0.0, **values):
    """An institution so many degrees north of the start."""
    return make_institution(
        name, segment=segment, latitude=f"{HERE + north:.6f}", longitude="-117.100000", **values
    )


@pytest.fixture
def field():
    """A pathway and the job at its end."""
    return make_pathway(), make_occupation("Welders")


@pytest.fixture
def school():
    return make_place("Coast High", Segment.HIGH, district=make_district())


def make_stop(field, place, title="Welding", years=2, **values):
    """A program of the field that leads to its job; two years long, unless it gives no award."""
    pathway, job = field
    program = make_program(
        title, institution=place, pathway=pathway, sector=pathway.sector, **values
    )
    if place.segment in (Segment.COLLEGE, Segment.ADULT):
        leads_to(program, job)
    if place.segment == Segment.COLLEGE and years:
        make_award(program, Credential.ASSOCIATE if years == 2 else Credential.SHORT)
    return program


def make_college(field, name, north, **values):
    return make_stop(field, make_place(name, Segment.COLLEGE, north), **values)


def at(place, **values):
    point = (float(place.latitude), float(place.longitude))
    return Start(
        Segment(place.segment), place.pk, place.district_id, place.county.slug, point, **values
    )


ADULT = Start(Segment.ADULT, county="san-diego", point=(HERE, -117.1))


def to(field, **values):
    return Goal(occupation_id=field[1].pk, **values)


def lines(found):
    """Each route as the names of its places."""
    return [
        [leg.program.institution.name if leg.program else "" for leg in route.legs]
        for route in found.routes
    ]


def test_a_student_goes_from_the_school_to_a_college_of_the_same_pathway(field, school):
    shop, welding = make_stop(field, school), make_college(field, "College", 0.1)

    (route,) = plan(at(school), to(field)).routes

    assert [leg.program for leg in route.legs] == [shop, welding]
    assert [leg.is_same_pathway for leg in route.legs] == [True, False]
    assert (route.standing, route.begins_later) == (Standing.NONE, False)
    assert route.miles == pytest.approx(6.9, abs=0.1)


def test_an_agreement_wins_over_the_nearer_college(field, school):
    shop = make_stop(field, school)
    make_college(field, "Near", 0.1)
    far = make_college(field, "Far", 0.5)
    link = make_link(from_program=shop, to=far.institution, to_program=far)

    found = plan(at(school), to(field))

    assert lines(found) == [["Coast High", "Far"], ["Coast High", "Near"]]
    assert [leg.links for leg in found.routes[0].legs] == [[link], []]
    assert found.routes[0].legs[0].is_same_pathway is False


def test_confirmed_agreements_come_first_then_dated_then_not_verified_then_none(field, school):
    shop = make_stop(field, school)
    terms = {
        "None": None,
        "Unverified": {},
        "Dated": {"as_of": str(YEAR)},
        "Confirmed": {"confirmed_on": timezone.localdate()},
    }
    for north, (name, values) in enumerate(terms.items(), 1):
        college = make_college(field, name, north / 10)
        if values is not None:
            make_link(from_program=shop, to=college.institution, **values)

    found = plan(at(school), to(field))

    assert [line[-1] for line in lines(found)] == ["Confirmed", "Dated", "Unverified"]
    assert [route.standing for route in found.routes] == [
        Standing.CONFIRMED,
        Standing.DATED,
        Standing.NOT_VERIFIED,
    ]


def test_an_agreement_that_ran_out_never_helps(field, school):
    shop = make_stop(field, school)
    make_college(field, "Near", 0.1)
    far = make_college(field, "Far", 0.5)
    make_link(from_program=shop, to=far.institution, as_of=str(YEAR), valid_until=str(YEAR - 1))

    found = plan(at(school), to(field))

    assert [line[-1] for line in lines(found)] == ["Near", "Far"]
    assert [route.legs[0].links for route in found.routes] == [[], []]


def test_without_agreements_fewer_miles_come_first_then_less_time(field, school):
    make_stop(field, school)
    make_college(field, "Far and short", 0.3, years=0.5)
    make_college(field, "Near and long", 0.1, years=2)
    make_college(field, "Near and short", 0.1001, years=0.5)

    assert [line[-1] for line in lines(plan(at(school), to(field)))] == [
        "Near and short",
        "Near and long",
        "Far and short",
    ]


def test_a_place_whose_distance_nobody_knows_comes_last(field, school):
    make_stop(field, school)
    make_stop(field, make_institution("Nowhere"))
    make_college(field, "Far", 0.9)

    assert [line[-1] for line in lines(plan(at(school), to(field)))] == ["Far", "Nowhere"]


def test_at_most_three_routes_each_of_another_college(field, school):
    make_stop(field, school)
    near = make_college(field, "College 0", 0.0).institution
    make_stop(field, near, "Pipe Welding")
    for number in range(1, 5):
        make_college(field, f"College {number}", number / 10)

    assert [line[-1] for line in lines(plan(at(school), to(field)))] == [
        "College 0",
        "College 1",
        "College 2",
    ]


def test_of_one_college_the_program_that_leads_to_the_job_most_directly(field, school):
    pathway, job = field
    college = make_place("College", Segment.COLLEGE)
    metal = make_program("Metal Arts", institution=college, pathway=pathway)
    leads_to(metal, make_occupation("Sculptors"), job)
    make_award(metal, Credential.SHORT)
    welding = make_stop(field, college)

    (route,) = plan(at(school), to(field)).routes

    assert route.legs[-1].program == welding


def test_a_district_agreement_reaches_its_schools_and_all_colleges_of_a_district(field, school):
    make_stop(field, school)
    make_college(field, "Near", 0.1)
    colleges = make_district("Bay Colleges", segment=Segment.COLLEGE)
    make_stop(field, make_place("Bay", Segment.COLLEGE, 0.4, district=colleges))
    link = make_link(
        from_district=school.district,
        to_district=colleges,
        kind=LinkKind.DUAL_ENROLLMENT,
        as_of=str(YEAR),
    )
    link.to_institution = None
    link.save()

    found = plan(at(school), to(field))

    assert [line[-1] for line in lines(found)] == ["Bay", "Near"]
    assert found.routes[0].legs[0].links == [link]


def test_what_is_only_perhaps_college_credit_is_told_but_wins_over_no_nearer_college(field, school):
    make_stop(field, school)
    make_college(field, "Near", 0.1)
    far = make_college(field, "Far", 0.5)
    link = make_link(LinkKind.DUAL_ENROLLMENT, from_district=school.district, to=far.institution)

    found = plan(at(school), to(field))

    assert [line[-1] for line in lines(found)] == ["Near", "Far"]
    assert [leg.links for leg in found.routes[1].legs] == [[link], []]
    assert found.routes[1].standing == Standing.PERHAPS


def test_an_agreement_of_a_program_may_name_only_its_district(field, school):
    shop, college = make_stop(field, school), make_college(field, "College", 0.1)
    link = make_link(
        from_program=shop,
        from_institution=None,
        from_district=school.district,
        to=college.institution,
    )

    (route,) = plan(at(school), to(field)).routes

    assert route.legs[0].links == [link]


def test_an_agreement_of_another_field_is_no_step(field, school):
    make_stop(field, school)
    college = make_college(field, "College", 0.1).institution
    make_link(from_institution=school, to=college, pathway=make_pathway("Cooking"))

    (route,) = plan(at(school), to(field)).routes

    assert route.legs[0].links == []


def test_a_school_wide_agreement_does_not_join_programs_of_different_fields(field, school):
    make_program("Law", institution=school, sector=make_sector("PS", "Public Services"))
    make_link(from_institution=school, to=make_college(field, "College", 0.1).institution)

    found = plan(at(school), to(field))

    assert lines(found) == [["", "College"]]


def test_a_program_without_a_pathway_leads_on_by_an_agreement_in_its_sector(field, school):
    academy = make_program("Academy", institution=school, sector=field[0].sector)
    college = make_college(field, "College", 0.1).institution

    assert lines(plan(at(school), to(field))) == [["", "College"]]

    make_link(from_institution=school, to=college)

    assert plan(at(school), to(field)).routes[0].legs[0].program == academy


def test_a_school_without_a_program_lists_none_and_its_routes_begin_later(field, school):
    near, far = make_college(field, "Near", 0.1), make_college(field, "Far", 0.4)
    link = make_link(
        from_institution=school, to=far.institution, pathway=field[0], from_course="Welding 1"
    )

    found = plan(at(school), to(field))

    assert found.lists_none
    assert found.pathway_id == near.pathway_id
    assert lines(found) == [["", "Far"], ["", "Near"]]
    assert [route.begins_later for route in found.routes] == [True, True]
    assert found.routes[0].legs[0].links == [link]


def test_another_schools_program_is_not_on_the_way_but_one_of_the_whole_district_is(field, school):
    other = make_place("Hill High", Segment.HIGH, 0.1, district=school.district)
    make_stop(field, other)
    make_college(field, "College", 0.2)

    assert lines(plan(at(school), to(field))) == [["", "College"]]

    Program.objects.filter(institution=other).update(audience=Program.Audience.DISTRICT)

    assert lines(plan(at(school), to(field))) == [["Hill High", "College"]]


def test_a_school_of_the_whole_county_takes_students_of_every_district(field, school):
    regional = make_place("County Center", Segment.HIGH, kind="ROC/ROP")
    make_stop(field, regional, audience=Program.Audience.DISTRICT)
    make_college(field, "College", 0.2)

    assert lines(plan(at(school), to(field))) == [["County Center", "College"]]


def test_a_district_starts_at_the_school_with_the_best_way_on(field, school):
    hill = make_place("Hill High", Segment.HIGH, 0.2, district=school.district)
    make_stop(field, school)
    shop = make_stop(field, hill)
    college = make_college(field, "College", 0.1)
    make_link(from_program=shop, to=college.institution)
    start = Start(Segment.HIGH, None, school.district_id, "san-diego", (HERE, -117.1))

    assert lines(plan(start, to(field))) == [["Hill High", "College"]]


def test_a_middle_school_leads_to_the_nearest_high_school_of_its_district(field, school):
    middle = make_place("Coast Middle", Segment.MIDDLE, district=school.district)
    make_stop(field, make_place("Far High", Segment.HIGH, 0.3, district=school.district))
    make_stop(field, make_place("Near High", Segment.HIGH, 0.1, district=school.district))
    make_stop(field, make_place("Foreign High", Segment.HIGH, 0.0, district=make_district("Hill")))
    make_college(field, "College", 0.2)

    found = plan(at(middle), to(field))

    assert lines(found) == [["", "Near High", "College"]]
    assert not found.lists_none


def test_a_middle_school_leads_to_the_high_school_that_it_feeds(field, school):
    middle = make_place("Coast Middle", Segment.MIDDLE, district=school.district)
    make_stop(field, make_place("Near High", Segment.HIGH, 0.1, district=school.district))
    fed = make_stop(field, make_place("Fed High", Segment.HIGH, 0.3, district=make_district("Up")))
    make_link(LinkKind.FEEDER, to=fed.institution, from_institution=middle)
    make_college(field, "College", 0.2)

    assert lines(plan(at(middle), to(field))) == [["", "Fed High", "College"]]


def test_an_adult_goes_straight_to_college_and_by_way_of_an_adult_school(field):
    make_stop(field, make_place("Adult School", Segment.ADULT, 0.1))
    make_college(field, "Near", 0.1)
    make_college(field, "Far", 0.2)
    make_college(field, "Farther", 0.3)

    found = plan(ADULT, to(field, education="Associate's degree"))

    assert lines(found) == [["Near"], ["Far"], ["Adult School", "Near"]]


def test_an_adult_school_with_an_agreement_comes_first(field):
    adult = make_stop(field, make_place("Adult School", Segment.ADULT, 0.3))
    make_college(field, "Near", 0.1)
    far = make_college(field, "Far", 0.4)
    make_link(LinkKind.NONCREDIT_TO_CREDIT, from_program=adult, to=far.institution)

    assert lines(plan(ADULT, to(field, education="Associate's degree"))) == [
        ["Adult School", "Far"],
        ["Near"],
    ]


@pytest.mark.parametrize(
    ("education", "expected"),
    [
        ("Postsecondary nondegree award", [["Adult School"], ["College"]]),
        ("Associate's degree", [["College"], ["Adult School", "College"]]),
    ],
)
def test_adult_education_leads_to_a_job_alone_where_the_job_takes_no_college(
    field, education, expected
):
    make_stop(field, make_place("Adult School", Segment.ADULT))
    make_college(field, "College", 0.1)

    assert lines(plan(ADULT, to(field, education=education))) == expected


def test_a_student_of_an_adult_school_starts_in_its_program(field):
    own = make_place("Own Adult School", Segment.ADULT, 0.2)
    make_stop(field, own)
    make_stop(field, make_place("Other Adult School", Segment.ADULT, 0.1))
    make_college(field, "College", 0.3)

    found = plan(at(own), to(field, education="Associate's degree"))

    assert lines(found) == [["Own Adult School", "College"]]
    assert not found.lists_none


def test_a_program_for_high_school_students_takes_no_adult(field):
    make_stop(field, make_place("Adult School", Segment.ADULT), audience=Program.Audience.DISTRICT)
    make_college(field, "College", 0.1)

    assert lines(plan(ADULT, to(field))) == [["College"]]


def test_a_zip_code_begins_after_high_school_and_names_the_schools_near(field, school):
    shop = make_stop(field, school)
    make_college(field, "College", 0.1)
    start = Start(Segment.HIGH, county="san-diego", point=(HERE, -117.1))

    found = plan(start, to(field))

    assert lines(found) == [["", "College"]]
    assert [program for program, _miles in found.nearest] == [shop]


def test_a_job_that_an_editor_hid_is_no_goal_of_a_program(field, school):
    make_stop(field, school)
    make_college(field, "College", 0.1)
    ProgramOccupation.objects.update(basis=ProgramOccupation.Basis.HIDDEN)

    found = plan(at(school), to(field))

    assert (found.routes, found.is_taught, found.closed) == ([], False, False)


def test_drafts_are_on_no_route(field, school):
    make_stop(field, school, status=Program.Status.DRAFT)
    make_college(field, "College", 0.1)
    make_college(field, "Draft", 0.0, status=Program.Status.DRAFT)

    assert lines(plan(at(school), to(field))) == [["", "College"]]


def test_a_pathway_and_a_program_are_goals_too(field, school):
    make_stop(field, school)
    near, far = make_college(field, "Near", 0.1), make_college(field, "Far", 0.2)

    by_pathway = plan(at(school), Goal(pathway_id=near.pathway_id))
    by_program = plan(at(school), Goal(program_id=far.pk))

    assert lines(by_pathway) == [["Coast High", "Near"], ["Coast High", "Far"]]
    assert lines(by_program) == [["Coast High", "Far"]]


def test_a_program_of_ones_own_school_is_the_whole_route(field, school):
    shop = make_stop(field, school)

    assert lines(plan(at(school), Goal(program_id=shop.pk))) == [["Coast High"]]


def test_a_program_of_another_school_is_closed_and_the_routes_of_its_pathway_are_told(
    field, school
):
    shop = make_stop(field, school)
    other = make_stop(field, make_place("Hill High", Segment.HIGH, district=make_district("Hill")))
    college = make_college(field, "College", 0.1)

    found = plan(at(school), Goal(program_id=other.pk))

    assert found.closed
    assert [[leg.program for leg in route.legs] for route in found.routes] == [[shop, college]]


# --- How surely a program leads to the job ------------------------------------------------------


@pytest.fixture
def assistants():
    """A wide pathway, its job, and a job of the same pathway with a longer name."""
    pathway = make_pathway("Patient Care")
    job = make_occupation(
        "Medical Assistants",
        everyday="medical assistant",
        education="Postsecondary nondegree award",
    )
    make_occupation("Medical Secretaries", everyday="administrative medical assistant")
    return pathway, job


def make_health(assistants, title, basis=BASIS.PATHWAY, segment=Segment.COLLEGE, north=0.1, rank=0):
    """A program of a place of its own, called like the program."""
    pathway, job = assistants
    program = make_program(
        title,
        institution=make_place(title, segment, north),
        pathway=pathway,
        sector=pathway.sector,
        audience=Program.Audience.ADULTS if segment == Segment.ADULT else Program.Audience.ANYONE,
    )
    ProgramOccupation.objects.create(program=program, occupation=job, basis=basis, rank=rank)
    return program


def test_fit_comes_before_miles_confirmed_then_code_and_name_then_one_of_them(assistants):
    make_health(assistants, "Medical Assistant", north=0.1)
    make_health(assistants, "Medical Assisting", BASIS.CODES, north=0.2)
    make_health(assistants, "Office Work", BASIS.CONFIRMED, north=0.3)

    found = plan(ADULT, to(assistants))

    assert [line[-1] for line in lines(found)] == [
        "Office Work",
        "Medical Assisting",
        "Medical Assistant",
    ]
    assert [route.fit for route in found.routes] == [
        Fit.CONFIRMED,
        Fit.CODE_AND_NAME,
        Fit.CODE_OR_NAME,
    ]


def test_a_program_of_the_pathway_alone_is_no_route_whatever_agreement_it_has(assistants, school):
    shop = make_stop((assistants[0], None), school)
    kinesiology = make_health(assistants, "Kinesiology", north=0.0)
    make_link(from_program=shop, to=kinesiology.institution, as_of=str(YEAR))
    make_health(assistants, "Medical Assisting", BASIS.CODES, north=0.4)

    found = plan(at(school), to(assistants))

    assert lines(found) == [["Coast High", "Medical Assisting"]]
    assert [program for program, _miles in found.same_field] == [kinesiology]
    assert not found.field_only


def test_where_nothing_leads_straight_to_the_job_the_field_is_the_way_and_says_so(assistants):
    make_health(assistants, "Kinesiology")

    found = plan(ADULT, to(assistants))

    assert lines(found) == [["Kinesiology"]]
    assert (found.field_only, found.same_field) == (True, [])


def test_an_adult_school_that_names_the_job_is_a_route_of_its_own_and_first_for_an_adult(
    assistants,
):
    make_health(assistants, "Medical Assisting", BASIS.CODES, north=0.4)
    make_health(assistants, "Clinical medical assistant", segment=Segment.ADULT, north=0.1)

    assert lines(plan(ADULT, to(assistants)))[0] == ["Clinical medical assistant"]


def test_a_longer_name_of_another_job_is_not_this_jobs(assistants):
    make_health(assistants, "Administrative medical assistant", north=0.0)
    make_health(assistants, "Medical Assisting", BASIS.CODES, north=0.4)

    assert lines(plan(ADULT, to(assistants))) == [["Medical Assisting"]]


def test_a_program_called_like_one_whose_code_leads_there_leads_there_too(assistants):
    make_health(assistants, "Health Occupations", BASIS.CODES, north=0.4)
    other = make_place("Health 2", Segment.COLLEGE, 0.1)
    program = make_program("Health occupations", institution=other, pathway=assistants[0])
    leads_to(program, assistants[1], basis=BASIS.PATHWAY)

    assert lines(plan(ADULT, to(assistants))) == [["Health 2"], ["Health Occupations"]]


def test_a_code_counts_by_its_first_jobs_unless_no_other_program_leads_there(assistants):
    make_health(assistants, "Health", BASIS.CODES, rank=7)
    assert lines(plan(ADULT, to(assistants))) == [["Health"]]

    make_health(assistants, "Medicine", BASIS.CODES, north=0.5)
    assert lines(plan(ADULT, to(assistants))) == [["Medicine"]]


def test_an_agreement_of_another_adult_program_is_a_detour_to_a_job_without_college(assistants):
    make_health(assistants, "Medical assistant", segment=Segment.ADULT, north=0.2)
    aide = make_health(assistants, "Patient aide", segment=Segment.ADULT, north=0.1)
    college = make_health(assistants, "Medical Assisting", BASIS.CODES, north=0.3)
    make_link(LinkKind.ARTICULATION, from_program=aide, to=college.institution, as_of=str(YEAR))

    there = [["Medical assistant"], ["Medical Assisting"]]
    assert lines(plan(ADULT, to(assistants, education="Postsecondary nondegree award"))) == there

    in_it = plan(at(aide.institution), to(assistants, education="Postsecondary nondegree award"))
    assert lines(in_it)[0] == ["Patient aide", "Medical Assisting"]


# --- Agreements that do not count ---------------------------------------------------------------


@pytest.mark.parametrize("end", ["from_institution", "from_district"])
def test_an_agreement_of_a_whole_school_or_district_without_a_program_does_not_rank(
    field, school, end
):
    make_college(field, "Near", 0.1)
    far = make_college(field, "Far", 0.4)
    place = school if end == "from_institution" else school.district
    link = make_link(to=far.institution, as_of=str(YEAR), **{end: place})

    found = plan(at(school), to(field))

    assert lines(found) == [["", "Near"], ["", "Far"]]
    assert [route.standing for route in found.routes] == [Standing.NONE, Standing.NONE]
    leg = found.routes[1].legs[0]
    assert (leg.links, leg.unlisted) == ([], [link])


def test_an_agreement_that_ended_is_told_on_its_step_with_and_without_a_program(field, school):
    college = make_college(field, "College", 0.1)
    link = make_link(
        from_institution=school, to=college.institution, pathway=field[0], valid_until="2018"
    )

    assert plan(at(school), to(field)).routes[0].legs[0].ended == link

    shop = make_stop(field, school)
    (route,) = plan(at(school), to(field)).routes
    assert (route.legs[0].program, route.legs[0].ended, route.standing) == (
        shop,
        link,
        Standing.NONE,
    )

    make_link(from_program=shop, to=college.institution)
    assert plan(at(school), to(field)).routes[0].legs[0].ended is None


# --- How far, how long --------------------------------------------------------------------------


def test_the_miles_of_a_route_are_those_of_its_farthest_step(field):
    make_stop(field, make_place("Adult School", Segment.ADULT, 0.3))
    make_college(field, "College", 0.1)

    found = plan(ADULT, to(field, education="Associate's degree"))

    direct, by_adult_school = (
        next(route for route in found.routes if len(route.legs) == steps) for steps in (1, 2)
    )
    assert direct.miles == pytest.approx(6.9, abs=0.1)
    assert by_adult_school.miles == pytest.approx(20.7, abs=0.1)


@pytest.mark.parametrize(
    ("education", "credential", "expected"),
    [
        ("Postsecondary nondegree award", Credential.CERTIFICATE, (1.0, 2.0)),
        ("Some college, no degree", Credential.CERTIFICATE, (1.0, 2.0)),
        ("Associate's degree", Credential.ASSOCIATE, (2.0, 2.0)),
        ("No formal educational credential", Credential.SHORT, (0.0, 16 / 30)),
    ],
)
def test_the_time_is_that_of_the_award_that_the_job_asks_for(
    field, education, credential, expected
):
    college = make_college(field, "College", 0.1, years=0.5)
    make_award(college, Credential.CERTIFICATE, level="Certificate (30<60 semester units)")
    make_award(college, Credential.ASSOCIATE)

    (route,) = plan(ADULT, to(field, education=education)).routes

    assert (route.legs[-1].award.credential, route.years) == (credential, expected)


def test_the_study_before_the_last_step_is_part_of_the_time(field):
    adult = make_stop(field, make_place("Adult School", Segment.ADULT))
    make_college(field, "College", 0.0)

    def years_of(found):
        return [route.years for route in found.routes if len(route.legs) == 2]

    degree = to(field, education="Associate's degree")
    assert years_of(plan(ADULT, degree)) == [None]

    make_award(adult, Credential.CERTIFICATE, units="15")
    assert years_of(plan(ADULT, degree)) == [(2.5, 2.5)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"credential": "associate"}, (2.0, 2.0)),
        ({"credential": "bachelor"}, (4.0, 4.0)),
        ({"credential": "certificate", "level": "Certificate (30<60 semester units)"}, (1.0, 2.0)),
        ({"credential": "certificate", "units": "31-33"}, (31 / 30, 33 / 30)),
        ({"credential": "certificate"}, None),
        ({"credential": "noncredit", "hours": "600"}, None),
    ],
)
def test_time_is_counted_by_units_and_not_guessed(values, expected):
    assert years(make_award(make_program(), **values)) == expected


def test_the_number_of_queries_does_not_grow(field, school):
    def queries(start):
        with CaptureQueriesContext(connection) as found:
            assert plan(start, to(field), names).routes
        return len(found)

    names = job_names()

    middle = make_place("Coast Middle", Segment.MIDDLE, district=school.district)

    def grow(number):
        shop = make_stop(field, school, f"Shop {number}")
        adult = make_stop(field, make_place(f"Adult {number}", Segment.ADULT, number / 50))
        college = make_college(field, f"College {number}", number / 40)
        make_link(from_program=shop, to=college.institution)
        make_link(from_program=adult, to=college.institution, to_program=college)

    starts = [at(school), at(middle), ADULT]
    grow(0)
    one = list(map(queries, starts))
    for number in range(1, 30):
        grow(number)

    assert list(map(queries, starts)) == one
    assert max(one) <= 7  # one of them reads when feeder agreements end
