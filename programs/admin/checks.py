"""Web addresses that were visited, what was found, and the rows that use them."""

import time
from collections import defaultdict
from functools import partial

from django.contrib import admin, messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs import linkcheck, visits, worklist
from programs.admin.tasks import WithTasks
from programs.models import Award, Course, LinkCheck, Program, ProgramLink
from programs.models.addresses import holders

AT_ONCE = 10  # addresses that a click may visit
SECONDS = 15  # for all of them together; a page must answer


@admin.register(LinkCheck)
class LinkCheckAdmin(WithTasks, admin.ModelAdmin):
    """Nothing is typed here: an address is mended in the row that uses it."""

    list_display = ["address", "used_by", "outcome", "why", "since_day"]
    list_display_links = None
    list_filter = ["outcome"]
    search_fields = ["url"]
    list_per_page = 50
    actions = ["check_again"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_check_permission(self, request):
        return worklist.keeps_rows(request.user)

    def get_changelist_instance(self, request):
        page = super().get_changelist_instance(request)
        users = rows_with([check.url for check in page.result_list])
        for check in page.result_list:
            check.rows = users[check.url]
        return page

    @admin.display(description=_("address"), ordering="url")
    def address(self, check):
        return format_html(
            '<a class="outward" href="{}" rel="noreferrer">{}</a>', check.url, check.url
        )

    @admin.display(description=_("used by"))
    def used_by(self, check):
        return format_html_join("; ", '<a class="alike" href="{}">{}</a>', check.rows)

    @admin.display(description=_("reason"), ordering="reason")
    def why(self, check):
        return check.why

    @admin.display(description=_("so since"), ordering="since")
    def since_day(self, check):
        return timezone.localdate(check.since).isoformat()

    @admin.action(description=_("Visit again now"), permissions=["check"])
    def check_again(self, request, queryset):
        own = queryset.editable_by(request.user).values_list("url", flat=True)[:AT_ONCE]
        get = partial(visits.get, timeout=5)
        done = linkcheck.check(list(own), get=get, until=time.monotonic() + SECONDS)
        for check in done:
            text = f"{check.url}: {check.get_outcome_display()}. {check.why}"
            self.message_user(request, text, messages.INFO)
        if queryset.count() > len(done):
            told = gettext(
                "Visited at once: %(count)s. The others follow when the command next runs."
            )
            self.message_user(request, told % {"count": len(done)}, messages.WARNING)


def rows_with(urls):
    """{url: [(address in the admin, name)]}, whatever the column; courses and awards by their program."""
    found = defaultdict(dict)
    for rows, columns in holders():
        for column in columns:
            for row in _with_names(rows.filter(**{f"{column}__in": urls})):
                shown = row.program if isinstance(row, Course | Award) else row
                edit = f"admin:programs_{shown._meta.model_name}_change"
                found[getattr(row, column)][reverse(edit, args=[shown.pk])] = str(shown)
    return defaultdict(list, {url: list(rows.items()) for url, rows in found.items()})


def _with_names(rows):
    """With what the name of a row is made of."""
    if rows.model is ProgramLink:
        return rows.with_ends()
    named = {
        Program: "institution", Course: "program__institution", Award: "program__institution",
    }  # fmt: skip
    return rows.select_related(named[rows.model]) if rows.model in named else rows
