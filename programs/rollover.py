"""A school's new year in one sheet: each program and each agreement goes on, or ends.

The rows carry no school year of their own: that one goes on is said by verifying it and dating its facts
with the new year; what ends is retired, or its agreement gets its last year. Nothing is doubled.
"""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.changes import acting
from programs import actions
from programs.models import Program, ProgramLink

GOES_ON, TO_EDIT, ENDS, LATER = "goes_on", "to_edit", "ends", "later"
NEW_YEAR_FROM = 4  # in April a school plans the year that begins in August


class Sheet(NamedTuple):
    """What there is to decide at an institution."""

    programs: list
    links: list


class Outcome(NamedTuple):
    verified: int
    retired: int
    to_edit: list  # programs that go on with other words
    renewed: int
    ended: int


def school_year(day=None):
    """The year to plan: 2026-27 from April 2026 to March 2027."""
    day = day or timezone.localdate()
    start = day.year if day.month >= NEW_YEAR_FROM else day.year - 1
    return f"{start}-{(start + 1) % 100:02}"


def previous(year):
    start = int(year[:4]) - 1
    return f"{start}-{(start + 1) % 100:02}"


def sheet(institution):
    """Programs that are not retired yet, and agreements of the institution that have a last year."""
    programs = institution.programs.exclude(status=Program.Status.RETIRED).order_by("title_en")
    ends = Q(from_institution=institution) | Q(to_institution=institution)
    links = ProgramLink.objects.filter(ends).exclude(valid_until="").with_ends()
    return Sheet(list(programs), list(links.order_by("valid_until", "slug")))


@transaction.atomic
def roll_over(institution, programs, links, *, year, by):
    """Apply {program id: choice} and {link id: (choice, last year)}; a choice is GOES_ON, ENDS, LATER,
    of a program also TO_EDIT.

    Only rows of the institution's own sheet are touched, whatever the ids say.
    """
    rows = sheet(institution)
    going, ending, to_edit = (
        [row for row in rows.programs if programs.get(row.pk) == choice]
        for choice in (GOES_ON, ENDS, TO_EDIT)
    )
    with acting(by):
        for row in going:
            row.as_of = year
            row.verified_on, row.verified_by = timezone.localdate(), by
            row.save(update_fields=["as_of", "verified_on", "verified_by"])
        return Outcome(
            verified=len(going),
            retired=actions.retire(ending, by=by),
            to_edit=to_edit,
            renewed=_write_last_year(_renewed(rows.links, links)),
            ended=_write_last_year(_ended(rows.links, links, previous(year))),
        )


def _renewed(rows, links):
    return [
        (row, links[row.pk][1]) for row in rows if row.pk in links and links[row.pk][0] == GOES_ON
    ]


def _ended(rows, links, last):
    """An agreement that ran out before keeps its year."""
    return [
        (row, row.valid_until if row.has_expired else last)
        for row in rows
        if row.pk in links and links[row.pk][0] == ENDS
    ]


def _write_last_year(found):
    """Write [(link, last year)]; how many there were."""
    for row, year in found:
        row.valid_until = year
        row.save(update_fields=["valid_until"])
    return len(found)
