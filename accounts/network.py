"""Where a request comes from, for whatever counts how often: signing in, and messages from the public."""

import ipaddress

from allauth.core.internal.httpkit import clean_client_ip
from allauth.core.internal.ratelimit import truncate_ip
from django.conf import settings


def address(request):
    """The sender's address, or "" when nobody knows it.

    What a sender's own header claims counts for nothing: only the address that our TRUSTED_PROXIES
    front servers have put at the end of X-Forwarded-For.
    """
    said = request.META.get("REMOTE_ADDR") or ""
    chain = [each for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    if 0 < settings.TRUSTED_PROXIES <= len(chain):
        said = chain[-settings.TRUSTED_PROXIES]
    found = clean_client_ip(said) or ""
    mapped = ipaddress.ip_address(found) if ":" in found else None
    return str(getattr(mapped, "ipv4_mapped", None) or found)


def network(request):
    """The same, an IPv6 address cut to what one household gets."""
    return truncate_ip(address(request))
