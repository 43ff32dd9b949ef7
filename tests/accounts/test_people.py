"""Administrators invite people, give them roles and districts, and cannot shut everybody out."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts import keepers, links
from accounts.models import Change, Role, User
from programs.models import InstitutionEditor
from tests.accounts.scenes import HOME, SET_UP, enter, is_in
from tests.factories import (
    make_administrator,
    make_district,
    make_institution,
    make_program,
    make_user,
    sign_in,
)

pytestmark = pytest.mark.django_db

PEOPLE = "/en/admin/accounts/user/"
NEW = "another-Long-passw0rd"


@pytest.fixture
def administrator(client):
    return sign_in(
        client, make_administrator("ana@example.org", first_name="Ana", last_name="Ruiz")
    )


@pytest.fixture
def server(settings):
    """A mail server is configured; the mails stay in `mailoutbox`."""
    settings.SENDS_MAIL = True
    settings.SITE_URL = "https://pathways.example.org"


def values(assignments=(), **fields):
    form = {
        "email": "beto@example.org",
        "first_name": "Beto",
        "language": "en",
        "role": "coordinator",
        "assignments-TOTAL_FORMS": len(assignments),
        "assignments-INITIAL_FORMS": 0,
    }
    for number, assigned in enumerate(assignments):
        form |= {f"assignments-{number}-{name}": row.pk for name, row in assigned.items()}
    return form | fields


def invite(client, capture, **fields):
    with capture(execute=True):  # what waits for the end of a transaction
        response = client.post(PEOPLE + "add/", values(**fields))
    assert response.status_code == 302, response.context["adminform"].form.errors
    return User.objects.get(email=fields.get("email", "beto@example.org"))


def choose(client, link, password=NEW):
    """Follow a link and choose a password there."""
    path = re.sub(r"^https?://[^/]+", "", link)
    page = client.get(path, follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": password, "password2": password})


def save(client, page, **fields):
    """The form of a person, sent as it was opened but for these fields."""
    return client.post(page, values(**fields) | {"seen": client.get(page).context["seen"]})


def link_in(text):
    return re.search(r"https?://\S+/password/reset/key/[\w-]+/", text)[0]


@pytest.mark.parametrize(
    ("language", "subject", "greeting"),
    [
        ("en", "Your account at pathways.example.org", "Hello Beto,"),
        ("es", "Su cuenta en pathways.example.org", "Hola, Beto:"),
    ],
)
def test_who_is_invited_gets_a_mail_in_their_language(
    client, administrator, server, mailoutbox, django_capture_on_commit_callbacks,
    language, subject, greeting,
):  # fmt: skip
    invite(client, django_capture_on_commit_callbacks, language=language)

    (mail,) = mailoutbox
    html, kind = mail.alternatives[0]
    assert (mail.to, mail.subject, kind) == (["beto@example.org"], subject, "text/html")
    for text in (mail.body, html):
        assert greeting in text
        assert "Ana Ruiz" in text
        assert link_in(text).startswith(f"https://pathways.example.org/{language}/admin/account/")


def test_from_the_invitation_to_the_own_district(
    client, administrator, server, mailoutbox, django_capture_on_commit_callbacks
):
    district = make_district()
    program = make_program(institution=make_institution(district=district))
    invite(client, django_capture_on_commit_callbacks, assignments=[{"district": district}])
    client.logout()

    response = choose(client, link_in(mailoutbox[0].body))

    assert response["Location"] == HOME
    assert is_in(client)
    beto = User.objects.get(email="beto@example.org")
    assert list(type(program).objects.editable_by(beto)) == [program]
    assert client.get(PEOPLE).status_code == 403


def test_an_invitation_works_once(
    client, administrator, server, mailoutbox, django_capture_on_commit_callbacks
):
    invite(client, django_capture_on_commit_callbacks)
    client.logout()
    link = link_in(mailoutbox[0].body)
    choose(client, link)
    client.logout()

    page = client.get(re.sub(r"^https://[^/]+", "", link), follow=True)

    assert "no longer valid" in page.content.decode()


@pytest.mark.parametrize(("days", "valid"), [(6, True), (8, False)])
def test_an_invitation_is_good_for_a_week(days, valid, monkeypatch):
    user = make_user(password=None)
    generator = links.LinkTokenGenerator()
    token = generator.make_token(user)

    later(monkeypatch, days)

    assert generator.check_token(user, token) == valid


@pytest.mark.parametrize(("days", "valid"), [(0.9, True), (1.1, False)])
def test_a_link_for_a_forgotten_password_is_good_for_a_day(days, valid, monkeypatch):
    user = make_user()
    generator = links.LinkTokenGenerator()
    token = generator.make_token(user)

    later(monkeypatch, days)

    assert generator.check_token(user, token) == valid


def later(monkeypatch, days):
    then = datetime.now() + timedelta(days=days)
    monkeypatch.setattr(links.LinkTokenGenerator, "_now", lambda self: then)


@pytest.mark.django_db(transaction=True)
def test_without_a_mail_server_the_administrator_gets_the_link(
    client, administrator, mailoutbox, django_capture_on_commit_callbacks
):
    invite(client, django_capture_on_commit_callbacks)
    page = client.get(PEOPLE).content.decode()
    client.logout()

    assert mailoutbox == []
    assert choose(client, link_in(page))["Location"] == HOME


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_costs_no_account(
    client, administrator, server, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "tests.accounts.test_people.Down"

    invite(client, django_capture_on_commit_callbacks)

    assert "/password/reset/key/" in client.get(PEOPLE).content.decode()


class Down:
    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_an_invitation_is_sent_again_and_the_list_tells_who_has_come(
    client, administrator, server, mailoutbox
):
    make_user(email="beto@example.org", password=None)
    before = client.get(PEOPLE).content.decode()
    beto = User.objects.get(email="beto@example.org")

    client.post(PEOPLE, {"action": "send_link", "_selected_action": [beto.pk]})
    link = link_in(mailoutbox[0].body)
    client.logout()
    choose(client, link)
    client.logout()
    sign_in(client, administrator)

    assert "invited, has not signed in yet" in before
    assert "invited, has not signed in yet" not in client.get(PEOPLE).content.decode()


@pytest.mark.parametrize("email", ["beto@example.org", "nobody@example.org"])
def test_a_forgotten_password_is_chosen_anew_by_mail(client, server, mailoutbox, email):
    make_user(email="beto@example.org")

    response = client.post(
        "/es/admin/account/password/reset/",
        {"email": email},
        headers={"x-forwarded-host": "evil.example"},
    )

    assert response["Location"] == "/es/admin/account/password/reset/done/"
    assert len(mailoutbox) == (email == "beto@example.org")
    for mail in mailoutbox:
        assert "evil" not in mail.body + mail.alternatives[0][0]
        # Beto's mails are English; this one he has asked for on a Spanish page.
        assert link_in(mail.body).startswith("https://pathways.example.org/es/")
        assert "contraseña" in mail.subject
        choose(client, link_in(mail.body))
        assert is_in(client)


def test_people_choose_the_language_of_their_mails(client):
    ana = sign_in(client, make_user(email="ana@example.org"))
    page = client.get("/en/admin/account/password/").content.decode()
    assert re.findall(r'<option value="(\w+)" lang="\w+"( selected)?>([^<]+)', page) == [
        ("en", " selected", "English"), ("es", "", "Español"),
    ]  # fmt: skip

    told = client.post("/en/admin/account/mail-language/", {"language": "es"}, follow=True)

    ana.refresh_from_db()
    assert "The language of your mails is saved." in told.content.decode()
    assert ana.language == "es"


@pytest.mark.parametrize("language", ["", "fr", "x" * 300])
def test_no_mail_speaks_a_language_that_we_do_not(client, language):
    ana = sign_in(client, make_user(email="ana@example.org"))

    client.post("/en/admin/account/mail-language/", {"language": language, "role": "administrator"})

    ana.refresh_from_db()
    assert (ana.language, ana.role) == ("en", "coordinator")


def test_a_forgotten_password_without_a_mail_server_says_whom_to_ask(client, mailoutbox):
    make_user(email="beto@example.org")

    page = client.get("/en/admin/account/password/reset/").content.decode()
    client.post("/en/admin/account/password/reset/", {"email": "beto@example.org"})

    assert "This site sends no mail" in page
    assert "<form" not in page.partition('id="content-main"')[2].partition("</main>")[0]
    assert mailoutbox == []


def test_mails_are_not_asked_for_without_end(client, server, mailoutbox):
    make_user(email="beto@example.org")
    for _ in range(10):
        client.post("/en/admin/account/password/reset/", {"email": "beto@example.org"})

    assert len(mailoutbox) == 5


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PLANNER, Role.READER])
def test_only_administrators_see_people(client, role):
    other = make_user()
    sign_in(client, make_user(role))

    for path in ("", "add/", f"{other.pk}/change/", f"{other.pk}/delete/"):
        assert client.get(PEOPLE + path).status_code == 403
        assert client.post(PEOPLE + path, values(role="administrator")).status_code == 403
    history = f"{PEOPLE}{other.pk}/history/"
    assert (client.get(history).status_code, client.post(history).status_code) == (403, 405)

    assert not User.objects.filter(role=Role.ADMINISTRATOR).exists()


def test_tables_of_the_sign_in_stand_nowhere_in_the_admin(client, administrator):
    for path in (
        "account/emailaddress/",
        "mfa/authenticator/",
        "socialaccount/socialapp/",
        "auth/group/",
    ):
        assert client.get(HOME + path).status_code == 404


def test_nobody_takes_the_own_rights_away(client, administrator):
    make_administrator("other@example.org")
    page = f"{PEOPLE}{administrator.pk}/change/"
    mine = {"email": administrator.email, "is_active": "on"}

    demoted = save(client, page, **mine | {"role": "reader"})
    closed = save(client, page, **mine | {"role": "administrator", "is_active": ""})
    deleted = client.post(f"{PEOPLE}{administrator.pk}/delete/", {"post": "yes"})

    for response in (demoted, closed):
        assert "You cannot take your own rights away" in response.content.decode()
    assert deleted.status_code == 403
    assert User.objects.get(pk=administrator.pk).is_administrator


def test_of_two_administrators_who_demote_each_other_one_stays(administrator):
    other = make_administrator("other@example.org")

    assert keepers.why_not(other, administrator) is None
    User.objects.filter(pk=other.pk).update(role=Role.READER)  # a moment ago, by the other one
    assert keepers.why_not(other, administrator) == keepers.LAST


def test_people_are_not_deleted_many_at_once(client, administrator):
    beto = make_user()

    client.post(PEOPLE, {"action": "delete_selected", "_selected_action": [beto.pk], "post": "yes"})

    assert User.objects.filter(pk=beto.pk).exists()


def test_another_role_is_noted_with_who_and_before_and_after(client, administrator):
    beto = make_user(Role.READER, "beto@example.org")

    save(client, f"{PEOPLE}{beto.pk}/change/", role="planner", is_active="on")

    change = Change.objects.of(beto).first()
    assert change.by == administrator
    assert ("role", "reader", "planner") in change.columns


def test_an_assignment_is_one_district_or_one_institution(client, administrator):
    both = {"district": make_district(), "institution": make_institution()}

    response = client.post(PEOPLE + "add/", values(assignments=[both]))

    assert "Choose a district or an institution" in response.content.decode()
    assert not InstitutionEditor.objects.exists()


def test_a_new_address_is_the_one_to_sign_in_with(client, administrator):
    beto = make_user(email="beto@example.org")
    save(client, f"{PEOPLE}{beto.pk}/change/", email="Beto.New@Example.org", is_active="on")
    client.logout()

    assert enter(client, "beto@example.org").status_code == 200
    assert enter(client, "beto.new@example.org").status_code == 302


def test_one_command_makes_the_first_administrator_and_a_way_back_in(client, capsys):
    make_user(Role.READER, "ana@example.org", is_active=False)

    for email in ("Ana@example.org", "new@example.org", "new@example.org"):
        call_command("first_administrator", email)
        response = choose(client, link_in(capsys.readouterr().out))

        assert response["Location"] == HOME
        assert client.get(HOME)["Location"] == SET_UP
        client.logout()

    administrators = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    assert sorted(administrators.values_list("email", flat=True)) == [
        "ana@example.org",
        "new@example.org",
    ]
    with pytest.raises(CommandError):
        call_command("first_administrator", "not an address")
