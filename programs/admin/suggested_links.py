"""Likely next steps, to confirm or dismiss many at once: a page beside the list of links."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from programs import actions, suggested_links
from programs.models import Institution, LinkKind, Program
from programs.suggested_links import KINDS

PER_PAGE = 25
NAME = "programs_programlink_suggested"


@admin.action(description=_("Confirm: the link holds, as of today"), permissions=["change"])
def confirm(modeladmin, request, queryset):
    count = actions.confirm(queryset.editable_by(request.user), by=request.user)
    done = ngettext("%(count)s link confirmed.", "%(count)s links confirmed.", count)
    modeladmin.message_user(request, done % {"count": count}, messages.SUCCESS)


class WithSuggested:
    """For the admin of links: the page of suggested ones, and the way there."""

    change_list_template = "admin/programs/programlink/change_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.suggested_view)
        return [path("suggested/", view, name=NAME), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        count = self.has_add_permission(request) and suggested_links.count_for(request.user)
        return super().changelist_view(request, {"suggested": count, **(extra_context or {})})

    def suggested_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            message_user(self, request, _decide(request))
            return HttpResponseRedirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Likely next steps"),
            **(_dismissed(request) if _shows_dismissed(request) else _waiting(request)),
        }
        return TemplateResponse(request, "admin/programs/programlink/suggested.html", context)


def message_user(modeladmin, request, words):
    level = messages.SUCCESS if words else messages.WARNING
    modeladmin.message_user(request, words or gettext("Nothing was chosen."), level)


def _shows_dismissed(request):
    return request.GET.get("show") == "dismissed"


# --- What the page shows ------------------------------------------------------------------------


def _waiting(request):
    pairs = suggested_links.waiting_for(request.user)
    schools = Institution.objects.in_bulk(
        {pk for pair in pairs for pk in (pair.school, pair.college)}
    )
    chosen = _chosen_school(request, schools)
    if chosen:
        pairs = [pair for pair in pairs if chosen.pk in (pair.school, pair.college)]
    page = Paginator(pairs, PER_PAGE).get_page(request.GET.get("p"))
    programs = _programs(pk for pair in page for pk in pair.key)
    return {
        "page": page,
        "rows": [
            _row(programs[pair.origin], programs[pair.destination], pair.reasons) for pair in page
        ],
        "kinds": KINDS,
        "schools": sorted(schools.values(), key=str),
        "chosen": chosen,
        "query": urlencode({"school": chosen.pk}) if chosen else "",
        "dismissed_count": suggested_links.dismissed_for(request.user).count(),
    }


def _dismissed(request):
    page = Paginator(suggested_links.dismissed_for(request.user), PER_PAGE).get_page(
        request.GET.get("p")
    )
    programs = _programs(pk for row in page for pk in (row.program_id, row.other_id))
    rows = [
        _row(programs[row.program_id], programs[row.other_id]) | {"dismissal": row} for row in page
    ]
    return {"page": page, "rows": rows, "shows_dismissed": True, "query": "show=dismissed"}


def _chosen_school(request, schools):
    pk = request.GET.get("school", "")
    return schools.get(int(pk)) if pk.isdecimal() and len(pk) < 10 else None


def _programs(pks):
    return Program.objects.select_related("institution").in_bulk(set(pks))


def _row(origin, destination, reasons=()):
    return {
        "key": f"{origin.pk}-{destination.pk}",
        "origin": origin,
        "destination": destination,
        "reasons": [reason.words for reason in reasons],
        "edit": _as_agreement(origin, destination),
    }


def _as_agreement(origin, destination):
    """The form of a new link, filled in with both ends."""
    values = {
        "kind": LinkKind.ARTICULATION.value,
        "from_institution": origin.institution_id,
        "from_program": origin.pk,
        "to_institution": destination.institution_id,
        "to_program": destination.pk,
        "sector": origin.sector_id or destination.sector_id or "",
        "pathway": (origin.pathway_id == destination.pathway_id and origin.pathway_id) or "",
    }
    return f"{reverse('admin:programs_programlink_add')}?{urlencode(values)}"


# --- What the buttons do ------------------------------------------------------------------------


def _decide(request):
    """What was done, in words; "" when nothing was chosen. Keys that are not the user's do nothing."""
    for verb, decide in (("confirm", _confirm), ("dismiss", _dismiss), ("restore", _restore)):
        if verb in request.POST:
            value = request.POST[verb]
            return decide(request, request.POST.getlist("pair") if value == "chosen" else [value])
    return ""


def _confirm(request, values):
    kinds = {_key(value): _kind(request.POST.get(f"kind-{value}")) for value in values}
    count = suggested_links.confirm(kinds, by=request.user)
    done = ngettext("%(count)s link made.", "%(count)s links made.", count)
    return count and done % {"count": count}


def _dismiss(request, values):
    count = suggested_links.dismiss({_key(value) for value in values}, by=request.user)
    done = ngettext(
        "%(count)s likely next step dismissed. It will not be asked about again.",
        "%(count)s likely next steps dismissed. They will not be asked about again.",
        count,
    )
    return count and done % {"count": count}


def _restore(request, values):
    count = suggested_links.restore({_key(value) for value in values}, by=request.user)
    done = ngettext(
        "%(count)s likely next step is open again.",
        "%(count)s likely next steps are open again.",
        count,
    )
    return count and done % {"count": count}


def _key(value):
    """(origin, destination) from "12-345"; an empty tuple from anything else."""
    ends = value.split("-")
    whole = len(ends) == 2 and all(end.isdecimal() and len(end) < 18 for end in ends)
    return tuple(map(int, ends)) if whole else ()


def _kind(value):
    return LinkKind(value) if value in KINDS else LinkKind.RECOMMENDED
