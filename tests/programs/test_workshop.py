"""Publishing, copying, a new address and the history: what an editor does and sees."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.views.defaults import permission_denied

from accounts.models import Change
from programs import actions, catalogue, rollover
from programs.models import (
    District,
    FormerSlug,
    Institution,
    InstitutionEditor,
    Opportunity,
    Program,
    ProgramLink,
)
from reference.models import Release
from tests.factories import (
    make_award,
    make_code,
    make_course,
    make_institution,
    make_link,
    make_sector,
    sign_in,
)
from tests.programs.people import filled, make_two_schools

pytestmark = pytest.mark.django_db
LIST = "/en/admin/programs/program/"


@pytest.fixture
def scene(client):
    scene = make_two_schools()
    sign_in(client, scene.ana)
    return scene


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def changes(row):
    return [(one.by and one.by.email, one.columns) for one in Change.objects.of(row)]


# --- Status -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "status"), [("retire", "retired"), ("back_to_draft", "draft")]
)  # fmt: skip
def test_a_program_leaves_the_public_pages_and_comes_back(client, scene, action, status):
    page = f"/en/programs/{scene.program.slug}/"
    data = {"_selected_action": [scene.program.pk]}
    version = catalogue.current()[0]

    client.post(LIST, data | {"action": action})
    assert client.get(page).status_code == 404
    client.post(LIST, data | {"action": "publish"})
    assert client.get(page).status_code == 200

    assert catalogue.current()[0] == version + 2
    assert changes(scene.program)[:2] == [
        ("ana@example.org", [("status", status, "published")]),
        ("ana@example.org", [("status", "published", status)]),
    ]


def test_publishing_what_is_published_changes_nothing(scene):
    assert actions.publish([scene.program], by=scene.ana) == 0
    assert fresh(scene.program).version == scene.program.version


def test_what_was_typed_is_saved_and_verified_by_one_button(client, scene):
    address = f"{LIST}{scene.program.pk}/change/?_changelist_filters=task%3Dto-verify"
    page = client.get(address)
    data = filled(page) | {"grades": "10-12", "_verify": "Save: all of it is right"}

    answer = client.post(address, data, follow=True)

    program = fresh(scene.program)
    assert 'name="_verify"' in page.content.decode()
    assert program.grades == "10-12"
    assert (program.verified_by, program.verified_on) == (scene.ana, timezone.localdate())
    assert answer.redirect_chain == [(f"{LIST}?task=to-verify", 302)]
    assert "Saved, and verified today: Welding, Coast High" in answer.content.decode()


def test_what_cannot_be_saved_is_not_verified(client, scene):
    address = f"{LIST}{scene.program.pk}/change/"
    data = filled(client.get(address)) | {"title_en": "", "_verify": "Save: all of it is right"}

    assert client.post(address, data).status_code == 200
    assert fresh(scene.program).verified_on is None


def test_only_ones_own_row_is_verified(client, scene):
    address = f"{LIST}{scene.foreign.pk}/change/"

    assert 'name="_verify"' not in client.get(address).content.decode()
    assert client.post(address, {"_verify": "x"}).status_code == 403
    assert fresh(scene.foreign).verified_on is None


# --- Preview ----------------------------------------------------------------------------------


def test_a_draft_is_looked_at_before_the_public_sees_it(client, scene):
    make_link(from_program=scene.program, to=make_institution("Sunny College"))
    actions.back_to_draft([scene.program], by=scene.ana)

    answer = client.get(f"{LIST}{scene.program.pk}/preview/")
    page = answer.content.decode()

    assert "Preview: not public" in page
    assert "Welding" in page
    assert "Sunny College" in page
    assert 'rel="canonical"' not in page
    assert "no-store" in answer["Cache-Control"]
    assert "ETag" not in answer


def test_the_preview_is_for_staff_only(client, scene):
    client.logout()
    answer = client.get(f"{LIST}{scene.program.pk}/preview/")

    assert answer.status_code == 302
    assert "/admin/login/" in answer["Location"]


def test_save_and_preview_leads_to_the_preview(client, scene):
    address = f"{LIST}{scene.program.pk}/change/"
    data = filled(client.get(address)) | {"status": "draft", "_preview": "Save and preview"}

    assert client.post(address, data)["Location"] == f"{LIST}{scene.program.pk}/preview/"
    assert fresh(scene.program).status == "draft"


def test_who_looks_at_the_preview_comes_back_to_the_same_task(client, scene):
    filters = "?_changelist_filters=task%3Dto-verify%26q%3Dweld"
    address = f"{LIST}{scene.program.pk}/change/{filters}"
    data = filled(client.get(address))

    preview = client.post(address, data | {"_preview": "x"}, follow=True).content.decode()
    assert f'href="{address}"' in preview
    saved = client.post(address, filled(client.get(address)) | {"_save": "x"})

    assert saved["Location"] == f"{LIST}?task=to-verify&q=weld"


# --- Addresses --------------------------------------------------------------------------------


def rename(client, row, slug):
    """Gives a page another address, as people do."""
    address = reverse(f"admin:programs_{row._meta.model_name}_change", args=[row.pk])
    client.post(address, filled(client.get(address)) | {"slug": slug})
    row.refresh_from_db()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", ["program", "school"])
def test_a_former_address_leads_to_the_page_for_good(client, scene, kind, language):
    row = getattr(scene, kind)
    folder = "programs" if kind == "program" else "institutions"
    former = row.slug
    rename(client, row, "a-new-address")

    answer = client.get(f"/{language}/{folder}/{former}/")

    assert answer.status_code == 301
    assert answer["Location"] == f"/{language}/{folder}/a-new-address/"


def test_an_address_is_changed_in_the_form(client, scene):
    address = f"{LIST}{scene.program.pk}/change/"
    former = scene.program.slug

    client.post(address, filled(client.get(address)) | {"slug": "welding-coast"})

    assert fresh(scene.program).slug == "welding-coast"
    assert client.get(f"/en/programs/{former}/").status_code == 301


def test_an_address_that_returns_is_no_former_one(client, scene):
    first = scene.program.slug
    for slug in ("second", "third", first):
        rename(client, scene.program, slug)

    assert client.get(f"/en/programs/{first}/").status_code == 200
    for former in ("second", "third"):
        assert client.get(f"/en/programs/{former}/")["Location"] == f"/en/programs/{first}/"
    assert set(FormerSlug.objects.values_list("slug", flat=True)) == {"second", "third"}


def test_nobody_gets_the_former_address_of_another_page(client, scene):
    other = scene.program
    rename(client, other, "moved")
    former = FormerSlug.objects.get().slug
    address = f"{LIST}add/"
    data = filled(client.get(address)) | {
        "title_en": "Sewing", "institution": scene.school.pk, "slug": former,
        "release": other.release_id,
    }  # fmt: skip

    page = client.post(address, data).content.decode()

    assert "This address once led to" in page
    assert not Program.objects.filter(title_en="Sewing").exists()


def test_an_address_made_from_the_title_leaves_former_ones_alone(client, scene):
    values = {
        "title_en": "Auto", "institution": scene.school, "release": scene.program.release,
        "status": "published",
    }  # fmt: skip
    first = Program.objects.create(**values)
    former = first.slug
    rename(client, first, "moved")

    assert Program.objects.create(**values).slug == f"{former}-2"


def test_a_page_that_is_not_public_does_not_answer_at_its_former_address(client, scene):
    former = scene.program.slug
    rename(client, scene.program, "moved")
    actions.retire([scene.program], by=scene.ana)

    assert client.get(f"/en/programs/{former}/").status_code == 404


# --- Copy -------------------------------------------------------------------------------------


def test_a_copy_is_a_marked_draft_with_courses_and_awards(client, scene):
    program = scene.program
    Program.objects.filter(pk=program.pk).update(top_code=make_code(), title_es="Soldadura")
    make_course(program, "Welding I", position=1)
    make_award(program, title="Certificate", control_number="12345")
    make_award(program, title="Certificate", control_number="54321")
    make_link(from_program=program)
    actions.verify([fresh(program)], by=scene.ana)

    answer = client.post(f"{LIST}{program.pk}/copy/", {"institution": scene.school.pk})

    twin = Program.objects.exclude(pk=program.pk).get(institution=scene.school)
    assert answer["Location"] == f"{LIST}{twin.pk}/change/"
    assert (twin.title_en, twin.title_es) == ("Welding (copy)", "Soldadura (copia)")
    assert (twin.status, twin.verified_on, twin.top_code) == ("draft", None, None)
    assert twin.slug != program.slug
    assert twin.ctid != program.ctid
    assert [course.title_en for course in twin.courses.all()] == ["Welding I"]
    assert [award.control_number for award in twin.awards.all()] == [""]
    assert not twin.links_out.exists()
    assert Change.objects.of(twin).get().by == scene.ana


def test_the_address_of_a_draft_follows_its_title_until_it_is_public(client, scene):
    client.post(f"{LIST}{scene.program.pk}/copy/", {"institution": scene.school.pk})
    twin = Program.objects.get(title_en="Welding (copy)")
    address = f"{LIST}{twin.pk}/change/"

    for title, status in (("Robots", "draft"), ("Robotics", "published"), ("Drones", "published")):
        answer = filled(client.get(address)) | {"title_en": title, "status": status}
        client.post(address, answer)

    assert fresh(twin).title_en == "Drones"
    assert fresh(twin).slug == f"robotics-{scene.school.slug}"
    assert not twin.former_slugs.exists()


def test_a_chosen_address_of_a_draft_stays(client, scene):
    client.post(f"{LIST}{scene.program.pk}/copy/", {"institution": scene.school.pk})
    twin = Program.objects.get(title_en="Welding (copy)")
    rename(client, twin, "my-short")
    address = f"{LIST}{twin.pk}/change/"

    client.post(address, filled(client.get(address)) | {"title_en": "Robots"})

    assert (fresh(twin).title_en, fresh(twin).slug) == ("Robots", "my-short")


def test_the_agreements_of_a_program_go_to_its_new_school_with_it(client, scene):
    sign_in(client)
    link = make_link(from_program=scene.program)
    address = f"{LIST}{scene.program.pk}/change/"

    client.post(address, filled(client.get(address)) | {"institution": scene.other.pk})

    link.refresh_from_db()
    assert link.from_institution == fresh(scene.program).institution == scene.other


def test_an_emptied_address_is_made_anew_and_the_former_leads_there(client, scene):
    address, former = f"{LIST}{scene.program.pk}/change/", scene.program.slug
    client.post(address, filled(client.get(address)) | {"slug": ""})

    assert fresh(scene.program).slug == f"welding-{scene.school.slug}"
    assert client.get(f"/en/programs/{former}/").status_code == 301


def test_a_copy_goes_only_to_ones_own_school(client, scene):
    page = client.post(f"{LIST}{scene.program.pk}/copy/", {"institution": scene.other.pk})

    assert page.status_code == 200
    assert Program.objects.count() == 2


def test_anothers_program_may_be_copied_to_ones_own_school(client, scene):
    client.post(f"{LIST}{scene.foreign.pk}/copy/", {"institution": scene.school.pk})

    assert Program.objects.get(title_en="Baking (copy)").institution == scene.school


# --- History ----------------------------------------------------------------------------------


def history(client, program):
    return client.get(f"{LIST}{program.pk}/history/").content.decode()


def test_the_history_tells_before_and_after_with_who(client, scene):
    address = f"{LIST}{scene.program.pk}/change/"
    client.post(address, filled(client.get(address)) | {"title_en": "Joining", "cost": "free"})

    page = history(client, scene.program)

    assert "Ana Ruiz" in page
    assert "<del>Welding</del>" in page
    assert "<ins>Joining</ins>" in page
    assert "<ins>Free</ins>" in page  # in the reader's words, not "free"


def test_the_history_tells_of_courses_that_are_gone(client, scene):
    course = make_course(scene.program, "Bronze casting")
    course.delete()
    rename(client, scene.program, "moved")
    make_course(scene.foreign, "Sourdough")

    page = history(client, scene.program)

    assert "Course: Bronze casting" in page
    assert "Sourdough" not in page


def test_the_history_of_the_regions_own_words_is_told_too(client, scene):
    from reference.models import Region

    region = Region.objects.get()
    region.name_en = "Three Valleys"
    region.save()

    page = client.get(f"/en/admin/reference/region/{region.pk}/history/").content.decode()

    assert "<del>Two Valleys</del>" in page
    assert "<ins>Three Valleys</ins>" in page


def test_a_long_history_has_pages(client, scene):
    for number in range(60):
        scene.program.contact = f"Room {number}"
        scene.program.save()

    assert "Room 59" in history(client, scene.program)
    second = client.get(f"{LIST}{scene.program.pk}/history/?p=2").content.decode()
    assert "<ins>Room 1</ins>" in second
    assert client.get(f"{LIST}{scene.program.pk}/history/?p=x").status_code == 200


# --- Finding nothing, adding, refusing --------------------------------------------------------


def test_a_search_that_finds_nothing_among_ones_own_leads_to_all(client, scene):
    page = client.get(f"{LIST}?q=baking").content.decode()

    assert "None among yours." in page
    assert "Search the whole region for “baking”" in page
    assert 'href="?q=baking&amp;whose=all"' in page
    everywhere = client.get(f"{LIST}?q=baking&whose=all").content.decode()
    assert "Valley High" in everywhere
    assert "None among yours." not in everywhere


def test_a_task_that_is_done_says_so_and_leads_back(client, scene):
    actions.verify([scene.program], by=scene.ana)

    done = client.get(f"{LIST}?task=to-verify").content.decode()
    actions.back_to_draft([scene.program], by=scene.ana)
    searched = client.get(f"{LIST}?task=drafts&q=baking").content.decode()

    assert "All done here." in done
    assert "Back to the work list" in done
    assert "All done here." not in searched  # a draft waits, only not by this name


@pytest.mark.parametrize("kind", ["program", "programlink", "opportunity"])
def test_who_adds_a_row_need_not_say_what_is_known(client, scene, kind):
    page = client.get(f"/en/admin/programs/{kind}/add/")

    form = page.context["adminform"].form
    place = "from_institution" if kind == "programlink" else "institution"
    known = {name: form[name].value() for name in ("release", "as_of", place)}
    assert known == {
        "release": Release.own().pk, "as_of": rollover.school_year(), place: scene.school.pk,
    }  # fmt: skip


def test_who_keeps_two_schools_chooses_one(client, scene):
    InstitutionEditor.objects.create(user=scene.ana, institution=scene.other)

    page = client.get(f"{LIST}add/")

    assert page.context["adminform"].form["institution"].value() is None


def test_a_second_program_with_the_same_code_is_refused_in_words(client, scene):
    code = make_code()
    Program.objects.filter(pk=scene.program.pk).update(top_code=code)
    address = f"{LIST}add/"
    data = filled(client.get(address)) | {"title_en": "Sewing", "top_code": code.pk}

    page = client.post(address, data).content.decode()

    assert "This school or college already has a program with this TOP code." in page
    assert "program_institution_top_unique" not in page


def test_no_constraint_of_a_form_speaks_in_its_own_name():
    """What Django says of a rule by its name only; of a set of columns it has words itself."""
    nameless = {
        constraint.name
        for model in (District, Institution, InstitutionEditor, Opportunity, Program, ProgramLink)
        for constraint in model._meta.constraints
        if constraint.violation_error_message == constraint.default_violation_error_message
    }

    assert nameless == {"program_link_confirmed_whole"}  # its columns are not typed


def test_the_same_ends_twice_are_told_apart_by_their_courses(client, scene):
    for course in ("Law 1", "Law 2"):
        make_link(from_program=scene.program, from_course=course, to_course_code="CJ 100")

    page = client.get("/en/admin/programs/programlink/").content.decode()

    assert "Law 1 → CJ 100" in page
    assert "Law 2 → CJ 100" in page


def test_titles_stand_in_the_language_of_the_reader(client, scene):
    Program.objects.update(title_es="Soldadura", sector=make_sector())

    page = client.get("/es/admin/programs/program/").content.decode()
    edit = client.get(f"/es/admin/programs/program/{scene.program.pk}/change/").content.decode()

    assert ">Soldadura</a>" in page
    assert "Manufactura" in page
    assert "› Soldadura, Coast High" in edit.replace("&rsaquo;", "›")


def test_a_program_without_agreements_says_so_and_leads_to_a_new_one(client, scene):
    page = client.get(f"{LIST}{scene.program.pk}/change/").content.decode()

    ends = f"from_program={scene.program.pk}&amp;from_institution={scene.school.pk}"
    assert f'href="/en/admin/programs/programlink/add/?{ends}"' in page
    assert page.count("None yet.") == 2


# --- What is refused --------------------------------------------------------------------------


@pytest.mark.parametrize("signed_in", [True, False])
def test_what_somebody_may_not_open_says_so_and_leads_back(client, scene, signed_in):
    request = RequestFactory().get(f"{LIST}add/")
    request.user = scene.ana if signed_in else AnonymousUser()
    answer = permission_denied(request, PermissionDenied())

    assert answer.status_code == 403
    assert "Not yours to open" in answer.content.decode()
    assert 'href="/en/admin/"' in answer.content.decode()


def test_the_page_of_a_refusal_comes_with_the_policy(client, scene):
    answer = client.post(f"{LIST}{scene.foreign.pk}/change/", {})

    assert answer.status_code == 403
    assert "Ask your regional administrator." in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_form_of_an_ended_session_tells_how_to_save_the_text(scene):
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.ana)

    answer = client.post(f"{LIST}{scene.program.pk}/change/", {"title_en": "x"})

    assert answer.status_code == 403
    assert "Nothing was saved" in answer.content.decode()
    assert "Press Back in your browser." in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]
