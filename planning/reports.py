"""The yearly gap report: all six gaps of one sector in short, as a page and as a file."""

import re
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from finder import vocabulary
from finder.jinja import environment_in
from planning import pages
from planning.models import Kind, Recommendation
from planning.pages.cells import by_publisher
from planning.scope import Scope

ADDRESS = re.compile(r"url\([^)]*\)")


def context(facts, sector):
    """What templates/planning/report_body.html takes."""
    asked = Scope(sector=sector)
    texts = Recommendation.objects.published().best(sector)
    found = [pages.page(kind, facts, asked) for kind in Kind]
    return {
        "sector": sector,
        "gaps": [(page, texts.get(page.kind)) for page in found],
        "releases": by_publisher({release for page in found for release in page.releases}),
        "today": timezone.localdate(),
    }


def standalone(facts, sector, language):
    """The report as one HTML file that needs no server: styles inside, links with their whole address.

    To be called with the language active.
    """
    values = context(facts, sector) | {
        "lang": language,
        "region": vocabulary.current(facts.version).region,
        "css": _styles(),
    }
    html = environment_in(language).get_template("planning/report_file.html").render(values)
    return html.replace('href="/', f'href="{settings.SITE_URL}/')


def _styles():
    """The site's own style sheet, without pictures, which stay on the server."""
    css = Path(settings.BASE_DIR / "static" / "css" / "site.css").read_text(encoding="utf-8")
    return ADDRESS.sub("none", css)
