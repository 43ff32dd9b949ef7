"""Work-based learning."""

from django.contrib import admin

from programs import models
from programs.admin.base import SourcedAdmin, title


@admin.register(models.Opportunity)
class OpportunityAdmin(SourcedAdmin):
    list_display = [title, "stage", "sector", "institution", "district", "as_of"]
    list_filter = ["stage", "sector"]
    search_fields = ["title_en", "title_es"]
    autocomplete_fields = ["district", "institution"]
    list_select_related = ["sector", "institution", "district"]
    own_choices = ("district", "institution")
    fields = [
        ("title_en", "title_es"),
        ("stage", "kind"),
        ("audience", "sector"),
        ("institution", "district"),
        ("release", "source_url"),
        ("as_of", "verified_on", "verified_by"),
        "slug",
    ]
