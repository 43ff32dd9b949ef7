"""Which jobs a program leads to."""

import pytest

from programs import careers
from programs.models import Program, ProgramOccupation
from reference.models import CodeCrosswalk, CodeOccupation, OccupationPathway
from tests.factories import make_code, make_occupation, make_pathway, make_program, make_release

pytestmark = pytest.mark.django_db


def lead(pathway, *occupations):
    for rank, occupation in enumerate(occupations, start=1):
        OccupationPathway.objects.create(occupation=occupation, pathway=pathway, rank=rank)


def cross(top, *occupations, colleges=1):
    cip = make_code("48.0508", "CIP", "Welding")
    CodeCrosswalk.objects.create(top=top, cip=cip, colleges=colleges, release=make_release())
    for occupation in occupations:
        CodeOccupation.objects.create(cip=cip, occupation=occupation, release=make_release())


def jobs_of(program):
    return [(link.occupation.title_en, link.basis) for link in program.occupation_links.all()]


def test_a_school_program_leads_where_its_pathway_leads_best_first():
    pathway = make_pathway()
    lead(pathway, make_occupation("Welders"), make_occupation("Fitters"))
    program = make_program(pathway=pathway)

    careers.suggest()

    assert jobs_of(program) == [("Welders", "pathway"), ("Fitters", "pathway")]


def test_where_code_and_pathway_both_speak_what_they_agree_on_counts():
    pathway, top = make_pathway(), make_code()
    welders, managers = make_occupation("Welders"), make_occupation("Managers")
    lead(pathway, welders, make_occupation("Fitters"))
    cross(top, welders, managers)
    program = make_program(pathway=pathway, top_code=top)

    careers.suggest()

    assert jobs_of(program) == [("Welders", "codes")]


def test_an_editors_word_is_kept():
    pathway, welders = make_pathway(), make_occupation("Welders")
    lead(pathway, welders)
    program = make_program(pathway=pathway)
    ProgramOccupation.objects.create(
        program=program, occupation=welders, basis=ProgramOccupation.Basis.HIDDEN
    )

    careers.suggest()

    assert jobs_of(program) == [("Welders", "hidden")]


def test_a_candidate_that_stays_keeps_its_row_and_one_that_goes_is_gone():
    pathway = make_pathway()
    first, second, third = (make_occupation(title) for title in ("Welders", "Fitters", "Riggers"))
    lead(pathway, first, second)
    program = make_program(pathway=pathway)
    careers.suggest()
    before = {link.occupation_id: link.pk for link in program.occupation_links.all()}

    OccupationPathway.objects.filter(occupation=first).delete()
    OccupationPathway.objects.create(occupation=third, pathway=pathway, rank=9)
    careers.suggest()

    links = program.occupation_links.all()
    assert [(link.occupation_id, link.rank) for link in links] == [(second.pk, 0), (third.pk, 1)]
    assert links[0].pk == before[second.pk]


def test_suggesting_again_writes_nothing(django_assert_max_num_queries):
    pathway = make_pathway()
    lead(pathway, *[make_occupation(f"Job {number}") for number in range(12)])
    for _ in range(30):
        make_program(pathway=pathway)
    careers.suggest()

    with django_assert_max_num_queries(10) as queries:
        careers.suggest()

    assert not [one for one in queries if not one["sql"].startswith("SELECT")]


def test_only_the_asked_programs_are_computed():
    pathway = make_pathway()
    lead(pathway, make_occupation())
    asked, other = make_program(pathway=pathway), make_program(pathway=pathway)

    careers.suggest(Program.objects.filter(pk=asked.pk))

    assert len(jobs_of(asked)) == 1
    assert jobs_of(other) == []


def test_a_job_named_like_the_program_and_within_reach_comes_first():
    pathway = make_pathway()
    lead(
        pathway,
        make_occupation("Food Engineers", education="Bachelor's degree"),
        make_occupation("Waiters"),
        make_occupation("Bakers", everyday="pastry chef"),
    )
    program = make_program("Pastry Chef", pathway=pathway)

    careers.suggest()

    assert [title for title, _ in jobs_of(program)] == ["Bakers", "Waiters", "Food Engineers"]
