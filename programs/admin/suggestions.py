"""What readers of the public pages have written."""

from django.contrib import admin

from programs.admin.tasks import WithTasks
from programs.models import Suggestion


@admin.register(Suggestion)
class SuggestionAdmin(WithTasks, admin.ModelAdmin):
    list_display = ["topic", "page", "status", "sent_on"]
    list_filter = ["status", "topic"]
    list_select_related = ["program__institution", "institution"]
    readonly_fields = ["page", "topic", "text", "language", "program", "institution", "district"]

    def has_add_permission(self, request):
        return False
