"""One-time links by which a person chooses a password: in an invitation, and after forgetting one."""

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils import translation
from django.utils.http import base36_to_int

DAY = 24 * 3600


def days(user):
    """How many days a link is good for: an invitation a week, a new password one."""
    return 1 if user.has_usable_password() else settings.PASSWORD_RESET_TIMEOUT // DAY


class LinkTokenGenerator(PasswordResetTokenGenerator):
    """Django's tokens: signed, dead once used or once the person signs in or gets another address."""

    def check_token(self, user, token):
        return super().check_token(user, token) and self._age(token) <= days(user) * DAY

    def _age(self, token):
        return self._num_seconds(self._now()) - base36_to_int(token.partition("-")[0])


def link(user, language=None):
    """The address where this person chooses a password, on the site's own host; in their own language, unless
    another is named."""
    with translation.override(language or user.language):
        path = reverse(
            "account_reset_password_from_key",
            kwargs={
                "uidb36": user_pk_to_url_str(user),
                "key": LinkTokenGenerator().make_token(user),
            },
        )
    return f"{settings.SITE_URL}{path}"
