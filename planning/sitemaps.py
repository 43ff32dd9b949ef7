"""The pages for partners, beside the finder's (finder/sitemaps.py)."""

from django.urls import reverse

from finder.sitemaps import Bilingual
from planning.models import Kind
from reference.models import Sector


class Gaps(Bilingual):
    """The overview, which is None, and a page for each gap."""

    def items(self):
        return [None, *Kind.values]

    def location(self, item):
        return reverse("gap", args=[item]) if item else reverse("gaps")


class Reports(Bilingual):
    def items(self):
        return Sector.objects.only("slug").order_by("code")

    def location(self, item):
        return reverse("gap_report", args=[item.slug])


SITEMAPS = {"gaps": Gaps, "gap-reports": Reports}
