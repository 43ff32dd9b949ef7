"""Imports in the admin: a list of runs, and pages of their own to upload, preview, apply and undo."""

from django.contrib import admin
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from imports import lists, views
from imports.models import ImportRun


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):
    """A coordinator sees their own imports; somebody else's is not found."""

    list_display = [
        "name",
        "shown_state",
        "kind",
        "person",
        "created_at",
        "applied_at",
        "undone_at",
    ]
    list_filter = ["state"]
    list_select_related = ["by"]
    search_fields = ["name", "by__email", "by__first_name", "by__last_name"]
    actions = None

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, run):
        return capfirst(run.get_state_display())

    @admin.display(description=gettext_lazy("kind of file"), ordering="source")
    def kind(self, run):
        return views.kind_of_file(run)

    @admin.display(description=gettext_lazy("by"), ordering="by__email")
    def person(self, run):
        return run.by and run.by.called

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def get_object(self, request, object_id, from_field=None):
        """Not found, as on the run's other pages, instead of Django's way home."""
        return views.run_or_404(request, object_id if object_id.isdecimal() else 0)

    def has_delete_permission(self, request, obj=None):
        return False  # what was changed by whom stays on record

    def get_urls(self):
        pages = [
            ("workbook.xlsx", views.workbook, "workbook"),
            ("<slug:table>.csv", views.table_csv, "table_csv"),
            ("<int:pk>/read/", views.read, "read"),
            ("<int:pk>/spare/", views.spare, "spare"),
            ("<int:pk>/apply/", views.apply, "apply"),
            ("<int:pk>/undo/", views.undo, "undo"),
            ("<int:pk>/file/", views.file, "file"),
            ("<int:pk>/rejected.xlsx", views.rejected, "rejected"),
        ]
        return [
            path(route, self._staff(view), name=f"imports_importrun_{name}")
            for route, view, name in pages
        ] + super().get_urls()

    def _staff(self, view):
        return self.admin_site.admin_view(views.may_upload(view))

    def add_view(self, request, form_url="", extra_context=None):
        return views.may_upload(views.upload)(request, self._context(request))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        run = self.get_object(request, object_id)
        return views.may_upload(views.show)(request, run, self._context(request))

    def _context(self, request):
        return self.admin_site.each_context(request) | {
            "opts": self.opts,
            "has_view_permission": True,
        }


lists.add_buttons()
