"""Work-based learning."""

from django.contrib import admin

from programs import models
from programs.admin.base import SourcedAdmin


@admin.register(models.Opportunity)
class OpportunityAdmin(SourcedAdmin):
    list_display = ["title_en", "stage", "sector", "institution", "district", "as_of"]
    list_filter = ["stage", "sector"]
    search_fields = ["title_en", "title_es"]
    autocomplete_fields = ["district", "institution"]
    list_select_related = ["sector", "institution", "district"]
