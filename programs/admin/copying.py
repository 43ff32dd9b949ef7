"""The page that copies a program: to the same school or college, or to another one of the user's."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from programs import actions
from programs.models import Institution, Program


class CopyForm(forms.Form):
    institution = forms.ModelChoiceField(queryset=Institution.objects.none())

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["institution"]
        field.label = _("Copy to")
        field.queryset = Institution.objects.active().editable_by(user)


class CopyingAdmin:
    def get_urls(self):
        view = self.admin_site.admin_view(self.copy_view)
        return [path("<int:pk>/copy/", view, name="programs_program_copy"), *super().get_urls()]

    def copy_view(self, request, pk):
        program = get_object_or_404(Program.objects.with_place(), pk=pk)
        if not (self.has_add_permission(request) and self.has_view_permission(request, program)):
            raise PermissionDenied
        form = CopyForm(
            request.POST or None, user=request.user, initial={"institution": program.institution_id}
        )
        if request.method == "POST" and form.is_valid():
            twin = actions.copy(program, to=form.cleaned_data["institution"], by=request.user)
            self.message_user(
                request, _("A draft was made. Change what differs."), messages.SUCCESS
            )
            return redirect("admin:programs_program_change", twin.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Copy: %s") % program,
            "opts": self.opts,
            "original": program,
            "form": form,
        }
        return TemplateResponse(request, "admin/programs/program/copy.html", context)
