"""Whether a message comes from a reader of our own form: without a cookie, a session or an account.

A CSRF token would need a cookie, and there is nothing here that a stranger's page could do in a reader's
name: it could only send what anybody may send. So the browser says that the form was ours, a signed
and dated token says that our form was open, and limits keep one network from filling the list.
"""

import hashlib
import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.cache import cache

from accounts.network import network

QUICKEST, LONGEST = 3, 24 * 3600  # seconds between opening the form and sending it
AN_HOUR, A_DAY = 3600, 24 * 3600
PER_NETWORK, PER_SITE = 5, 100  # messages in an hour


def is_our_page(request):
    """Whether the browser says that the form stood on this site. One that says nothing proves nothing."""
    said = {name: request.headers.get(name) for name in ("Sec-Fetch-Site", "Origin", "Referer")}
    ours = settings.SITE_URL, f"{request.scheme}://{request.get_host()}"
    return any(said.values()) and (
        said["Sec-Fetch-Site"] in (None, "same-origin")
        and said["Origin"] in (None, *ours)
        and (said["Referer"] is None or _origin(said["Referer"]) in ours)
    )


def _origin(address):
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


# --- Since when the form has been open ---------------------------------------------------------


def new_token(page):
    """Proves later that the form about this page was open, and since when."""
    return _signer().sign(page)


def is_genuine(token, page):
    """Whether we made it, for this page, within the last day."""
    return _is_younger(token, LONGEST) and _signer().unsign(token) == page


def is_too_quick(token):
    """Whether a genuine token is younger than anyone takes to write a sentence."""
    return _is_younger(token, QUICKEST)


def _is_younger(token, seconds):
    try:
        _signer().unsign(token, max_age=seconds)
    except signing.BadSignature:  # or expired
        return False
    return True


def _signer():
    return signing.TimestampSigner(salt="finder.suggestion")


# --- How many messages -------------------------------------------------------------------------


def is_within_limits(request):
    """Counts one message: of the sender's network and of the whole site, each within an hour."""
    return _take(f"suggestions:{_network_key(request)}", PER_NETWORK) and _take(
        "suggestions:all", PER_SITE
    )


def _take(name, most):
    """One of `most` places that are each free again after an hour, or False.

    `add` succeeds for one worker alone, so that no two take the same place.
    """
    places = [f"{name}:{number}" for number in range(most)]
    taken = cache.get_many(places)
    return any(cache.add(place, 1, AN_HOUR) for place in places if place not in taken)


def _network_key(request):
    """Stands for the sender's network until the salt is thrown away, at the latest after a day.

    The salt is not made from anything: nobody can work out an address from what is left, not even who
    knows all our secrets.
    """
    salt = cache.get_or_set("suggestions:salt", secrets.token_hex, A_DAY)
    return hashlib.sha256(f"{salt}{network(request)}".encode()).hexdigest()[:32]
