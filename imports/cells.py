"""A cell of text and the value it stands for. Knows one column at a time, no row and no database."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext

from imports.tables import to_text
from reference.fields import with_scheme

TRUE_WORDS = {"yes": True, "no": False, "": None}


def value(field, text):
    """The value of a cell that is no foreign key; raises ValidationError."""
    if isinstance(field, models.BooleanField):
        if text not in TRUE_WORDS:
            raise ValidationError(gettext("write yes, no, or nothing"))
        return TRUE_WORDS[text]
    if text == "" and field.null:
        return None
    if isinstance(field, models.URLField):
        text = with_scheme(text)
    found = field.to_python(text)
    if isinstance(field, models.DecimalField):
        found = round(found, field.decimal_places) + 0  # no negative zero: the database has none
    return found


def canonical(field, text):
    """The cell as the database would give it back; raises ValidationError where it cannot be stored."""
    allowed = [str(key) for key, _label in field.flatchoices]
    if text and allowed and text not in allowed:
        told = {"text": text, "allowed": ", ".join(allowed)}
        raise ValidationError(gettext("“%(text)s” is none of these: %(allowed)s") % told)
    found = value(field, text)
    if found is not None and (text or not field.blank):
        field.run_validators(found)
        field.validate(found, None)
    return to_text(found)


def is_required(field):
    """Whether a new row must say this: no default, and the database takes no "unknown"."""
    if field.has_default() or field.null:
        return False
    return field.is_relation or not field.empty_strings_allowed or not field.blank
