"""Home, the glossary, where the data comes from, and what robots and monitors ask for."""

from collections import Counter

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from finder.analysis import fold
from finder.coverage import coverage, districts, missing
from finder.jinja import render
from finder.links import finder
from programs.models import Program
from reference.models import GlossaryTerm, Release, Sector

PUBLISHED = Q(program__status="published", program__institution__status="active")


@require_safe
def welcome(request):
    """The bare address leads to the reader's language."""
    language = translation.get_language_from_request(request)
    response = HttpResponseRedirect(f"/{language}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def home(request):
    published = Program.objects.published()
    sectors = Sector.objects.annotate(count=Count("program", filter=PUBLISHED))
    context = {
        "sectors": [(sector, sector.count) for sector in sectors],
        "total": published.count(),
        "levels": Counter(published.values_list("institution__segment", flat=True)),
        "examples": [(words, finder(q=words)) for words in examples()],
    }
    return render(request, "finder/home.html", context)


def examples():
    return [_("nurse"), _("welding"), _("cars"), _("child care"), _("computers")]


@require_safe
def glossary(request):
    terms = sorted(GlossaryTerm.objects.all(), key=lambda row: fold(row.term))
    return render(request, "finder/glossary.html", {"terms": terms})


@require_safe
def about_the_data(request):
    context = {
        "coverage": coverage(),
        "missing": missing(),
        "counties": districts(),
        "releases": Release.objects.order_by("publisher", "name"),
    }
    return render(request, "finder/about_the_data.html", context)


@require_safe
def healthz(request):
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request):
    """Robots find every page through the sitemap; a search with filters names the finder as canonical."""
    lines = [
        "User-agent: *",
        "Disallow: /en/admin/",
        "Disallow: /es/admin/",
        "Disallow: /*/programs.csv",
        "Disallow: /*/gaps/*.csv",
        "Disallow: /*/gaps/*.xlsx",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain")
