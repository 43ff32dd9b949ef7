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

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "is_charter"]

    def get_fieldsets(self, request, obj=None):
        """Who only reads it reads a word: Django's sign for "not known" says nothing."""
        if request.user.is_administrator:
            return self.fieldsets
        return [
            (name, options | {"fields": [_in_words(line) for line in options["fields"]]})
            for name, options in self.fieldsets
        ]

    @admin.display(description=_("charter school"))
    def is_charter(self, institution):
        return {True: _("Yes"), False: _("No"), None: _("Not known")}[institution.charter]

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


def _in_words(line):
    if isinstance(line, str):
        return line
    return tuple("is_charter" if name == "charter" else name for name in line)
