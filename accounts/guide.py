"""The coordinators' guide in the admin: the very file of `docs/`, in the language of the page."""

from django.conf import settings
from django.contrib import admin
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import markdown

FILES = {"en": "coordinators.md", "es": "coordinadores.md"}


@require_safe
def show(request):
    """Rendered at every request: a page that is read once a month needs no cache."""
    file = settings.BASE_DIR / "docs" / FILES.get(get_language(), FILES["en"])
    title, _line, text = file.read_text(encoding="utf-8").removeprefix("# ").partition("\n")
    context = admin.site.each_context(request) | {
        "title": title,
        "text": markdown.html(text),
        "here": _("Guide"),
    }
    return render(request, "admin/guide.html", context)
