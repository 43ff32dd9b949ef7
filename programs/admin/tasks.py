"""Lists that open from the work list: the action that settles the task first, and a button per row."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from programs import actions, duplicates
from programs.admin.filters import TaskFilter, task_of
from programs.models import Program

STILL_RIGHT = "still_right"  # the button of one row: its name in the form, the row's key its value


class WithTasks:
    """For the admin of a model that tasks are about."""

    class Media:
        css = {"all": ["css/worklist.css"]}

    def get_list_filter(self, request):
        return [TaskFilter, *super().get_list_filter(request)]

    def get_list_display(self, request):
        """The button or the likeness stands second, where it is seen without scrolling."""
        first, *others = super().get_list_display(request)
        column = COLUMNS.get(self._first_action(request))
        return [first, *filter(None, [column]), *others]

    def get_ordering(self, request):
        """Those that look alike stand together."""
        alike = self._first_action(request) == "not_the_same"
        return (
            ["institution__name", "institution", "title_en"]
            if alike
            else super().get_ordering(request)
        )

    def get_actions(self, request):
        """The actions of the model, and what only this task's list offers."""
        own = (
            ACTIONS.get(self._first_action(request))
            if self.has_change_permission(request)
            else None
        )
        offered = {own.__name__: (own, own.__name__, own.short_description)} if own else {}
        return offered | super().get_actions(request)

    def get_action_choices(self, request, *args, **kwargs):
        """Opened from the work list, the action that settles it is already chosen."""
        choices = super().get_action_choices(request, *args, **kwargs)
        first = [
            choice for choice in choices if choice[0] and choice[0] == self._first_action(request)
        ]
        others = [choice for choice in choices if choice[0] and choice not in first]
        return first + others if first else choices

    def get_changelist_instance(self, request):
        page = super().get_changelist_instance(request)
        task = task_of(request, self.model)
        page.is_done = task and not page.result_count and not task.rows(request.user).exists()
        if self._first_action(request) == "not_the_same":
            _attach_look_alikes(page.result_list)
        return page

    def changelist_view(self, request, extra_context=None):
        if request.method == "POST" and STILL_RIGHT in request.POST:
            return self._one_is_right(request, request.POST[STILL_RIGHT])
        task = task_of(request, self.model)
        title = {"title": task.label} if task else {}
        return super().changelist_view(request, title | (extra_context or {}))

    def _first_action(self, request):
        task = task_of(request, self.model)
        return task.first_action if task else ""

    def _one_is_right(self, request, pk):
        rows = self.model._default_manager.editable_by(request.user)
        row = rows.filter(pk=pk).first() if pk.isdecimal() else None
        if row is None or not self.has_change_permission(request, row):
            self.message_user(request, gettext("That row is not yours to verify."), messages.ERROR)
        else:
            actions.verify([row], by=request.user)
            text = gettext("Verified today: %(row)s") % {"row": row}
            self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())


def _attach_look_alikes(programs):
    alike = duplicates.partners([program.pk for program in programs])
    others = Program.objects.select_related("institution").in_bulk(set().union(*alike.values()))
    for program in programs:
        program.alike = [others[pk] for pk in sorted(alike[program.pk]) if pk in others]


@admin.display(description=_("still right?"))
def one_click(row):
    """A button of the list's own form: works without a script."""
    return format_html(
        '<button class="still-right" name="{}" value="{}" aria-label="{}">{}</button>',
        STILL_RIGHT, row.pk, gettext("Still right: %(row)s") % {"row": row}, gettext("Still right"),
    )  # fmt: skip


@admin.display(description=_("looks like"))
def look_alikes(program):
    edit = "admin:programs_program_change"
    links = [(reverse(edit, args=[other.pk]), other.title) for other in program.alike]
    return format_html_join(", ", '<a class="alike" href="{}">{}</a>', links)


@admin.action(description=_("Not the same program: do not ask again"))
def not_the_same(modeladmin, request, queryset):
    count = actions.not_the_same(queryset.editable_by(request.user), by=request.user)
    done = ngettext(
        "%(count)s pair will not be asked about again.",
        "%(count)s pairs will not be asked about again.",
        count,
    )
    modeladmin.message_user(request, done % {"count": count}, messages.SUCCESS)


@admin.action(description=_("The Spanish still fits"))
def spanish_fits(modeladmin, request, queryset):
    count = actions.spanish_fits(queryset.editable_by(request.user), by=request.user)
    done = ngettext("Noted for %(count)s program.", "Noted for %(count)s programs.", count)
    modeladmin.message_user(request, done % {"count": count}, messages.SUCCESS)


ACTIONS = {"not_the_same": not_the_same, "spanish_fits": spanish_fits}
COLUMNS = {"verify": one_click, "not_the_same": look_alikes}
