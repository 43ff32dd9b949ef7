"""Recommendations in the admin: who wrote one, and when, is set by writing it."""

from django.contrib import admin
from django.utils import timezone

from accounts.fields import CalmFields
from accounts.history import HistoryAdmin
from accounts.together import TogetherAdmin
from planning.models import Recommendation


@admin.register(Recommendation)
class RecommendationAdmin(CalmFields, TogetherAdmin, HistoryAdmin, admin.ModelAdmin):
    list_display = ["gap", "sector", "status", "written_by", "written_on"]
    list_filter = ["status", "gap", "sector"]
    list_select_related = ["sector", "written_by"]
    search_fields = ["text_en", "text_es"]
    readonly_fields = ["written_by", "written_on"]
    fields = ["gap", "sector", ("text_en", "text_es"), "status", "written_by", "written_on"]

    def save_model(self, request, obj, form, change):
        obj.written_by, obj.written_on = request.user, timezone.localdate()
        super().save_model(request, obj, form, change)
