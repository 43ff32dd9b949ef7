"""Every public page in every language, with its twin in the other one.

Addresses are those of SITE_URL, as in canonical links, whatever host the robot asked.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from programs.models import Institution, Program
from reference.models import Occupation, Pathway, Sector


class Bilingual(Sitemap):
    i18n = True
    alternates = True
    limit = 10_000

    def get_protocol(self, protocol=None):
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.SITE_URL).netloc


class Pages(Bilingual):
    def items(self):
        return [
            "home",
            "programs",
            "sectors",
            "routes",
            "institutions",
            "careers",
            "glossary",
            "about_the_data",
        ]

    def location(self, item):
        return reverse(item)


class Programs(Bilingual):
    def items(self):
        return Program.objects.published().only("slug").order_by("pk")


class Institutions(Bilingual):
    def items(self):
        return Institution.objects.active().only("slug").order_by("pk")


class Sectors(Bilingual):
    def items(self):
        return Sector.objects.only("slug")


class Pathways(Bilingual):
    def items(self):
        return Pathway.objects.only("slug").order_by("pk")


class Careers(Bilingual):
    def items(self):
        return Occupation.objects.only("slug").order_by("pk")


SITEMAPS = {
    "pages": Pages,
    "programs": Programs,
    "institutions": Institutions,
    "sectors": Sectors,
    "pathways": Pathways,
    "careers": Careers,
}


@require_safe
def index(request, sitemaps=SITEMAPS):
    """The list of sitemaps. Django's own takes the host of the request and leaves no hook for another."""
    items = [
        SitemapIndexItem(address)
        for section, found in sitemaps.items()
        for address in _addresses(section, found)
    ]
    return TemplateResponse(
        request, "sitemap_index.xml", {"sitemaps": items}, content_type="application/xml"
    )


def _addresses(section, sitemap):
    """Of each page of a section; the first has no number."""
    address = settings.SITE_URL + reverse("sitemap", kwargs={"section": section})
    pages = sitemap().paginator.page_range
    return [address if page == 1 else f"{address}?p={page}" for page in pages]
