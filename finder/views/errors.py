"""Pages for what went wrong, in the reader's language."""

import logging

from django.http import HttpResponseServerError
from django.template import engines

from finder.jinja import render

log = logging.getLogger(__name__)

LAST_WORD = "<!doctype html><title>500</title><h1>Something went wrong · Algo salió mal</h1>"


def not_found(request, exception=None):
    return render(request, "404.html", {}, status=404)


def server_error(request):
    """Uses nothing that may be what is broken: no query, no request, no context."""
    try:
        return HttpResponseServerError(engines["jinja2"].get_template("500.html").render())
    except Exception:  # whatever it is, a reader still gets a page
        log.exception("The page for errors is broken")
        return HttpResponseServerError(LAST_WORD)
