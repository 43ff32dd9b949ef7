"""The last imports, on the home of the admin."""

from django import template
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
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
    values = {"runs": [(run, _address(run)) for run in runs]}
    # Jinja2 has escaped what goes in.
    return mark_safe(render_to_string("worklist/imports.html", values, using="jinja2"))


def _address(run):
    try:
        return reverse("admin:imports_importrun_change", args=[run.pk])
    except NoReverseMatch:
        return ""
