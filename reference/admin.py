"""Published facts in the admin. The region edits its own words; releases come by import."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.fields import CalmFields, NamedFormSet
from accounts.history import HistoryAdmin
from accounts.together import TogetherAdmin, TogetherForm
from reference import models
from reference.models.codes import undotted
from reference.models.pay import household_words


class RegionalAdmin(CalmFields, TogetherAdmin, HistoryAdmin, admin.ModelAdmin):
    """What the region words and maps itself: administrators write it, everybody sees how it changed."""


class ReadOnly(RegionalAdmin):
    """Facts that a public body publishes are replaced by an import, never by hand."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class RegionForm(TogetherForm):
    """The household of the high-wage line is one whose living wage is known."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "high_wage_household" not in self.fields:  # a page for reading
            return
        known = models.LivingWage.objects.order_by("household").values_list("household", flat=True)
        households = {key: household_words(key) for key in [*known.distinct(), "1a0c"]}
        now = self.instance.high_wage_household
        field = self.fields["high_wage_household"]
        self.fields["high_wage_household"] = forms.ChoiceField(
            label=field.label,
            help_text=field.help_text,
            choices=sorted((households | {now: household_words(now)}).items()),
        )


@admin.register(models.Region)
class RegionAdmin(RegionalAdmin):
    form = RegionForm
    list_display = ["name_en", "site_name_en"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "slug",
                    ("name_en", "name_es"),
                    ("site_name_en", "site_name_es"),
                    ("about_en", "about_es"),
                    ("state", "state_name"),
                    "contact_url",
                ]
            },
        ),
        (
            _("High wage, high skill, in demand: where the lines are"),
            {
                "fields": [
                    ("high_wage_household", "high_wage_hourly"),
                    "high_skill_education",
                    ("in_demand_openings", "in_demand_growth"),
                    ("marks_note_en", "marks_note_es"),
                ],
                "description": _(
                    "The career pages state this rule and use it from the next visit."
                ),
            },
        ),
    ]


@admin.register(models.Release)
class ReleaseAdmin(RegionalAdmin):
    list_display = ["slug", "publisher", "name", "vintage", "as_of"]


@admin.register(models.Sector)
class SectorAdmin(RegionalAdmin):
    list_display = ["code", "title_en", "title_es"]


@admin.register(models.Pathway)
class PathwayAdmin(RegionalAdmin):
    list_display = ["title_en", "title_es", "sector", "code"]
    list_filter = ["sector"]
    search_fields = ["title_en", "title_es"]
    list_select_related = ["sector"]


@admin.register(models.ProgramCode)
class ProgramCodeAdmin(RegionalAdmin):
    """The mapping to a pathway is the region's own and edited here; the code itself is not."""

    list_display = ["system", "code", "title_en", "pathway", "note"]
    list_filter = ["system", "sector"]
    search_fields = ["code", "title_en", "title_es"]
    list_select_related = ["pathway"]
    autocomplete_fields = ["pathway"]
    readonly_fields = ["system", "code", "release"]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, undotted(search_term))

    def has_add_permission(self, request):
        return False


@admin.register(models.SourceLabel)
class SourceLabelAdmin(RegionalAdmin):
    list_display = ["sector_label", "pathway_label", "sector", "pathway"]
    list_select_related = ["sector", "pathway"]
    autocomplete_fields = ["pathway"]


class OccupationPathwayInline(CalmFields, admin.TabularInline):
    model = models.OccupationPathway
    formset = NamedFormSet
    autocomplete_fields = ["pathway"]
    extra = 0


class OccupationInterestInline(CalmFields, admin.TabularInline):
    """As O*NET publishes them: replaced by an import, never by hand."""

    model = models.OccupationInterest
    fields = readonly_fields = ["interest", "rank", "release"]
    extra = max_num = 0
    can_delete = False


class RelatedOccupationInline(OccupationInterestInline):
    model = models.RelatedOccupation
    fk_name = "occupation"
    fields = readonly_fields = ["related", "rank", "release"]


@admin.register(models.Occupation)
class OccupationAdmin(RegionalAdmin):
    list_display = ["soc", "title_en", "title_es", "education"]
    search_fields = ["soc", "title_en", "title_es"]
    readonly_fields = ["soc", "slug", "job_zone", "education", "bright_outlook", "release"]
    inlines = [OccupationPathwayInline, OccupationInterestInline, RelatedOccupationInline]
    history_parts = [(models.OccupationPathway, "occupation")]


@admin.register(models.GlossaryTerm)
class GlossaryTermAdmin(RegionalAdmin):
    list_display = ["term_en", "term_es"]
    search_fields = ["term_en", "term_es"]


@admin.register(models.Synonym)
class SynonymAdmin(RegionalAdmin):
    list_display = ["term", "language", "means"]
    list_filter = ["language"]
    search_fields = ["term", "means"]


@admin.register(models.County, models.ZipCode)
class PlaceAdmin(ReadOnly):
    pass


@admin.register(models.LaborFigure)
class LaborFigureAdmin(ReadOnly):
    list_display = ["occupation", "area", "county", "period", "hourly", "openings", "release"]
    list_filter = ["area", "period", "release"]
    search_fields = ["occupation__soc", "occupation__title_en", "occupation__title_es"]
    list_select_related = ["occupation", "county", "release"]


@admin.register(models.LivingWage)
class LivingWageAdmin(ReadOnly):
    list_display = ["county", "household", "hourly", "vintage"]
    list_filter = ["county"]
