"""Links of the monthly mail: each opens one list of one coordinator, after signing in.

A link signs nobody in, for mails are forwarded. It says whose list it is, so that somebody else is
told instead of seeing another list under the same words.
"""

from datetime import timedelta

from django.contrib import admin, messages
from django.core import signing
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from programs import worklist

SALT = "work list"
VALID = timedelta(days=45)


def address(user, task):
    """Below the language that is active."""
    return reverse("work_list", args=[signing.dumps([user.pk, task.key], salt=SALT)])


def open_list(request, token):
    """To the very list; the action that settles it is chosen there already."""
    try:
        pk, key = signing.loads(token, salt=SALT, max_age=VALID)
    except signing.SignatureExpired:
        return _home(request, _("That link has expired. This is your work list of today."))
    except signing.BadSignature:
        return _home(request, _("That link is not complete. This is your work list."))
    if pk != request.user.pk:
        return _not_yours(request)
    task = worklist.by_key(key)
    return redirect(task.address) if task else _home(request, _("That list is no longer kept."))


def _home(request, notice):
    messages.warning(request, notice)
    return redirect("admin:index")


def _not_yours(request):
    values = {
        "title": _("This link belongs to somebody else"),
        "texts": [
            _("It opens the work list of the person the mail was written to."),
            _("You are signed in as %(email)s.") % {"email": request.user.email},
        ],
        "link": (reverse("admin:index"), _("Your own work list")),
    }
    return render(request, "admin/told.html", admin.site.each_context(request) | values, status=403)
