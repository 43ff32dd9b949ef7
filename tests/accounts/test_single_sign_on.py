"""Google and Microsoft: off without keys, and only for people who are already here."""

import os
import subprocess
import sys

import pytest
from allauth.core.context import request_context
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.google.provider import GoogleProvider
from django.conf import settings as site
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import Role, User
from tests.accounts.scenes import CODE, HOME, LOGIN
from tests.factories import make_administrator, make_user

pytestmark = pytest.mark.django_db

KEYS = {
    "GOOGLE_CLIENT_ID": "google-id", "GOOGLE_SECRET": "s",
    "MICROSOFT_CLIENT_ID": "microsoft-id", "MICROSOFT_SECRET": "s", "MICROSOFT_TENANT": "our-tenant",
}  # fmt: skip
SHOW = """
import django; django.setup()
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve
call_command("migrate", "socialaccount", verbosity=0)
print(Client().get("/en/admin/account/login/", headers={"host": "localhost"}).content.decode())
for name in ("google", "microsoft"):
    try:
        resolve(f"/sign-in/{name}/login/callback/")
        print(name, "is open")
    except Resolver404:
        print(name, "is closed")
"""


def page(**keys):
    """The sign-in page of a site that starts with these keys, and which callbacks are open."""
    known = {name: value for name, value in os.environ.items() if name not in KEYS}
    plain = {"LOCAL": "1", "DEBUG": "1", "DATABASE_URL": "sqlite://:memory:"}
    env = known | plain | {"DJANGO_SETTINGS_MODULE": "pathways.settings"} | keys
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        env=env,
        cwd=site.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def come_back(rf, email, verified=True, process="login"):
    """Google has told who somebody is."""
    request = rf.get("/sign-in/google/login/callback/")
    request.session, request.user = SessionStore(), AnonymousUser()
    with request_context(request):
        provider = GoogleProvider(request, app=SocialApp(provider="google", client_id="x"))
        told = {"sub": "123", "email": email, "email_verified": verified}
        login = provider.sociallogin_from_response(request, told)
        login.state = {"process": process}
        return request, complete_login(request, login)


@pytest.fixture
def google(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"google": {"EMAIL_AUTHENTICATION": True}}


@pytest.mark.parametrize("keys", [{}, {"GOOGLE_CLIENT_ID": "half"}])
def test_without_keys_there_is_nothing(keys):
    text = page(**keys)

    assert "Google" not in text
    assert "Microsoft" not in text
    assert "google is closed" in text
    assert "microsoft is closed" in text


def test_with_keys_the_sign_in_offers_both():
    text = page(**KEYS)

    assert "/sign-in/google/login/?process=login" in text
    assert "/sign-in/microsoft/login/?process=login" in text
    assert "google is open" in text
    assert "microsoft is open" in text


def test_microsoft_needs_the_tenant():
    text = page(**KEYS | {"MICROSOFT_TENANT": ""})

    assert "google is open" in text
    assert "microsoft is closed" in text


def test_who_is_here_comes_in_by_the_verified_address(rf, google):
    user = make_user(email="ana@example.org")

    request, response = come_back(rf, "Ana@Example.org")

    assert response["Location"] == HOME
    assert request.user == user
    assert user.check_password("a-Long-passw0rd")
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("email", "verified"), [("ana@example.org", False), ("eve@example.org", True)]
)
def test_nobody_else_comes_in_and_nobody_is_made(rf, google, email, verified):
    make_user(email="ana@example.org")

    request, response = come_back(rf, email, verified)

    assert "There is no account with that address" in response.content.decode()
    assert not request.user.is_authenticated
    assert User.objects.count() == 1


def test_nobody_links_another_account_to_theirs(rf, google):
    make_user(email="ana@example.org")

    _, response = come_back(rf, "eve@example.org", process="connect")

    assert response["Location"] == HOME
    assert not SocialAccount.objects.exists()


def test_an_administrator_still_needs_the_second_factor(rf, google):
    make_administrator("ana@example.org")

    request, response = come_back(rf, "ana@example.org")

    assert response["Location"] == CODE
    assert not request.user.is_authenticated


def test_a_closed_account_stays_closed(rf, google):
    make_user(Role.READER, "ana@example.org", is_active=False)

    request, response = come_back(rf, "ana@example.org")

    assert response["Location"] == LOGIN.replace("login", "inactive")
    assert not request.user.is_authenticated
