"""The monthly mail: what of a coordinator's own rows waits for a look, with a link to each list."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from accounts import nomail
from accounts.models import Role, User
from programs import worklinks, worklist
from reference.models import Region


def readers():
    """Coordinators who want the mail and have not had it this month."""
    coordinators = User.objects.filter(role=Role.COORDINATOR, is_active=True, wants_mail=True)
    return coordinators.filter(_not_yet()).order_by("email")


def letter(user):
    """The mail in the reader's language, or None where nothing is open."""
    with translation.override(user.language):
        lines = [
            (task, count, settings.SITE_URL + worklinks.address(user, task))
            for task, count in worklist.counts(user)
            if count
        ]
        return _letter(user, lines) if lines else None


def send(user, mail):
    """Send it, once: the month is taken before, so that two runs at a time send one mail.

    False when another run was faster. Whoever's server says no gets the mail with the next run.
    """
    before, today = user.mailed_on, timezone.localdate()
    if not User.objects.filter(_not_yet(), pk=user.pk).update(mailed_on=today):
        return False
    try:
        mail.send()
    except Exception:
        User.objects.filter(pk=user.pk).update(mailed_on=before)
        raise
    return True


def _not_yet():
    month = timezone.localdate().replace(day=1)
    return Q(mailed_on=None) | Q(mailed_on__lt=month)


def _letter(user, lines):
    region = Region.objects.first()
    site = region.site_name if region else settings.SITE_URL
    total, stop = sum(count for _, count, _ in lines), settings.SITE_URL + nomail.address(user)
    subject = ngettext(
        "%(site)s: %(count)s thing waits for a look", "%(site)s: %(count)s things wait for a look", total
    ) % {"site": site, "count": f"{total:,}"}  # fmt: skip
    values = {
        "user": user, "lines": lines, "site": site, "stop": stop, "subject": subject,
        "days": worklinks.VALID.days, "language": user.language,
    }  # fmt: skip
    texts = [
        render_to_string(f"mail/monthly.{kind}", values, using="jinja2") for kind in ("txt", "html")
    ]
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    mail = EmailMultiAlternatives(subject, texts[0], to=[user.email], headers=headers)
    mail.attach_alternative(texts[1], "text/html")
    return mail
