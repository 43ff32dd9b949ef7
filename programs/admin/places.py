"""Districts and institutions. What the directory of the state says stays with the administrators."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs import models
from programs.admin.base import PartInline, SourcedAdmin, WorkshopAdmin, verify
from programs.admin.renaming import AddressForm, RenamingAdmin
from programs.admin.rollover import RolloverAdmin


@admin.register(models.District)
class DistrictAdmin(WorkshopAdmin):
    list_display = ["name", "county", "segment", "cds_code"]
    list_filter = ["county", "segment"]
    list_select_related = ["county"]
    search_fields = ["name", "cds_code"]
    readonly_fields = ["slug"]


class InstitutionNameInline(PartInline):
    model = models.InstitutionName


@admin.register(models.Institution)
class InstitutionAdmin(RolloverAdmin, RenamingAdmin, SourcedAdmin):
    form = AddressForm
    actions = [verify]
    list_display = ["name", "segment", "district", "city", "status"]
    list_filter = ["segment", "county", "status"]
    list_select_related = ["district"]
    search_fields = ["name", "names__name", "cds_code", "ipeds_id", "city"]
    autocomplete_fields = ["district"]
    readonly_fields = ["verified_by"]
    kept_by_region = models.Institution.KEPT_BY_REGION
    inlines = [InstitutionNameInline]
    history_parts = [(models.InstitutionName, "institution")]
    view_on_site = False
    fieldsets = [
        (None, {"fields": ["name", ("segment", "kind"), ("district", "county"), "status"]}),
        (
            _("Contact"),
            {"fields": [("street", "city", "zip_code"), ("phone", "url")]},
        ),
        (
            _("Facts of the directory"),
            {
                "fields": [
                    ("grades", "charter"),
                    ("cds_code", "ipeds_id"),
                    ("latitude", "longitude", "point_source"),
                ]
            },
        ),
        (
            _("Where this comes from"),
            {"fields": [("release", "source_url"), ("as_of", "verified_on", "verified_by")]},
        ),
        (_("Address of the page"), {"fields": ["slug"], "classes": ["collapse"]}),
    ]
