"""The jobs at the end of a line, with what they pay in the region: slim rows for many lines at once."""

from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reference.models import LaborFigure, OccupationPathway
from reference.models.pay import Missing
from reference.translated import pick

FIGURES = ("openings", "hourly", "annual", "missing", "pay_period", "period", "release_id")


class Terminus(NamedTuple):
    """An occupation and the region's own figures of it; a figure that is None is `missing` for a reason."""

    slug: str
    title_en: str
    title_es: str
    openings: int | None
    hourly: object
    annual: int | None
    missing: str
    pay_period: str
    period: str
    release_id: int

    @property
    def title(self):
        return pick(get_language(), en=self.title_en, es=self.title_es)

    @property
    def why_missing(self):
        return Missing(self.missing).label if self.missing else _("not reported by the source")


def of_pathways(pathways, most):
    """{pathway pk: [Terminus]}: the nearest to the pathway first, then those with the most openings.

    At most `most` each; one query.
    """
    rows = OccupationPathway.objects.filter(
        pathway__in=pathways, occupation__figures__area=LaborFigure.Area.REGION
    ).values_list(
        "pathway_id", "rank", "occupation__slug", "occupation__title_en", "occupation__title_es",
        *(f"occupation__figures__{name}" for name in FIGURES),
    )  # fmt: skip
    found = {}
    for pathway, rank, *row in rows:
        job = Terminus(*row)
        found.setdefault(pathway, {}).setdefault(job.slug, (rank, -(job.openings or 0), job))
    return {
        pathway: [job for _rank, _openings, job in sorted(jobs.values())[:most]]
        for pathway, jobs in found.items()
    }
