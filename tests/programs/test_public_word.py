"""What the public has written, in the list of whoever keeps what it is about."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Change
from programs.models import Suggestion
from tests.factories import (
    make_administrator,
    make_institution,
    make_program,
    make_region,
    make_user,
    sign_in,
)
from tests.programs.people import filled

pytestmark = pytest.mark.django_db
LIST = "/en/admin/programs/suggestion/"


@pytest.fixture
def hoover():
    make_region()
    return make_institution("Hoover High", "high_school")


@pytest.fixture
def ana(hoover):
    return make_user(email="ana@example.org", keeps=[hoover])


def suggest(text="It is in room 204", days=0, **values):
    values = {"page": "/en/glossary/", "topic": "wrong", "language": "en"} | values
    row = Suggestion.objects.create(text=text, **values)
    Suggestion.objects.filter(pk=row.pk).update(sent_on=timezone.localdate() - timedelta(days=days))
    return row


def about(school, text, **values):
    program = make_program("Nursing", institution=school, slug=f"nursing-{text}")
    return suggest(text, program=program, page=program.get_absolute_url(), **values)


def send(client, suggestion, **values):
    """What the page leads to after a button was pressed."""
    address = f"{LIST}{suggestion.pk}/change/"
    return client.post(address, filled(client.get(address)) | values, follow=True)


def read(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_coordinator_sees_what_is_theirs_with_its_page_and_how_long_it_waits(client, ana, hoover):
    about(hoover, "ours", days=12)
    about(make_institution("Elsewhere"), "not-ours")
    suggest("general")
    sign_in(client, ana)

    page = read(client.get(LIST))

    assert "ours</a>" in page
    assert '<a href="/en/programs/nursing-ours/">Nursing, Hoover High</a>' in page
    assert "12 days" in page
    assert "not-ours" not in page
    assert "general" not in page


def test_an_open_one_leads_to_the_page_and_to_the_form_of_its_program(client, ana, hoover):
    row = about(hoover, "ours")
    sign_in(client, ana)

    page = read(client.get(f"{LIST}{row.pk}/change/"))

    assert '<a href="/en/programs/nursing-ours/">/en/programs/nursing-ours/</a>' in page
    assert (
        f'<a href="/en/admin/programs/program/{row.program_id}/change/?next={LIST}{row.pk}/change/">'
        in page
    )
    assert 'value="Done"' in page
    assert 'value="Dismiss"' in page


@pytest.mark.parametrize(
    ("button", "status", "told"),
    [("_done", "done", "Marked as done."), ("_dismiss", "dismissed", "Dismissed.")],
)
def test_a_button_settles_it_with_a_note_and_it_leaves_the_list(
    client, ana, hoover, button, status, told
):
    row = about(hoover, "ours")
    sign_in(client, ana)

    page = read(send(client, row, **{"answer": "Asked the school", button: "x"}))

    assert f'<li class="success">{told}</li>' in page
    row.refresh_from_db()
    assert (row.status, row.answer, row.handled_by, row.handled_on) == (
        status, "Asked the school", ana, timezone.localdate(),
    )  # fmt: skip
    assert "0 suggestions" in read(client.get(LIST))
    assert "ours" in read(client.get(f"{LIST}?status={status}"))
    assert Change.objects.filter(model="programs.suggestion", by=ana).count() == 1


def test_a_settled_one_is_opened_again(client, ana, hoover):
    row = about(hoover, "ours", status="done", handled_on=timezone.localdate(), handled_by=ana)
    sign_in(client, ana)

    page = send(client, row, answer="", _again="x")

    assert "Open again." in read(page)
    row.refresh_from_db()
    assert (row.status, row.handled_by, row.handled_on) == ("new", None, None)


def test_a_later_note_leaves_who_settled_it_and_when(client, ana, hoover):
    day = timezone.localdate() - timedelta(days=3)
    bea = make_user(keeps=[hoover])
    row = about(hoover, "ours", status="done", handled_on=day, handled_by=bea)
    sign_in(client, ana)

    send(client, row, answer="Asked the school", _save="x")

    row.refresh_from_db()
    assert (row.status, row.answer, row.handled_by, row.handled_on) == (
        "done", "Asked the school", bea, day,
    )  # fmt: skip


def test_many_are_settled_at_once_and_forged_ids_change_nothing(client, ana, hoover):
    ours, other = about(hoover, "ours"), about(make_institution(), "not-ours")
    sign_in(client, ana)

    data = {"action": "done", "_selected_action": [ours.pk, other.pk]}
    client.post(LIST, data)
    client.post(f"{LIST}{other.pk}/change/", {"answer": "forged", "_done": "x"})

    ours.refresh_from_db(), other.refresh_from_db()
    assert (ours.status, other.status, other.answer) == ("done", "new", "")


@pytest.mark.parametrize("role", ["planner", "reader"])
def test_planners_and_readers_look_and_change_nothing(client, hoover, role):
    row = about(hoover, "ours")
    sign_in(client, make_user(role))

    page = read(client.get(f"{LIST}{row.pk}/change/"))
    answer = client.post(f"{LIST}{row.pk}/change/", {"answer": "x", "_done": "x"})

    assert "ours" in page
    assert 'name="_done"' not in page
    assert answer.status_code == 403
    row.refresh_from_db()
    assert row.status == "new"


def test_nobody_makes_one_up(client, ana):
    for user in (ana, make_administrator()):
        sign_in(client, user)
        assert client.get(f"{LIST}add/").status_code == 403


def test_what_a_reader_wrote_is_never_markup(client, ana, hoover):
    row = about(hoover, "ours")
    Suggestion.objects.update(text="<script>alert(1)</script>", page="/en/<b>/")
    sign_in(client, ana)

    for address in (LIST, f"{LIST}{row.pk}/change/"):
        page = read(client.get(address))
        assert "<script>alert" not in page
        assert "/<b>/" not in page
