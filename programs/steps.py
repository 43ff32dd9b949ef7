"""What comes before a program, and what after it.

A step is an explicit link (an agreement, a feeder) or, computed, a program of the same pathway at
another level, for which no agreement is on file. Explicit links win over computed steps.
"""

from dataclasses import dataclass, field

from django.db.models import Q

from programs.distance import miles
from programs.models import Program, ProgramLink, Segment


@dataclass
class Level:
    """The steps of one school level: links on file, and same-pathway programs, nearest first."""

    segment: Segment
    links: list[ProgramLink] = field(default_factory=list)
    same: list[Program] = field(default_factory=list)


def after(program):
    """[Level] of what a student can do next, in the order students meet them: two queries."""
    return _levels(program, "from", "destination", _later(program.segment))


def before(program):
    """[Level] of where a student of this program may come from: two queries."""
    return _levels(program, "to", "origin", _earlier(program.segment))


def _later(segment):
    return list(Segment)[Segment.rank(segment) + 1 :]


def _earlier(segment):
    return list(Segment)[: Segment.rank(segment)]


def _levels(program, end, other_end, segments):
    levels = {segment: Level(segment) for segment in segments}
    linked = set()
    for link in sorted(_links(program, end), key=_in_force_first):
        place = getattr(link, other_end)
        if segment_of(place) in levels:
            levels[segment_of(place)].links.append(link)
            linked.add(place)
    for other in _same_pathway(program, segments):
        if other not in linked:
            levels[other.segment].same.append(other)
    return [level for level in levels.values() if level.links or level.same]


def _links(program, end):
    """Links of the program itself, and those of its school or district that cover its field."""
    here = Q(**{f"{end}_program": program}) | at_institution(program.institution, end)
    hidden = None if program.status == Program.Status.PUBLISHED else program
    links = ProgramLink.objects.published(shown=hidden).with_ends().filter(here)
    return [link for link in links if reaches(link, end, program)]


def wider_links(program, end):
    """Of `_links`, those that name no program: they are about its whole school or district."""
    return [link for link in _links(program, end) if getattr(link, f"{end}_program_id") is None]


def reaches(link, end, program):
    """Whether the `end` ("from" or "to") of a link is the program: by name, or as its school or district.

    `program`: a Program, or a row with its pk, institution_id, district_id, segment, pathway_id, sector_id.
    """
    named = getattr(link, f"{end}_program_id")
    if named is not None:
        return named == program.pk
    return is_at(link, end, program) and covers(link, program)


def is_at(link, end, place):
    """`at_institution` for one link: it ends at the institution, or at all of its district's level."""
    institution, district = getattr(link, f"{end}_institution_id"), getattr(link, f"{end}_district")
    if institution is not None:
        return institution == place.institution_id
    return district.pk == place.district_id and segment_of(district) == place.segment


def covers(link, program):
    """A link without a field is about every program, one with a field about those of that field."""
    return link.pathway_id in (None, program.pathway_id) and link.sector_id in (
        None,
        program.sector_id,
    )


def at_institution(institution, end):
    """Links whose `end` ("from" or "to") is the institution, or all of its district's at its level.

    A high school district's agreement is not one of its adult or middle schools.
    """
    here = Q(**{f"{end}_institution": institution})
    district = institution.district
    if district and institution.segment == segment_of(district):
        here |= Q(**{f"{end}_district": district, f"{end}_institution": None})
    return here


def _same_pathway(program, segments):
    if program.pathway_id is None or not segments:
        return []
    found = (
        Program.objects.published()
        .filter(pathway=program.pathway_id)
        .in_segments([segment.value for segment in segments])
        .with_place()
    )
    return sorted(found, key=lambda other: _nearest_first(program, other))


def _nearest_first(program, other):
    distance = miles(program.institution.point, other.institution.point)
    return (distance is None, distance or 0, other.slug)


def _in_force_first(link):
    return (link.has_expired, link.kind, link.slug)


def segment_of(place):
    """The level of a link's end: of a program, an institution, or what a district's agreements are about."""
    return Segment(place.segment)
