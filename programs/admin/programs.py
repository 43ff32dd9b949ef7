"""Programs, with their courses, awards and jobs."""

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportActionMixin

from programs import careers, models
from programs.admin.base import SourcedAdmin, verify
from programs.admin.careers import ProgramOccupationInline


class CourseInline(admin.TabularInline):
    model = models.Course
    fields = ["position", "sequence", "code", "title_en", "title_es", "units", "a_g"]
    extra = 1


class AwardInline(admin.TabularInline):
    model = models.Award
    fields = ["credential", "level", "title", "units", "hours", "control_number"]
    extra = 1


@admin.register(models.Program)
class ProgramAdmin(ExportActionMixin, SourcedAdmin):
    """Fields in the order of the public page."""

    actions = [verify, "jobs"]
    list_display = ["title_en", "institution", "sector", "status", "as_of", "verified_on"]
    list_filter = ["status", "institution__segment", "sector", "institution__county"]
    list_select_related = ["institution", "sector"]
    search_fields = ["title_en", "title_es", "institution__name", "top_code__code"]
    autocomplete_fields = ["institution", "pathway", "top_code", "cip_code"]
    readonly_fields = ["slug", "ctid", "verified_by"]
    inlines = [CourseInline, AwardInline, ProgramOccupationInline]
    fieldsets = [
        (None, {"fields": ["status", "institution", ("title_en", "title_es"), "slug"]}),
        (_("What it is"), {"fields": [("description_en", "description_es"), "sector", "pathway"]}),
        (
            _("For whom, how and what it costs"),
            {
                "fields": [
                    ("audience", "grades"),
                    ("cost", "cost_note"),
                    ("delivery", "schedule", "language"),
                    "length",
                ]
            },
        ),
        (_("Codes"), {"fields": [("top_code", "cip_code"), "ctid"]}),
        (_("Contact"), {"fields": ["url", "contact"]}),
        (
            _("Source"),
            {"fields": ["release", "source_url", "as_of", ("verified_on", "verified_by")]},
        ),
    ]

    @admin.action(description=_("See their jobs, to confirm or hide them"))
    def jobs(self, request, queryset):
        pks = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True))
        return redirect(
            f"{reverse('admin:programs_programoccupation_changelist')}?program__in={pks}"
        )

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        careers.suggest(models.Program.objects.filter(pk=form.instance.pk))
