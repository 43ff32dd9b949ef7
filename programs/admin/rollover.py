"""The sheet of a school's new year: what goes on, what ends. Plain radio buttons; nothing is decided before a
person decides it, and nothing is saved before the person has seen what it comes to."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs import rollover
from programs.models import Institution, Program
from reference.dates import is_a_school_year_or_day

PROGRAM_CHOICES = [
    (rollover.GOES_ON, gettext_lazy("goes on unchanged")),
    (rollover.TO_EDIT, gettext_lazy("goes on, needs editing")),
    (rollover.ENDS, gettext_lazy("ends")),
    (rollover.LATER, gettext_lazy("decide later")),
]
LINK_CHOICES = [
    (rollover.GOES_ON, gettext_lazy("renewed until")),
    (rollover.ENDS, gettext_lazy("ends")),
    (rollover.LATER, gettext_lazy("decide later")),
]


class RolloverForm(forms.Form):
    """A choice for each program and each agreement of a sheet."""

    def __init__(self, *args, sheet, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet, self.year = sheet, year
        for program in sheet.programs:
            self.fields[f"program_{program.pk}"] = choice(PROGRAM_CHOICES, program)
        for link in sheet.links:
            self.fields[f"link_{link.pk}"] = choice(LINK_CHOICES, link)
            self.fields[f"until_{link.pk}"] = forms.CharField(
                label=_("Last year of: %s") % link, initial=year, max_length=10, required=False,
                validators=[is_a_school_year_or_day], widget=forms.TextInput(attrs={"size": 10}),
            )  # fmt: skip

    def programs(self):
        """[(program, its radio buttons)]"""
        return [(program, self[f"program_{program.pk}"]) for program in self.sheet.programs]

    def links(self):
        """[(link, its radio buttons, the field of its last year)]"""
        return [
            (link, self[f"link_{link.pk}"], self[f"until_{link.pk}"]) for link in self.sheet.links
        ]

    def clean(self):
        if not self.errors and self.plan().is_empty:
            raise forms.ValidationError(
                _("Nothing to save: each line still says “%(later)s”.")
                % {"later": _("decide later")}
            )

    def plan(self):
        data = self.cleaned_data
        programs = {program.pk: data[f"program_{program.pk}"] for program in self.sheet.programs}
        links = {
            link.pk: (data[f"link_{link.pk}"], data[f"until_{link.pk}"] or self.year)
            for link in self.sheet.links
        }
        return rollover.plan(self.sheet, programs, links, year=self.year)


def choice(choices, row):
    return forms.ChoiceField(
        choices=choices, initial=rollover.LATER, label=str(row), widget=forms.RadioSelect
    )


def others_go_on(sheet, sent):
    """What was sent, where each public program that nobody has decided about goes on unchanged."""
    names = [f"program_{p.pk}" for p in sheet.programs if p.status == Program.Status.PUBLISHED]
    undecided = [name for name in names if sent.get(name, rollover.LATER) == rollover.LATER]
    return sent.dict() | dict.fromkeys(undecided, rollover.GOES_ON)


class RolloverAdmin:
    """For the institutions' ModelAdmin."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.rollover_view)
        name = "programs_institution_rollover"
        return [path("<int:pk>/rollover/", view, name=name), *super().get_urls()]

    def rollover_view(self, request, pk):
        institution = get_object_or_404(Institution, pk=pk)
        if not self.has_change_permission(request, institution):
            raise PermissionDenied
        year, sheet = rollover.school_year(), rollover.sheet(institution)
        sent = request.POST or None
        if "_others" in request.POST:
            sent = others_go_on(sheet, request.POST)
        form = RolloverForm(sent, sheet=sheet, year=year)
        is_edited = "_others" in request.POST or "_back" in request.POST
        plan = form.plan() if form.is_valid() and not is_edited else None
        saved = plan is not None and "_confirmed" in request.POST
        if saved:
            rollover.roll_over(plan, year=year, by=request.user)
            self.message_user(request, _("The new school year is saved."), messages.SUCCESS)
        context = {
            **self.admin_site.each_context(request),
            "title": _("New school year %(year)s: %(school)s")
            % {"year": year, "school": institution},
            "opts": self.opts,
            "original": institution,
            "form": form,
            "plan": plan,
            "saved": saved,
            "year": year,
        }
        return TemplateResponse(request, "admin/programs/institution/rollover.html", context)
