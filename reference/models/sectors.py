"""California's 15 industry sectors and the 58 pathways within them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reference.translated import Translated


class Sector(models.Model):
    """An industry sector: a line on the map, with its two-letter badge and its colour."""

    written_as = "code"  # a foreign key to it, in files and in the record of changes

    code = models.CharField(_("badge"), max_length=2, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    title_en = models.CharField(_("title (English)"), max_length=120)
    title_es = models.CharField(_("title (Spanish)"), max_length=120)
    description_en = models.TextField(_("description (English)"), blank=True)
    description_es = models.TextField(_("description (Spanish)"), blank=True)
    search_words_en = models.TextField(_("search words (English)"), blank=True)
    search_words_es = models.TextField(_("search words (Spanish)"), blank=True)

    title = Translated()
    description = Translated()

    class Meta:
        ordering = ["code"]
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("sector", args=[self.slug])


class Pathway(models.Model):
    """One of the state's CTE pathways. `code` is the state's own, text, empty where unknown."""

    slug = models.SlugField(max_length=80, unique=True)
    code = models.CharField(_("state code"), max_length=4, blank=True)
    sector = models.ForeignKey(
        Sector, models.PROTECT, related_name="pathways", verbose_name=_("sector")
    )
    title_en = models.CharField(_("title (English)"), max_length=120)
    title_es = models.CharField(_("title (Spanish)"), max_length=120)
    description_en = models.TextField(_("description (English)"), blank=True)
    description_es = models.TextField(_("description (Spanish)"), blank=True)
    search_words_en = models.TextField(_("search words (English)"), blank=True)
    search_words_es = models.TextField(_("search words (Spanish)"), blank=True)

    title = Translated()
    description = Translated()

    class Meta:
        ordering = ["sector__code", "title_en"]
        verbose_name = _("pathway")
        verbose_name_plural = _("pathways")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("pathway", args=[self.slug])
