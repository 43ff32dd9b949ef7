"""The fields of the admin's forms: a name for screen readers, and few buttons."""

from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db.models import DateField, DateTimeField, URLField
from django.forms import BoundField
from django.forms.models import BaseInlineFormSet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

NO_DAY = _("Write the day as 2026-11-25, or as 11/25/2026: the month first.")


class SearchSelect(AutocompleteSelect):
    """An empty one says what to do; without a word in it, it has no name for screen readers."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-placeholder": str(_("Type to search"))}


class CalmFields:
    """For a ModelAdmin or an inline. The rows behind a choice are edited on their own pages: buttons to
    add, change and delete them beside each field would only be in the way."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, URLField):
            kwargs.setdefault("assume_scheme", "https")
        if isinstance(db_field, DateField) and not isinstance(db_field, DateTimeField):
            kwargs.setdefault("error_messages", {"invalid": NO_DAY})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class NamedCell(BoundField):
    """With its name above it: the style sheet shows it where a line is too narrow for columns."""

    def as_widget(self, *args, **kwargs):
        cell = super().as_widget(*args, **kwargs)
        return format_html(
            '<span class="cell-name" aria-hidden="true">{}</span>{}', self.label, cell
        )


class NamedFormSet(BaseInlineFormSet):
    """The cells of a line are named by their column, which only those who see the table can see."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            if field.label and not field.widget.is_hidden:
                field.widget.attrs["aria-label"] = field.label
                field.bound_field_class = NamedCell
