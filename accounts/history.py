"""The history of a row in the admin: read from the record of changes, not from Django's own log."""

from collections import defaultdict

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.changes import key_column, natural_key
from accounts.models import Change

PER_PAGE = 50
NAMED = ("title", "name", "called")  # what a row is called, the first it has
YES_NO = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no")}


class HistoryAdmin:
    """For a ModelAdmin. `history_parts`: (model, foreign key to this row) of what is part of a row, such
    as the courses of a program: their changes are told too, those of deleted ones as well."""

    history_parts = ()

    @method_decorator(require_safe)
    def history_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        found = Paginator(self.changes_of(row).select_related("by"), PER_PAGE)
        page = found.get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % row,
            "opts": self.opts,
            "object": row,
            "page": page,
            "told": tell(page, self.opts.label_lower),
        }
        return TemplateResponse(request, "admin/history.html", context | (extra_context or {}))

    def changes_of(self, row):
        """What was changed in a row and its parts, the latest first."""
        its = Q(model=self.opts.label_lower, object_id=str(row.pk))
        for model, name in self.history_parts:
            its |= Q(model=model._meta.label_lower, object_id__in=self._parts(row, model, name))
        return Change.objects.made().filter(its)

    def history_names(self, row):
        """The natural keys under which the record knows the row; a row may have had several."""
        return [natural_key(row)]

    def _parts(self, row, model, name):
        """The ids of what is a part of the row now, and of what was once."""
        now = model._base_manager.filter(**{name: row.pk}).values_list("pk", flat=True)
        once = Q(kind=Change.Kind.CHANGED, pk=None)
        for key in self.history_names(row):
            once |= Q(**{f"before__{name}": key}) | Q(**{f"after__{name}": key})
        before = Change.objects.made().filter(once, model=model._meta.label_lower)
        return {str(pk) for pk in now} | set(before.values_list("object_id", flat=True))

    # One log serves: what Django would write beside it says less.
    def log_addition(self, request, obj, message):
        return None

    def log_change(self, request, obj, message):
        return None

    def log_deletions(self, request, queryset):
        return None


def tell(changes, label=""):
    """Changes as a page tells them; what one is about is named unless it is the row itself."""
    names = _names(changes)
    return [
        {
            "change": change,
            "who": change.by,
            "what": "" if change.model == label else f"{_kind_of_row(change)}: {change.name}",
            "columns": _columns(change, names),
            "run_url": _run_url(change),
        }
        for change in changes
    ]


def _names(changes):
    """{model: {natural key: name}} of the rows that changes point at: one query for each model."""
    keys = defaultdict(set)
    for change in changes:
        model = _model(change)
        for name, *texts in change.columns:
            field = _field(model, name)
            if field and field.is_relation:
                keys[field.related_model].update(filter(None, texts))
    return {
        model: {
            natural_key(row): _name(row)
            for row in model._base_manager.filter(**{f"{key_column(model)}__in": texts})
        }
        for model, texts in keys.items()
    }


def _name(row):
    return next((str(getattr(row, name)) for name in NAMED if hasattr(row, name)), str(row))


def _columns(change, names):
    """[(label, before, after)] of a change in the words of the reader."""
    model = _model(change)
    return [
        (_label(model, name), *(_words(model, name, text, names) for text in texts))
        for name, *texts in change.columns
    ]


def _model(change):
    try:
        return apps.get_model(change.model)
    except (LookupError, ValueError):  # a kind of row that is no more
        return None


def _kind_of_row(change):
    model = _model(change)
    return capfirst(model._meta.verbose_name) if model else change.model


def _label(model, name):
    field = _field(model, name)
    return capfirst(field.verbose_name) if field else name


def _words(model, name, text, names):
    """A choice by its label, a row by its name, yes and no in the reader's language, all else as it is."""
    field = _field(model, name)
    choices = dict(field.flatchoices) if field else {}
    if field and field.is_relation:
        choices = names[field.related_model]
    if field and field.get_internal_type() == "BooleanField":
        choices = YES_NO
    return str(choices.get(text, text))


def _field(model, name):
    try:
        return model and model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _run_url(change):
    try:
        return change.run and reverse("admin:imports_importrun_change", args=[change.run])
    except NoReverseMatch:
        return None
