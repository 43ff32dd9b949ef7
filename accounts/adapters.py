"""What of allauth's behaviour is ours: nobody signs up, links stay on this site, secrets are sealed."""

import base64
import hashlib
import time
from functools import partial

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from accounts import mail, network

SECOND_FACTORS = [
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
]  # codes only stand in for one
NOBODY = "::"  # the address of requests that come without one, by a socket for example


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts come by invitation."""
        return False

    def is_safe_url(self, url):
        """Whoever signs in stays here: addresses of this site, written without a host."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request):
        """Never an error: a request whose sender nobody knows shares its limits with its like."""
        return network.address(request) or NOBODY

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Failures count per account and address, so that no stranger locks an account."""
        return f"{get_ip(request)}:{credentials.get('email', '').lower()}"

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who has just signed in is not asked again."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def send_password_reset_mail(self, user, email, context):
        """How long the page takes must not tell whether anybody here has this address."""
        mail.later(partial(mail.send_link, user))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keys of second factors are of no use to who only has the database."""

    def get_totp_issuer(self):
        return settings.SITE_URL.partition("://")[2]

    def generate_authenticator_name(self, user, type):
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}

    def encrypt(self, text):
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # SECRET_KEY is another one: no code fits a key of chance, `reset_second_factor` helps.
            return generate_totp_secret()


def _box():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"second factor" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Google or Microsoft tell who somebody is by a verified address; nothing is linked or stored."""

    def pre_social_login(self, request, sociallogin):
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("admin:index"))

    def on_authentication_error(self, request, provider, error=None, exception=None, **kwargs):
        raise ImmediateHttpResponse(redirect("socialaccount_login_error"))
