"""Pay, jobs and openings by occupation and area; the living wage of each county."""

import re

from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from reference.models.occupations import Occupation
from reference.models.places import County
from reference.models.releases import Release


class Missing(models.TextChoices):
    """Why a figure is not there. A missing figure is never 0."""

    NOT_REPORTED = "not_reported", _("not reported by the source")
    WITHHELD = "withheld", _("withheld by the source to protect privacy")
    TOO_FEW = "too_few", _("too few jobs for a reliable figure")


class LaborFigure(models.Model):
    """What one release says of one occupation in one area.

    `county` is empty for the region as a whole and for the state. Growth is a percentage over the
    whole period, openings are a year's average, pay is the median in US dollars before tax.
    """

    class Area(models.TextChoices):
        REGION = "region", _("the region")
        COUNTY = "county", _("a county")
        STATE = "state", _("the state")

    occupation = models.ForeignKey(
        Occupation, models.CASCADE, related_name="figures", verbose_name=_("occupation")
    )
    area = models.CharField(_("area"), max_length=8, choices=Area)
    county = models.ForeignKey(
        County, models.PROTECT, null=True, blank=True, verbose_name=_("county")
    )
    period = models.CharField(_("period"), max_length=9, help_text="2024-2029")
    jobs = models.PositiveIntegerField(_("jobs"), null=True, blank=True)
    growth = models.DecimalField(
        _("growth (%)"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    openings = models.PositiveIntegerField(_("openings a year"), null=True, blank=True)
    hourly = models.DecimalField(
        _("median hourly pay"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    annual = models.PositiveIntegerField(_("median annual pay"), null=True, blank=True)
    pay_period = models.CharField(
        _("when the pay was read"),
        max_length=10,
        blank=True,
        help_text=_("Empty where the source does not say."),
    )
    education = models.CharField(_("typical education at entry"), max_length=60, blank=True)
    missing = models.CharField(
        _("why a figure is missing"), max_length=16, choices=Missing, blank=True
    )
    release = models.ForeignKey(Release, models.PROTECT, verbose_name=_("release"))

    class Meta:
        ordering = ["occupation__soc", "area", "period"]
        verbose_name = _("labor market figure")
        verbose_name_plural = _("labor market figures")
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "county", "period", "release"],
                condition=models.Q(county__isnull=False),
                name="labor_figure_of_a_county_unique",
            ),
            models.UniqueConstraint(
                fields=["occupation", "area", "period", "release"],
                condition=models.Q(county__isnull=True),
                name="labor_figure_of_an_area_unique",
            ),
            models.CheckConstraint(
                name="labor_figure_county_only_for_counties",
                condition=models.Q(area="county", county__isnull=False)
                | (~models.Q(area="county") & models.Q(county__isnull=True)),
            ),
        ]

    def __str__(self):
        return f"{self.occupation.soc} {self.county or self.area} {self.period}"


HOUSEHOLD = re.compile(r"(?P<adults>\d+)a((?P<working>\d+)w)?(?P<children>\d+)c")


def household_words(household):
    """A household's key in the reader's words: `2a1w2c` -> "2 adults, 1 of them works, 2 children"."""
    parts = HOUSEHOLD.fullmatch(household)
    if not parts:
        return household
    adults, children = int(parts["adults"]), int(parts["children"])
    working = int(parts["working"] or adults)
    return ", ".join(
        [
            ngettext("%(count)s adult", "%(count)s adults", adults) % {"count": adults},
            *([_who_works(adults, working)] if adults > 1 else []),
            _how_many_children(children),
        ]
    )


def _who_works(adults, working):
    if working == adults:
        return gettext("both work") if adults == 2 else gettext("all of them work")
    words = ngettext("%(count)s of them works", "%(count)s of them work", working)
    return words % {"count": working}


def _how_many_children(children):
    if not children:
        return gettext("no children")
    return ngettext("%(count)s child", "%(count)s children", children) % {"count": children}


class LivingWageQuerySet(models.QuerySet):
    def current(self):
        """Of each county the figures of its newest vintage."""
        newest = LivingWage.objects.filter(county=models.OuterRef("county"))
        vintage = newest.order_by("-vintage").values("vintage")[:1]
        return self.filter(vintage=models.Subquery(vintage))


class LivingWage(models.Model):
    """What an hour of work must pay for a household to get by, by county.

    `household` is the source's own key: `1a0c` is one adult without children, `2a1w2c` two adults,
    one of them working, with two children.
    """

    county = models.ForeignKey(County, models.CASCADE, verbose_name=_("county"))
    household = models.CharField(_("household"), max_length=8)
    hourly = models.DecimalField(_("hourly"), max_digits=6, decimal_places=2)
    vintage = models.CharField(_("vintage"), max_length=10)
    release = models.ForeignKey(Release, models.PROTECT, verbose_name=_("release"))

    objects = LivingWageQuerySet.as_manager()

    class Meta:
        ordering = ["county__name", "household"]
        verbose_name = _("living wage")
        verbose_name_plural = _("living wages")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "household", "vintage"], name="living_wage_unique"
            ),
        ]

    def __str__(self):
        return f"{self.county} {self.household}: {self.hourly}"
