"""Schools, programs, agreements and work-based learning in the admin.

Regional staff only for now: `coordinators` with rows of their own come with the workshop.
"""

from django import forms
from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportActionMixin

from programs import careers, models
from programs.admin import editors  # noqa: F401  the assignments on the page of a person

Basis = models.ProgramOccupation.Basis
KEPT = [Basis.CONFIRMED, Basis.HIDDEN]


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


class ProgramOccupationForm(forms.ModelForm):
    """Who adds a job confirms it, unless they say otherwise."""

    class Meta:
        model = models.ProgramOccupation
        fields = ["program", "occupation", "basis", "rank"]
        labels = {"program": _("program"), "occupation": _("occupation"), "rank": _("rank")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["basis"].initial = Basis.CONFIRMED


class WithStrength:
    """Shows what speaks for a candidate beside the region's word on it."""

    def get_queryset(self, request):
        links = super().get_queryset(request).with_strength()
        return links.select_related("occupation", "program__institution")

    @admin.display(description=_("what speaks for it"))
    def strength(self, link):
        colleges = getattr(link, "colleges", None)
        rank = getattr(link, "pathway_rank", None)
        reasons = [
            colleges
            and ngettext(
                "%(count)s college pairs its codes", "%(count)s colleges pair its codes", colleges
            )
            % {"count": colleges},
            getattr(link, "is_direct", False) and gettext("its own CIP code"),
            rank and gettext("pathway number %(rank)s of this job") % {"rank": rank},
        ]
        return "; ".join(filter(None, reasons)) or gettext("neither code nor pathway")


class ProgramOccupationInline(WithStrength, admin.TabularInline):
    """Computed candidates and the region's word on them: `confirmed` and `hidden` stay."""

    model = models.ProgramOccupation
    form = ProgramOccupationForm
    fields = ["occupation", "basis", "strength", "rank"]
    readonly_fields = ["strength"]
    autocomplete_fields = ["occupation"]
    extra = 0


@admin.register(models.ProgramOccupation)
class ProgramOccupationAdmin(WithStrength, admin.ModelAdmin):
    """All candidates in one list, to confirm or hide many at once. Nothing is deleted here: who takes
    their word back gets the suggestion again."""

    form = ProgramOccupationForm
    fields = ["program", "occupation", "basis", "strength", "rank"]
    list_display = ["job", "of_program", "basis", "strength"]
    list_filter = [
        "basis", "program__institution__segment", "program__sector", "program__institution__county",
    ]  # fmt: skip
    search_fields = [
        "program__title_en", "program__institution__name", "occupation__title_en",
        "occupation__soc",
    ]  # fmt: skip
    autocomplete_fields = ["program", "occupation"]
    readonly_fields = ["strength"]
    actions = ["confirm", "hide", "take_back"]

    @admin.display(description=_("occupation"), ordering="occupation__title_en")
    def job(self, link):
        return link.occupation

    @admin.display(description=_("program"), ordering="program__title_en")
    def of_program(self, link):
        return link.program

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Confirm: the program leads to this job"), permissions=["change"])
    def confirm(self, request, queryset):
        self._decide(request, queryset, Basis.CONFIRMED)

    @admin.action(description=_("Hide: the program does not lead there"), permissions=["change"])
    def hide(self, request, queryset):
        self._decide(request, queryset, Basis.HIDDEN)

    @admin.action(description=_("Take back: only a suggestion again"), permissions=["change"])
    def take_back(self, request, queryset):
        links = self._noted(request, queryset.filter(basis__in=KEPT), gettext("suggested again"))
        careers.take_back(links)

    def _decide(self, request, queryset, basis):
        careers.decide(self._noted(request, queryset.exclude(basis=basis), basis.label), basis)

    def _noted(self, request, queryset, word):
        """The same rows by their keys, each noted in its program's history: before and after."""
        links = list(queryset.select_related("program", "occupation"))
        for link in links:
            note = f"{link.occupation}: {link.get_basis_display()} → {word}"
            self.log_change(request, link.program, note)
        done = ngettext("%(count)s row changed.", "%(count)s rows changed.", len(links))
        self.message_user(request, done % {"count": len(links)})
        return models.ProgramOccupation.objects.filter(pk__in=[link.pk for link in links])


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
