"""Likely next steps: why each is suggested, and what a person's yes and no do."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Change
from programs import actions, suggested_links
from programs.alike import Titles
from programs.likely import likely_steps
from programs.models import Dismissal, LinkKind, Program, ProgramLink
from reference.models import Release
from tests.factories import (
    make_administrator,
    make_code,
    make_course,
    make_district,
    make_institution,
    make_link,
    make_pathway,
    make_program,
    make_region,
    make_sector,
    make_user,
    sign_in,
)

pytestmark = pytest.mark.django_db
PAGE = "/en/admin/programs/programlink/suggested/"


@pytest.fixture
def scene():
    """Hoover High and a college six miles away, with agreements; another college far away."""

    class Scene:
        make_region()
        pathway = make_pathway("Patient Care", title_es="Atención al paciente")
        district = make_district("Grossmont Union")
        hoover = make_institution(
            "Hoover High", "high_school", district=district, latitude="32.75", longitude="-117.10"
        )
        mesa = make_institution("Mesa College", latitude="32.80", longitude="-117.17")
        far = make_institution("Far College", latitude="34.80", longitude="-119.17")
        ours = make_program("Patient Care", institution=hoover, pathway=pathway)
        theirs = make_program("Medical Assisting", institution=mesa, pathway=pathway)

    make_course(Scene.ours, "Medical Terminology 1, 2")
    make_course(Scene.theirs, "Medical Terminology", code="MEDT 101")
    for kind in (LinkKind.ARTICULATION, LinkKind.DUAL_ENROLLMENT):
        make_link(kind, to=Scene.mesa, from_district=Scene.district)
    make_link(
        LinkKind.ARTICULATION, to=Scene.mesa, from_district=Scene.district, valid_until="2019"
    )
    return Scene


@pytest.fixture
def ana(scene):
    return make_user(email="ana@example.org", keeps=[scene.hoover])


def found():
    names = dict(Program.objects.values_list("pk", "title_en"))
    return [(names[pair.origin], names[pair.destination]) for pair in likely_steps()]


# --- Why ----------------------------------------------------------------------------------------


def test_a_suggestion_says_why_in_words(scene):
    (pair,) = likely_steps()

    assert (pair.origin, pair.destination) == (scene.ours.pk, scene.theirs.pk)
    assert [reason.words for reason in pair.reasons] == [
        "Same pathway: Patient Care",
        "Course “Medical Terminology 1, 2” is like “MEDT 101 Medical Terminology”",
        "Grossmont Union has 2 agreements with this college",
        "5 miles away",
    ]


def test_the_codes_speak_too(scene):
    top = make_code("123010", title="Registered Nursing", pathway=scene.pathway)
    other = make_code("123030", title="Certified Nurse Assistant")
    adult = make_institution("Mesa Adult", "adult_education", latitude="32.80", longitude="-117.17")
    make_program("Nurse aide", institution=adult, top_code=other)
    Program.objects.filter(pk=scene.theirs.pk).update(top_code=top, pathway=None)

    reasons = {reason.words for pair in likely_steps() for reason in pair.reasons}

    assert "TOP codes of one family: 123030, 123010" not in reasons  # alone it is not enough
    assert "Its TOP code 123010 leads to this pathway" in reasons

    Program.objects.filter(title_en="Nurse aide").update(pathway=scene.pathway)
    reasons = {reason.words for pair in likely_steps() for reason in pair.reasons}
    assert "TOP codes of one family: 123030, 123010" in reasons


@pytest.mark.parametrize(
    ("ours", "theirs", "are_alike"),
    [
        ("Culinary arts 1, 2", "Culinary Arts", True),
        ("Honors PLTW Biomedical Science", "Biotechnology and Biomedical Technology", True),
        ("Administrative medical assistants", "Administrative Medical Assistant", True),
        ("Welding", "Welding Technology", True),
        ("Game Design", "Interior Design", False),
        ("Design", "Interior Design", False),
        ("Introduction to Technology", "Technology, General", False),
        ("Health", "Occupational Safety and Health", False),
        ("Dance", "Music", False),
    ],
)
def test_titles_are_alike_by_their_telling_words(ours, theirs, are_alike):
    assert bool(Titles([theirs]).like(ours)) == are_alike


def test_what_is_far_away_in_another_sector_or_a_draft_is_not_suggested(scene):
    make_program("Far care", institution=scene.far, pathway=scene.pathway)
    make_program("Draft care", institution=scene.mesa, pathway=scene.pathway, status="draft")
    other = make_sector("AM", "Arts")
    make_program("Patient Care", institution=scene.mesa, sector=other)
    Program.objects.filter(pk=scene.ours.pk).update(sector=scene.pathway.sector)

    assert found() == [("Patient Care", "Medical Assisting")]


def test_an_agreement_brings_a_far_college_near(scene):
    make_program("Far care", institution=scene.far, pathway=scene.pathway)
    make_link(
        LinkKind.ARTICULATION, to=scene.far, from_institution=scene.hoover, pathway=scene.pathway
    )
    make_course(Program.objects.get(title_en="Far care"), "Medical Terminology")

    assert ("Patient Care", "Far care") in found()


def test_a_school_program_has_five_at_most_the_nearest_of_equals_first(scene):
    for number in range(8):
        college = make_institution(latitude=f"32.7{number}", longitude="-117.10")
        make_program(f"Care {number}", institution=college, pathway=scene.pathway)

    assert len(found()) == 5
    assert found()[0] == ("Patient Care", "Medical Assisting")


def test_a_title_of_its_own_leaves_out_what_only_shares_the_pathway(scene):
    Program.objects.filter(pk=scene.ours.pk).update(title_en="Medical assisting")
    make_program("Radiologic Technology", institution=scene.mesa, pathway=scene.pathway)

    assert found() == [("Medical assisting", "Medical Assisting")]


# --- Yes ----------------------------------------------------------------------------------------


def keys():
    return [pair.key for pair in suggested_links.all_pairs()]


def test_a_confirmed_step_is_a_link_with_who_and_when(scene, ana):
    assert suggested_links.count_for(ana) == 1

    assert suggested_links.confirm({keys()[0]: LinkKind.RECOMMENDED}, by=ana) == 1

    link = ProgramLink.objects.get(from_program=scene.ours)
    assert (link.to_program, link.kind, link.confirmed_by) == (scene.theirs, "recommended", ana)
    assert link.confirmed_on == link.verified_on
    assert link.release == Release.own()
    assert suggested_links.count_for(ana) == 0
    assert Change.objects.get(model="programs.programlink", object_id=link.pk).by == ana


def test_a_confirmed_step_is_no_agreement(scene, ana):
    make_program("Medical Assisting 2", institution=scene.mesa, pathway=scene.pathway)

    suggested_links.confirm({keys()[0]: LinkKind.RECOMMENDED}, by=ana)

    reasons = {reason.words for pair in suggested_links.waiting_for(ana) for reason in pair.reasons}
    assert "Grossmont Union has 2 agreements with this college" in reasons


def test_two_who_confirm_the_same_step_make_one_link(scene, ana):
    key = keys()[0]
    ben = make_user(keeps=[scene.mesa])

    assert suggested_links.confirm({key: LinkKind.FEEDER}, by=ben) == 1
    assert suggested_links.confirm({key: LinkKind.RECOMMENDED}, by=ana) == 0
    assert ProgramLink.objects.filter(from_program=scene.ours).count() == 1


def test_a_step_that_is_linked_already_is_not_suggested(scene, ana):
    make_link(LinkKind.FEEDER, to=scene.mesa, from_program=scene.ours, to_program=scene.theirs)

    assert suggested_links.waiting_for(ana) == []


def test_whose_neither_end_is_sees_and_changes_nothing(scene):
    stranger = make_user(keeps=[scene.far])
    reader = make_user("reader")

    for user in (stranger, reader):
        assert suggested_links.count_for(user) == 0
        assert suggested_links.confirm({keys()[0]: LinkKind.FEEDER}, by=user) == 0
        assert suggested_links.dismiss({keys()[0]}, by=user) == 0
    assert not ProgramLink.objects.filter(from_program=scene.ours).exists()


# --- No -----------------------------------------------------------------------------------------


def test_the_dismissed_stay_dismissed_until_somebody_opens_them_again(scene, ana):
    key = keys()[0]

    assert suggested_links.dismiss({key}, by=ana) == 1

    suggested_links.forget()
    Program.objects.get(pk=scene.ours.pk).save()  # the catalogue changes: all is worked out anew
    assert suggested_links.waiting_for(ana) == []
    assert Dismissal.objects.get().by == ana
    assert suggested_links.restore({key}, by=ana) == 1
    assert suggested_links.count_for(ana) == 1
    changes = Change.objects.filter(model="programs.dismissal").order_by("pk")
    assert [(change.kind, change.by) for change in changes] == [("new", ana), ("deleted", ana)]


def test_a_dismissed_one_is_not_followed_by_the_next(scene, ana):
    for number in range(8):
        college = make_institution(latitude="32.75", longitude="-117.10")
        make_program(f"Care {number}", institution=college, pathway=scene.pathway)
    assert suggested_links.count_for(ana) == 5

    suggested_links.dismiss(set(keys()), by=ana)

    assert suggested_links.count_for(ana) == 0


# --- The page -----------------------------------------------------------------------------------


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_coordinator_confirms_from_the_page(client, scene, ana):
    sign_in(client, ana)
    key = f"{scene.ours.pk}-{scene.theirs.pk}"

    links = text(client.get("/en/admin/programs/programlink/"))
    page = text(client.get(PAGE))
    done = client.post(PAGE, {"confirm": key, f"kind-{key}": "feeder"}, follow=True)

    assert f'<a href="{PAGE}">1 likely next step</a>' in links
    assert "Same pathway: Patient Care" in page
    assert "1 link made." in text(done)
    assert ProgramLink.objects.get(from_program=scene.ours).kind == "feeder"


def test_many_are_dismissed_at_once_and_listed_apart(client, scene, ana):
    make_program("Care", institution=scene.mesa, pathway=scene.pathway)
    sign_in(client, ana)
    pairs = [f"{origin}-{destination}" for origin, destination in keys()]

    done = text(client.post(PAGE, {"dismiss": "chosen", "pair": pairs}, follow=True))

    assert "2 likely next steps dismissed. They will not be asked about again." in done
    assert "No likely next step is waiting." in done
    assert '<a href="?show=dismissed">2 dismissed</a>' in done
    apart = text(client.get(f"{PAGE}?show=dismissed"))
    assert "Medical Assisting" in apart
    client.post(f"{PAGE}?show=dismissed", {"restore": pairs[0]})
    assert Dismissal.objects.count() == 1


def test_the_form_of_an_agreement_comes_filled_in(client, scene):
    sign_in(client, make_administrator())
    address = re.search(r'href="([^"]*/programlink/add/\?[^"]*)"', text(client.get(PAGE)))[1]

    form = client.get(address.replace("&amp;", "&")).context["adminform"].form

    assert {name: str(form[name].value()) for name in ("kind", "from_program", "to_program")} == {
        "kind": "articulation",
        "from_program": str(scene.ours.pk),
        "to_program": str(scene.theirs.pk),
    }


def test_the_list_is_narrowed_to_one_school(client, scene, ana):
    sign_in(client, ana)

    assert "Medical Assisting" in text(client.get(PAGE, {"school": scene.mesa.pk}))
    for unknown in (scene.far.pk, "x", "9" * 40):  # a filter that we do not know is ignored
        assert "Medical Assisting" in text(client.get(PAGE, {"school": unknown, "p": "x"}))


@pytest.mark.parametrize("verb", ["confirm", "dismiss", "restore"])
def test_a_forged_key_changes_nothing(client, scene, verb):
    other = make_program("Care", institution=scene.far, pathway=scene.pathway)
    sign_in(client, make_user(keeps=[scene.far]))
    forged = [f"{scene.ours.pk}-{scene.theirs.pk}", f"{scene.ours.pk}-{other.pk}"]
    forged += ["", "x", "1-2-3", "-1-2", "9" * 400, f"{scene.ours.pk}-{'9' * 30}"]
    before = ProgramLink.objects.count()
    if verb == "restore":
        Dismissal.objects.create(kind="link", program=scene.ours, other=scene.theirs)

    for value in forged:
        assert client.post(PAGE, {verb: value}).status_code == 302
    client.post(PAGE, {verb: "chosen", "pair": forged})

    assert ProgramLink.objects.count() == before
    assert Dismissal.objects.count() == (verb == "restore")


@pytest.mark.parametrize("role", ["planner", "reader"])
def test_who_may_not_write_links_has_no_such_page(client, scene, role):
    sign_in(client, make_user(role))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"confirm": f"{scene.ours.pk}-{scene.theirs.pk}"}).status_code == 403
    assert "likely next step" not in text(client.get("/en/admin/programs/programlink/"))


def test_the_page_speaks_spanish(client, scene, ana):
    sign_in(client, ana)

    page = text(client.get(reverse("admin:programs_programlink_suggested").replace("/en/", "/es/")))

    assert "Misma trayectoria: Atención al paciente" in page
    assert "El curso “Medical Terminology 1, 2” se parece a “MEDT 101 Medical Terminology”" in page


def test_one_row_and_many_cost_the_same_queries(client, scene, ana):
    sign_in(client, ana)

    def queries():
        suggested_links.forget()
        with CaptureQueriesContext(connection) as seen:
            client.get(PAGE)
        return len(seen)

    queries()  # the first request of a session costs more
    one = queries()
    for number in range(4):
        make_program(f"Care {number}", institution=scene.mesa, pathway=scene.pathway)

    assert queries() == one


# --- Links on file ------------------------------------------------------------------------------


def test_links_on_file_are_confirmed_in_their_list_and_only_ones_own(client, scene):
    own, other = ProgramLink.objects.order_by("pk")[:2]
    ProgramLink.objects.filter(pk=other.pk).update(
        from_district=make_district("Elsewhere"), to_institution=scene.far
    )
    ben = make_user(keeps=[scene.district])
    sign_in(client, ben)

    data = {"action": "confirm", "_selected_action": [own.pk, other.pk]}
    client.post("/en/admin/programs/programlink/", data)

    own.refresh_from_db(), other.refresh_from_db()
    assert (own.confirmed_by, other.confirmed_by) == (ben, None)
    assert own.confirmed_on
    assert set(Change.objects.get(object_id=own.pk, by=ben).after) == {
        "confirmed_on",
        "confirmed_by",
    }


def test_confirming_counts(scene, ana):
    assert actions.confirm(ProgramLink.objects.all(), by=ana) == 3


def test_what_is_suggested_changes_with_the_day_an_agreement_ends(scene, monkeypatch):
    today = timezone.localdate()
    ProgramLink.objects.update(valid_until=today.isoformat())
    (before,) = suggested_links.all_pairs()

    monkeypatch.setattr(timezone, "localdate", lambda *_args: today + timedelta(days=1))

    (after,) = suggested_links.all_pairs()
    assert after.points < before.points
