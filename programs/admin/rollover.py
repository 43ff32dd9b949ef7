"""The sheet of a school's new year: what goes on, what ends. Plain radio buttons, one button at the end."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import RegexValidator
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs import rollover
from programs.models import Institution, Program

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
is_year = RegexValidator(
    r"^\d{4}(-\d{2}){0,2}$", gettext_lazy("A year, a school year or a day, such as 2026-27.")
)


class RolloverForm(forms.Form):
    """A choice for each program and each agreement of a sheet."""

    def __init__(self, *args, sheet, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet, self.year = sheet, year
        for program in sheet.programs:
            first = (
                rollover.GOES_ON if program.status == Program.Status.PUBLISHED else rollover.LATER
            )
            self.fields[f"program_{program.pk}"] = choice(PROGRAM_CHOICES, program, first)
        for link in sheet.links:
            self.fields[f"link_{link.pk}"] = choice(LINK_CHOICES, link, rollover.LATER)
            self.fields[f"until_{link.pk}"] = forms.CharField(
                label=_("Last year of: %s") % link, initial=year, max_length=10, required=False,
                validators=[is_year], widget=forms.TextInput(attrs={"size": 10}),
            )  # fmt: skip

    def programs(self):
        """[(program, its radio buttons)]"""
        return [(program, self[f"program_{program.pk}"]) for program in self.sheet.programs]

    def links(self):
        """[(link, its radio buttons, the field of its last year)]"""
        return [
            (link, self[f"link_{link.pk}"], self[f"until_{link.pk}"]) for link in self.sheet.links
        ]

    def choices(self):
        """What `rollover.roll_over` takes."""
        data = self.cleaned_data
        programs = {program.pk: data[f"program_{program.pk}"] for program in self.sheet.programs}
        links = {
            link.pk: (data[f"link_{link.pk}"], data[f"until_{link.pk}"] or self.year)
            for link in self.sheet.links
        }
        return programs, links


def choice(choices, row, first):
    return forms.ChoiceField(
        choices=choices, initial=first, label=str(row), widget=forms.RadioSelect
    )


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
        year = rollover.school_year()
        form = RolloverForm(request.POST or None, sheet=rollover.sheet(institution), year=year)
        outcome = None
        if request.method == "POST" and form.is_valid():
            outcome = rollover.roll_over(institution, *form.choices(), year=year, by=request.user)
            self.message_user(request, _("The new school year is saved."), messages.SUCCESS)
        context = {
            **self.admin_site.each_context(request),
            "title": _("New school year %(year)s: %(school)s")
            % {"year": year, "school": institution},
            "opts": self.opts,
            "original": institution,
            "form": form,
            "outcome": outcome,
            "year": year,
        }
        return TemplateResponse(request, "admin/programs/institution/rollover.html", context)
