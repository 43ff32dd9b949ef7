"""Likely next steps that nobody has confirmed yet, for whoever keeps one of the two ends.

Each school program has its few likeliest, once: one that a person has settled is not followed by the next,
so that the work comes to an end.
"""

from functools import lru_cache

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.changes import acting
from programs import catalogue
from programs.likely import likely_steps
from programs.models import (
    Dismissal,
    Institution,
    Program,
    ProgramLink,
    may_edit,
)
from programs.reasons import STEPS
from reference.models import Release

KINDS = STEPS  # what a person can vouch for without the paper of an agreement


def waiting_for(user):
    """[Pair], the likeliest first, of which one end is the user's, and neither linked nor dismissed."""
    settled = _settled()
    return [pair for pair in _of(user) if pair.key not in settled]


def count_for(user):
    """How many wait: four short queries, and the comparison itself when the catalogue has changed."""
    return len(waiting_for(user))


def _of(user):
    """All pairs for an administrator; for a coordinator those that touch their institutions."""
    if getattr(user, "is_administrator", False):
        return all_pairs()
    own = set(Institution.objects.editable_by(user).order_by().values_list("pk", flat=True))
    return [pair for pair in (all_pairs() if own else ()) if own & {pair.school, pair.college}]


def _settled():
    """{(origin, destination)} that are linked already, or of which a person has said no."""
    linked = ProgramLink.objects.filter(from_program__isnull=False, to_program__isnull=False)
    no = Dismissal.objects.filter(kind=Dismissal.Kind.LINK)
    return {
        *linked.order_by().values_list("from_program", "to_program"),
        *no.order_by().values_list("program", "other"),
    }


def all_pairs():
    """[Pair] of the region, worked out once in each process for each version of the catalogue and each
    day: agreements end overnight."""
    return _all_pairs(catalogue.current(), timezone.localdate())


@lru_cache(maxsize=1)
def _all_pairs(version, today):
    return likely_steps()


def forget():
    _all_pairs.cache_clear()


# --- A person's word ------------------------------------------------------------------------------


@transaction.atomic
def confirm(kinds, *, by):
    """Make links of {(origin, destination): kind}, those that wait for this person. How many."""
    pairs = _chosen(kinds, by)
    programs = Program.objects.with_place().in_bulk({pk for pair in pairs for pk in pair.key})
    links = [
        _link(programs[pair.origin], programs[pair.destination], kinds[pair.key], by)
        for pair in pairs
    ]
    own = [link for link in links if may_edit(by, link)]
    with acting(by):
        for link in own:
            link.save()
    return len(own)


def _chosen(keys, user):
    """The pairs of these keys that wait for the user; the programs are locked, so that two who confirm
    at one moment do not both make the link."""
    wanted = {key for key in keys if len(key) == 2}
    ends = Program.objects.filter(pk__in={origin for origin, _destination in wanted})
    list(ends.order_by("pk").select_for_update(of=("self",)))
    return [pair for pair in waiting_for(user) if pair.key in wanted]


def _link(origin, destination, kind, by):
    today = timezone.localdate()
    return ProgramLink(
        kind=kind,
        from_institution=origin.institution,
        from_program=origin,
        to_institution=destination.institution,
        to_program=destination,
        sector=origin.sector or destination.sector,
        pathway=origin.pathway if origin.pathway_id == destination.pathway_id else None,
        release=Release.own(),
        as_of=today.isoformat(),
        confirmed_on=today,
        confirmed_by=by,
        verified_on=today,
        verified_by=by,
    )


@transaction.atomic
def dismiss(keys, *, by):
    """No to some (origin, destination) that wait for this person: never asked again. How many."""
    pairs = _chosen(keys, by)
    with acting(by):
        for pair in pairs:
            Dismissal.objects.create(
                kind=Dismissal.Kind.LINK, program_id=pair.origin, other_id=pair.destination, by=by
            )
    return len(pairs)


@transaction.atomic
def restore(keys, *, by):
    """Take back the no to some (origin, destination); how many."""
    rows = [row for row in dismissed_for(by) if (row.program_id, row.other_id) in keys]
    with acting(by):
        for row in rows:
            row.delete()
    return len(rows)


def dismissed_for(user):
    """Dismissals of links of which one end is the user's: the other's coordinator may have said no."""
    own = Program.objects.editable_by(user).order_by().values("pk")
    found = Dismissal.objects.filter(kind=Dismissal.Kind.LINK)
    return found.filter(Q(program__in=own) | Q(other__in=own)).order_by("-on", "-pk")
