"""What holds on every page behind the sign-in: how long a session lasts, and the second factor."""

import re
import time

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from accounts.adapters import SECOND_FACTORS

LANGUAGES = "|".join(code for code, _ in settings.LANGUAGES)
STAFF = re.compile(rf"^/({LANGUAGES})/admin(/|$)")
# Where a session may be signed in without the second factor that its role demands.
WITHOUT = re.compile(rf"^/({LANGUAGES})/admin/(account/|logout/|jsi18n/)")
MINUTE = 60


class StaffSessionMiddleware:
    """A session ends half an hour after its last page, and half a day after signing in.

    Django lets a session run out after its last save, so it is saved again with each page, at most once
    a minute. The public pages neither read nor save one. Nothing here may be kept by a browser.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not STAFF.match(request.path_info):
            return self.get_response(request)
        if request.user.is_authenticated:
            self._count(request)
        response = self.get_response(request)
        patch_cache_control(response, private=True, no_store=True)
        return response

    def _count(self, request):
        session, now = request.session, int(time.time())
        if now - session.setdefault("since", now) > settings.SESSION_LONGEST:
            logout(request)
        elif now - session.get("seen", 0) >= MINUTE:
            session["seen"] = now


class SecondFactorMiddleware:
    """An administrator without a second factor reaches one page only: where it is set up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        path = request.path_info
        if STAFF.match(path) and not WITHOUT.match(path) and self._is_lacking(request.user):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _is_lacking(self, user):
        if not getattr(user, "is_administrator", False):
            return False
        return not is_mfa_enabled(user, SECOND_FACTORS)
