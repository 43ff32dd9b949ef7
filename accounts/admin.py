"""People in the admin: administrators invite them here, and nobody sets a password for somebody else."""

import allauth.account.admin  # these register tables that we show to nobody
import allauth.mfa.admin
import allauth.socialaccount.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401
import django_tasks_db.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks_db.models import DBTaskResult

from accounts import audit, keepers, links, mail
from accounts.adapters import SECOND_FACTORS
from accounts.history import HistoryAdmin
from accounts.models import User
from accounts.together import TogetherAdmin, TogetherForm

for table in (
    EmailAddress,
    Authenticator,
    SocialAccount,
    SocialApp,
    SocialToken,
    Group,
    DBTaskResult,
):
    if admin.site.is_registered(table):
        admin.site.unregister(table)

ROLES = gettext_lazy(
    "An administrator may do everything and lets people in. A coordinator sees all and edits what belongs to "
    "the districts and institutions assigned below. A planner sees all and writes recommendations. A reader "
    "sees all and edits nothing."
)


class UserForm(TogetherForm):
    """Keeps the last administrator, and everybody from shutting themselves out."""

    def clean(self):
        cleaned = super().clean()
        before = User.objects.filter(pk=self.instance.pk).first()
        stays = cleaned.get("is_active", True) and cleaned.get("role") == getattr(
            before, "role", ""
        )
        if before and not stays and (reason := keepers.why_not(self.user, before)):
            raise forms.ValidationError(reason)
        return cleaned


@admin.register(User)
class UserAdmin(TogetherAdmin, HistoryAdmin, admin.ModelAdmin):
    """`inlines` has the assignments, which the apps above this one know."""

    form = UserForm
    ordering = ["email"]
    list_display = ["email", "name", "role", "state", "has_second_factor"]
    list_filter = ["role", "is_active"]
    search_fields = ["email", "first_name", "last_name"]
    actions = ["send_link", "remove_second_factor"]
    readonly_fields = ["state"]
    fieldsets = [
        (None, {"fields": ["email", ("first_name", "last_name"), "language", "wants_mail"]}),
        (
            gettext_lazy("Permissions"),
            {"fields": ["role", "is_active", "state"], "description": ROLES},
        ),
    ]

    def get_queryset(self, request):
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
        return super().get_queryset(request).annotate(has_factor=Exists(factors))

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def name(self, user):
        return user.get_full_name()

    @admin.display(description=gettext_lazy("state"), ordering="last_login")
    def state(self, user):
        if not user.pk:
            return _("gets an invitation when you save")
        if not user.is_active:
            return _("closed")
        if not user.last_login:
            return _("invited, has not signed in yet")
        return _("last signed in on %s") % date_format(localtime(user.last_login), "DATE_FORMAT")

    @admin.display(description=gettext_lazy("second factor"), ordering="has_factor")
    def has_second_factor(self, user):
        return _("yes") if user.has_factor else "–"

    def get_fieldsets(self, request, obj=None):
        if obj:
            return self.fieldsets
        return [(title, options | {"fields": _without(options["fields"], "is_active")})
                for title, options in self.fieldsets]  # fmt: skip

    def get_actions(self, request):
        """People go one by one, so that it can be said why somebody stays."""
        return {k: v for k, v in super().get_actions(request).items() if k != "delete_selected"}

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not keepers.why_not(request.user, obj))

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        """The mail waits until the account is in the database, and keeps no one from writing there."""
        transaction.on_commit(lambda: self._send(request, obj))
        return super().response_add(request, obj, post_url_continue)

    @admin.action(description=gettext_lazy("Send a link to choose a password (a new invitation)"))
    def send_link(self, request, queryset):
        for user in queryset.filter(is_active=True):
            self._send(request, user)

    def _send(self, request, user):
        if mail.send_link(user, by=request.user):
            messages.success(request, _("A mail with a link is on its way to %s.") % user.email)
            return
        text = _(
            "No mail was sent. Please hand this link to {email} yourself; "
            "it works once, for {days} days: {link}"
        )
        code = format_html("<code>{}</code>", links.link(user))
        told = format_html(text, email=user.email, days=links.days(user), link=code)
        messages.warning(request, told)

    @admin.action(description=gettext_lazy("Remove the second factor (a lost phone)"))
    def remove_second_factor(self, request, queryset):
        users = list(queryset)
        Authenticator.objects.filter(user__in=users).delete()
        for user in users:
            audit.note("second factor removed", request, of=user.pk)
        text = ngettext("%(count)s person", "%(count)s people", len(users)) % {"count": len(users)}
        messages.success(request, _("The second factor was removed for %s.") % text)


def _without(fields, name):
    return [field for field in fields if field != name]
