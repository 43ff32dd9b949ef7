"""Public pages are the same for everyone: cacheable anywhere, and free when nothing changed."""

import hashlib
import re
from functools import cache
from pathlib import Path

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag

from finder import pagecache
from programs import catalogue

CACHE = {"public": True, "max_age": 300, "stale_while_revalidate": 86400, "stale_if_error": 604800}
LANGUAGES = "|".join(code for code, _ in settings.LANGUAGES)
# The form of "Something wrong here?" carries the minute it was opened: it is nobody else's page.
PUBLIC = re.compile(rf"^/({LANGUAGES})/(?!admin(/|$)|something-wrong/$)")
CODE = ("finder", "planning", "programs", "reference", "pathways", "templates")


class PublicPageMiddleware:
    """Answers 304 before any view works, and marks what may be cached.

    A page changes with the catalogue, with the site's own code and, through the age of its facts, with
    the day. `request.catalogue` is what `catalogue.current()` said, or None when the database did not
    answer: then the request goes on with what the process still knows.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.catalogue = None
        if request.method not in ("GET", "HEAD") or not PUBLIC.match(request.path_info):
            return self.get_response(request)
        try:
            request.catalogue = catalogue.current()
        except DatabaseError:
            return self.get_response(request)
        return self._answer(request, etag(request))

    def _answer(self, request, tag):
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            response = HttpResponseNotModified()
        else:
            response = pagecache.find(tag) or pagecache.keep(tag, self.get_response(request))
        if response.status_code < 400:
            response["ETag"] = tag
            patch_cache_control(response, **CACHE)
        return response


def etag(request):
    """Weak, because a front server may compress the page."""
    parts = (request.catalogue, build(), timezone.localdate(), request.get_full_path())
    return f"W/{quote_etag(hashlib.md5(repr(parts).encode(), usedforsecurity=False).hexdigest())}"


@cache
def build():
    """A hash of all that makes a page besides the data: code, templates, messages, static files."""
    digest = hashlib.sha256()
    files = [Path(settings.STATIC_ROOT) / "staticfiles.json"]
    for folder in CODE:
        files += sorted((settings.BASE_DIR / folder).rglob("*.*"))
    for file in files:
        if file.suffix in (".py", ".html", ".svg", ".mo", ".json") and file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


class ContentPolicyMiddleware:
    """django-csp's header, which is the same on every page: built once, not in every response."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault(HEADER, self.policy)
        return response
