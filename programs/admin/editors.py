"""Which districts and institutions a coordinator has: on the page of the person."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin import UserAdmin
from programs import models


class AssignmentInline(admin.TabularInline):
    model = models.InstitutionEditor
    fields = ["district", "institution"]
    autocomplete_fields = ["district", "institution"]
    extra = 0
    verbose_name_plural = _("assignments: what a coordinator edits")


UserAdmin.inlines = [AssignmentInline]
UserAdmin.history_parts = [(models.InstitutionEditor, "user")]
