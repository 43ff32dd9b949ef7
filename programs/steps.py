"""What comes before a program, and what after it.

A step is an explicit link (an agreement, a feeder) or, where there is none, a program of the same
pathway at another level, which says so. Explicit links win over computed steps.
"""

from dataclasses import dataclass, field

from django.db.models import Q

from programs.distance import miles
from programs.models import Institution, Program, ProgramLink, Segment

NEAREST = 5


@dataclass(frozen=True)
class Step:
    """One place to go to or come from. `links` is empty for a computed same-pathway step.

    `place` is a Program, an Institution or a District; `distance` is in miles, None where unknown.
    """

    place: object
    links: tuple = ()
    distance: float | None = None

    @property
    def is_computed(self):
        return not self.links

    @property
    def is_program(self):
        return isinstance(self.place, Program)


@dataclass
class Level:
    """The steps of one school level: agreements first, then the nearest same-pathway programs."""

    segment: Segment
    steps: list[Step] = field(default_factory=list)
    more: int = 0


def after(program):
    """[Level] of what a student can do next, in the order students meet them: two queries."""
    return _levels(program, _links_from(program), "destination", forward=True)


def before(program):
    """[Level] of where a student of this program may come from: two queries."""
    return _levels(program, _links_to(program), "origin", forward=False)


def _links_from(program):
    return _links(program, "from", program.institution)


def _links_to(program):
    return _links(program, "to", program.institution)


def _links(program, end, institution):
    """Links of the program itself, and those of its school or district that cover its pathway."""
    whole_school = Q(**{f"{end}_institution": institution})
    if institution.district_id:
        whole_school |= Q(
            **{f"{end}_district": institution.district_id, f"{end}_institution": None}
        )
    covers = (
        Q(**{f"{end}_program": None})
        & (Q(pathway=None) | Q(pathway=program.pathway_id))
        & (Q(sector=None) | Q(sector=program.sector_id))
    )
    return ProgramLink.objects.filter(
        Q(**{f"{end}_program": program}) | whole_school & covers
    ).with_ends()


def _levels(program, links, other_end, *, forward):
    levels = {segment: Level(segment) for segment in Segment if _leads(program, segment, forward)}
    linked = set()
    for step in _agreements(program, links, other_end):
        segment = _segment(step.place)
        if segment in levels:
            levels[segment].steps.append(step)
            linked.add(step.place)
    for step in _same_pathway(program, levels):
        if step.place not in linked:
            _add_nearest(levels[Segment(step.place.institution.segment)], step)
    return [level for level in levels.values() if level.steps]


def _leads(program, segment, forward):
    here, there = Segment.rank(program.segment), Segment.rank(segment)
    return there > here if forward else there < here


def _agreements(program, links, other_end):
    """One Step a place, with all its links; the ones in force before the expired ones."""
    places = {}
    for link in sorted(links, key=lambda link: (link.has_expired, link.kind, link.slug)):
        places.setdefault(getattr(link, other_end), []).append(link)
    return [Step(place, tuple(found), _distance(program, place)) for place, found in places.items()]


def _same_pathway(program, levels):
    """Programs of the same pathway at the wanted levels, nearest first."""
    if program.pathway_id is None or not levels:
        return []
    found = (
        Program.objects.published()
        .filter(pathway=program.pathway_id)
        .in_segments([segment.value for segment in levels])
        .exclude(pk=program.pk)
        .with_place()
    )
    steps = [Step(other, distance=_distance(program, other)) for other in found]
    return sorted(steps, key=_nearest_first)


def _nearest_first(step):
    unknown = step.distance is None
    return (unknown, step.distance if not unknown else 0, step.place.slug)


def _add_nearest(level, step):
    if sum(other.is_computed for other in level.steps) < NEAREST:
        level.steps.append(step)
    else:
        level.more += 1


def _segment(place):
    """The level of a link's end; a district of colleges counts as college, any other as high school."""
    if isinstance(place, Program):
        return place.segment
    if isinstance(place, Institution):
        return Segment(place.segment)
    return Segment.COLLEGE if "college" in place.name.lower() else Segment.HIGH


def _distance(program, place):
    there = place.institution if isinstance(place, Program) else place
    if not isinstance(there, Institution):
        return None
    here = program.institution
    return miles((here.latitude, here.longitude), (there.latitude, there.longitude))
