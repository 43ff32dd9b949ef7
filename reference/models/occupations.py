"""Occupations by SOC code, what people call them, and the pathways that lead there."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reference.models.releases import Release
from reference.models.sectors import Pathway
from reference.translated import Translated


class Occupation(models.Model):
    """A detailed SOC 2018 occupation; `soc` is text such as `29-1141`."""

    written_as = "soc"  # a foreign key to it, in files and in the record of changes

    soc = models.CharField(_("SOC code"), max_length=7, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    title_en = models.CharField(_("title (English)"), max_length=160)
    title_es = models.CharField(_("title (Spanish)"), max_length=160, blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    description_es = models.TextField(_("description (Spanish)"), blank=True)
    everyday_en = models.TextField(_("everyday words (English)"), blank=True)
    everyday_es = models.TextField(_("everyday words (Spanish)"), blank=True)
    job_zone = models.PositiveSmallIntegerField(_("O*NET job zone"), null=True, blank=True)
    education = models.CharField(_("typical education at entry"), max_length=60, blank=True)
    bright_outlook = models.CharField(_("O*NET bright outlook"), max_length=120, blank=True)
    release = models.ForeignKey(Release, models.PROTECT, verbose_name=_("release"))

    title = Translated()
    description = Translated()
    everyday = Translated()

    class Meta:
        ordering = ["title_en"]
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")

    def __str__(self):
        return f"{self.soc} {self.title_en}"

    def get_absolute_url(self):
        return reverse("career", args=[self.slug])


class OccupationTitle(models.Model):
    """Another title for an occupation, as reported to O*NET or written in Mi Próximo Paso."""

    occupation = models.ForeignKey(
        Occupation, models.CASCADE, related_name="titles", verbose_name=_("occupation")
    )
    language = models.CharField(_("language"), max_length=2)
    title = models.CharField(_("title"), max_length=160)
    release = models.ForeignKey(Release, models.PROTECT, verbose_name=_("release"))

    class Meta:
        ordering = ["occupation__soc", "language", "title"]
        verbose_name = _("alternate title")
        verbose_name_plural = _("alternate titles")
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "language", "title"], name="occupation_title_unique"
            ),
        ]

    def __str__(self):
        return self.title


class OccupationPathway(models.Model):
    """A pathway that leads toward an occupation: the region's own reading, best first."""

    occupation = models.ForeignKey(
        Occupation, models.CASCADE, related_name="pathway_links", verbose_name=_("occupation")
    )
    pathway = models.ForeignKey(
        Pathway, models.CASCADE, related_name="occupation_links", verbose_name=_("pathway")
    )
    rank = models.PositiveSmallIntegerField(_("rank"), default=1)

    class Meta:
        ordering = ["occupation__soc", "rank"]
        verbose_name = _("pathway to an occupation")
        verbose_name_plural = _("pathways to occupations")
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "pathway"], name="occupation_pathway_unique"
            ),
        ]

    def __str__(self):
        return f"{self.pathway} → {self.occupation}"
