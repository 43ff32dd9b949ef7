"""Where a reader wants to go: jobs, pathways and programs, as people say them in either language."""

import pytest

from finder import vocabulary
from finder.goals import read
from programs.models import Program
from tests.factories import (
    leads_to,
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

    assert keys("nurs") == ["nursing-assistants", "registered-nurses", program.slug]


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
