"""The jobs that programs lead to: suggested ones, and the region's word on them."""

from django import forms
from django.contrib import admin
from django.db import transaction
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import changes
from accounts.models import Change
from programs import careers, models
from programs.admin.base import PartInline, WorkshopAdmin
from programs.admin.ownership import OwnedForm

Basis = models.ProgramOccupation.Basis
KEPT = [Basis.CONFIRMED, Basis.HIDDEN]


class ProgramOccupationForm(forms.ModelForm):
    """Who adds a job confirms it, unless they say otherwise."""

    class Meta:
        model = models.ProgramOccupation
        fields = ["program", "occupation", "basis", "rank"]
        labels = {"program": _("program"), "occupation": _("occupation"), "rank": _("rank")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["basis"].initial = Basis.CONFIRMED


class OwnOccupationForm(ProgramOccupationForm, OwnedForm):
    """The same on a page of its own."""


class WithStrength:
    """Shows what speaks for a candidate beside the region's word on it."""

    def get_queryset(self, request):
        links = super().get_queryset(request).with_strength()
        return links.select_related("occupation", "program__institution")

    @admin.display(description=_("what speaks for it"))
    def strength(self, link):
        colleges = getattr(link, "colleges", None)
        rank = getattr(link, "pathway_rank", None)
        reasons = [
            colleges
            and ngettext(
                "%(count)s college pairs its codes", "%(count)s colleges pair its codes", colleges
            )
            % {"count": colleges},
            getattr(link, "is_direct", False) and gettext("its own CIP code"),
            rank and gettext("pathway number %(rank)s of this job") % {"rank": rank},
        ]
        return "; ".join(filter(None, reasons)) or gettext("neither code nor pathway")


class ProgramOccupationInline(WithStrength, PartInline):
    """Computed candidates and the region's word on them: `confirmed` and `hidden` stay."""

    model = models.ProgramOccupation
    form = ProgramOccupationForm
    classes = ["collapse"]  # on a phone; `js/admin.js` opens it where there is room
    fields = ["occupation", "basis", "strength", "rank"]
    readonly_fields = ["strength"]
    autocomplete_fields = ["occupation"]


@admin.register(models.ProgramOccupation)
class ProgramOccupationAdmin(WithStrength, WorkshopAdmin):
    """All candidates in one list, to confirm or hide many at once. Nothing is deleted here: who takes
    their word back gets the suggestion again."""

    form = OwnOccupationForm
    own_choices = ("program",)
    fields = ["program", "occupation", "basis", "strength", "rank"]
    list_display = ["job", "of_program", "basis", "strength"]
    list_filter = [
        "basis", "program__institution__segment", "program__sector", "program__institution__county",
    ]  # fmt: skip
    search_fields = [
        "program__title_en", "program__institution__name", "occupation__title_en",
        "occupation__soc",
    ]  # fmt: skip
    autocomplete_fields = ["program", "occupation"]
    readonly_fields = ["strength"]
    actions = ["confirm", "hide", "take_back"]

    @admin.display(description=_("occupation"), ordering="occupation__title_en")
    def job(self, link):
        return link.occupation

    @admin.display(description=_("program"), ordering="program__title_en")
    def of_program(self, link):
        return link.program

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if form.changed_data:
            careers.count_change({obj.program_id, form.initial.get("program", obj.program_id)})
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Confirm: the program leads to this job"), permissions=["change"])
    def confirm(self, request, queryset):
        self._decide(request, queryset, Basis.CONFIRMED)

    @admin.action(description=_("Hide: the program does not lead there"), permissions=["change"])
    def hide(self, request, queryset):
        self._decide(request, queryset, Basis.HIDDEN)

    @admin.action(description=_("Undo: only a suggestion again"), permissions=["change"])
    @transaction.atomic
    def take_back(self, request, queryset):
        careers.take_back(self._noted(request, queryset.filter(basis__in=KEPT), None))

    @transaction.atomic
    def _decide(self, request, queryset, basis):
        careers.decide(self._noted(request, queryset.exclude(basis=basis), basis.value), basis)

    def _noted(self, request, queryset, basis):
        """The same rows by their keys, each recorded, for plain statements will write them. Without a
        basis their word is gone."""
        links = list(queryset.select_related("program", "occupation"))
        for link in links:
            before, after = changes.as_text(link), {}
            if basis:
                after = before | {"basis": basis}
            kind = Change.Kind.CHANGED if basis else Change.Kind.DELETED
            changes.record(kind, link, before, after, by=request.user)
        done = ngettext("%(count)s row changed.", "%(count)s rows changed.", len(links))
        self.message_user(request, done % {"count": len(links)})
        return models.ProgramOccupation.objects.filter(pk__in=[link.pk for link in links])
