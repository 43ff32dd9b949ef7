"""The jobs at the end of a line, with what they pay in the region: slim rows for many lines at once."""

from collections import Counter
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programs.models import ProgramOccupation
from programs.models.programs import of_published
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


def of_pathways(pathways):
    """{pathway pk: [Terminus]}: the jobs that most of the pathway's programs lead to first, each program's
    foremost jobs counting most; then those of which it is the first pathway; then by openings.

    Two queries.
    """
    rows = (
        OccupationPathway.objects.filter(
            pathway__in=pathways, occupation__figures__area=LaborFigure.Area.REGION
        )
        .order_by("occupation__figures__period")
        .values_list(
            "pathway_id", "occupation_id", "rank",
            "occupation__slug", "occupation__title_en", "occupation__title_es",
            *(f"occupation__figures__{name}" for name in FIGURES),
        )
    )  # fmt: skip
    led_to = _led_to(pathways)
    found = {}
    for pathway, occupation, rank, *row in rows:  # of two periods the later one stays
        job = Terminus(*row)
        order = (-led_to[pathway, occupation], rank, -(job.openings or 0))
        found.setdefault(pathway, {})[job.slug] = (*order, job)
    return {
        pathway: [job for *_order, job in sorted(jobs.values())] for pathway, jobs in found.items()
    }


def _led_to(pathways):
    """{(pathway pk, occupation pk): weight}: each published program gives its jobs 1, 1/2, 1/3 ..."""
    links = ProgramOccupation.objects.shown().filter(
        program__pathway__in=pathways, **of_published("program__")
    )
    weights = Counter()
    for pathway, occupation, rank in links.order_by().values_list(
        "program__pathway_id", "occupation_id", "rank"
    ):
        weights[pathway, occupation] += 1 / (1 + rank)
    return weights
