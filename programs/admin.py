"""Schools, programs, agreements and work-based learning in the admin.

Regional staff only for now: `coordinators` with rows of their own come with the workshop.
"""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportActionMixin

from programs import careers, models


@admin.action(description=_("Still right: mark as verified today"))
def verify(modeladmin, request, queryset):
    for row in queryset:
        row.verified_on = timezone.localdate()
        row.verified_by = request.user
        row.save(update_fields=["verified_on", "verified_by"])


class SourcedAdmin(admin.ModelAdmin):
    """Rows with a source; who writes a verification date is who verified."""

    actions = [verify]
    readonly_fields = ["slug", "verified_by"]

    def save_model(self, request, obj, form, change):
        if "verified_on" in form.changed_data:
            obj.verified_by = request.user if obj.verified_on else None
        super().save_model(request, obj, form, change)


@admin.register(models.District)
class DistrictAdmin(admin.ModelAdmin):
    list_display = ["name", "county", "segment", "cds_code"]
    list_filter = ["county", "segment"]
    list_select_related = ["county"]
    search_fields = ["name", "cds_code"]
    readonly_fields = ["slug"]


class InstitutionNameInline(admin.TabularInline):
    model = models.InstitutionName
    extra = 1


@admin.register(models.Institution)
class InstitutionAdmin(SourcedAdmin):
    list_display = ["name", "segment", "district", "city", "status"]
    list_filter = ["segment", "county", "status"]
    list_select_related = ["district"]
    search_fields = ["name", "names__name", "cds_code", "ipeds_id", "city"]
    autocomplete_fields = ["district"]
    inlines = [InstitutionNameInline]


class CourseInline(admin.TabularInline):
    model = models.Course
    fields = ["position", "sequence", "code", "title_en", "title_es", "units", "a_g"]
    extra = 1


class AwardInline(admin.TabularInline):
    model = models.Award
    fields = ["credential", "level", "title", "units", "hours", "control_number"]
    extra = 1


class ProgramOccupationInline(admin.TabularInline):
    """Computed candidates and the region's word on them: `confirmed` and `hidden` stay."""

    model = models.ProgramOccupation
    fields = ["occupation", "basis", "rank"]
    autocomplete_fields = ["occupation"]
    extra = 0


@admin.register(models.Program)
class ProgramAdmin(ExportActionMixin, SourcedAdmin):
    """Fields in the order of the public page."""

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

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        careers.suggest(models.Program.objects.filter(pk=form.instance.pk))


@admin.register(models.ProgramLink)
class ProgramLinkAdmin(SourcedAdmin):
    list_display = ["kind", "origin", "destination", "valid_until", "as_of"]
    list_filter = ["kind", "sector"]
    search_fields = ["slug", "from_course", "to_course"]
    autocomplete_fields = [
        "from_district", "from_institution", "from_program",
        "to_district", "to_institution", "to_program", "pathway",
    ]  # fmt: skip
    readonly_fields = ["slug", "verified_by", "confirmed_by"]
    fieldsets = [
        (None, {"fields": ["kind", "slug"]}),
        (
            _("From"),
            {"fields": ["from_district", "from_institution", "from_program", "from_course"]},
        ),
        (
            _("To"),
            {
                "fields": [
                    ("to_district", "to_institution"),
                    "to_program",
                    ("to_course_code", "to_course"),
                ]
            },
        ),
        (_("What it is about"), {"fields": ["sector", "pathway"]}),
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
            _("Source"),
            {"fields": ["release", "source_url", "as_of", ("verified_on", "verified_by")]},
        ),
    ]
    list_select_related = [
        "from_district", "from_institution", "from_program__institution",
        "to_district", "to_institution", "to_program__institution",
    ]  # fmt: skip


@admin.register(models.Opportunity)
class OpportunityAdmin(SourcedAdmin):
    list_display = ["title_en", "stage", "sector", "institution", "district", "as_of"]
    list_filter = ["stage", "sector"]
    search_fields = ["title_en", "title_es"]
    autocomplete_fields = ["district", "institution"]
    list_select_related = ["sector", "institution", "district"]
