"""An administrator's first minutes: from the link to the admin, on a phone and in both languages."""

import pytest
from allauth.mfa.totp.internal import auth

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
    assert phone.get_by_role("heading", level=1).inner_text() == choose
    check(phone)
    for field in phone.locator("input[type=password]").all():
        field.fill(STRONG)
    phone.get_by_role("button", name=save).click()

    check(phone)
    secret = phone.locator("code").inner_text()
    phone.locator("[name=code]").fill(auth.format_hotp_value(auth.hotp_value(secret, STEP)))
    phone.get_by_role("button", name=turn_on).click()

    check(phone)
    assert phone.locator(".codes li").count() == 10
    phone.get_by_role("link", name=go_on).click()
    assert phone.url.endswith(f"/{language}/admin/")
    assert [one for one in complaints if "404" not in one] == []  # an icon


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
