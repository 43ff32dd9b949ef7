"""Where a reader wants to go: jobs, pathways and programs, as people say them in either language."""

import pytest

from finder import origins, vocabulary
from finder.goals import called, open_to, read
from finder.origins import Origin
from programs.models import Institution, Program
from tests.factories import (
    leads_to,
    make_district,
    make_figure,
    make_institution,
    make_occupation,
    make_pathway,
    make_program,
    make_synonym,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurses():
    """A job that a program leads to, and a job that none does."""
    job = make_occupation(
        "Registered Nurses",
        everyday="nurse; RN",
        everyday_es="enfermera; enfermero",
        title_es="Enfermeros graduados",
        slug="registered-nurses",
    )
    leads_to(make_program("Nursing Science", institution=make_institution("Bay College")), job)
    make_occupation("Nursing Assistants", everyday="nurse aide", slug="nursing-assistants")
    return job


def keys(text):
    return [goal.key for goal in read(text).choices]


@pytest.mark.parametrize(
    "text",
    [
        "registered-nurses", "Registered Nurses", "registered NURSE", "nurse", "I want to be a nurse",
        "enfermera", "Enfermeros Graduados", "rn",
    ],
)  # fmt: skip
def test_a_job_is_known_by_slug_title_and_everyday_words_in_both_languages(nurses, text):
    found = read(text)

    assert (found.goal.kind, found.goal.pk, found.choices) == ("career", nurses.pk, ())


def test_an_everyday_word_leads_to_the_official_one(nurses):
    make_synonym("caregiver", "nursing assistants")

    assert read("caregiver").goal.key == "nursing-assistants"


def test_several_matches_are_choices_jobs_before_programs(nurses):
    program = Program.objects.get()

    assert keys("nurs") == ["registered-nurses", "nursing-assistants", program.slug]


def test_choices_are_ranked_by_name_then_everyday_word_then_openings():
    def job(title, openings, **values):
        made = make_occupation(title, slug=title, **values)
        make_figure(made, openings=openings)

    job("supervisors of police", 900)
    job("police officers", 100)
    job("transit police", 200)
    job("detectives", 800, everyday="police detective")
    job("analysts", 700, everyday="policing analyst")
    job("dispatchers, Except Police", 999)

    assert keys("police") == [
        "transit police",
        "police officers",
        "supervisors of police",
        "detectives",
        "analysts",
    ]


def test_the_official_words_for_an_everyday_one_come_before_a_part_of_it():
    make_synonym("cars", "automotive service")
    for title, openings, everyday in (
        ("Athletes", 900, "race car driver"),
        ("Automotive Service Technicians", 5, ""),
    ):
        make_figure(make_occupation(title, slug=title, everyday=everyday), openings=openings)

    assert keys("cars") == ["Automotive Service Technicians", "Athletes"]


# --- What the reader may take ------------------------------------------------------------------


@pytest.fixture
def closed(nurses):
    """A program called as typed, but of another school."""
    school = make_institution("Chaparral High", segment="high_school")
    return make_program("Nursing Arts", institution=school, audience="school")


HERE = Origin("institution", "hoover-high", "Hoover High", "high_school", institution="hoover-high")


def test_a_job_is_meant_before_a_program_and_before_a_pathway(nurses):
    make_pathway("Nurse")
    make_program("Nurse")

    assert read("Nurse").goal.kind == "career"


def test_a_program_that_the_reader_cannot_attend_is_never_taken_as_meant(closed):
    may_attend = open_to(HERE, is_adult=False)

    asked = read("nursing arts", may_attend=may_attend)
    assert (asked.goal, [goal.pk for goal in asked.choices]) == (None, [closed.pk])

    college = make_program("Nursing Arts", institution=make_institution("Bay College"))
    assert read("nursing arts", may_attend=may_attend).goal.pk == college.pk


def test_a_program_named_with_its_school_is_meant_whoever_asks(closed):
    found = read("Nursing Arts, Chaparral High", may_attend=open_to(HERE, is_adult=False))

    assert found.goal.pk == closed.pk


@pytest.mark.parametrize(
    ("audience", "origin", "is_adult", "expected"),
    [
        ("school", "chaparral-high", False, True),
        ("school", "chaparral-high", True, False),
        ("school", "hill-high", False, False),
        ("district", "hill-high", False, True),
        ("district", "far-high", False, False),
        ("district", None, False, False),
    ],
)
def test_a_school_takes_its_own_students_and_a_district_those_of_its_schools(
    audience, origin, is_adult, expected
):
    district = make_district("Hill Unified")
    for name in ("Chaparral High", "Hill High"):
        make_institution(
            name, slug=name.lower().replace(" ", "-"), segment="high_school", district=district
        )
    make_institution(
        "Far High", slug="far-high", segment="high_school", district=make_district("Far")
    )
    program = make_program(
        "Welding", institution=Institution.objects.get(slug="chaparral-high"), audience=audience
    )
    start = origin and origins.read(origin).origin

    assert open_to(start, is_adult)(read(program.slug).goal) is expected


@pytest.mark.parametrize(("text", "found"), [("RN", True), ("x", False), ("nu", False)])
def test_fewer_than_three_letters_mean_only_what_is_called_so(nurses, text, found):
    make_occupation("Radiologic Technologists", everyday="x-ray tech")

    assert (read(text).goal is not None, read(text).choices) == (found, ())


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("ENFERMERA", "es", "enfermera"),
        ("nurse", "es", ""),
        ("nurse", "en", "nurse"),
        ("registered nurses", "en", ""),
        ("Registered Nurse", "en", ""),
        ("x", "en", ""),
    ],
)
def test_a_job_is_called_by_its_everyday_words_in_the_language_of_the_page(
    nurses, text, language, name
):
    assert called(read("rn").goal, text, vocabulary.current(), language) == name


def test_a_program_is_known_by_title_and_place(nurses):
    make_program("Nursing Science", institution=make_institution("Hill College"))

    found = read("nursing science bay")

    assert (found.goal.kind, found.goal.place) == ("program", "Bay College")


def test_a_pathway_is_a_goal(nurses):
    pathway = make_pathway("Patient Care")

    assert (read("patient care").goal.kind, read("patient care").goal.pk) == ("pathway", pathway.pk)


def test_a_draft_is_no_goal(nurses):
    Program.objects.update(status=Program.Status.DRAFT)

    assert read("nursing science").choices == ()
    assert read(Program.objects.get().slug).goal is None


@pytest.mark.parametrize("text", ["", " ", "xyz", "'; drop", "\x00", "((", "a" * 5000])
def test_what_nothing_is_called_is_none(nurses, text):
    assert (read(text).goal, read(text).choices) == (None, ())


def test_at_most_eight_choices():
    for number in range(12):
        make_program(f"Nursing Science {number}")

    assert len(read("science").choices) == 8


def test_a_warm_process_spends_no_query(nurses, django_assert_num_queries):
    words = vocabulary.current()
    read("nurs", words)

    with django_assert_num_queries(0):
        for text in ("nurse", "registered-nurses", "nurs", "nowhere", "enfermería"):
            read(text, words)
