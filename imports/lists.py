"""Import and Export on the lists of the tables that coordinators keep.

Imports stand above programs, so the lists come to us: each is registered again with the buttons.
"""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from import_export.admin import ImportExportMixin

from imports.resources import Workbook, resource_of
from imports.scope import COORDINATED
from imports.tables import BY_NAME


class Spreadsheets(ImportExportMixin):
    """Export gives the list as it is filtered, Import leads to where files are uploaded and previewed."""

    skip_export_form = True
    formats = [Workbook]

    def get_urls(self):
        """Without the library's second step: a file is applied from its preview, nowhere else."""
        return [
            url for url in super().get_urls() if not (url.name or "").endswith("_process_import")
        ]

    def has_import_permission(self, request):
        return request.user.has_perm("imports.add_importrun")

    def import_action(self, request, *args, **kwargs):
        if not self.has_import_permission(request):
            raise PermissionDenied
        return redirect("admin:imports_importrun_add")


def add_buttons():
    for name in COORDINATED:
        table = BY_NAME[name]
        if not admin.site.is_registered(table.model):
            continue
        own = type(admin.site.get_model_admin(table.model))
        admin.site.unregister(table.model)
        values = {"resource_classes": [resource_of(table)]}
        admin.site.register(table.model, type(own.__name__, (Spreadsheets, own), values))
