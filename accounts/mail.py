"""Whether this site can send mail at all."""

from django.conf import settings

SENDS_NOTHING = ("console.EmailBackend", "dummy.EmailBackend")


def can_send():
    """A server is set: Django's own default, a server on this machine, is nobody's choice."""
    chosen = settings.is_overridden("EMAIL_BACKEND")
    return chosen and not settings.EMAIL_BACKEND.endswith(SENDS_NOTHING)
