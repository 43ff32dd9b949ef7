"""Who signed in, was refused or took data along: a line of JSON each, in the log named `audit`.

What happens to rows is on record in the database (`accounts/changes.py`). People stand here by their
number and nobody by what was typed; and as JSON, nothing from outside can begin a line of its own.
"""

import json
import logging

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.utils import timezone

from accounts import network

log = logging.getLogger("audit")
SEEN = {403: "refused", 429: "tried too often"}
BY_SIGNAL = {
    auth.user_logged_in: "signed in",
    auth.user_logged_out: "signed out",
    auth.user_login_failed: "sign-in failed",
    account.password_changed: "password changed",
    account.password_reset: "password chosen anew",
    account.password_set: "password chosen",
    mfa.authenticator_added: "second factor added",
    mfa.authenticator_removed: "second factor removed",
    mfa.authenticator_reset: "recovery codes made anew",
}


def note(event, request, *, user=None, **about):
    """`about`: what else a reader of the log must know, in texts and numbers."""
    user = user or getattr(request, "user", None)
    line = {
        "at": timezone.now().isoformat(timespec="seconds"),
        "event": event,
        "user": getattr(user, "pk", None),
        "network": network.network(request) if request else "",
    }
    log.info(json.dumps(line | about))


def listen():
    """Called once when Django starts."""
    for signal, event in BY_SIGNAL.items():
        signal.connect(_receiver(event), dispatch_uid=f"audit {event}", weak=False)


def _receiver(event):
    def receive(sender, request=None, user=None, **_others):
        note(event, request, user=user)

    return receive


class AuditMiddleware:
    """Refusals and files behind the sign-in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        event = SEEN.get(response.status_code)
        if response.get("Content-Disposition", "").startswith("attachment"):
            event = "took along"
        if event and "/admin/" in request.path:
            note(event, request, path=request.path[:200], method=request.method)
        return response
