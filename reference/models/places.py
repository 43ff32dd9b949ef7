"""Where things are: the region, its counties and ZIP codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.models.releases import Release
from reference.translated import Translated


class Region(models.Model):
    """The one region this site serves. Its names and texts come from the region pack, never from code."""

    slug = models.SlugField(unique=True)
    name_en = models.CharField(_("name (English)"), max_length=200)
    name_es = models.CharField(_("name (Spanish)"), max_length=200)
    site_name_en = models.CharField(_("site name (English)"), max_length=200)
    site_name_es = models.CharField(_("site name (Spanish)"), max_length=200)
    about_en = models.TextField(_("about (English)"), blank=True)
    about_es = models.TextField(_("about (Spanish)"), blank=True)
    state = models.CharField(_("state"), max_length=2)
    state_name = models.CharField(_("state, in full"), max_length=40)
    contact_url = models.URLField(_("contact"), max_length=500, blank=True)

    name = Translated()
    site_name = Translated()
    about = Translated()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self):
        return self.name_en


class County(models.Model):
    fips = models.CharField(_("FIPS code"), max_length=5, unique=True)
    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["name"]
        verbose_name = _("county")
        verbose_name_plural = _("counties")

    def __str__(self):
        return self.name


class ZipCode(models.Model):
    """A ZIP code of the region and the point that stands for it."""

    code = models.CharField(_("ZIP code"), max_length=5, unique=True)
    city = models.CharField(_("city"), max_length=80)
    county = models.ForeignKey(County, models.PROTECT, verbose_name=_("county"))
    latitude = models.DecimalField(max_digits=9, decimal_places=6)
    longitude = models.DecimalField(max_digits=9, decimal_places=6)
    release = models.ForeignKey(Release, models.PROTECT, verbose_name=_("release"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("ZIP code")
        verbose_name_plural = _("ZIP codes")

    def __str__(self):
        return f"{self.code} {self.city}"
