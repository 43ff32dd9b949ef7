"""A school's new year in one sheet: each program and each agreement goes on, or ends.

The rows carry no school year of their own: that one goes on is said by verifying it and dating its facts
with the new year; what ends is retired, or its agreement gets its last year. Nothing is doubled.
"""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.changes import acting
from programs import actions, catalogue
from programs.models import Program, ProgramLink

GOES_ON, TO_EDIT, ENDS, LATER = "goes_on", "to_edit", "ends", "later"
NEW_YEAR_FROM = 4  # in April a school plans the year that begins in August


class Sheet(NamedTuple):
    """What there is to decide at an institution."""

    programs: list
    links: list


class Plan(NamedTuple):
    """What the choices on a sheet do, or would do."""

    verified: list  # programs that go on as they are
    to_edit: list  # programs that go on with other words
    retired: list
    renewed: list  # [(link, last year)], as in `ended`
    ended: list
    waiting: int  # rows that nobody has decided about

    @property
    def is_empty(self):
        return not any(self[:-1])


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


def plan(rows, programs, links, *, year):
    """Of a sheet with {program id: choice} and {link id: (choice, last year)}; a choice is GOES_ON, ENDS,
    LATER, of a program also TO_EDIT.

    Names only rows of the sheet, whatever the ids say.
    """
    going, to_edit, ending = (
        [row for row in rows.programs if programs.get(row.pk) == choice]
        for choice in (GOES_ON, TO_EDIT, ENDS)
    )
    renewed, ended = _renewed(rows.links, links), _ended(rows.links, links, previous(year))
    decided = sum(map(len, (going, to_edit, ending, renewed, ended)))
    waiting = len(rows.programs) + len(rows.links) - decided
    return Plan(going, to_edit, ending, renewed, ended, waiting)


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


@transaction.atomic
def roll_over(plan, *, year, by):
    with acting(by), catalogue.once():
        for row in plan.verified:
            row.as_of = year
            row.verified_on, row.verified_by = timezone.localdate(), by
            row.save(update_fields=["as_of", "verified_on", "verified_by"])
        actions.retire(plan.retired, by=by)
        for row, last_year in [*plan.renewed, *plan.ended]:
            row.valid_until = last_year
            row.save(update_fields=["valid_until"])
