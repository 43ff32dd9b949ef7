"""Work-based learning beside the programs: visits, internships, competitions."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from programs.models.institutions import District, Institution
from programs.models.slugs import LONGEST, Slugged
from programs.models.sourced import Sourced, SourcedQuerySet
from reference.models import Sector
from reference.translated import Translated


class Opportunity(Slugged, Sourced):
    """Something a school or district offers outside the classroom, as its source reported it."""

    owners = ("district", "institution")

    class Stage(models.TextChoices):
        """The work-based learning continuum."""

        AWARENESS = "awareness", _("Career awareness")
        EXPLORATION = "exploration", _("Career exploration")
        PREPARATION = "preparation", _("Career preparation")
        TRAINING = "training", _("Career training")

    slug = models.SlugField(_("key"), max_length=200, unique=True)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    kind = models.CharField(_("kind"), max_length=30)
    title_en = models.CharField(_("title (English)"), max_length=300)
    title_es = models.CharField(_("title (Spanish)"), max_length=300, blank=True)
    audience = models.CharField(_("for whom"), max_length=120, blank=True)
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, verbose_name=_("sector")
    )
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opportunities",
        verbose_name=_("district"),
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="opportunities",
        verbose_name=_("institution"),
    )

    title = Translated()

    objects = SourcedQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("work-based learning")
        verbose_name_plural = _("work-based learning")
        constraints = [
            models.CheckConstraint(
                name="opportunity_has_a_host",
                condition=models.Q(district__isnull=False) | models.Q(institution__isnull=False),
                violation_error_message=_("Choose the school or the district that offers it."),
            ),
        ]

    def __str__(self):
        return self.title

    def make_slug(self):
        return slugify(f"{self.kind} {self.title_en}")[:LONGEST]
