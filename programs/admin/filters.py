"""The work list as a filter of the lists: what the home counts, opened."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from programs import worklist


def task_of(request, model):
    """The task whose list this is, or None."""
    name = request.GET.get(TaskFilter.parameter_name)
    return worklist.find(model, name) if worklist.keeps_rows(request.user) else None


class TaskFilter(admin.SimpleListFilter):
    """`?task=to-verify`: the user's own rows that wait for it."""

    title = _("work list")
    parameter_name = "task"

    def lookups(self, request, model_admin):
        if not worklist.keeps_rows(request.user):
            return []
        return [(task.name, task.label) for task in worklist.tasks_of(model_admin.model)]

    def queryset(self, request, queryset):
        task = worklist.find(queryset.model, self.value())
        return task.among(queryset.editable_by(request.user)) if task else queryset
