"""Two people edit one row: the second save is stopped once, and told what the first has changed.

The page carries which version of the row it shows and when it was read; a row that counts no versions is
known by its texts. A save that comes from an older
version than the database holds keeps what was typed, shows both values and goes through when it is
sent again. The row is locked meanwhile, so that of two saves at one moment one comes second.
"""

import hashlib
import json
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.changes import as_text
from accounts.history import tell

SEEN = "seen"  # the hidden field: "version@moment", see `version_of`
SLACK = timedelta(seconds=2)  # a change is dated a moment before others can read it


def version_of(row, parts=()):
    """A word that is another one as soon as something in the row is, or in its parts (`history_parts`)."""
    if hasattr(row, "version"):
        return str(row.version)
    texts = [as_text(row)]
    for model, name in parts:
        found = model._base_manager.filter(**{name: row.pk}).order_by("pk")
        texts += [as_text(part) for part in found]
    told = json.dumps(texts, sort_keys=True)
    return hashlib.blake2s(told.encode(), digest_size=8).hexdigest()


class TogetherForm(forms.ModelForm):
    """Refuses, once, to overwrite what somebody else has saved since the page was read.

    `user` and `admin` are set by the admin.
    """

    is_outdated = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Before what was typed goes into the row.
        parts = getattr(self.admin, "history_parts", ())
        self.version = version_of(self.instance, parts) if self.instance.pk else ""

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk:
            version, _at, moment = self.data.get(SEEN, "").partition("@")
            if version != self.version:
                self._refuse(moment)
        return cleaned

    def _refuse(self, moment):
        self.is_outdated = True
        changes = self._since(moment)
        theirs = {
            name
            for change in changes
            for name, *_texts in change.columns
            if change.model == self.instance._meta.label_lower
        }
        for name in self.fields:
            if (name in theirs or not changes) and self._differs(name):
                self._show_both(name)
        raise ValidationError([*self._told(changes), _(
            "What you typed is below; nothing is saved yet. Where a box differs, both are shown; what changed "
            "in the lines below, such as courses, stands only in this message. "
            "Save again to replace what is saved now with yours."
        )])  # fmt: skip

    def _since(self, moment):
        try:
            start = parse_datetime(moment)
        except ValueError:
            start = None
        if start is None or timezone.is_naive(start):
            return []
        changes = self.admin.changes_of(self.instance).filter(at__gte=start - SLACK)
        return list(changes.select_related("by")[:20])

    def _told(self, changes):
        if changes and changes[0].by == self.user:
            yield _("You have saved this page in another window since you opened it here.")
        else:
            yield _("Somebody else has saved this page since you opened it.")
        for one in tell(changes, self.instance._meta.label_lower):
            change = one["change"]
            what = "; ".join(
                f"{label}: “{before}” → “{after}”" for label, before, after in one["columns"]
            )
            name = _("You, in another window") if change.by == self.user else who(change)
            yield f"{name}, {when(change)}: " + ": ".join(filter(None, [one["what"], what]))

    def _differs(self, name):
        field, bound = self.fields[name], self[name]
        return not field.disabled and field.has_changed(bound.initial, bound.data)

    def _show_both(self, name):
        """The saved value goes before the help text, beside what was typed."""
        bound = self[name]
        bound.help_text = format_html(
            '<strong class="theirs">{} {}</strong> {}',
            _("Saved now:"),
            in_words(self.fields[name], bound.initial),
            bound.help_text,
        )


def who(change):
    return change.by.called if change.by else _("Somebody")


def when(change):
    return date_format(timezone.localtime(change.at), "DATETIME_FORMAT")


def in_words(field, value):
    """A field's value as a person reads it."""
    if value in (None, ""):
        return _("(empty)")
    if hasattr(field, "queryset"):
        return str(field.queryset.model._base_manager.filter(pk=value).first() or value)
    if hasattr(field, "choices"):
        return str(dict(field.choices).get(value, value))
    return str(value)


class TogetherAdmin:
    """For a ModelAdmin: the hidden field, the lock, and a version that rises with every real change."""

    form = TogetherForm

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user, form.admin = request.user, self
        return form

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row is None or request.method != "POST":
            return row
        rows = self.model._base_manager.select_for_update(of=("self",)).order_by()
        rows.filter(pk=row.pk).first()
        return super().get_object(request, object_id, from_field)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        form = context["adminform"].form
        context["seen"] = f"{form.version}@{timezone.now().isoformat()}" if obj else ""
        if form.is_outdated:
            # Nothing to correct: it is told in its own words.
            context |= {"is_outdated": True, "errors": None}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        if form.changed_data or not change:
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        parts = any(formset.has_changed() for formset in formsets)
        if change and parts and not form.changed_data and hasattr(form.instance, "version"):
            form.instance.save(update_fields=["version"])
