"""Addresses into the finder."""

from urllib.parse import urlencode

from django.urls import reverse


def finder(**values):
    """The finder with these filters; a list selects several values, an empty value is left out."""
    chosen = {name: value for name, value in values.items() if value}
    return reverse("programs") + ("?" + urlencode(chosen, doseq=True) if chosen else "")
