"""Agreements and other links."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs import models
from programs.admin.base import SourcedAdmin, verify
from programs.admin.suggested_links import WithSuggested, confirm
from programs.models import Segment


@admin.display(description=_("courses"))
def courses(link):
    return link.courses


@admin.register(models.ProgramLink)
class ProgramLinkAdmin(WithSuggested, SourcedAdmin):
    actions = [verify, confirm]
    list_display = ["kind", "origin", "destination", courses, "valid_until", "as_of"]
    list_filter = ["kind", "sector"]
    search_fields = ["slug", "from_course", "to_course"]
    autocomplete_fields = [
        "from_district", "from_institution", "from_program",
        "to_district", "to_institution", "to_program", "pathway",
    ]  # fmt: skip
    readonly_fields = ["slug", "verified_by", "confirmed_by"]
    fieldsets = [
        (None, {"fields": ["kind"]}),
        (
            _("From"),
            {
                "fields": [
                    ("from_institution", "from_district"),
                    "from_program",
                    "from_course",
                ]
            },
        ),
        (
            _("To"),
            {
                "fields": [
                    ("to_institution", "to_district"),
                    "to_program",
                    ("to_course_code", "to_course"),
                ]
            },
        ),
        (_("What it is about"), {"fields": [("sector", "pathway")]}),
        (
            _("Terms"),
            {
                "fields": [
                    ("units", "min_grade"),
                    ("valid_from", "valid_until"),
                    ("todo_en", "todo_es"),
                    ("confirmed_on", "confirmed_by"),
                ]
            },
        ),
        (
            _("Where this comes from"),
            {
                "fields": [
                    ("release", "source_url"),
                    ("as_of", "verified_on", "verified_by"),
                    "slug",
                ]
            },
        ),
    ]
    list_select_related = [
        "from_district", "from_institution", "from_program__institution",
        "to_district", "to_institution", "to_program__institution",
    ]  # fmt: skip

    def get_changeform_initial_data(self, request):
        """Where one end is given, the one school that is theirs is not the other."""
        preset = super().get_changeform_initial_data(request)
        ends = "from_institution", "to_institution"
        given = [name for name in ends if name in request.GET]
        return {n: v for n, v in preset.items() if not given or n in given or n not in ends}

    def place_of(self, institution):
        return "to_institution" if institution.segment == Segment.COLLEGE else "from_institution"

    def save_model(self, request, obj, form, change):
        if "confirmed_on" in form.changed_data:
            obj.confirmed_by = request.user if obj.confirmed_on else None
        super().save_model(request, obj, form, change)
