"""An administrator's first minutes: from the link to the admin, on a phone and in both languages."""

import re

import pytest
from allauth.mfa.totp.internal import auth
from playwright.sync_api import expect

from accounts import links
from accounts.models import Role
from tests.factories import make_region, make_user

STRONG = "correct horse battery"
STEP = 59_000_000  # of the authenticator app, which stands still


@pytest.fixture
def phone(chromium, transactional_db, live_server, settings, monkeypatch):
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([STEP]))
    settings.SITE_URL = live_server.url
    make_region()
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    yield context.new_page()
    context.close()


def check(page):
    """Nothing for axe, nothing wider than the phone, nothing that the policy had to stop."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state()
    faults = Axe().run(page, options={"preload": False}).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in faults] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390


WORDS = {
    "en": ("Choose a password", "Save the password and sign in", "Turn it on", "Go on to the workshop"),
    "es": (
        "Elegir una contraseña", "Guardar la contraseña e iniciar sesión", "Activar",
        "Continuar al área de trabajo",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", WORDS)
def test_from_the_link_to_the_admin(phone, language):
    choose, save, turn_on, go_on = WORDS[language]
    complaints = []
    phone.on("console", lambda message: complaints.append(message.text))
    user = make_user(Role.ADMINISTRATOR, "ana@example.org", password=None, language=language)

    phone.goto(links.link(user))
    expect(phone.get_by_role("heading", level=1)).to_have_text(choose)
    check(phone)
    for field in phone.locator("input[type=password]").all():
        field.fill(STRONG)
    phone.get_by_role("button", name=save).click()

    check(phone)
    secret = phone.locator("code").inner_text()
    phone.locator("[name=code]").fill(auth.format_hotp_value(auth.hotp_value(secret, STEP)))
    phone.get_by_role("button", name=turn_on).click()

    check(phone)
    expect(phone.locator(".codes li")).to_have_count(10)
    phone.get_by_role("link", name=go_on).click()
    expect(phone).to_have_url(re.compile(f"/{language}/admin/$"))
    assert [one for one in complaints if "404" not in one] == []  # an icon


def test_a_passkey_is_made_and_signs_in_without_a_password(phone, live_server):
    device(phone)
    user = make_user(Role.ADMINISTRATOR, "ana@example.org", password=None)
    phone.goto(links.link(user))
    for field in phone.locator("input[type=password]").all():
        field.fill(STRONG)
    phone.get_by_role("button", name="Save the password and sign in").click()

    phone.get_by_role("link", name="Add a passkey").click()
    check(phone)
    phone.get_by_label("Name").fill("My phone")
    phone.get_by_role("button", name="Make the passkey").click()
    phone.wait_for_url("**/recovery-codes/")  # in case the phone is lost
    expect(phone.locator(".codes li")).to_have_count(10)
    phone.get_by_role("link", name="Go on to the workshop").click()
    expect(phone).to_have_url(re.compile("/en/admin/$"))

    phone.goto(f"{live_server.url}/en/admin/account/second-factor/")
    expect(phone.get_by_text("My phone")).to_be_visible()
    check(phone)
    phone.context.clear_cookies()
    phone.goto(f"{live_server.url}/en/admin/accounts/user/")
    phone.get_by_role("button", name="Sign in with a passkey").click()
    phone.wait_for_url("**/en/admin/accounts/user/")


def test_after_the_password_a_passkey_is_asked_for_and_may_be_refused(phone, live_server):
    cdp, authenticator = device(phone)
    make_user(Role.COORDINATOR, "ana@example.org", password=STRONG)
    sign_in_with_password(phone, live_server)
    phone.goto(f"{live_server.url}/en/admin/account/passkeys/new/")
    phone.get_by_role("button", name="Make the passkey").click()
    phone.wait_for_url("**/recovery-codes/")
    phone.context.clear_cookies()

    sign_in_with_password(phone, live_server)
    expect(phone.get_by_label("Code:")).to_be_visible()  # a recovery code would do
    for knows_finger in (False, True):
        verified = {"authenticatorId": authenticator, "isUserVerified": knows_finger}
        cdp.send("WebAuthn.setUserVerified", verified)
        phone.get_by_role("button", name="Use a passkey").click()
        if not knows_finger:
            phone.get_by_text("The passkey was not used.").wait_for()
    phone.wait_for_url("**/en/admin/")


def sign_in_with_password(page, live_server):
    page.goto(f"{live_server.url}/en/admin/account/login/")
    page.locator("[name=login]").fill("ana@example.org")
    page.locator("[name=password]").fill(STRONG)
    page.get_by_role("button", name="Sign in", exact=True).click()


def device(page):
    """A phone that keeps passkeys, and is unlocked: (the tools' session, the authenticator's id)."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    added = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return cdp, added["authenticatorId"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing_at_the_door(phone, live_server, language, scheme):
    phone.emulate_media(color_scheme=scheme)
    for path in (
        "login/",
        "password/reset/",
        "password/reset/done/",
        "inactive/",
        "password/reset/key/1-x-y/",
    ):
        phone.goto(f"{live_server.url}/{language}/admin/account/{path}")

        check(phone)
