"""A coordinator sees all and changes only their own, whichever door is tried."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Change
from programs.models import Award, Course, Institution, Opportunity, Program, ProgramLink
from tests.factories import (
    leads_to,
    make_administrator,
    make_award,
    make_course,
    make_district,
    make_institution,
    make_link,
    make_occupation,
    make_program,
    make_user,
    sign_in,
)
from tests.programs.people import filled, make_two_schools

pytestmark = pytest.mark.django_db
LIST = "/en/admin/programs/program/"
NOT_YOURS = "You can only save what belongs to your own districts and institutions."


@pytest.fixture
def scene(client):
    scene = make_two_schools()
    sign_in(client, scene.ana)
    return scene


def change_url(row):
    return reverse(f"admin:programs_{row._meta.model_name}_change", args=[row.pk])


def act(client, action, *rows, query="?whose=all"):
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(f"{LIST}{query}", data, follow=True).content.decode()


def test_the_list_begins_with_ones_own_and_all_are_a_click_away(client, scene):
    mine, everything = client.get(LIST), client.get(f"{LIST}?whose=all")

    assert [row.title_en for row in mine.context["cl"].result_list] == ["Welding"]
    assert [row.title_en for row in everything.context["cl"].result_list] == ["Baking", "Welding"]


def test_an_administrator_sees_all_rows_at_once(client, scene):
    sign_in(client, make_administrator("admin@example.org"))

    assert len(client.get(LIST).context["cl"].result_list) == 2


def test_anothers_page_is_for_reading(client, scene):
    page = client.get(change_url(scene.foreign))

    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert 'name="title_en"' not in page.content.decode()
    assert client.get(f"{LIST}{scene.foreign.pk}/history/").status_code == 200


def test_a_forged_save_of_anothers_program_is_refused(client, scene):
    make_course(scene.foreign, "Bread")
    before = Change.objects.count()
    page = client.get(change_url(scene.program))

    answers = [
        client.post(change_url(scene.foreign), filled(page)),
        client.post(f"{LIST}{scene.foreign.pk}/delete/", {"post": "yes"}),
        client.post(change_url(scene.foreign), {"_verify": "x"}),
        client.post(f"/en/admin/programs/institution/{scene.other.pk}/rollover/", {}),
        client.post(f"/en/admin/programs/institution/{scene.other.pk}/change/", {"name": "x"}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert Change.objects.count() == before


def test_a_program_is_not_given_away_by_a_forged_field(client, scene):
    data = filled(client.get(change_url(scene.program))) | {"institution": scene.other.pk}

    page = client.post(change_url(scene.program), data)

    assert "Select a valid choice" in page.content.decode()
    scene.program.refresh_from_db()
    assert scene.program.institution == scene.school


def test_a_new_program_is_only_made_at_ones_own_school(client, scene):
    data = filled(client.get(f"{LIST}add/")) | {
        "title_en": "Sewing",
        "status": "draft",
        "release": scene.program.release_id,
    }

    client.post(f"{LIST}add/", data | {"institution": scene.other.pk})
    assert not Program.objects.filter(title_en="Sewing").exists()

    client.post(f"{LIST}add/", data | {"institution": scene.school.pk})
    assert Program.objects.get(title_en="Sewing").institution == scene.school


def test_an_agreement_needs_an_end_that_is_ones_own(client, scene):
    college = make_institution()
    address = "/en/admin/programs/programlink/add/"
    data = filled(client.get(address)) | {
        "kind": "articulation",
        "to_institution": college.pk,
        "release": scene.program.release_id,
    }

    page = client.post(address, data | {"from_institution": scene.other.pk})
    assert NOT_YOURS in page.content.decode()
    assert not ProgramLink.objects.exists()

    client.post(address, data | {"from_institution": scene.school.pk})
    assert ProgramLink.objects.get().from_institution == scene.school


def test_an_agreement_is_not_turned_into_one_between_others(client, scene):
    college = make_institution()
    link = make_link(from_institution=scene.school, to=college)
    data = filled(client.get(change_url(link))) | {"from_institution": scene.other.pk}

    page = client.post(change_url(link), data)

    assert NOT_YOURS in page.content.decode()
    link.refresh_from_db()
    assert link.from_institution == scene.school


def test_work_based_learning_is_only_hosted_by_ones_own(client, scene):
    address = "/en/admin/programs/opportunity/add/"
    data = filled(client.get(address)) | {
        "title_en": "Visit", "kind": "visit", "stage": "awareness",
        "release": scene.program.release_id,
    }  # fmt: skip

    client.post(address, data | {"institution": scene.other.pk})
    client.post(address, data | {"district": make_district().pk})
    assert not Opportunity.objects.exists()

    client.post(address, data | {"institution": scene.school.pk})
    assert Opportunity.objects.get().institution == scene.school


def test_parts_of_another_program_are_not_reached_through_ones_own(client, scene):
    foreign = make_course(scene.foreign, "Bread")
    make_course(scene.program, "Welding I")
    data = filled(client.get(change_url(scene.program)))

    client.post(change_url(scene.program), data | {"courses-0-id": foreign.pk})
    client.post(
        change_url(scene.program),
        data | {"courses-0-id": foreign.pk, "courses-0-program": scene.foreign.pk},
    )

    assert list(Course.objects.order_by("pk").values_list("program", "title_en")) == [
        (scene.foreign.pk, "Bread"),
        (scene.program.pk, "Welding I"),
    ]


@pytest.mark.parametrize("action", ["verify", "publish", "retire", "back_to_draft"])
def test_an_action_on_mixed_rows_changes_only_ones_own(client, scene, action):
    Program.objects.update(status="draft" if action == "publish" else "published")

    page = act(client, action, scene.program, scene.foreign)

    assert "1 row is not yours and stays as it was." in page
    changed = Change.objects.filter(model="programs.program", kind="changed")
    assert list(changed.values_list("object_id", "by__email")) == [
        (str(scene.program.pk), "ana@example.org")
    ]


def test_an_action_on_anothers_rows_alone_does_nothing(client, scene):
    page = act(client, "retire", scene.foreign)

    assert "1 row is not yours and stays as it was." in page
    scene.foreign.refresh_from_db()
    assert scene.foreign.status == "published"


def test_jobs_of_others_are_not_decided(client, scene):
    for program in (scene.program, scene.foreign):
        leads_to(program, make_occupation())
    ours, theirs = scene.program.occupation_links.get(), scene.foreign.occupation_links.get()
    data = {"action": "hide", "_selected_action": [ours.pk, theirs.pk]}

    client.post("/en/admin/programs/programoccupation/?whose=all", data)

    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.basis, theirs.basis) == ("hidden", "codes")


def test_links_of_others_are_not_deleted_with_ones_own(client, scene):
    college = make_institution()
    ours = make_link(from_program=scene.program, to=college)
    theirs = make_link(from_program=scene.foreign, to=college)
    data = {
        "action": "delete_selected", "post": "yes", "_selected_action": [ours.pk, theirs.pk],
    }  # fmt: skip

    client.post("/en/admin/programs/programlink/?whose=all", data)

    assert list(ProgramLink.objects.all()) == [theirs]


def test_the_choices_offered_for_a_new_program_are_ones_own_schools(client, scene):
    query = "app_label=programs&model_name={}&field_name={}"

    def offered(model, field):
        page = client.get(f"/en/admin/autocomplete/?term=High&{query.format(model, field)}").json()
        return [each["text"] for each in page["results"]]

    assert offered("program", "institution") == ["Coast High"]
    assert offered("opportunity", "institution") == ["Coast High"]
    assert offered("programlink", "to_institution") == ["Coast High", "Valley High"]


def test_a_coordinator_does_not_change_what_the_directory_says(client, scene):
    district, address = make_district(), change_url(scene.school)
    data = filled(client.get(address)) | {
        "district": district.pk, "cds_code": "12345678901234", "segment": "middle_school",
        "status": "closed", "city": "Oceanside",
    }  # fmt: skip

    client.post(address, data)

    school = Institution.objects.get(pk=scene.school.pk)
    assert (school.district, school.cds_code, school.status) == (None, "", "active")
    assert (school.segment, school.city) == ("high_school", "Oceanside")


def test_only_the_fields_of_the_form_are_written(client, scene):
    """Every column of the model is sent, with the values of another row."""
    award = make_award(scene.program)
    address = change_url(scene.program)
    data = filled(client.get(address))
    forged = {
        field.attname: getattr(scene.foreign, field.attname)
        for field in Program._meta.concrete_fields
        if field.name not in data and getattr(scene.foreign, field.attname) is not None
    }
    forged |= {"id": scene.foreign.pk, "version": 77, "changed_in": 77, "verified_by": scene.bea.pk}
    before = Program.objects.values().get(pk=scene.program.pk)
    foreign = Program.objects.values().get(pk=scene.foreign.pk)

    client.post(address, data | forged | {"title_en": "Welding II"})

    after = Program.objects.values().get(pk=scene.program.pk)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"title_en", "version", "changed_in"}
    assert after["version"] == before["version"] + 1
    assert Program.objects.values().get(pk=scene.foreign.pk) == foreign
    assert Award.objects.get().pk == award.pk


def test_a_right_that_is_taken_away_is_gone_with_the_next_click(client, scene):
    address = change_url(scene.program)
    data = filled(client.get(address))
    scene.ana.assignments.all().delete()

    assert client.post(address, data).status_code == 403


def test_a_district_coordinator_keeps_the_schools_of_the_district(client):
    district = make_district()
    school = make_institution(district=district)
    program = make_program(institution=school)
    sign_in(client, make_user(keeps=[district]))

    assert 'name="_save"' in client.get(change_url(program)).content.decode()
    assert 'name="_save"' in client.get(change_url(school)).content.decode()


def test_state_is_not_changed_by_looking(client, scene):
    before = Change.objects.count()

    answers = [
        client.get(f"{LIST}{scene.program.pk}/copy/"),
        client.get(f"/en/admin/programs/institution/{scene.school.pk}/rollover/"),
        client.head(f"{LIST}{scene.program.pk}/copy/"),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert Change.objects.count() == before


def test_a_form_of_another_site_is_refused(scene):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    sign_in(client, scene.ana)

    for address in (
        f"{LIST}{scene.program.pk}/copy/",
        f"/en/admin/programs/institution/{scene.school.pk}/rollover/",
        change_url(scene.program),
        LIST,
    ):
        answer = client.post(address, {}, headers={"origin": "https://evil.example"})
        assert answer.status_code == 403


def test_every_page_of_rows_with_owners_asks_whose_they_are():
    from programs.admin.ownership import OwnedAdmin, OwnedInline

    registry = admin.site._registry.items()
    inlines = {inline for _model, page in registry for inline in page.inlines}
    careless = {
        page for model, page in registry
        if hasattr(model, "owners") and not isinstance(page, OwnedAdmin)
    } | {
        inline for inline in inlines
        if hasattr(inline.model, "owners") and not issubclass(inline, OwnedInline)
    }  # fmt: skip

    assert careless == set()


def test_a_link_names_no_program_of_another_place_than_its_end(client, scene):
    """So a school that one keeps is no key to somebody else's program."""
    college = make_institution("Palomar College")
    data = {
        "kind": "articulation", "from_institution": scene.school.pk,
        "from_program": scene.foreign.pk, "to_institution": college.pk,
        "release": scene.program.release_id, "as_of": "2026",
    }  # fmt: skip

    page = client.post("/en/admin/programs/programlink/add/", data)

    assert "not a program of the school or college chosen" in page.content.decode()
    assert not ProgramLink.objects.exists()


def test_the_place_of_a_program_need_not_be_chosen_again(client, scene):
    college = make_institution("Palomar College")
    data = {
        "kind": "articulation", "from_program": scene.program.pk, "to_institution": college.pk,
        "release": scene.program.release_id, "as_of": "2026",
    }  # fmt: skip

    client.post("/en/admin/programs/programlink/add/", data)

    assert ProgramLink.objects.get().from_institution == scene.school


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("verified_on", "2999-01-01", "This day is still to come."),
        ("url", "ftp://example.org/x", "Enter a valid URL."),
        ("url", "https://ana:secret@example.org/x", "must not carry a name and a password"),
    ],
)
def test_what_no_page_should_show_is_refused(client, scene, column, value, told):
    address = f"/en/admin/programs/program/{scene.program.pk}/change/"

    page = client.post(address, filled(client.get(address)) | {column: value}).content.decode()

    assert told in page
