"""Published facts in the admin. The region edits its own words; releases come by import."""

from django.contrib import admin

from reference import models


class ReadOnly(admin.ModelAdmin):
    """Facts that a public body publishes are replaced by an import, never by hand."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(models.Region)
class RegionAdmin(admin.ModelAdmin):
    list_display = ["name_en", "site_name_en"]


@admin.register(models.Release)
class ReleaseAdmin(admin.ModelAdmin):
    list_display = ["slug", "publisher", "name", "vintage", "as_of"]


@admin.register(models.Sector)
class SectorAdmin(admin.ModelAdmin):
    list_display = ["code", "title_en", "title_es"]


@admin.register(models.Pathway)
class PathwayAdmin(admin.ModelAdmin):
    list_display = ["title_en", "title_es", "sector", "code"]
    list_filter = ["sector"]
    search_fields = ["title_en", "title_es"]
    list_select_related = ["sector"]


@admin.register(models.ProgramCode)
class ProgramCodeAdmin(admin.ModelAdmin):
    """The mapping to a pathway is the region's own and edited here; the code itself is not."""

    list_display = ["system", "code", "title_en", "pathway", "note"]
    list_filter = ["system", "sector"]
    search_fields = ["code", "title_en", "title_es"]
    list_select_related = ["pathway"]
    autocomplete_fields = ["pathway"]
    readonly_fields = ["system", "code", "release"]

    def has_add_permission(self, request):
        return False


@admin.register(models.SourceLabel)
class SourceLabelAdmin(admin.ModelAdmin):
    list_display = ["sector_label", "pathway_label", "sector", "pathway"]
    list_select_related = ["sector", "pathway"]
    autocomplete_fields = ["pathway"]


class OccupationPathwayInline(admin.TabularInline):
    model = models.OccupationPathway
    autocomplete_fields = ["pathway"]
    extra = 1


@admin.register(models.Occupation)
class OccupationAdmin(admin.ModelAdmin):
    list_display = ["soc", "title_en", "title_es", "education"]
    search_fields = ["soc", "title_en", "title_es"]
    readonly_fields = ["soc", "slug", "job_zone", "education", "bright_outlook", "release"]
    inlines = [OccupationPathwayInline]


@admin.register(models.GlossaryTerm)
class GlossaryTermAdmin(admin.ModelAdmin):
    list_display = ["term_en", "term_es"]
    search_fields = ["term_en", "term_es"]


@admin.register(models.Synonym)
class SynonymAdmin(admin.ModelAdmin):
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
    search_fields = ["occupation__soc", "occupation__title_en"]
    list_select_related = ["occupation", "county", "release"]


@admin.register(models.LivingWage)
class LivingWageAdmin(ReadOnly):
    list_display = ["county", "household", "hourly", "vintage"]
    list_filter = ["county"]
