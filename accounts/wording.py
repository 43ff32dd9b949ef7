"""Words of Django's own pages that our Spanish says otherwise.

Named here, they stay in our catalogue, which Django asks before its own.
"""

from django.utils.translation import gettext_noop

SAID_OTHERWISE = [
    gettext_noop("Welcome,"),
    gettext_noop("No, take me back"),
    gettext_noop("Thanks for spending some quality time with the web site today."),
    gettext_noop("“%(value)s” value has an invalid date format. It must be in YYYY-MM-DD format."),
    gettext_noop(
        "“%(value)s” value has the correct format (YYYY-MM-DD) but it is an invalid date."
    ),
]
