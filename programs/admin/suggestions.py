"""What readers of the public pages have written, for whoever keeps what it is about."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from programs import actions
from programs.admin.base import WorkshopAdmin
from programs.admin.tasks import WithTasks
from programs.models import Suggestion

Status = Suggestion.Status
BUTTONS = {
    "_done": (Status.DONE, _("Marked as done.")),
    "_dismiss": (Status.DISMISSED, _("Dismissed.")),
    "_again": (Status.NEW, _("Open again.")),
}


class Waiting(admin.SimpleListFilter):
    """The list begins with what nobody has looked after yet."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [*Status.choices, ("all", _("All"))]

    def choices(self, changelist):
        choices = super().choices(changelist)
        next(choices)  # Django's own "All" would be the empty choice
        yield from choices

    def value(self):
        return super().value() or Status.NEW.value

    def queryset(self, request, queryset):
        return queryset if self.value() == "all" else queryset.filter(status=self.value())


@admin.register(Suggestion)
class SuggestionAdmin(WithTasks, WorkshopAdmin):
    """A coordinator's list begins with their own, like every list; each is settled by who keeps its page."""

    actions = ["done", "dismiss"]
    list_display = ["words", "topic", "about", "days_waiting", "status"]
    list_display_links = ["words"]
    list_filter = [Waiting, "topic"]
    list_select_related = ["program__institution", "institution", "handled_by"]
    search_fields = ["text", "page", "program__title_en", "institution__name"]
    ordering = ["sent_on", "pk"]
    fields = [
        "topic", "said", "public_page", "edit", "days_waiting", "status", "handled", "answer",
    ]  # fmt: skip
    readonly_fields = ["topic", "said", "public_page", "edit", "days_waiting", "status", "handled"]

    class Media:
        css = {"all": ["css/suggested.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.list_select_related)

    def has_add_permission(self, request):
        return False

    # --- Columns --------------------------------------------------------------------------------

    @admin.display(description=_("text"))
    def words(self, suggestion):
        return Truncator(suggestion.text).chars(120)

    @admin.display(description=_("text"))
    def said(self, suggestion):
        return format_html('<p class="said" lang="{}">{}</p>', suggestion.language, suggestion.text)

    @admin.display(description=_("about"), ordering="page")
    def about(self, suggestion):
        name = suggestion.program or suggestion.institution
        return format_html('<a href="{}">{}</a>', suggestion.page, name or suggestion.page)

    @admin.display(description=_("public page"))
    def public_page(self, suggestion):
        return format_html('<a href="{0}">{0}</a>', suggestion.page)

    @admin.display(description=_("to edit"))
    def edit(self, suggestion):
        for name in suggestion.owners:
            if row := getattr(suggestion, name):
                address = reverse(f"admin:programs_{name}_change", args=[row.pk])
                here = reverse("admin:programs_suggestion_change", args=[suggestion.pk])
                return format_html('<a href="{}?next={}">{}</a>', address, here, row)
        return gettext("This page belongs to no school or college.")

    @admin.display(description=_("waiting"), ordering="sent_on")
    def days_waiting(self, suggestion):
        days = ((suggestion.handled_on or timezone.localdate()) - suggestion.sent_on).days
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}

    @admin.display(description=_("handled"))
    def handled(self, suggestion):
        if not suggestion.handled_on:
            return "–"
        by = suggestion.handled_by.called if suggestion.handled_by else gettext("Somebody")
        return gettext("%(day)s by %(who)s") % {"day": suggestion.handled_on, "who": by}

    # --- Settling -------------------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        if button := _pressed(request):
            status, _told = button
            actions.settle([obj], status, by=request.user)
        else:  # a note alone does not make it one's own
            super().save_model(request, obj, form, change)

    def response_change(self, request, obj):
        if not (button := _pressed(request)):
            return super().response_change(request, obj)
        _status, told = button
        self.message_user(request, told, messages.SUCCESS)
        return self.response_post_save_change(request, obj)

    @admin.action(description=_("Done: it has been put right"), permissions=["change"])
    def done(self, request, queryset):
        self._settle(request, queryset, Status.DONE)

    @admin.action(description=_("Dismiss: nothing needs to change"), permissions=["change"])
    def dismiss(self, request, queryset):
        self._settle(request, queryset, Status.DISMISSED)

    def _settle(self, request, queryset, status):
        count = actions.settle(queryset.exclude(status=status), status, by=request.user)
        done = ngettext("%(count)s suggestion settled.", "%(count)s suggestions settled.", count)
        self.message_user(request, done % {"count": count}, messages.SUCCESS)


def _pressed(request):
    """(status, what is told then) of a button that settles, or None."""
    return next((button for name, button in BUTTONS.items() if name in request.POST), None)
