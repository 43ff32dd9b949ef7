"""Administrators need a second factor; a password alone, however come by, opens nothing to them."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts import links
from accounts.models import Role
from tests.accounts.scenes import CODE, HOME, SET_UP, enter, is_in, secret_of
from tests.factories import PASSWORD, make_administrator, make_user, sign_in

pytestmark = pytest.mark.django_db


def staff_pages():
    """Every list and every empty form of the admin, and what stands beside them."""
    yield from (HOME, f"{HOME}password_change/", f"{HOME}autocomplete/", f"{HOME}nothing/")
    for model in admin.site._registry:
        for page in ("changelist", "add"):
            yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def test_without_a_second_factor_an_administrator_reaches_only_its_set_up(client):
    sign_in(client, make_user(Role.ADMINISTRATOR))

    answers = [client.get(page) for page in staff_pages()]

    assert len(answers) > 30
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, SET_UP)}
    assert client.post(HOME + "accounts/user/add/", {"email": "x@example.org"}).status_code == 302


def test_others_work_without_one(client):
    sign_in(client, make_user(Role.COORDINATOR))

    assert is_in(client)


def test_a_new_administrator_is_led_through_the_set_up(client, clock):
    user = make_user(Role.ADMINISTRATOR, "ana@example.org")
    page = enter(client, user.email)
    page = client.get(page["Location"], follow=True)
    secret = page.context["form"].secret

    page = client.post(SET_UP, {"code": clock.code(secret)}, follow=True)

    assert len(page.context["unused_codes"]) == 10
    assert is_in(client)


def test_the_set_up_asks_for_the_password_when_the_sign_in_was_long_ago(client):
    sign_in(client, make_user(Role.ADMINISTRATOR))  # without any record of a password

    assert client.get(SET_UP)["Location"].startswith("/en/admin/account/confirm/")


def test_an_administrator_signs_in_with_password_and_code(client, clock):
    user = make_administrator("ana@example.org")

    first = enter(client, user.email)
    between = is_in(client)
    second = client.post(CODE, {"code": clock.code(secret_of(user))})

    assert first["Location"] == CODE
    assert not between
    assert second["Location"] == HOME
    assert is_in(client)


def test_a_code_works_once_and_only_in_its_half_minute(client, clock):
    user = make_administrator("ana@example.org")
    code = clock.code(secret_of(user))
    enter(client, user.email)
    client.post(CODE, {"code": code})
    client.logout()

    enter(client, user.email)
    client.post(CODE, {"code": code})
    assert not is_in(client)

    clock.step += 1
    client.post(CODE, {"code": code})
    assert not is_in(client)

    client.post(CODE, {"code": clock.code(secret_of(user))})
    assert is_in(client)


def test_codes_cannot_be_tried_out(client, clock):
    user = make_administrator("ana@example.org")
    enter(client, user.email)
    for _ in range(5):
        client.post(CODE, {"code": "000000"})

    client.post(CODE, {"code": clock.code(secret_of(user))})

    assert not is_in(client)


def test_a_recovery_code_works_once(client, clock):
    user = make_user(Role.ADMINISTRATOR, "ana@example.org")
    enter(client, user.email)
    secret = client.get(SET_UP).context["form"].secret
    page = client.post(SET_UP, {"code": clock.code(secret)}, follow=True)
    code = page.context["unused_codes"][3]
    client.logout()

    enter(client, user.email)
    client.post(CODE, {"code": code})
    assert is_in(client)

    client.logout()
    enter(client, user.email)
    client.post(CODE, {"code": code})
    assert not is_in(client)


def test_a_new_password_does_not_go_round_the_second_factor(client):
    user = make_administrator("ana@example.org")
    page = client.get(links.link(user).partition("8000")[2], follow=True)
    new = "another-Long-passw0rd"

    page = client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})

    assert page["Location"] == CODE
    assert not is_in(client)


def test_the_keys_are_of_no_use_to_who_has_the_database_alone(settings):
    user = make_administrator()
    stored = Authenticator.objects.get(user=user).data["secret"]

    old, key = secret_of(user), settings.SECRET_KEY
    assert old not in stored
    settings.SECRET_KEY = "another" * 8
    assert secret_of(user) != old
    settings.SECRET_KEY_FALLBACKS = [key]
    assert secret_of(user) == old


def test_a_lost_phone_is_mended_by_a_command(client):
    user = make_administrator("ana@example.org")

    call_command("reset_second_factor", "ANA@example.org")
    enter(client, user.email)

    assert client.get(HOME)["Location"] == SET_UP
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody@example.org")


def test_a_lost_phone_is_mended_by_an_administrator(client):
    lost = make_administrator("ana@example.org")
    sign_in(client)

    client.post(
        "/en/admin/accounts/user/",
        {"action": "remove_second_factor", "_selected_action": [lost.pk]},
    )

    assert not Authenticator.objects.filter(user=lost).exists()


def test_who_removes_the_own_factor_is_asked_who_they_are(client):
    sign_in(client, make_administrator(password=PASSWORD))

    response = client.post("/en/admin/account/second-factor/remove/")

    assert "confirm" in response["Location"]
    assert Authenticator.objects.count() == 1


def test_nobody_removes_the_passkey_of_another(client):
    bea = make_user(Role.COORDINATOR, "bea@example.org")
    key = Authenticator.objects.create(user=bea, type="webauthn", data={"name": "Bea's phone"})
    ana = make_user(Role.COORDINATOR, "ana@example.org")
    enter(client, ana.email)

    answer = client.post(reverse("mfa_remove_webauthn", args=[key.pk]))

    assert answer.status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_a_passkey_is_a_second_factor(client):
    user = make_user(Role.ADMINISTRATOR)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "My phone"})
    sign_in(client, user)

    assert is_in(client)
    assert "yes" in client.get("/en/admin/accounts/user/").content.decode()


def test_what_is_no_passkey_signs_nobody_in(client):
    address = reverse("mfa_login_webauthn")
    options = client.get(address, headers={"accept": "application/json"}).json()

    assert options["request_options"]["publicKey"]["userVerification"] == "required"
    for credential in (
        "",
        "{",
        "{}",
        "[]",
        "null",
        '{"id": "x"}',
        forged(user_handle="!"),
        forged(),
    ):
        answer = client.post(address, {"credential": credential})
        assert answer["Location"].endswith("/account/login/"), credential
    assert not is_in(client)


def forged(user_handle="MQ"):
    """A passkey's answer in the right shape, and nothing right in it."""
    inside = dict.fromkeys(("clientDataJSON", "authenticatorData", "signature"), "AAAA")
    return json.dumps({
        "id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
        "response": {**inside, "userHandle": user_handle},
    })  # fmt: skip
