"""Who signs in, who does not, and where one comes out."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import Role, User
from tests.accounts.scenes import HOME, LOGIN, enter, is_in
from tests.factories import PASSWORD, make_region, make_user, sign_in

pytestmark = pytest.mark.django_db

LEAVING = [
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example",
    "\\/evil.example", "http:evil.example", "https:evil.example", "http:/evil.example",
    "https:///evil.example", "http://evil.example", "https://evil.example/en/admin/",
    "HTTPS://EVIL.EXAMPLE", "http://testserver@evil.example", "http://testserver.evil.example",
    "http://evil.example#testserver", "ftp://testserver/", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "data:text/html,x", "/\t/evil.example", "\t//evil.example",
    "\n//evil.example", "/\r/evil.example", "\x00//evil.example", " //evil.example",
    "http://[::1", "//evil.example/\\..",
]  # fmt: skip


@pytest.mark.parametrize(
    "role", [Role.COORDINATOR, Role.PLANNER, Role.READER]
)  # who is asked for a code, too
def test_everybody_signs_in_with_address_and_password_whatever_the_case(client, role):
    make_user(role, "Ana@Example.org")

    response = enter(client, "ANA@example.ORG")

    assert response.status_code == 302
    assert response["Location"] == HOME
    assert "_auth_user_id" in client.session


def test_the_admin_asks_for_the_sign_in_and_comes_back(client):
    make_user(email="ana@example.org")

    page = client.get("/es/admin/programs/program/", follow=True)
    path = page.redirect_chain[-1][0]
    response = enter(client, "ana@example.org", path=path)

    assert path == "/es/admin/account/login/?next=%2Fes%2Fadmin%2Fprograms%2Fprogram%2F"
    assert response["Location"] == "/es/admin/programs/program/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client):
    make_user(email="ana@example.org")

    answers = [
        list(enter(client, email, "wrong").context["form"].non_field_errors())
        for email in ("ana@example.org", "nobody@example.org")
    ]

    assert answers == [["The email address and/or password you specified are not correct."]] * 2


def test_the_sixth_try_within_a_minute_is_refused_even_with_the_right_password(client):
    make_user(email="ana@example.org")

    failed = [enter(client, "ana@example.org", "wrong").status_code for _ in range(5)]
    blocked = [enter(client, "ana@example.org", p).status_code for p in ("wrong", PASSWORD)]

    assert failed == [200] * 5
    assert blocked == [429] * 2


def test_who_is_tried_by_a_stranger_still_signs_in_from_elsewhere(client):
    make_user(email="ana@example.org")
    for _ in range(50):
        enter(client, "ana@example.org", "wrong", address="198.51.100.7")

    assert enter(client, "ana@example.org", address="192.0.2.1").status_code == 302


def test_one_right_password_in_between_does_not_start_the_count_anew(client):
    make_user(email="ana@example.org")
    make_user(email="beto@example.org")
    for _ in range(4):
        enter(client, "ana@example.org", "wrong")
    enter(client, "beto@example.org")
    client.logout()

    assert enter(client, "ana@example.org", "wrong").status_code == 200
    assert enter(client, "ana@example.org", "wrong").status_code == 429


def test_an_address_that_tries_many_accounts_is_stopped_after_twenty(client):
    answers = [enter(client, f"u{n}@example.org", "wrong").status_code for n in range(25)]

    assert answers == [200] * 20 + [429] * 5


def test_the_addresses_of_one_network_count_as_one(client):
    answers = [
        enter(client, "ana@example.org", "wrong", address=f"2001:db8::{n}").status_code
        for n in range(6)
    ]

    assert answers == [200] * 5 + [429]


def test_a_forged_forwarder_changes_nothing(client):
    make_user(email="ana@example.org")
    answers = [
        enter(client, "ana@example.org", "wrong", x_forwarded_for=f"203.0.113.{n}").status_code
        for n in range(8)
    ]

    assert answers == [200] * 5 + [429] * 3


def test_behind_a_known_server_its_word_counts_and_no_earlier_one(client, settings):
    settings.TRUSTED_PROXIES = 1
    forwarded = [f"203.0.113.{n}, 198.51.100.7" for n in range(6)]
    answers = [
        enter(client, "ana@example.org", "wrong", x_forwarded_for=value).status_code
        for value in forwarded
    ]
    elsewhere = enter(client, "ana@example.org", "wrong", x_forwarded_for="198.51.100.8")

    assert answers == [200] * 5 + [429]
    assert elsewhere.status_code == 200


@pytest.mark.parametrize("forwarded", ["", "nonsense", "203.0.113.1"])
def test_fewer_forwarders_than_expected_are_no_error(client, settings, forwarded):
    settings.TRUSTED_PROXIES = 2
    make_user(email="ana@example.org")

    response = enter(client, "ana@example.org", address="", x_forwarded_for=forwarded)

    assert response.status_code == 302


def test_the_count_is_kept_where_every_worker_sees_it(client):
    enter(client, "ana@example.org", "wrong")

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM shared_cache")
        keys = [key for (key,) in cursor.fetchall()]
    assert [key for key in keys if "login_failed" in key and "192.0.2.1" in key]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"login=", b"login=ana", b"login=ana%00%40example.org&password=x",
        b"login=%ff%fe&password=%ff", b"login[]=ana@example.org&password=x",
        b"login=a@b.c&login=d@e.f&password=x", b"login=" + b"a" * 100_000 + b"@example.org&password=x",
        b"password=x", b"\xff\xfe", b"login=ana%40example.org&password=" + b"x" * 5000,
        "login=añá@exámple.org&password=x".encode(), b"login=%ED%A0%80@x.org&password=x",
    ],
)  # fmt: skip
def test_whatever_is_typed_gets_the_form_back(client, body):
    for content_type in ("application/x-www-form-urlencoded", "application/json", "text/plain"):
        response = client.post(LOGIN, body, content_type=content_type)

        assert response.status_code in (200, 400)


@pytest.mark.parametrize("target", LEAVING)
def test_nobody_is_led_away(client, target):
    user = make_user(email="ana@example.org")

    entered = client.post(
        LOGIN, {"login": user.email, "password": PASSWORD, "next": target}, follow=False
    )
    again = client.get(LOGIN, {"next": target})
    out = client.post("/en/admin/account/logout/", {"next": target})

    assert entered["Location"] == HOME
    assert again["Location"] == HOME
    assert out["Location"] == LOGIN


def test_an_unknown_host_is_refused(client):
    assert client.get(LOGIN, headers={"host": "evil.example"}).status_code == 400


def test_pages_of_the_sign_in_are_never_kept_and_never_public(client):
    make_user(email="ana@example.org")
    for path in (LOGIN, "/en/admin/account/password/reset/", "/en/admin/account/inactive/"):
        control = client.get(path)["Cache-Control"]

        assert "no-store" in control
        assert "private" in control
        assert "public" not in control


def test_nobody_signs_up(client):
    for path in ("signup/", "email/", "3rdparty/", "login/code/"):
        assert client.get(f"/en/admin/account/{path}", follow=False).status_code in (302, 404)

    assert client.post("/en/admin/account/signup/", {"email": "x@example.org"}).status_code == 302
    assert not User.objects.exists()


def test_forms_need_their_token_and_come_from_here():
    client = Client(enforce_csrf_checks=True)
    make_user(email="ana@example.org")

    assert enter(client, "ana@example.org").status_code == 403
    page = client.get(LOGIN)
    token = page.context["csrf_token"]
    fields = {"login": "ana@example.org", "password": PASSWORD, "csrfmiddlewaretoken": str(token)}
    foreign = client.post(LOGIN, fields, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert client.post(LOGIN, fields).status_code == 302


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_sign_out_signs_nobody_out(client, method):
    sign_in(client, make_user())

    getattr(client, method)("/en/admin/account/logout/")

    assert is_in(client)


def test_who_is_closed_out_is_out_with_the_next_page(client):
    user = sign_in(client, make_user())
    assert is_in(client)

    User.objects.filter(pk=user.pk).update(is_active=False)

    assert not is_in(client)
    assert enter(client, user.email)["Location"] == "/en/admin/account/inactive/"
    assert not is_in(client)


def test_a_new_password_ends_every_other_session(client):
    user = make_user(email="ana@example.org")
    elsewhere = Client()
    enter(elsewhere, user.email)
    enter(client, user.email)
    new = "another-Long-passw0rd"

    client.post(
        "/en/admin/account/password/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert is_in(client)
    assert not is_in(elsewhere)


def test_a_session_ends_half_an_hour_after_its_last_page(client, monkeypatch):
    now = Now(monkeypatch)
    sign_in(client, make_user())
    assert is_in(client)
    first = expiry(client)
    now.minutes(20)
    assert is_in(client)

    assert site.SESSION_COOKIE_AGE == 30 * 60
    assert expiry(client) > first  # Django lets it run out half an hour after it was saved


def test_a_session_ends_after_twelve_hours_even_in_use(client, monkeypatch):
    now = Now(monkeypatch)
    sign_in(client, make_user())
    assert is_in(client)
    now.minutes(11 * 60)
    assert is_in(client)
    now.minutes(61)

    assert not is_in(client)


def test_the_public_pages_neither_read_nor_keep_a_session(client):
    make_region()
    sign_in(client, make_user())

    response = client.get("/en/")

    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("password", ["short", "password12", "ana.example", "1234567890"])
def test_weak_passwords_are_refused_and_long_ones_welcome(client, password):
    user = make_user(email="ana.example@example.org")
    enter(client, user.email)

    for new, saved in ((password, False), ("a" * 40 + " ñ 名前 long and plain", True)):
        fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        client.post("/en/admin/account/password/", fields)
        user.refresh_from_db()

        assert user.check_password(new) == saved


def test_createsuperuser_makes_somebody_who_can_sign_in(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="Root@Example.org", interactive=False, verbosity=0)

    assert enter(client, "root@example.org").status_code == 302


def test_people_that_came_in_by_another_door_can_sign_in(client):
    user = User(email="Bulk@Example.org".lower(), role=Role.READER, is_staff=True)
    user.set_password(PASSWORD)
    User.objects.bulk_create([user])

    assert enter(client, "bulk@example.org").status_code == 302


def test_cookies_of_a_site_in_production_are_for_its_host_alone():
    show = "from pathways import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    env = os.environ | {
        "LOCAL": "0",
        "SECRET_KEY": "x",
        "ALLOWED_HOSTS": "x",
        "SITE_URL": "https://x",
    }
    done = subprocess.run(
        [sys.executable, "-c", show], env=env, cwd=site.BASE_DIR, capture_output=True, check=True
    )

    assert done.stdout.split() == [b"__Host-sessionid", b"__Host-csrftoken"]


class Now:
    """The middleware's clock, which can be put forward."""

    def __init__(self, monkeypatch):
        self.at = time.time()
        monkeypatch.setattr("accounts.middleware.time.time", lambda: self.at)

    def minutes(self, number):
        self.at += number * 60


def expiry(client):
    return Session.objects.get(pk=client.session.session_key).expire_date
