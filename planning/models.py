"""What an editor writes about a gap. The gaps themselves are computed, never stored."""

from django.conf import settings
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs import catalogue
from reference.models import Sector
from reference.translated import Translated


class Kind(models.TextChoices):
    """The six gaps, in the order of the pages; the value is the page's address."""

    NEXT_STEP = "next-step", _("Next step missing")
    FEEDERS = "feeders", _("No feeder")
    ACCELERATION = "acceleration", _("Early college credit missing")
    DEMAND = "demand", _("Demand without supply")
    SUPPLY = "supply", _("Supply without demand")
    COVERAGE = "coverage", _("Coverage and equal access")


class RecommendationQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Recommendation.Status.PUBLISHED)

    def best(self, sector):
        """{gap: Recommendation} for a sector (None: all sectors): its own text, or else the general one."""
        rows = self.filter(models.Q(sector=None) | models.Q(sector=sector)).select_related("sector")
        own_last = sorted(rows, key=lambda row: row.sector_id is not None)
        return {row.gap: row for row in own_last}


class Recommendation(models.Model):
    """What the region's editors propose to do about a gap, for one sector or for all."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    gap = models.CharField(_("gap"), max_length=16, choices=Kind)
    sector = models.ForeignKey(
        Sector,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("sector"),
        help_text=_("Empty: for every sector that has no text of its own."),
    )
    text_en = models.TextField(_("text (English)"))
    text_es = models.TextField(_("text (Spanish)"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )
    written_on = models.DateField(_("written on"), editable=False, default=timezone.localdate)

    text = Translated()

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["gap", "sector__code"]
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints = [
            models.UniqueConstraint(
                fields=["gap", "sector"],
                condition=models.Q(sector__isnull=False),
                name="recommendation_of_a_sector_unique",
            ),
            models.UniqueConstraint(
                fields=["gap"],
                condition=models.Q(sector__isnull=True),
                name="recommendation_of_all_unique",
            ),
        ]

    def __str__(self):
        return f"{self.get_gap_display()}: {self.sector or _('all sectors')}"


def watch():
    """A recommendation changes public pages, so it raises the catalogue's version; the index stays."""
    for signal in (post_save, post_delete):
        signal.connect(_changed, sender=Recommendation)


def _changed(sender, raw=False, **kwargs):
    if not raw:
        catalogue.bump(programs=[])
