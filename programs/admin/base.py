"""What all admin pages of programs share: whose rows, two editors, history, and words of help."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import CalmFields, NamedFormSet
from accounts.history import HistoryAdmin
from programs import actions
from programs.admin.ownership import OwnedAdmin, OwnedInline
from programs.admin.tasks import WithTasks
from programs.admin.words import Helped
from programs.models import FormerSlug, Institution
from programs.rollover import school_year
from reference.models import Release


@admin.action(description=_("Still right: mark as verified today"), permissions=["change"])
def verify(modeladmin, request, queryset):
    count = actions.verify(queryset, by=request.user)
    done = ngettext("%(count)s row verified.", "%(count)s rows verified.", count)
    modeladmin.message_user(request, done % {"count": count}, messages.SUCCESS)


@admin.display(description=_("title"), ordering="title_en")
def title(row):
    """In the language of the reader."""
    return row.title


@admin.display(description=_("verified on"), ordering="verified_on")
def verified_on(row):
    """Short, and as the date of its source beside it is written."""
    return row.verified_on and row.verified_on.isoformat()


def is_of_the_workshop(address):
    return address.startswith(reverse("admin:index")) and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None
    )


class WorkshopAdmin(Helped, CalmFields, HistoryAdmin, OwnedAdmin):
    """A page of the workshop."""

    def history_names(self, row):
        former = getattr(row, "former_slugs", FormerSlug.objects.none())
        return [*super().history_names(row), *former.values_list("slug", flat=True)]

    def response_post_save_change(self, request, obj):
        """Whoever came from a page of the workshop to change this goes back to it."""
        came_from = request.GET.get("next", "")
        if is_of_the_workshop(came_from):
            return redirect(came_from)
        return super().response_post_save_change(request, obj)


class SourcedAdmin(WithTasks, WorkshopAdmin):
    """Rows with a source; who writes a verification date is who verified."""

    actions = [verify]
    readonly_fields = ["slug", "verified_by"]

    def save_model(self, request, obj, form, change):
        if "verified_on" in form.changed_data:
            obj.verified_by = request.user if obj.verified_on else None
        super().save_model(request, obj, form, change)

    def get_changeform_initial_data(self, request):
        """Who adds a row vouches for it, this school year, and for the one school that is theirs."""
        preset = {"release": Release.own().pk, "as_of": school_year()}
        own = Institution.objects.active().editable_by(request.user)[:2]
        if len(own) == 1:
            preset[self.place_of(own[0])] = own[0].pk
        return preset | super().get_changeform_initial_data(request)

    def place_of(self, institution):
        """The field that names it."""
        return "institution"

    def response_change(self, request, obj):
        if "_verify" not in request.POST:
            return super().response_change(request, obj)
        actions.verify([obj], by=request.user)
        told = gettext("Saved, and verified today: %(row)s") % {"row": obj}
        self.message_user(request, told, messages.SUCCESS)
        return self.response_post_save_change(request, obj)


class PartInline(Helped, CalmFields, OwnedInline, admin.TabularInline):
    """Parts of a row, a line each."""

    formset = NamedFormSet
    extra = 0
