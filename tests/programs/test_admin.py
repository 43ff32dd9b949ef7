"""What the region's editors say of a program and its jobs, in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Change, Role
from programs import careers, catalogue
from programs.models import ProgramOccupation
from reference.models import CodeCrosswalk, CodeOccupation, OccupationPathway, Region
from tests.factories import (
    leads_to,
    make_administrator,
    make_code,
    make_living_wage,
    make_occupation,
    make_pathway,
    make_program,
    make_region,
    make_release,
    make_user,
    sign_in,
)
from tests.programs.people import filled

pytestmark = pytest.mark.django_db
LIST = "/en/admin/programs/programoccupation/"


@pytest.fixture
def editor(client):
    make_region()
    sign_in(client, make_administrator("ana@example.org"))
    return client


@pytest.fixture
def welding():
    """A program whose TOP code three and then two colleges pair with codes that lead to welders."""
    top, pathway, release = make_code(), make_pathway(), make_release()
    welders, fitters = make_occupation("Welders"), make_occupation("Fitters")
    for code, colleges, jobs in (("48.0508", 3, [welders]), ("48.0501", 2, [welders, fitters])):
        cip = make_code(code, "CIP", "Welding")
        CodeCrosswalk.objects.create(top=top, cip=cip, colleges=colleges, release=release)
        for job in jobs:
            CodeOccupation.objects.create(cip=cip, occupation=job, release=release)
    OccupationPathway.objects.create(occupation=welders, pathway=pathway, rank=2)
    program = make_program(top_code=top, pathway=pathway)
    leads_to(program, welders, fitters)
    return program


def bases(program):
    links = program.occupation_links.order_by("occupation__title_en")
    return {link.occupation.title_en: link.basis for link in links}


def act(client, action, links):
    data = {"action": action, "_selected_action": [link.pk for link in links]}
    return client.post(LIST, data, follow=True)


def test_the_list_tells_what_speaks_for_each_job(editor, welding):
    leads_to(welding, make_occupation("Bakers"))

    page = editor.get(LIST).content.decode()

    assert "5 colleges pair its codes; pathway number 2 of this job" in page
    assert "2 colleges pair its codes<" in page
    assert "neither code nor pathway" in page


def test_a_programs_own_cip_code_speaks_too(editor):
    cip, job = make_code("48.0508", "CIP", "Welding"), make_occupation()
    CodeOccupation.objects.create(cip=cip, occupation=job, release=make_release())
    program = make_program(cip_code=cip)
    leads_to(program, job)

    page = editor.get(reverse("admin:programs_program_change", args=[program.pk]))

    assert "its own CIP code" in page.content.decode()


@pytest.mark.parametrize(("action", "basis"), [("confirm", "confirmed"), ("hide", "hidden")])
def test_many_jobs_are_confirmed_or_hidden_at_once_and_noted(editor, welding, action, basis):
    links = ProgramOccupation.objects.filter(occupation__title_en="Welders")
    before = catalogue.current()[0]

    page = act(editor, action, links).content.decode()

    assert "1 row changed." in page
    assert bases(welding) == {"Fitters": "codes", "Welders": basis}
    assert catalogue.current()[0] == before + 1
    welding.refresh_from_db()
    assert welding.changed_in == before + 1  # the search index reads the program again
    note = Change.objects.get(kind="changed")
    assert (note.model, note.by.email) == ("programs.programoccupation", "ana@example.org")
    assert note.columns == [("basis", "codes", basis)]


def test_who_takes_their_word_back_gets_the_suggestion_again(editor, welding):
    links = ProgramOccupation.objects.filter(program=welding)
    links.update(basis="hidden")
    leads_to(welding, make_occupation("Bakers"), basis="confirmed")

    act(editor, "take_back", ProgramOccupation.objects.all())

    assert bases(welding) == {"Welders": "codes"}  # what code and pathway agree on


def test_a_reader_sees_the_list_but_may_not_decide(client, welding):
    sign_in(client, make_user(Role.READER))

    page = act(client, "confirm", ProgramOccupation.objects.all()).content.decode()

    assert "2 colleges pair its codes<" in page
    assert 'value="confirm"' not in page
    assert set(bases(welding).values()) == {"codes"}


def test_a_job_that_an_editor_adds_to_a_program_is_a_confirmed_one(editor, welding):
    page = editor.get(reverse("admin:programs_program_change", args=[welding.pk]))
    formset = next(
        each.formset
        for each in page.context["inline_admin_formsets"]
        if each.formset.model is ProgramOccupation
    )

    assert formset.empty_form["basis"].initial == "confirmed"
    assert formset.forms[0]["basis"].initial == "codes"


def test_a_job_that_an_editor_adds_stays_when_the_suggestions_are_computed_again(editor, welding):
    bakers = make_occupation("Bakers")
    data = {"program": welding.pk, "occupation": bakers.pk, "basis": "confirmed", "rank": 0}

    editor.post(f"{LIST}add/", data)
    careers.suggest()

    assert bases(welding) == {"Bakers": "confirmed", "Welders": "codes"}


def test_the_programs_chosen_in_their_list_lead_to_the_list_of_their_jobs(editor, welding):
    leads_to(make_program("Baking"), make_occupation("Bakers"))
    data = {"action": "jobs", "_selected_action": [welding.pk]}

    page = editor.post("/en/admin/programs/program/", data, follow=True).content.decode()

    assert "2 occupations of a program" in page


def test_the_list_costs_the_same_queries_for_one_job_and_for_thirty(editor, welding):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert editor.get(LIST).status_code == 200
        return len(found)

    ProgramOccupation.objects.filter(occupation__title_en="Fitters").delete()
    one = queries()
    leads_to(welding, *[make_occupation(f"Job {number}") for number in range(30)])

    assert queries() <= one


def test_an_administrator_moves_the_lines_of_the_marks(editor):
    make_living_wage(household="2a2w1c", hourly="37.61")
    Region.objects.update(state_name="California")
    region = Region.objects.get()
    address = reverse("admin:reference_region_change", args=[region.pk])
    page = editor.get(address)
    assert "2 adults, both work, 1 child" in page.content.decode()

    editor.post(address, filled(page) | {"high_wage_household": "2a2w1c", "in_demand_growth": "3"})

    region.refresh_from_db()
    assert (region.high_wage_household, region.in_demand_growth) == ("2a2w1c", 3)
