"""The last imports, on the home of the admin."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from imports.models import ImportRun

register = template.Library()
LAST = 5


@register.simple_tag(takes_context=True)
def recent_imports(context):
    """Those the user may see; nothing for who imports nothing."""
    user = context["request"].user
    if not user.has_perm("imports.view_importrun"):
        return ""
    runs = ImportRun.objects.visible_to(user).select_related("by")[:LAST]
    page = "admin:imports_importrun_change"
    values = {
        "runs": [(run, reverse(page, args=[run.pk])) for run in runs],
        "upload": reverse("admin:imports_importrun_add"),
        "all_runs": reverse("admin:imports_importrun_changelist"),
    }
    # Jinja2 has escaped what goes in.
    return mark_safe(render_to_string("worklist/imports.html", values, using="jinja2"))
