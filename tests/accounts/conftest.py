"""Signing in as a person does it: with a clock that stands still for codes."""

import pytest
from allauth.mfa.totp.internal import auth

from accounts import mail


@pytest.fixture(autouse=True)
def mails_at_once(monkeypatch):
    """A mail that a thread of its own sends is sent before the page answers."""
    monkeypatch.setattr(mail, "later", lambda work: work())


@pytest.fixture
def clock(monkeypatch):
    """The current step of authenticator apps: `clock.step += 1` is half a minute later."""

    class Clock:
        step = 59_000_000

        def code(self, secret):
            return auth.format_hotp_value(auth.hotp_value(secret, self.step))

    clock = Clock()
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([clock.step]))
    return clock
