"""A coordinator works through a list, without a script."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from programs.models import District, Program
from tests.factories import make_user, sign_in


@pytest.mark.parametrize("width", [1280, 390])
def test_a_coordinator_opens_a_list_from_the_home_and_verifies_a_program(chromium, site, width):
    district = District.objects.get(name="San Diego Unified")
    carla = make_user(keeps=[district])
    waiting = Program.objects.to_verify().editable_by(carla).count()
    client = Client()
    sign_in(client, carla)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=False
    )
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
    page = context.new_page()

    page.goto(f"{site}/en/admin/")
    page.get_by_role("link", name=f"{waiting} Programs to verify").click()
    first = page.get_by_role("button", name="Still right: ").first
    title = first.get_attribute("aria-label").removeprefix("Still right: ")
    first.click()

    expect(page.get_by_text(f"Verified today: {title}")).to_be_visible()
    verified = Program.objects.get(verified_by=carla)
    assert (str(verified), verified.verified_on) == (title, timezone.localdate())
    assert Program.objects.to_verify().editable_by(carla).count() == waiting - 1
    context.close()
