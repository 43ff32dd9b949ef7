"""The address of a page in its form: it may change, and the former one leads to the new."""

import re

from django import forms
from django.utils.translation import gettext as _

from programs import actions
from programs.admin.ownership import OwnedForm


class AddressForm(OwnedForm):
    """An empty address is made from the title. Nobody gets the former address of another page."""

    is_emptied = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self):
        self.is_emptied = not self.cleaned_data["slug"]
        slug = self.cleaned_data["slug"] or self.instance.slug  # a page in error still needs one
        other = actions.taken_by_former(self.instance, slug) if slug else None
        if other:
            told = _("This address once led to “%(page)s” and still takes its readers there.")
            raise forms.ValidationError(told % {"page": other})
        return slug


def is_made(row):
    """Whether the address was made from the words of the row as it is stored, and not chosen."""
    stored = type(row)._base_manager.get(pk=row.pk)
    return re.fullmatch(rf"{re.escape(stored.make_slug())}(-\d+)?", stored.slug)


class RenamingAdmin:
    makes_slug = ()  # the columns that an address is made of

    def save_model(self, request, obj, form, change):
        former, changed = form.initial.get("slug"), set(form.changed_data)
        is_new = change and not actions.was_public(obj)
        follows = is_new and "slug" not in changed and changed & set(self.makes_slug)
        if form.is_emptied or (follows and is_made(obj)):
            obj.slug = ""  # nobody knows a new page yet: its address follows its title
        super().save_model(request, obj, form, change)
        if change and not is_new and former != obj.slug:
            actions.keep_former(obj, former)
