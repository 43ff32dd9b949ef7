"""What all admin pages of programs share: whose rows, two editors, history, and words of help."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.fields import CalmFields, NamedFormSet
from accounts.history import HistoryAdmin
from accounts.looking import LooksWithoutLock
from programs import actions
from programs.admin.ownership import OwnedAdmin, OwnedInline
from programs.admin.tasks import WithTasks
from programs.admin.together import TogetherAdmin
from programs.admin.words import Helped
from programs.models import FormerSlug


@admin.action(description=_("Still right: mark as verified today"), permissions=["change"])
def verify(modeladmin, request, queryset):
    count = actions.verify(queryset, by=request.user)
    done = ngettext("%(count)s row verified.", "%(count)s rows verified.", count)
    modeladmin.message_user(request, done % {"count": count}, messages.SUCCESS)


class WorkshopAdmin(LooksWithoutLock, Helped, CalmFields, TogetherAdmin, HistoryAdmin, OwnedAdmin):
    """A page of the workshop."""

    def history_names(self, row):
        former = getattr(row, "former_slugs", FormerSlug.objects.none())
        return [*super().history_names(row), *former.values_list("slug", flat=True)]


class SourcedAdmin(WithTasks, WorkshopAdmin):
    """Rows with a source; who writes a verification date is who verified."""

    actions = [verify]
    readonly_fields = ["slug", "verified_by"]

    def save_model(self, request, obj, form, change):
        if "verified_on" in form.changed_data:
            obj.verified_by = request.user if obj.verified_on else None
        super().save_model(request, obj, form, change)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_verify"
        view = self.admin_site.admin_view(require_POST(self.verify_view))
        return [path("<int:pk>/verify/", view, name=name), *super().get_urls()]

    @transaction.atomic
    def verify_view(self, request, pk):
        """ "Still right": one row, by its button."""
        row = get_object_or_404(self.model, pk=pk)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        actions.verify([row], by=request.user)
        self.message_user(request, gettext("Verified today: %s") % row, messages.SUCCESS)
        return redirect(reverse(f"admin:programs_{self.opts.model_name}_change", args=[pk]))


class PartInline(Helped, CalmFields, OwnedInline, admin.TabularInline):
    """Parts of a row, a line each."""

    formset = NamedFormSet
    extra = 0
