"""Whose row is it? The admin asks `editable_by` and `may_edit` here, for every door at once.

Everybody who signs in sees all rows; a coordinator changes only their own. The pages, the inlines, the
deletions and the actions ask `OwnedAdmin`; what a form would save asks `OwnedForm`, so that no forged
field takes a row from somebody or gives one away.
"""

from functools import wraps

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.together import TogetherAdmin, TogetherForm
from programs.models import may_edit

NOT_YOURS = _("You can only save what belongs to your own districts and institutions.")


def is_own(request, row):
    """Whether the row is the user's to change, as the database has it; asked once in a request."""
    known = request.__dict__.setdefault("own_rows", {})
    key = (row._meta.label, row.pk)
    if key not in known:
        own = type(row)._default_manager.editable_by(request.user)
        known[key] = own.filter(pk=row.pk).exists()
    return known[key]


class Mine(admin.SimpleListFilter):
    """A coordinator's list begins with their own rows; the others are a click away."""

    title = _("owner")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        mine = (("mine", _("Mine")), ("all", _("All")))
        return mine if request.user.is_coordinator else ()

    def choices(self, changelist):
        # Without Django's own "All", which would be the empty choice.
        choices = super().choices(changelist)
        next(choices)
        yield from choices

    def value(self):
        return "all" if super().value() == "all" else "mine"

    def queryset(self, request, queryset):
        return queryset.editable_by(request.user) if self.value() == "mine" else queryset


class OwnedForm(TogetherForm):
    """Choices are the user's own where a row has one owner; what is saved must be the user's."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.admin.own_choices:
            if name in self.fields:
                self._limit(self.fields[name], getattr(self.instance, f"{name}_id"))

    def _limit(self, field, now):
        rows = field.queryset
        own = rows.model._default_manager.editable_by(self.user)
        field.queryset = rows.filter(Q(pk__in=own.order_by().values("pk")) | Q(pk=now))

    def _post_clean(self):
        super()._post_clean()
        if not self.errors and not may_edit(self.user, self.instance):
            self.add_error(None, gettext(NOT_YOURS))


def own_rows_only(action):
    """The action with those of the chosen rows that the user may change; it says how many it leaves."""

    @wraps(action)
    def limited(modeladmin, request, queryset):
        own = queryset.model._default_manager.editable_by(request.user)
        rows = queryset.filter(pk__in=own.order_by().values("pk"))
        found, left = rows.count(), queryset.count() - rows.count()
        if left:
            told = ngettext(
                "%(count)s row is not yours and stays as it was.",
                "%(count)s rows are not yours and stay as they were.",
                left,
            )
            modeladmin.message_user(request, told % {"count": left}, messages.WARNING)
        return action(modeladmin, request, rows) if found else None

    return limited


class OwnedAdmin(TogetherAdmin, admin.ModelAdmin):
    """`own_choices`: foreign keys that a coordinator fills with their own rows alone.
    `kept_by_region`: columns that only administrators change. `reading`: actions that change nothing."""

    form = OwnedForm
    own_choices = ()
    kept_by_region = ()
    reading = ()

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may(request, obj)

    @staticmethod
    def _may(request, row):
        return row is None or row.pk is None or is_own(request, row)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_administrator else [*fields, *self.kept_by_region]

    def get_list_filter(self, request):
        return [Mine, *super().get_list_filter(request)]

    def get_changelist_instance(self, request):
        """`elsewhere`: the same search in everybody's rows, where it is asked of one's own alone."""
        page = super().get_changelist_instance(request)
        if (
            request.user.is_coordinator
            and page.query
            and page.params.get(Mine.parameter_name) != "all"
        ):
            page.elsewhere = page.get_query_string({Mine.parameter_name: "all"})
        return page

    def get_actions(self, request):
        return {
            name: (action if name in self.reading else own_rows_only(action), *words)
            for name, (action, *words) in super().get_actions(request).items()
        }

    def get_search_results(self, request, queryset, search_term):
        if request.resolver_match.url_name == "autocomplete" and self._fills_own(request):
            queryset = queryset.editable_by(request.user)
        return super().get_search_results(request, queryset, search_term)

    def _fills_own(self, request):
        """Whether the autocomplete is for a field that takes only the user's own rows."""
        try:
            model = apps.get_model(request.GET["app_label"], request.GET["model_name"])
        except (KeyError, LookupError, ValueError) as error:
            raise PermissionDenied from error
        source = self.admin_site._registry.get(model)
        return request.GET.get("field_name") in getattr(source, "own_choices", ())


class OwnedInline:
    """Parts of a row: whoever may change the row may change them."""

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and OwnedAdmin._may(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and OwnedAdmin._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and OwnedAdmin._may(request, obj)
