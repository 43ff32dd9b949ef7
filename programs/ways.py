"""Which programs lead straight to a job, and which may be first steps on the way to it.

The computed links say what may lead to a job by its code or pathway, and a pathway is a wide field: that
of registered nurses holds nursing assistants and what high schools teach about health. Straight leads what
the region has confirmed, and what is named like the job or has its code, at a level from which people start
in it. The rest is of the same field: more study, or another job, comes after it.
"""

from typing import NamedTuple

from programs.models import Program, ProgramOccupation, Segment
from programs.models.programs import of_published
from programs.routes import NEEDS_COLLEGE
from reference.models import Education

Basis = ProgramOccupation.Basis
SCHOOLS = (Segment.MIDDLE, Segment.HIGH)


class Ways(NamedTuple):
    """Primary keys of programs."""

    straight: frozenset
    first: frozenset
    confirmed: frozenset  # those of `straight` that the region has confirmed

    @property
    def all(self):
        return self.straight | self.first


def ways(occupation, names):
    """The Ways to a job: two queries. `names`: programs.fits.JobNames."""
    rows = list(_rows(occupation))
    hidden = {row.program_id for row in rows if row.basis == Basis.HIDDEN}
    straight = [row for row in rows if _is_straight(row, occupation, names)]
    found = {row.program_id for row in straight}
    linked = {row.program_id for row in rows}
    return Ways(
        frozenset(found),
        frozenset((linked | _before(straight)) - found - hidden),
        frozenset(row.program_id for row in straight if row.basis == Basis.CONFIRMED),
    )


def _rows(occupation):
    links = ProgramOccupation.objects.filter(occupation=occupation, **of_published("program__"))
    return links.values_list(
        "program_id", "basis", "program__title_en", "program__institution__segment",
        "program__pathway", named=True,
    )  # fmt: skip


def _is_straight(row, occupation, names):
    if row.basis in (Basis.CONFIRMED, Basis.HIDDEN):
        return row.basis == Basis.CONFIRMED
    if not _starts_there(row.program__institution__segment, occupation.education):
        return False
    named = names.named(row.program__title_en)
    return occupation.pk in named or (row.basis == Basis.CODES and not named)


def _starts_there(segment, education):
    """Whether people start in a job of this usual education from this level; where it is not known, yes."""
    if segment in SCHOOLS:
        return not education or education in Education.without_college()
    return segment == Segment.COLLEGE or education not in NEEDS_COLLEGE


def _before(straight):
    """The programs of the same pathways at the levels before the last one that leads straight."""
    levels = [Segment(row.program__institution__segment) for row in straight]
    pathways = {row.program__pathway for row in straight} - {None}
    if not pathways:
        return set()
    earlier = list(Segment)[: max(map(Segment.rank, levels))]
    found = Program.objects.published().filter(
        pathway__in=pathways, institution__segment__in=earlier
    )
    return set(found.values_list("pk", flat=True))
