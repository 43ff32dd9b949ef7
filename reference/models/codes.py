"""Program codes (TOP, CIP, CALPADS) and the crosswalks between them and to occupations.

Codes are text: `095650` with its leading zero, `48.0508` with its trailing one.
"""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.models.occupations import Occupation
from reference.models.releases import Release
from reference.models.sectors import Pathway, Sector
from reference.translated import Translated


def undotted(words):
    """TOP codes stand in catalogs as 0956.50, here without the dot. CIP codes keep theirs: 48.0508."""
    return re.sub(r"\b(\d{4})\.(\d{1,2})\b", r"\1\2", words)


class ProgramCode(models.Model):
    """A code of a public taxonomy of programs or courses."""

    class System(models.TextChoices):
        TOP = "TOP", _("TOP (Taxonomy of Programs)")
        CIP = "CIP", _("CIP (Classification of Instructional Programs)")
        CALPADS = "CALPADS", _("CALPADS course code")

    system = models.CharField(_("system"), max_length=8, choices=System)
    code = models.CharField(_("code"), max_length=8)
    title_en = models.CharField(_("title (English)"), max_length=200)
    title_es = models.CharField(_("title (Spanish)"), max_length=200, blank=True)
    is_cte = models.BooleanField(_("career technical"), null=True)
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, verbose_name=_("sector")
    )
    pathway = models.ForeignKey(
        Pathway,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("pathway"),
        help_text=_("The region's own mapping; no public crosswalk from TOP to pathways exists."),
    )
    note = models.CharField(_("note on the mapping"), max_length=200, blank=True)
    valid_from = models.CharField(_("valid from"), max_length=10, blank=True)
    valid_until = models.CharField(_("valid until"), max_length=10, blank=True)
    release = models.ForeignKey(Release, models.PROTECT, verbose_name=_("release"))

    title = Translated()

    class Meta:
        ordering = ["system", "code"]
        verbose_name = _("program code")
        verbose_name_plural = _("program codes")
        constraints = [
            models.UniqueConstraint(fields=["system", "code"], name="program_code_unique"),
        ]

    def __str__(self):
        return f"{self.system} {self.code} {self.title_en}"


class CodeCrosswalk(models.Model):
    """TOP code -> CIP code, with how many colleges in the state use the pair."""

    top = models.ForeignKey(ProgramCode, models.CASCADE, related_name="+", verbose_name="TOP")
    cip = models.ForeignKey(ProgramCode, models.CASCADE, related_name="+", verbose_name="CIP")
    colleges = models.PositiveIntegerField(_("colleges using it"), default=0)
    release = models.ForeignKey(Release, models.PROTECT, verbose_name=_("release"))

    class Meta:
        ordering = ["top__code", "-colleges", "cip__code"]
        verbose_name = _("TOP-CIP crosswalk row")
        verbose_name_plural = _("TOP-CIP crosswalk")
        constraints = [models.UniqueConstraint(fields=["top", "cip"], name="top_cip_unique")]

    def __str__(self):
        return f"{self.top.code} → {self.cip.code}"


class CodeOccupation(models.Model):
    """CIP code -> occupation."""

    cip = models.ForeignKey(ProgramCode, models.CASCADE, related_name="+", verbose_name="CIP")
    occupation = models.ForeignKey(
        Occupation, models.CASCADE, related_name="+", verbose_name=_("occupation")
    )
    release = models.ForeignKey(Release, models.PROTECT, verbose_name=_("release"))

    class Meta:
        ordering = ["cip__code", "occupation__soc"]
        verbose_name = _("CIP-SOC crosswalk row")
        verbose_name_plural = _("CIP-SOC crosswalk")
        constraints = [
            models.UniqueConstraint(fields=["cip", "occupation"], name="cip_occupation_unique"),
        ]

    def __str__(self):
        return f"{self.cip.code} → {self.occupation.soc}"
