"""Rendered pages in the cache that all workers share (CACHE_URL); without one, nothing is kept.

The key is the page's ETag, which changes with the catalogue, the code, the day and the address: an old page
is never found, it only ages out. A cache that is down or slow costs a page its shortcut, never its answer.
"""

import logging

from django.core.cache import caches
from django.http import HttpResponse

log = logging.getLogger(__name__)

KEEP = 24 * 3600  # seconds
LARGEST = 300_000  # bytes


def find(tag):
    """The response that was kept under an ETag, or None."""
    try:
        kept = caches["pages"].get(tag)
    except Exception as error:  # whatever the cache's client raises, the page can be made
        log.warning("The page cache does not answer: %s", error)
        return None
    return HttpResponse(kept[0], content_type=kept[1]) if kept else None


def keep(tag, response):
    """Keep a whole, ordinary page, not a download; hands the response back."""
    is_page = response.status_code == 200 and "Content-Disposition" not in response
    if is_page and not response.streaming and len(response.content) < LARGEST:
        try:
            caches["pages"].set(tag, (response.content, response["Content-Type"]), KEEP)
        except Exception as error:
            log.warning("The page cache does not answer: %s", error)
    return response
