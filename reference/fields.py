"""Columns of ours."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


def without_password(address):
    try:
        name = urlsplit(address).username
    except ValueError:  # the other validator says that it is no address
        return
    if name is not None:
        raise ValidationError(_("A web address must not carry a name and a password."))


def with_scheme(address):
    """Who types no "https://" means it."""
    return f"https://{address}" if re.match(r"[\w\-]+(\.[\w\-]+)+(?![\w@:])", address) else address


def on_the_web(address):
    """Not the machine one sits at: what others reach has a dot in its name."""
    try:
        name = urlsplit(address).hostname or ""
    except ValueError:
        return
    if "." not in name and ":" not in name:
        raise ValidationError(_("A web address needs a full name, such as www.example.edu."))


class TidiedField(models.CharField):
    """A text that is tidied wherever it comes from: a class of its own says how, by `tidied`."""

    tidied = str

    def to_python(self, value):
        text = super().to_python(value)
        return self.tidied(text) if isinstance(text, str) else text

    def deconstruct(self):
        """For migrations, which only know columns: a CharField."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class WebField(models.URLField):
    """An address that a reader's browser opens: http or https, and nobody's password in it."""

    default_validators = [URLValidator(schemes=["http", "https"]), without_password, on_the_web]

    def formfield(self, **kwargs):
        """Typed into a form, an address gets its scheme as `with_scheme` gives it in a file."""
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def deconstruct(self):
        """For migrations, which only know columns: a URLField."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
