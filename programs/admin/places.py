"""Districts and institutions."""

from django.contrib import admin

from programs import models
from programs.admin.base import SourcedAdmin


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
