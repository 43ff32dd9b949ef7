"""How sources spell the state's sectors and pathways, and which one each means.

"Finance and Business", "Legal Services", "Hospitality, Tourism, and Recreating": the region's own
reading of other people's labels, editable, and used by every importer.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.models.sectors import Pathway, Sector


class SourceLabel(models.Model):
    sector_label = models.CharField(_("sector as written"), max_length=120, blank=True)
    pathway_label = models.CharField(_("pathway as written"), max_length=120, blank=True)
    sector = models.ForeignKey(
        Sector, models.CASCADE, null=True, blank=True, verbose_name=_("sector")
    )
    pathway = models.ForeignKey(
        Pathway, models.CASCADE, null=True, blank=True, verbose_name=_("pathway")
    )

    class Meta:
        ordering = ["sector_label", "pathway_label"]
        verbose_name = _("label of a source")
        verbose_name_plural = _("labels of sources")
        constraints = [
            models.UniqueConstraint(
                fields=["sector_label", "pathway_label"], name="source_label_unique"
            ),
        ]

    def __str__(self):
        return f"{self.sector_label} / {self.pathway_label}"
