"""Which occupations a program leads to: one rule, for the search, the pages and the gaps.

A college program has codes: TOP -> CIP (weighted by how many colleges pair them) -> SOC. A pathway
has the occupations that the region's editors see at its end. Where both speak, what they agree on
counts; where only one does, it stands alone. An editor's `confirmed` or `hidden` is never touched.
"""

import re
from collections import defaultdict
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from programs import catalogue
from programs.models import Program, ProgramOccupation
from reference.models import (
    CodeCrosswalk,
    CodeOccupation,
    Education,
    LaborFigure,
    Occupation,
    OccupationPathway,
)

MOST = 12
CHUNK = 500
STEM = 4  # letters: nurs(ing), nurs(es)
SAYS_NOTHING = {"gene", "tech", "appl", "intr", "serv", "scie", "stud", "prog", "acad", "care"}
BEYOND_COLLEGE = Education.beyond_college()
Basis = ProgramOccupation.Basis


class Facts(NamedTuple):
    """What decides the order of candidates besides codes and pathways."""

    words: set  # stems of the title and of the everyday words
    is_beyond: bool  # needs more study than our programs give
    openings: int


def suggest(programs=None):
    """Compute the candidates anew for `programs` (a queryset; all when None).

    A candidate that stays keeps its row, for an editor may be looking at it.
    """
    programs = Program.objects.all() if programs is None else programs
    by_pathway, by_code, facts = _by_pathway(), _by_code(), _facts()
    kept = _kept_by_editors()
    wanted = {
        (program, occupation): (basis, rank)
        for program, title, pathway, top, cip in programs.values_list(
            "pk", "title_en", "pathway_id", "top_code_id", "cip_code_id"
        )
        for rank, (occupation, basis) in enumerate(
            _candidates(
                stems(title),
                by_code.get(cip) or by_code.get(top) or {},
                by_pathway.get(pathway, {}),
                facts,
            )
        )
        if occupation not in kept[program]
    }
    _write(programs, wanted)


def _write(programs, wanted):
    """Make the computed rows of `programs` those of {(program, occupation): (basis, rank)}.

    Plain statements, no signal for each row: who asks for it counts one step of the catalogue.
    """
    present = ProgramOccupation.objects.filter(
        program__in=programs.values("pk"), basis__in=[Basis.CODES, Basis.PATHWAY]
    )
    gone, changed = [], []
    for row in present.order_by():
        value = wanted.pop((row.program_id, row.occupation_id), None)
        if value is None:
            gone.append(row.pk)
        elif value != (row.basis, row.rank):
            row.basis, row.rank = value
            changed.append(row)
    for start in range(0, len(gone), CHUNK):
        rows = ProgramOccupation.objects.filter(pk__in=gone[start : start + CHUNK])
        rows._raw_delete(rows.db)
    ProgramOccupation.objects.bulk_update(changed, ["basis", "rank"], batch_size=CHUNK)
    ProgramOccupation.objects.bulk_create(
        [
            ProgramOccupation(program_id=program, occupation_id=occupation, basis=basis, rank=rank)
            for (program, occupation), (basis, rank) in wanted.items()
        ],
        batch_size=CHUNK,
    )


@transaction.atomic
def decide(links, basis):
    """The region's word on some ProgramOccupations, `confirmed` or `hidden`: kept from now on."""
    programs = set(links.values_list("program_id", flat=True))
    count_change(programs)
    links.update(basis=basis)
    catalogue.bump(programs=programs)


@transaction.atomic
def take_back(links):
    """No word on them any more: they are suggestions again where codes or pathway still say so."""
    programs = set(links.values_list("program_id", flat=True))
    count_change(programs)
    links._raw_delete(links.db)  # nothing hangs on them, and one step of the catalogue is enough
    suggest(Program.objects.filter(pk__in=programs))
    catalogue.bump(programs=programs)


def count_change(programs):
    """A word on a program's job is a change of the program: who has its page open is told of it.

    Before the word itself, for whoever saves a program locks it first and the catalogue last.
    """
    Program.objects.filter(pk__in=programs).update(version=F("version") + 1)


def _candidates(title, scores, ranks, facts):
    """[(occupation, basis)], best first: named like the program, within reach of its students, close
    to its pathway and code, many openings.

    `scores`: {occupation: colleges}, `ranks`: {occupation: rank in the pathway}.
    """
    agreed = scores.keys() & ranks.keys()
    found, basis = (agreed or scores, Basis.CODES) if scores else (ranks, Basis.PATHWAY)

    def order(pk):
        job = facts[pk]
        closeness = (ranks.get(pk, 0), -scores.get(pk, 0))
        return (not title & job.words, job.is_beyond, closeness, -job.openings, pk)

    return [(pk, basis) for pk in sorted(found, key=order)[:MOST]]


def stems(text):
    """The telling words of a title, each by its first letters."""
    found = {word[:STEM] for word in re.findall(r"[a-z]{4,}", text.lower())}
    return found - SAYS_NOTHING


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


def _facts():
    """{occupation pk: Facts}: two queries."""
    regional = LaborFigure.objects.filter(area=LaborFigure.Area.REGION, openings__isnull=False)
    openings = dict(regional.values_list("occupation_id", "openings"))
    return {
        pk: Facts(stems(f"{title} {everyday}"), education in BEYOND_COLLEGE, openings.get(pk, 0))
        for pk, title, everyday, education in Occupation.objects.values_list(
            "pk", "title_en", "everyday_en", "education"
        )
    }


def _kept_by_editors():
    kept = defaultdict(set)
    for program, occupation in ProgramOccupation.objects.filter(
        basis__in=[Basis.CONFIRMED, Basis.HIDDEN]
    ).values_list("program_id", "occupation_id"):
        kept[program].add(occupation)
    return kept
