"""Mails to people who sign in: in their language, as plain text and HTML, addresses from SITE_URL."""

import logging
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from accounts import links

log = logging.getLogger(__name__)


def send(user, name, **context):
    """Whether the mail `accounts/mail/<name>` went out. Its first line of text is its subject."""
    if not settings.SENDS_MAIL:
        return False
    with translation.override(user.language):
        context |= {"person": user, "site": urlsplit(settings.SITE_URL).netloc}
        subject, _, text = render_to_string(f"accounts/mail/{name}.txt", context).partition("\n")
        html = render_to_string(f"accounts/mail/{name}.html", context | {"subject": subject})
    message = EmailMultiAlternatives(subject, text.strip() + "\n", to=[user.email])
    message.attach_alternative(html, "text/html")
    try:
        return bool(message.send())
    except (SMTPException, OSError) as error:  # no answer, or no for an answer
        log.error("A mail could not be sent: %s", error)
        return False


def send_link(user, by=None):
    """An invitation, or for somebody who has a password a link to choose a new one."""
    name = "new_password" if user.has_usable_password() else "invitation"
    return send(user, name, link=links.link(user), days=links.days(user), by=by)
