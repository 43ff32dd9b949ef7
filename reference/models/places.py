"""Where things are: the region, its counties and ZIP codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.fields import WebField
from reference.models.education import Education
from reference.models.releases import Release
from reference.translated import Translated


class Region(models.Model):
    """The one region this site serves. Its names and texts come from the region pack, never from code.

    From `high_wage_household` on stand the lines that `reference.marks` draws: which jobs are marked
    as high-wage, high-skill and in demand here. They are the region's own to set.
    """

    slug = models.SlugField(unique=True)
    name_en = models.CharField(_("name (English)"), max_length=200)
    name_es = models.CharField(_("name (Spanish)"), max_length=200)
    site_name_en = models.CharField(_("site name (English)"), max_length=200)
    site_name_es = models.CharField(_("site name (Spanish)"), max_length=200)
    about_en = models.TextField(_("about (English)"), blank=True)
    about_es = models.TextField(_("about (Spanish)"), blank=True)
    state = models.CharField(_("state"), max_length=2)
    state_name = models.CharField(_("state, in full"), max_length=40)
    contact_url = WebField(_("contact"), max_length=500, blank=True)
    high_wage_household = models.CharField(
        _("high wage: household"),
        max_length=8,
        default="1a0c",
        help_text=_(
            "A job is high-wage when its typical pay reaches the living wage of this household in the"
            " dearest county of the region."
        ),
    )
    high_wage_hourly = models.DecimalField(
        _("high wage: pay by the hour"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Stands in for the living wage. Empty: the living wage counts."),
    )
    high_skill_education = models.CharField(
        _("high skill: usual education from"),
        max_length=60,
        choices=Education,
        default=Education.SOME_COLLEGE,
    )
    in_demand_openings = models.PositiveIntegerField(
        _("in demand: openings a year from"),
        null=True,
        blank=True,
        help_text=_("Empty: the median of all jobs of the list."),
    )
    in_demand_growth = models.DecimalField(
        _("in demand: growth from (%)"),
        max_digits=5,
        decimal_places=1,
        default=0,
        help_text=_("Over the whole period of the projection. 0: jobs that shrink are left out."),
    )
    marks_note_en = models.TextField(_("why these lines (English)"), blank=True)
    marks_note_es = models.TextField(_("why these lines (Spanish)"), blank=True)

    name = Translated()
    site_name = Translated()
    about = Translated()
    marks_note = Translated()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self):
        return self.name_en


class County(models.Model):
    written_as = "fips"  # a foreign key to it, in files and in the record of changes

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
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6)
    release = models.ForeignKey(Release, models.PROTECT, verbose_name=_("release"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("ZIP code")
        verbose_name_plural = _("ZIP codes")

    def __str__(self):
        return f"{self.code} {self.city}"
