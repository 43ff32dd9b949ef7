"""Programs, with their courses, awards, agreements and jobs, in the order of the public page."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from programs import actions, careers, models
from programs.admin.base import PartInline, SourcedAdmin, title, verified_on, verify
from programs.admin.careers import ProgramOccupationInline
from programs.admin.copying import CopyingAdmin
from programs.admin.links import courses
from programs.admin.renaming import AddressForm, RenamingAdmin
from reference.models.codes import undotted

Status = models.Program.Status
MOST_IN_ADDRESS = 500  # programs whose numbers a server still takes in an address


def _report(modeladmin, request, count):
    done = ngettext("%(count)s program changed.", "%(count)s programs changed.", count)
    modeladmin.message_user(request, done % {"count": count}, messages.SUCCESS)


@admin.action(description=_("Publish: show on the public pages"), permissions=["change"])
def publish(modeladmin, request, queryset):
    copies = [program for program in queryset if actions.is_called_a_copy(program)]
    ready = queryset.exclude(pk__in=[program.pk for program in copies])
    _report(modeladmin, request, actions.publish(ready, by=request.user))
    if copies:
        told = gettext("Not published, for the name still says that it is a copy: %(names)s")
        names = "; ".join(map(str, copies))
        modeladmin.message_user(request, told % {"names": names}, messages.WARNING)


@admin.action(description=_("Retire: keep, but take off the public pages"), permissions=["change"])
def retire(modeladmin, request, queryset):
    _report(modeladmin, request, actions.retire(queryset, by=request.user))


@admin.action(description=_("Back to draft: only staff sees it"), permissions=["change"])
def back_to_draft(modeladmin, request, queryset):
    _report(modeladmin, request, actions.back_to_draft(queryset, by=request.user))


class CourseInline(PartInline):
    model = models.Course
    fields = ["position", "sequence", "code", "title_en", "title_es", "units", "a_g"]
    ordering = ["position", "title_en"]


class AwardInline(PartInline):
    model = models.Award
    fields = ["credential", "level", "title", "units", "hours", "control_number"]


class LinkInline(PartInline):
    """The agreements on file, each with a way to its own page: they have too many columns for a line."""

    model = models.ProgramLink
    template = "admin/programs/program/links.html"
    fields = readonly_fields = ["kind", "other_end", courses, "valid_until", "page"]
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).with_ends()

    @admin.display(description=_("agreement"))
    def page(self, link):
        address = reverse("admin:programs_programlink_change", args=[link.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Open this agreement"))


class LinkOutInline(LinkInline):
    fk_name, school = "from_program", "from_institution"
    verbose_name_plural = _("Agreements and steps that go on from here")

    @admin.display(description=_("to"))
    def other_end(self, link):
        return link.destination


class LinkInInline(LinkInline):
    fk_name, school = "to_program", "to_institution"
    verbose_name_plural = _("Agreements and steps that lead here")

    @admin.display(description=_("from"))
    def other_end(self, link):
        return link.origin


class ProgramForm(AddressForm):
    class Meta:
        widgets = {
            "description_en": forms.Textarea(attrs={"rows": 4}),
            "description_es": forms.Textarea(attrs={"rows": 4}),
        }

    def _post_clean(self):
        super()._post_clean()
        if self.instance.status == Status.PUBLISHED:
            for name in ("title_en", "title_es"):
                if name in self.cleaned_data and actions.says_copy(self.cleaned_data[name]):
                    self.add_error(name, gettext("Give the copy a name of its own first."))


@admin.register(models.Program)
class ProgramAdmin(CopyingAdmin, RenamingAdmin, SourcedAdmin):
    """Fields in the order of the public page."""

    form = ProgramForm
    actions = [verify, publish, retire, back_to_draft, "jobs"]
    reading = {"jobs"}
    own_choices = ("institution",)
    makes_slug = ("title_en", "institution")
    radio_fields = {"status": admin.HORIZONTAL}
    view_on_site = False  # the page's own buttons lead there, or to the preview
    list_display = [title, "institution", "sector", "status", "as_of", verified_on]
    list_filter = ["status", "institution__segment", "sector", "institution__county"]
    list_select_related = ["institution", "sector"]
    search_fields = ["title_en", "title_es", "institution__name", "top_code__code"]
    autocomplete_fields = ["institution", "pathway", "top_code", "cip_code"]
    readonly_fields = ["ctid", "verified_by"]
    inlines = [CourseInline, AwardInline, LinkInInline, LinkOutInline, ProgramOccupationInline]
    history_parts = [
        (models.Course, "program"), (models.Award, "program"), (models.ProgramOccupation, "program"),
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["sector", ("title_en", "title_es"), "institution", "status"]}),
        (
            _("At a glance"),
            {
                "fields": [
                    ("audience", "grades"),
                    ("cost", "cost_note"),
                    "length",
                    ("delivery", "schedule", "language"),
                    ("url", "contact"),
                ]
            },
        ),
        (_("What it is"), {"fields": [("description_en", "description_es"), "pathway"]}),
        (
            _("Where this comes from"),
            {
                "fields": [
                    ("release", "source_url"),
                    ("as_of", "verified_on", "verified_by"),
                    ("top_code", "cip_code"),
                ]
            },
        ),
        (_("Address of the page"), {"fields": ["slug", "ctid"], "classes": ["collapse"]}),
    ]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, undotted(search_term))

    @admin.action(description=_("See their jobs, to confirm or hide them"))
    def jobs(self, request, queryset):
        pks = list(queryset.values_list("pk", flat=True))
        if len(pks) > MOST_IN_ADDRESS:
            text = gettext("Choose at most %(count)s programs at once.") % {
                "count": MOST_IN_ADDRESS
            }
            self.message_user(request, text, messages.WARNING)
            return None
        jobs = reverse("admin:programs_programoccupation_changelist")
        return redirect(f"{jobs}?program__in={','.join(map(str, pks))}")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change and "institution" in form.changed_data:
            actions.take_links_along(form.instance, by=request.user)
        careers.suggest(models.Program.objects.filter(pk=form.instance.pk))

    def response_add(self, request, obj, post_url_continue=None):
        return self._previewed(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self._previewed(request, obj) or super().response_change(request, obj)

    def _previewed(self, request, program):
        """ "Save and preview" leads to the page as the public will see it."""
        if "_preview" in request.POST:
            filters = self.get_preserved_filters(request)
            return redirect(
                f"{reverse('program_preview', args=[program.pk])}?{filters}".rstrip("?")
            )
        return None
