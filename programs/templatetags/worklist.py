"""The home of the admin: its words stand in `templates/worklist/`, as Jinja2 like every other page."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from programs import worklist

register = template.Library()


@register.simple_tag(takes_context=True)
def work_list(context):
    """What is open for whoever has signed in; the region by district for administrators."""
    user = context["request"].user
    if not worklist.keeps_rows(user):
        return _page("looking", planner=user.role == "planner", plans=_plans(user))
    counts = worklist.counts(user)
    return _page(
        "home",
        open=[(task, count) for task, count in counts if count],
        done=[task for task, count in counts if not count],
        total=sum(count for _, count in counts),
        region=user.is_administrator,
        has_rows=user.is_administrator or user.assignments.exists(),
    )


@register.simple_tag(takes_context=True)
def work_by_district(context):
    user = context["request"].user
    if not getattr(user, "is_administrator", False):
        return ""
    rows = worklist.by_district(user)
    return _page("districts", rows=rows, groups=list(worklist.Group))


@register.simple_tag(takes_context=True)
def find_program(context):
    """The way to one program, for whoever comes to correct it."""
    if not worklist.keeps_rows(context["request"].user):
        return ""
    return _page(
        "find",
        programs=reverse("admin:programs_program_changelist"),
        guide=reverse("coordinators_guide"),
    )


@register.simple_tag(takes_context=True)
def everything(context, app_list):
    """Every list, folded where there is a work list before it."""
    folded = worklist.keeps_rows(context["request"].user)
    return _page("everything", apps=app_list, unfolded=not folded)


def _page(name, **values):
    # Jinja2 has escaped what goes in.
    return mark_safe(render_to_string(f"worklist/{name}.html", values, using="jinja2"))


def _plans(user):
    allowed = user.has_perm("planning.change_recommendation")
    return reverse("admin:planning_recommendation_changelist") if allowed else ""
