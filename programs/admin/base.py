"""What all admin pages of programs share."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs import actions


@admin.action(description=_("Still right: mark as verified today"), permissions=["change"])
def verify(modeladmin, request, queryset):
    actions.verify(queryset, by=request.user)


class SourcedAdmin(admin.ModelAdmin):
    """Rows with a source; who writes a verification date is who verified."""

    actions = [verify]
    readonly_fields = ["slug", "verified_by"]

    def save_model(self, request, obj, form, change):
        if "verified_on" in form.changed_data:
            obj.verified_by = request.user if obj.verified_on else None
        super().save_model(request, obj, form, change)
