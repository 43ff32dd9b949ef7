"""The coordinators' guide in the admin: the very file of `docs/`, in the language of the page."""

from django.conf import settings
from django.contrib import admin
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
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
        "text": markdown.html(_with_addresses(text)),
        "sections": markdown.sections(text),
        "here": _("Guide"),
    }
    return render(request, "admin/guide.html", context)


def _with_addresses(text):
    """Where one guide leads to the file of the other, the reader of the admin gets its page."""
    for language, file in FILES.items():
        with override(language):
            text = text.replace(f"]({file})", f"]({reverse('coordinators_guide')})")
    return text
