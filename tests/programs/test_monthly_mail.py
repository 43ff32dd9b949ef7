"""The monthly mail: who gets it, what it says, where its links lead, and how to be rid of it."""

import re
from datetime import date

import pytest
from django.conf import settings as site_settings
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from accounts import nomail
from accounts.models import Change
from programs import monthly, worklinks, worklist
from programs.models import Program
from tests.factories import (
    make_district,
    make_institution,
    make_pathway,
    make_program,
    make_region,
    make_user,
    sign_in,
)

pytestmark = pytest.mark.django_db
TO_VERIFY = worklist.find(Program, "to-verify")


@pytest.fixture(autouse=True)
def a_server_is_set(settings):
    settings.SENDS_MAIL = True
    make_region()


@pytest.fixture
def place():
    """A school with one program to verify."""
    district = make_district("Coast Unified")
    school = make_institution("Coast High", district=district, verified_on=timezone.localdate())
    make_program(institution=school, title_es="Soldadura", pathway=make_pathway())
    return district


@pytest.fixture
def carla(place):
    return make_user(email="carla@example.org", keeps=[place], first_name="Carla")


def paths(text):
    """The addresses of our own site in a mail, without its name."""
    return [
        url.removeprefix(site_settings.SITE_URL) for url in re.findall(r"http\S+?/(?=\s)", text)
    ]


def test_a_coordinator_gets_one_mail_with_a_link_to_the_very_list(carla, client, mailoutbox):
    call_command("monthly_mail")

    mail = mailoutbox[0]
    work, _stop = paths(mail.body + " ")
    sign_in(client, carla)
    assert mail.to == ["carla@example.org"]
    assert mail.subject == "Two Valleys Pathways: 1 thing waits for a look"
    assert "Hello Carla," in mail.body
    assert "1  Programs to verify" in mail.body
    page = client.get(work, follow=True)
    assert page.redirect_chain[-1][0] == TO_VERIFY.address
    assert page.context["cl"].result_count == 1
    assert "Still right: Welding, Coast High" in page.content.decode()


def test_plain_text_and_html_hold_the_same_links_and_no_style_of_ours(carla):
    mail = monthly.letter(carla)
    html, kind = mail.alternatives[0]

    assert kind == "text/html"
    assert paths(mail.body + " ") == [
        url.removeprefix(site_settings.SITE_URL) for url in re.findall(r'href="([^"]+)"', html)
    ]
    assert "<script" not in html
    assert "<img" not in html
    assert "&" not in mail.body


def test_the_mail_is_in_the_language_of_its_reader(place):
    mail = monthly.letter(make_user(email="pablo@example.org", keeps=[place], language="es"))

    assert mail.subject == "Rutas de Dos Valles: hay 1 asunto por revisar"
    assert "1  Programas por confirmar" in mail.body
    assert all(path.startswith("/es/admin/") for path in paths(mail.body + " "))
    assert '<html lang="es">' in mail.alternatives[0][0]
    assert translation.get_language() == "en"


def test_a_name_in_html_is_only_a_name(place):
    mail = monthly.letter(make_user(email="x@example.org", keeps=[place], first_name="<b>Eve</b>"))

    assert "Hello &lt;b&gt;Eve&lt;/b&gt;," in mail.alternatives[0][0]
    assert "Hello <b>Eve</b>," in mail.body


def test_never_twice_in_a_month_and_again_in_the_next(carla, mailoutbox, monkeypatch):
    def on(day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day)
        call_command("monthly_mail")
        return len(mailoutbox)

    assert [on(date(2026, 5, 1)), on(date(2026, 5, 31)), on(date(2026, 6, 1))] == [1, 1, 2]


def test_of_two_runs_at_once_one_sends(carla, mailoutbox):
    mail = monthly.letter(carla)

    assert [monthly.send(carla, mail), monthly.send(carla, mail)] == [True, False]
    assert len(mailoutbox) == 1


def test_nothing_is_sent_without_a_server(carla, settings, capsys):
    settings.SENDS_MAIL = False

    call_command("monthly_mail")

    carla.refresh_from_db()
    assert carla.mailed_on is None
    assert "nothing is sent" in capsys.readouterr().out


def test_a_dry_run_shows_the_mail_and_sends_none(carla, mailoutbox, capsys):
    call_command("monthly_mail", "--dry-run")

    carla.refresh_from_db()
    assert (mailoutbox, carla.mailed_on) == ([], None)
    assert "1  Programs to verify" in capsys.readouterr().out


def test_only_coordinators_with_open_work_who_want_the_mail_get_it(place, mailoutbox):
    make_user(email="nothing@example.org", keeps=[make_district("Empty Unified")])
    make_user(email="tired@example.org", keeps=[place], wants_mail=False)
    make_user(email="gone@example.org", keeps=[place], is_active=False)
    for role in ("administrator", "planner", "reader"):
        make_user(role)

    call_command("monthly_mail")

    assert mailoutbox == []


def test_one_address_that_fails_stops_no_other_and_is_tried_again(place, mailoutbox, monkeypatch):
    for name in ("ada", "bea"):
        make_user(email=f"{name}@example.org", keeps=[place])
    send = monthly.EmailMultiAlternatives.send

    def refuse_ada(mail, *args):
        if mail.to == ["ada@example.org"]:
            raise ConnectionRefusedError("no")
        return send(mail, *args)

    monkeypatch.setattr(monthly.EmailMultiAlternatives, "send", refuse_ada)
    with pytest.raises(CommandError, match=r"ada@example\.org"):
        call_command("monthly_mail")
    monkeypatch.undo()
    call_command("monthly_mail")

    assert [mail.to[0] for mail in mailoutbox] == ["bea@example.org", "ada@example.org"]


def test_the_record_of_changes_holds_no_mailings(carla):
    before = Change.objects.count()

    monthly.send(carla, monthly.letter(carla))

    assert Change.objects.count() == before


# --- Its links -----------------------------------------------------------------------------------


def test_a_link_signs_nobody_in(carla, client):
    path = worklinks.address(carla, TO_VERIFY)

    answer = client.get(path)

    assert answer.status_code == 302
    assert "/login/" in answer["Location"]
    assert path in answer["Location"].replace("%3A", ":")


def test_somebody_else_s_link_is_refused_in_plain_words(carla, place, client):
    sign_in(client, make_user(email="eve@example.org", keeps=[place]))

    page = client.get(worklinks.address(carla, TO_VERIFY))

    assert page.status_code == 403
    assert "This link belongs to somebody else" in page.content.decode()
    assert "carla@example.org" not in page.content.decode()


def test_an_expired_link_leads_to_the_work_list_of_today(carla, client, monkeypatch):
    path = worklinks.address(carla, TO_VERIFY)
    sign_in(client, carla)
    now = worklinks.signing.time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 46 * 24 * 3600)

    page = client.get(path, follow=True)

    assert page.redirect_chain[-1][0] == "/en/admin/"
    assert "That link has expired." in page.content.decode()


@pytest.mark.parametrize("change", [lambda t: t[:-2], lambda t: "x" + t, lambda t: "x"])
def test_a_forged_link_leads_to_the_work_list(carla, client, change):
    sign_in(client, carla)
    token = worklinks.address(carla, TO_VERIFY).rstrip("/").rpartition("/")[2]

    page = client.get(f"/en/admin/work-list/{change(token)}/", follow=True)

    assert page.redirect_chain[-1][0] == "/en/admin/"
    assert "That link is not complete." in page.content.decode()


def test_the_key_of_one_link_does_not_fit_the_other(carla, client):
    stop = nomail.address(carla).rstrip("/").rpartition("/")[2]
    sign_in(client, carla)

    page = client.get(f"/en/admin/work-list/{stop}/", follow=True)

    assert "That link is not complete." in page.content.decode()


# --- No more of it -------------------------------------------------------------------------------


def test_looking_at_the_way_out_stops_nothing_and_the_button_does(carla, client):
    path = nomail.address(carla)

    asked = client.get(path).content.decode()
    carla.refresh_from_db()
    assert "Stop the monthly mail to carla@example.org?" in asked
    assert carla.wants_mail

    told = client.post(path).content.decode()
    carla.refresh_from_db()
    assert "You get no monthly mail any more." in told
    assert not carla.wants_mail


def test_a_mail_program_stops_it_in_one_click(carla):
    """RFC 8058: no cookie, no token of a form."""
    from django.test import Client

    headers = monthly.letter(carla).extra_headers
    path = headers["List-Unsubscribe"].strip("<>").removeprefix(site_settings.SITE_URL)

    data = {"List-Unsubscribe": "One-Click"}
    answer = Client(enforce_csrf_checks=True).post(path, data)

    carla.refresh_from_db()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert answer.status_code == 200
    assert not carla.wants_mail


def test_a_forged_way_out_stops_nothing(carla, client):
    path = nomail.address(carla)

    answer = client.post(f"{path[:-3]}/")

    carla.refresh_from_db()
    assert answer.status_code == 404
    assert "This link is not complete." in answer.content.decode()
    assert carla.wants_mail
