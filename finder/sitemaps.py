"""Every public page in every language, with its twin in the other one."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from programs.models import Institution, Program
from reference.models import Occupation, Pathway, Sector


class Bilingual(Sitemap):
    i18n = True
    alternates = True
    limit = 10_000


class Pages(Bilingual):
    def items(self):
        return [
            "home",
            "programs",
            "sectors",
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
