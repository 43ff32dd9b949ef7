"""Mails to people who sign in, as plain text and HTML, addresses from SITE_URL: in their language, or in that
of the page where they have asked for it."""

import logging
from smtplib import SMTPException
from threading import Timer
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.template.loader import render_to_string
from django.utils import translation

from accounts import links

log = logging.getLogger(__name__)
AFTER = 1  # second


def send(user, name, language, **context):
    """Whether the mail `accounts/mail/<name>` went out. Its first line of text is its subject."""
    if not settings.SENDS_MAIL:
        return False
    with translation.override(language):
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


def later(work):
    """Do it in a thread of its own when the page is out, in the language of the moment."""
    language = translation.get_language()

    def run():
        try:
            with translation.override(language):
                work()
        finally:
            connection.close()

    Timer(AFTER, run).start()


def send_link(user, by=None):
    """An invitation, or for somebody who has a password a link to choose a new one; `by` nobody: the person
    has asked for it."""
    name = "new_password" if user.has_usable_password() else "invitation"
    language = user.language if by else translation.get_language()
    link = links.link(user, language)
    return send(user, name, language, link=link, days=links.days(user), by=by)
