"""What people who like a job like to do, and which jobs are alike: both as O*NET publishes them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.models.occupations import Occupation
from reference.models.releases import Release


class Interest(models.TextChoices):
    """The six interest areas of O*NET (Holland's types), in the order of their codes 1 to 6."""

    REALISTIC = "realistic", _("Build and fix things")
    INVESTIGATIVE = "investigative", _("Find out how things work")
    ARTISTIC = "artistic", _("Create and design")
    SOCIAL = "social", _("Help and teach people")
    ENTERPRISING = "enterprising", _("Lead and persuade people")
    CONVENTIONAL = "conventional", _("Keep things in order")


class OccupationInterest(models.Model):
    """An interest area that an occupation stands out in; `rank` 1 is the strongest of at most three."""

    occupation = models.ForeignKey(
        Occupation, models.CASCADE, related_name="interests", verbose_name=_("occupation")
    )
    interest = models.CharField(_("interest area"), max_length=13, choices=Interest)
    rank = models.PositiveSmallIntegerField(_("rank"), default=1)
    release = models.ForeignKey(Release, models.PROTECT, verbose_name=_("release"))

    class Meta:
        ordering = ["occupation__soc", "rank"]
        verbose_name = _("interest area of an occupation")
        verbose_name_plural = _("interest areas of occupations")
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "interest"], name="occupation_interest_unique"
            ),
        ]

    def __str__(self):
        return f"{self.occupation}: {self.get_interest_display()}"


class RelatedOccupation(models.Model):
    """An occupation that is like another one; the most alike has rank 1. It need not hold both ways."""

    occupation = models.ForeignKey(
        Occupation, models.CASCADE, related_name="related_links", verbose_name=_("occupation")
    )
    related = models.ForeignKey(
        Occupation, models.CASCADE, related_name="+", verbose_name=_("related occupation")
    )
    rank = models.PositiveSmallIntegerField(_("rank"), default=1)
    release = models.ForeignKey(Release, models.PROTECT, verbose_name=_("release"))

    class Meta:
        ordering = ["occupation__soc", "rank"]
        verbose_name = _("related occupation")
        verbose_name_plural = _("related occupations")
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "related"], name="related_occupation_unique"
            ),
            models.CheckConstraint(
                name="related_occupation_is_another",
                condition=~models.Q(occupation=models.F("related")),
            ),
        ]

    def __str__(self):
        return f"{self.occupation} ~ {self.related}"
