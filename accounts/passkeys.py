"""Passkeys: keys that sign somebody in by themselves, kept by their phone, computer or security key.

allauth does the work. Of ours are one kind of key in place of two, and an answer to what no browser sends.
"""

import struct
from functools import wraps

from allauth.mfa.webauthn import forms as library
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error)


def careful(method):
    """The library's check of a key, which stumbles over forged ones, refuses them instead."""

    @wraps(method)
    def checked(form):
        try:
            return method(form)
        except BROKEN as error:
            raise ValidationError(gettext("This passkey was not accepted.")) from error

    return checked


class PasskeyForm(library.AddWebAuthnForm):
    """Without a name the key gets one: it exists on the device by now."""

    passwordless = None
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=60,
        help_text=_("Tells your passkeys apart, if you have several."),
    )
    clean = careful(library.AddWebAuthnForm.clean)


class AuthenticateForm(library.AuthenticateWebAuthnForm):
    clean_credential = careful(library.AuthenticateWebAuthnForm.clean_credential)


class LoginForm(library.LoginWebAuthnForm):
    clean_credential = careful(library.LoginWebAuthnForm.clean_credential)


class ReauthenticateForm(library.ReauthenticateWebAuthnForm):
    clean_credential = careful(library.ReauthenticateWebAuthnForm.clean_credential)


class AddPasskeyView(AddWebAuthnView):
    """The device asks for a finger, a face or a PIN, so that the key is enough by itself."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        options = begin_registration(self.request.user, passwordless=True)  # the later one counts
        return context | {"js_data": {"creation_options": options}}
