"""The monthly mail's way out: a signed link, a question, no sign-in."""

from django.contrib import admin
from django.core import signing
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.models import User

SALT = "no monthly mail"


def address(user):
    """Below the language that is active; good for ever, since a mail may be answered late."""
    return reverse("stop_mail", args=[signing.dumps(user.pk, salt=SALT)])


@csrf_exempt  # a mail program presses the button for its reader (RFC 8058); the link itself is signed
@never_cache
def stop(request, token):
    user = _reader(token)
    if user is None:
        text = _("This link is not complete. Copy it whole from the mail.")
        return _page(request, _("Monthly mail"), [text], status=404)
    if request.method != "POST":
        text = _("This mail tells you once a month what of yours needs a look.")
        question = _("Stop the monthly mail to %(email)s?") % {"email": user.email}
        return _page(request, question, [text], button=_("Stop the mail"))
    user.wants_mail = False
    user.save(update_fields=["wants_mail"])
    text = _("You get no monthly mail any more. A regional administrator can turn it on again.")
    return _page(request, _("Monthly mail"), [text])


def _reader(token):
    try:
        return User.objects.filter(pk=signing.loads(token, salt=SALT)).first()
    except signing.BadSignature:
        return None


def _page(request, title, texts, *, button="", status=200):
    values = {"title": title, "texts": texts, "button": button}
    context = admin.site.each_context(request) | values
    return render(request, "admin/told.html", context, status=status)
