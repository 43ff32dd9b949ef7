"""Words of Django's own pages that our Spanish says otherwise.

Named here, they stay in our catalogue, which Django asks before its own.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

SAID_OTHERWISE = [
    gettext_noop("Add"),
    gettext_noop("Add %s"),
    gettext_noop("Add %(name)s"),
    gettext_noop("Save and add another"),
    gettext_noop("Addition"),
    gettext_noop("Added."),
    gettext_noop("No file was submitted."),
    gettext_noop("No file was submitted. Check the encoding type on the form."),
    gettext_noop("The submitted file is empty."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    gettext_noop("Welcome,"),
    gettext_noop("No, take me back"),
    gettext_noop("Thanks for spending some quality time with the web site today."),
    gettext_noop("“%(value)s” value has an invalid date format. It must be in YYYY-MM-DD format."),
    gettext_noop(
        "“%(value)s” value has the correct format (YYYY-MM-DD) but it is an invalid date."
    ),
]
