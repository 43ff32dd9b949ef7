"""Which occupations a program leads to: one rule, for the search, the pages and the gaps.

A college program has codes: TOP -> CIP (weighted by how many colleges pair them) -> SOC. A pathway
has the occupations that the region's editors see at its end. Where both speak, what they agree on
counts; where only one does, it stands alone. An editor's `confirmed` or `hidden` is never touched.
"""

from collections import defaultdict

from programs.models import Program, ProgramOccupation
from reference.models import CodeCrosswalk, CodeOccupation, LaborFigure, OccupationPathway

MOST = 12
Basis = ProgramOccupation.Basis


def suggest(programs=None):
    """Compute the candidates anew for `programs` (a queryset; all when None)."""
    programs = Program.objects.all() if programs is None else programs
    by_pathway, by_code, openings = _by_pathway(), _by_code(), _openings()
    kept = _kept_by_editors()
    rows = [
        ProgramOccupation(program_id=program, occupation_id=occupation, basis=basis, rank=rank)
        for program, pathway, top, cip in programs.values_list(
            "pk", "pathway_id", "top_code_id", "cip_code_id"
        )
        for rank, (occupation, basis) in enumerate(
            _candidates(
                by_code.get(cip) or by_code.get(top) or {}, by_pathway.get(pathway, {}), openings
            )
        )
        if occupation not in kept[program]
    ]
    ProgramOccupation.objects.filter(
        program__in=programs.values("pk"), basis__in=[Basis.CODES, Basis.PATHWAY]
    ).delete()
    ProgramOccupation.objects.bulk_create(rows, batch_size=500)


def _candidates(scores, ranks, openings):
    """[(occupation, basis)], best first: how closely it belongs, then where the region has openings.

    `scores`: {occupation: colleges}, `ranks`: {occupation: rank in the pathway}.
    """
    agreed = scores.keys() & ranks.keys()
    found, basis = (agreed or scores, Basis.CODES) if scores else (ranks, Basis.PATHWAY)
    order = sorted(
        found, key=lambda pk: (ranks.get(pk, 0), -scores.get(pk, 0), -openings.get(pk, 0), pk)
    )
    return [(pk, basis) for pk in order[:MOST]]


def _by_pathway():
    found = defaultdict(dict)
    for pathway, occupation, rank in OccupationPathway.objects.values_list(
        "pathway_id", "occupation_id", "rank"
    ):
        found[pathway][occupation] = rank
    return found


def _by_code():
    """{code pk: {occupation pk: colleges}} for CIP codes, and for TOP codes through their CIPs."""
    by_cip, found = defaultdict(list), defaultdict(lambda: defaultdict(int))
    for cip, occupation in CodeOccupation.objects.values_list("cip_id", "occupation_id"):
        by_cip[cip].append(occupation)
        found[cip][occupation] = 1
    for top, cip, colleges in CodeCrosswalk.objects.values_list("top_id", "cip_id", "colleges"):
        for occupation in by_cip[cip]:
            found[top][occupation] += colleges
    return found


def _openings():
    regional = LaborFigure.objects.filter(area=LaborFigure.Area.REGION, openings__isnull=False)
    return dict(regional.values_list("occupation_id", "openings"))


def _kept_by_editors():
    kept = defaultdict(set)
    for program, occupation in ProgramOccupation.objects.filter(
        basis__in=[Basis.CONFIRMED, Basis.HIDDEN]
    ).values_list("program_id", "occupation_id"):
        kept[program].add(occupation)
    return kept
