"""The work list: what it finds, that its counts are its lists, and what settles a row."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.changes import acting
from imports.models import ImportRun
from programs import worklist
from programs.models import Dismissal, Program, ProgramLink, Suggestion
from tests.factories import (
    make_administrator,
    make_check,
    make_district,
    make_institution,
    make_link,
    make_opportunity,
    make_pathway,
    make_program,
    make_region,
    make_suggestion,
    make_user,
    sign_in,
)

pytestmark = pytest.mark.django_db
HOME = "/en/admin/"
TODAY = timezone.localdate


@pytest.fixture
def place():
    """A district with a college; the rest of the region is elsewhere."""
    make_region()
    district = make_district("Coast Unified")
    return make_institution("Coast College", district=district, verified_on=TODAY())


@pytest.fixture
def carla(client, place):
    return sign_in(client, make_user(email="carla@example.org", keeps=[place.district]))


@pytest.fixture
def administrator(client):
    return sign_in(client, make_administrator("ana@example.org"))


def finished(institution, title="Welding", **values):
    """A program that nobody need look at."""
    values = {
        "title_es": "Soldadura", "pathway": make_pathway(), "verified_on": TODAY(),
    } | values  # fmt: skip
    return make_program(title, institution=institution, **values)


def open_in(user):
    counts = worklist.counts(user)
    return {one.key: count for one, count in counts if count and one not in worklist.PAGES}


def work_of_every_kind(institution):
    """One row for each task at this institution."""
    until = (TODAY() + timedelta(days=30)).isoformat()
    old = str(TODAY().year - 1)
    name = institution.name
    finished(institution, "Nursing", verified_on=None)
    finished(institution, "Cooking", title_es="")
    finished(institution, "Drones", status=Program.Status.DRAFT)
    finished(institution, "Carpentry", pathway=None)
    finished(institution, "Engineering Design")
    finished(institution, "Engineering  design program")
    changed = finished(institution, "Baking", url=f"https://{name.split()[0]}.example.org/baking")
    changed.title_en = "Baking and Pastry"
    changed.save()
    make_check(changed.url)
    to = make_institution(verified_on=TODAY())
    ends = {"from_institution": institution, "to": to}
    make_link(**ends)
    make_link(**ends, valid_until=until, verified_on=TODAY())
    make_link(**ends, valid_until=old, verified_on=TODAY())
    make_opportunity(institution=institution)
    make_suggestion(program=changed)
    institution.verified_on = None
    institution.save()


EVERY_KIND = {
    "suggestion.waiting": 1,
    "programlink.expiring": 1,
    "programlink.expired": 1,
    "linkcheck.dead": 1,
    "program.untranslated": 1,
    "program.stale-spanish": 1,
    "program.drafts": 1,
    "program.duplicates": 2,
    "program.without-pathway": 1,
    "program.to-verify": 1,
    "programlink.to-verify": 1,
    "institution.to-verify": 1,
    "opportunity.to-verify": 1,
}


def test_the_work_list_finds_one_row_of_every_kind(place, carla):
    work_of_every_kind(place)

    assert open_in(carla) == EVERY_KIND


def test_every_count_is_the_number_of_rows_of_its_list(client, place, carla):
    work_of_every_kind(place)
    work_of_every_kind(make_institution("Valley College", district=make_district("Valley")))

    page = client.get(HOME).content.decode()

    counts = dict(re.findall(r'<a href="([^"]+)"><b>([\d,]+)</b>', page))
    counts = {address: count for address, count in counts.items() if "?task=" in address}
    lists = {address: client.get(address).context["cl"].result_count for address in counts}
    assert {address: int(count) for address, count in counts.items()} == lists
    assert len(lists) == len(EVERY_KIND)


def test_an_administrator_sees_the_region_s_and_the_counts_are_its_lists(
    client, place, administrator
):
    work_of_every_kind(place)
    work_of_every_kind(make_institution("Valley College", district=make_district("Valley")))

    for task, count in worklist.counts(administrator):
        if task in worklist.PAGES:
            continue
        assert (task.key, client.get(task.address).context["cl"].result_count) == (task.key, count)
        assert count == 2 * EVERY_KIND[task.key]


def test_a_coordinator_s_work_list_holds_nothing_of_others(place, carla):
    work_of_every_kind(make_institution("Valley College", district=make_district("Valley")))

    assert open_in(carla) == {}


def test_an_empty_work_list_says_so_warmly(client, place, carla):
    page = client.get(HOME).content.decode()

    assert "All done." in page
    assert "Thank you!" in page


def test_a_coordinator_without_a_place_is_told_whom_to_ask(client, place):
    sign_in(client, make_user())

    assert "No district or institution is yours yet." in client.get(HOME).content.decode()


@pytest.mark.parametrize(
    ("role", "words"),
    [("planner", "you write the recommendations"), ("reader", "To change something, ask")],
)
def test_planners_and_readers_have_no_work_list(client, place, role, words):
    work_of_every_kind(place)
    sign_in(client, make_user(role))

    page = client.get(HOME).content.decode()

    assert words in page
    assert "?task=" not in page


@pytest.mark.parametrize("role", ["administrator", "coordinator"])
def test_the_home_asks_the_same_number_of_questions_for_1_and_30_rows(
    client, place, carla, administrator, role
):
    sign_in(client, administrator if role == "administrator" else carla)

    def queries():
        client.get(HOME)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(HOME)
        return len(asked)

    work_of_every_kind(place)
    few = queries()
    for number in range(30):
        district = make_district(f"District {number}")
        work_of_every_kind(make_institution(f"College{number} of", district=district))
    for number in range(5):
        finished(place, f"Nursing at site {number}", verified_on=None)

    assert queries() == few


def test_the_lists_ask_the_same_number_of_questions_for_few_and_many_rows(client, place, carla):
    addresses = [
        worklist.find(model, name).address
        for model, name in ((Program, "duplicates"), (Program, "to-verify"))
    ]
    addresses.append("/en/admin/programs/linkcheck/?task=dead")

    def queries():
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
        return counts

    for title in ("Law", "Law program"):
        finished(place, title, url="https://a.example.org/law", verified_on=None)
    make_check("https://a.example.org/law")
    client.get(addresses[0])
    few = queries()
    for number in range(20):
        url = f"https://a.example.org/{number}"
        finished(place, f"Art {number}", url=url, verified_on=None)
        finished(place, f"The art {number}", url=url, verified_on=None)
        make_check(url)
    client.get(addresses[0])

    assert queries() == few


def test_the_administrator_s_table_tells_what_is_open_in_each_district(place, administrator):
    work_of_every_kind(place)
    carla = make_user(keeps=[place.district], first_name="Carla")
    carla.last_login = timezone.now()
    carla.save()

    rows = {row.name: row for row in worklist.by_district(administrator)}

    groups = dict(zip(worklist.Group.values, rows["Coast Unified"].counts, strict=True))
    assert groups == {
        "suggestions": 1, "agreements": 2, "addresses": 1, "spanish": 2, "drafts": 1,
        "duplicates": 2, "pathway": 1, "verify": 4,
    }  # fmt: skip
    assert rows["Coast Unified"].coordinators == [("Carla", TODAY())]


def test_who_is_a_reader_now_is_not_named_as_a_coordinator(place, administrator):
    for name, role in (("Carla", "coordinator"), ("Rita", "reader")):
        make_user(role, keeps=[place], first_name=name)

    (row,) = [row for row in worklist.by_district(administrator) if row.name == "Coast Unified"]

    assert row.coordinators == [("Carla", None)]


def test_the_table_names_what_belongs_to_no_district(place, administrator):
    make_institution("Lone College")

    last = worklist.by_district(administrator)[-1]

    assert (last.name, last.total) == ("", 1)


def test_the_home_tells_the_day_it_was_here_and_not_in_greenwich(client, place, administrator):
    run = ImportRun.objects.create(by=administrator, name="rows.csv")
    evening = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)  # 5 p.m. of the day before in California
    ImportRun.objects.filter(pk=run.pk).update(created_at=evening)

    page = client.get(HOME).content.decode()

    assert re.search(r"rows\.csv</a>, [^<]*, Nov\. 25, 2026, ana@example\.org", page)


def test_the_home_in_spanish(client, place, carla):
    work_of_every_kind(place)

    page = client.get("/es/admin/").content.decode()

    assert "Su lista de trabajo" in page
    assert "Programas por confirmar" in page


def test_work_with_a_page_of_its_own_stands_in_the_list_too(client, place, carla, monkeypatch):
    page = worklist.Page("steps", "Steps to confirm", "Likely.", "admin:index", lambda user: 3)
    monkeypatch.setattr(worklist, "PAGES", [page])

    assert (
        '<a href="/en/admin/"><b>3</b> <span>Steps to confirm' in client.get(HOME).content.decode()
    )
    assert worklist.by_key("steps") == page


# --- To verify -----------------------------------------------------------------------------------


def test_what_was_verified_a_year_ago_is_asked_about_again(place):
    days = {"recent": 365, "old": 366}
    for title, ago in days.items():
        finished(place, title, verified_on=TODAY() - timedelta(days=ago))

    assert [program.title_en for program in Program.objects.to_verify()] == ["old"]


def test_drafts_retired_programs_and_closed_schools_need_no_verifying(place):
    finished(place, verified_on=None, status=Program.Status.DRAFT)
    finished(place, verified_on=None, status=Program.Status.RETIRED)
    closed = make_institution(status="closed")
    program = finished(closed, verified_on=None)
    make_link(from_program=program)

    assert not Program.objects.to_verify().exists()
    assert not ProgramLink.objects.to_verify().exists()


def test_still_right_is_one_click_with_who_and_when(client, place, carla):
    program = finished(place, verified_on=None)
    address = worklist.find(Program, "to-verify").address

    page = client.post(address, {"still_right": program.pk}, follow=True)

    program.refresh_from_db()
    assert (program.verified_on, program.verified_by) == (TODAY(), carla)
    assert "Verified today: Welding, Coast College" in page.content.decode()
    assert page.context["cl"].result_count == 0


def test_still_right_for_many_is_the_action_already_chosen(client, place, carla):
    programs = [finished(place, title, verified_on=None) for title in ("Law", "Nursing")]
    address = worklist.find(Program, "to-verify").address

    choices = client.get(address).context["action_form"].fields["action"].choices
    data = {"action": "verify", "index": 0, "_selected_action": [p.pk for p in programs]}
    client.post(address, data)

    assert choices[0][0] == "verify"
    assert not Program.objects.to_verify().exists()


def test_nobody_verifies_rows_of_others_by_a_forged_button(client, place, carla):
    theirs = finished(make_institution("Valley College"), verified_on=None)
    address = worklist.find(Program, "to-verify").address

    page = client.post(address, {"still_right": theirs.pk}, follow=True)

    theirs.refresh_from_db()
    assert theirs.verified_on is None
    assert "not yours to verify" in page.content.decode()


@pytest.mark.parametrize("value", ["", "x", "0", "999999"])
def test_a_senseless_button_changes_nothing_and_breaks_nothing(client, place, carla, value):
    finished(place, verified_on=None)
    address = worklist.find(Program, "to-verify").address

    assert client.post(address, {"still_right": value}, follow=True).status_code == 200
    assert Program.objects.to_verify().count() == 1


@pytest.mark.parametrize("role", ["planner", "reader"])
def test_planners_and_readers_verify_nothing(client, place, role):
    program = finished(place, verified_on=None)
    sign_in(client, make_user(role))

    client.post("/en/admin/programs/program/?task=to-verify", {"still_right": program.pk})

    program.refresh_from_db()
    assert program.verified_on is None


def test_an_unknown_task_shows_the_whole_list(client, place, administrator):
    finished(place)

    assert client.get("/en/admin/programs/program/?task=x").context["cl"].result_count == 1


# --- Spanish -------------------------------------------------------------------------------------


def stale(program):
    return Program.objects.with_stale_spanish().filter(pk=program.pk).exists()


def test_spanish_is_stale_when_the_english_was_changed_after_it(place):
    program = finished(place)
    assert not stale(program)

    program.title_en = "Welding and Joining"
    program.save()
    assert stale(program)

    program.title_es = "Soldadura y unión"
    program.save()
    assert not stale(program)


def test_a_new_description_makes_its_spanish_stale_and_the_title_s_does_not_mend_it(place):
    program = finished(place, description_en="You weld.", description_es="Se suelda.")
    program.description_en = "You weld and cut."
    program.save()
    program.title_es = "Soldar"
    program.save()

    assert stale(program)


def test_both_languages_in_one_save_are_not_stale(place):
    program = finished(place)
    program.title_en, program.title_es = "Joining", "Unión"
    program.save()

    assert not stale(program)


def test_a_coordinator_who_says_that_the_spanish_fits_is_not_asked_again(client, place, carla):
    program = finished(place)
    program.title_en = "Welding!"
    program.save()
    address = worklist.find(Program, "stale-spanish").address

    data = {"action": "spanish_fits", "index": 0, "_selected_action": [program.pk]}
    client.post(address, data)
    assert not stale(program)

    program.title_en = "Welding and Joining"
    program.save()
    assert stale(program)


def test_verifying_the_whole_program_says_that_its_spanish_fits(place, carla):
    from programs import actions

    program = finished(place, verified_on=TODAY() - timedelta(days=30))
    with acting(carla):
        program.title_en = "Welding!"
        program.save()
    actions.verify([program], by=carla)

    assert not stale(program)


def test_taking_a_verification_back_is_no_word_on_the_spanish(place):
    program = finished(place)
    program.title_en = "Welding!"
    program.save()

    program.verified_on = None
    program.save()

    assert stale(program)


def test_a_program_without_spanish_is_untranslated_and_not_stale(place):
    program = finished(place, title_es="")
    program.title_en = "Joining"
    program.save()

    assert not stale(program)
    assert Program.objects.untranslated().get() == program


def test_a_description_in_english_alone_is_untranslated(place):
    program = finished(place, description_en="You weld.")

    assert Program.objects.untranslated().get() == program


# --- Duplicates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        ("Engineering Design", "Academy of Engineering Design", True),
        ("Design, Engineering", "engineering design", True),
        ("Automotive Technology", "Automotive Technolgy", True),
        ("Welding I", "Welding II", False),
        ("Welding 1", "Welding 2", False),
        ("Brew Technician", "Drone Technician", False),
        ("Nursing", "Cooking", False),
    ],
)
def test_titles_that_are_alike_at_one_school(place, one, other, are):
    for title in (one, other):
        finished(place, title)

    assert Program.objects.possible_duplicates().exists() is are


def test_the_same_title_at_two_schools_is_no_duplicate(place):
    finished(place, "Welding")
    finished(make_institution(), "Welding")

    assert not Program.objects.possible_duplicates().exists()


def test_a_dismissed_pair_is_not_asked_about_again(client, place, carla):
    first, second = finished(place, "Welding"), finished(place, "Welding program")
    address = worklist.find(Program, "duplicates").address

    page = client.get(address).content.decode()
    data = {"action": "not_the_same", "index": 0, "_selected_action": [first.pk]}
    client.post(address, data)

    assert f'href="/en/admin/programs/program/{second.pk}/change/">Welding program</a>' in page
    assert not Program.objects.possible_duplicates().exists()
    assert Dismissal.objects.get().by == carla


def test_a_retired_program_is_nobody_s_duplicate(place):
    finished(place, "Welding")
    second = finished(place, "Welding program")
    assert Program.objects.possible_duplicates().count() == 2

    second.status = Program.Status.RETIRED
    second.save()

    assert not Program.objects.possible_duplicates().exists()


# --- Others --------------------------------------------------------------------------------------


def test_a_suggestion_about_a_page_of_nobody_is_the_administrators_work(place, carla):
    make_suggestion()

    assert open_in(carla) == {}
    assert Suggestion.objects.waiting().count() == 1


def test_a_mended_address_leaves_the_list_at_once(place, carla):
    program = finished(place, url="https://a.example.org/old")
    make_check(program.url)
    assert open_in(carla) == {"linkcheck.dead": 1}

    program.url = "https://a.example.org/new"
    program.save()

    assert open_in(carla) == {}


def test_the_dead_address_names_the_rows_that_use_it(client, place, carla):
    program = finished(place, url="https://a.example.org/old")
    make_check(program.url)

    page = client.get("/en/admin/programs/linkcheck/?task=dead").content.decode()

    assert f'href="/en/admin/programs/program/{program.pk}/change/">Welding, Coast College' in page
    assert "The server answers with error 404." in page
