"""Addresses into the finder."""

from urllib.parse import urlencode

from finder.jinja import url


def finder(**values):
    """The finder with these filters; a list selects several values, an empty value is left out."""
    chosen = {name: value for name, value in values.items() if value}
    return url("programs") + ("?" + urlencode(chosen, doseq=True) if chosen else "")
