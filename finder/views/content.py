"""Home, the glossary, where the data comes from, and what robots and monitors ask for."""

from typing import NamedTuple

from django.conf import settings
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from finder.analysis import fold
from finder.coverage import coverage, districts, missing
from finder.jinja import render
from finder.links import finder
from finder.overview import lay_out
from programs.models import Program, Segment
from reference.models import GlossaryTerm, OccupationPathway, Release, Sector


@require_safe
def welcome(request):
    """The bare address leads to the reader's language."""
    language = translation.get_language_from_request(request)
    response = HttpResponseRedirect(f"/{language}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


class RegionLine(NamedTuple):
    """A sector on the region's picture."""

    sector: Sector
    counts: list  # of programs at each level, in the order students meet them
    jobs: int  # of which it is the first sector

    @property
    def total(self):
        return sum(self.counts)


@require_safe
def home(request):
    counts = program_counts()
    lines = region_lines(counts)
    context = {
        "lines": lines,
        "overview": lay_out(lines, [str(level.label) for level in Segment]),
        "total": sum(counts.values()),
        "examples": [(words, finder(q=words)) for words in examples()],
    }
    return render(request, "finder/home.html", context)


def program_counts():
    """{(sector pk or None, level): published programs}."""
    rows = Program.objects.published().order_by().values_list("sector_id", "institution__segment")
    return {(sector, level): count for sector, level, count in rows.annotate(Count("pk"))}


def region_lines(counts):
    first = OccupationPathway.objects.filter(rank=1).order_by()
    jobs = dict(first.values_list("pathway__sector").annotate(Count("occupation", distinct=True)))
    return [
        RegionLine(
            sector,
            [counts.get((sector.pk, level), 0) for level in Segment.values],
            jobs.get(sector.pk, 0),
        )
        for sector in Sector.objects.all()
    ]


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
        "Disallow: /*/something-wrong/",
        "Disallow: /*/programs.csv",
        "Disallow: /*/gaps/*.csv",
        "Disallow: /*/gaps/*.xlsx",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain")
