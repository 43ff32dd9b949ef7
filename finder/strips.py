"""Before and after as lists: the links and programs of each level, grouped by district, college or kind.

The shapes are those of templates/components/steps.html.
"""

from django.utils.translation import gettext as _

from finder.linemap.view import NEAREST
from finder.links import finder
from programs.distance import FAR, miles
from programs.models import LinkKind, Segment
from programs.models.sourced import Freshness
from programs.network import is_about
from programs.steps import reaches, segment_of

BRIEF = 6
MOST_BARE = 3
ENROLLMENT = [LinkKind.DUAL_ENROLLMENT, LinkKind.CONCURRENT_ENROLLMENT]


def by_place(programs, point):
    """[{name, count, programs, miles, is_far}] in the given order: a college, or a school's district (or
    the school, where it is the only one), with the miles to the nearest of its programs."""
    groups = {}
    for program in programs:
        groups.setdefault(_place_name(program.institution), []).append(program)
    return [_place(name, found, point) for name, found in groups.items()]


def _place(name, programs, point):
    ways = [miles(point, program.institution.point) for program in programs]
    way = min((one for one in ways if one is not None), default=None)
    is_one = len({program.institution_id for program in programs}) == 1
    return {
        "name": programs[0].institution.name if is_one else name,
        "count": len(programs),
        "programs": programs,
        "miles": way,
        "is_far": way is not None and way > FAR,
    }


def _place_name(institution):
    if institution.segment == Segment.COLLEGE or institution.district is None:
        return institution.name
    return institution.district.name


def steps(levels, program, *, forward):
    """Levels of `programs.steps` as the template's groups: the places that the drawing shows, and a link
    to all."""
    return [_step(level, program, forward) for level in levels]


def _step(level, program, forward):
    """Of the programs in the same pathway: `there`, at the places of the links; else the nearest, those
    `far` away apart."""
    end = "to" if forward else "from"
    programs = [*level.same, *_named(level, program, end)]
    places = sorted(by_place(programs, program.institution.point), key=_nearest_first)
    linked = [place for place in places if _is_linked(place, level.links, end)]
    others = [place for place in places if place not in linked]
    bare = _without_program(level.links, program.pathway, programs, end)
    nearest = others[: max(NEAREST - len(linked) - bare, 0)]
    shown = sum(place["count"] for place in linked + nearest)
    return {
        "segment": level.segment.value,
        "label": level.segment.label,
        "links": by_district(level.links, "destination" if forward else "origin"),
        "there": linked,
        "same": [place for place in nearest if not place["is_far"]],
        "far": [place for place in nearest if place["is_far"]],
        "same_total": len(programs),
        "same_url": finder(level=level.segment.value, pathway=program.pathway.slug)
        if len(programs) > shown
        else None,
    }


def _is_linked(place, links, end):
    return any(reaches(link, end, program) for link in links for program in place["programs"])


def _without_program(links, pathway, programs, end):
    """How many places of links about the pathway list no program of it: on the map they are stops, too."""
    bare = {
        _name_of_end(link, end)
        for link in links
        if pathway
        and is_about(link, pathway)
        and not any(reaches(link, end, program) for program in programs)
    }
    return len(bare)


def _name_of_end(link, end):
    school = getattr(link, f"{end}_institution")
    return _place_name(school) if school else getattr(link, f"{end}_district").name


def _named(level, program, end):
    """The programs of the pathway that the links name: `level.same` is without them."""
    named = (getattr(link, f"{end}_program") for link in level.links)
    found = {one for one in named if one and one.pathway_id == program.pathway_id}
    return sorted(found, key=lambda one: one.slug)


def _nearest_first(place):
    return (place["miles"] is None, place["miles"] or 0, place["name"])


def by_district(links, end):
    """[(name, links)]: a few stand open under no name; many are folded by the district of their end.

    Before that, many that say nothing but their kind are folded under that kind.
    """
    bare = {
        kind: [link for link in links if link.kind == kind and is_bare(link)] for kind in ENROLLMENT
    }
    folds = [
        (_("%(kind)s, no course named") % {"kind": kind.label}, found)
        for kind, found in bare.items()
        if len(found) > MOST_BARE
    ]
    folded = {link.pk for _name, found in folds for link in found}
    return _by_district([link for link in links if link.pk not in folded], end) + folds


def is_bare(link):
    """An undated or old word of mouth: two schools, and neither a course nor units."""
    says = (link.from_course, link.to_course_code, link.to_course, link.units, link.valid_until)
    return link.freshness == Freshness.NOT_VERIFIED and not any(says)


def _by_district(links, end):
    if len(links) <= BRIEF:
        return [("", links)] if links else []
    groups = {}
    for link in links:
        place = getattr(link, end)
        school = getattr(place, "institution", place)
        district = getattr(school, "district", None)
        groups.setdefault(district.name if district else school.name, []).append(link)
    return sorted(groups.items())


def link_steps(links, other_end, neighbors):
    """An institution's own links as groups by level, with its `neighbors` ({segment: [Node]}): the stops
    that the drawing has beside it."""
    groups = {}
    for link in sorted(links, key=lambda link: (link.has_expired, link.kind, link.slug)):
        groups.setdefault(segment_of(getattr(link, other_end)), []).append(link)
    return [
        {
            "segment": segment.value,
            "label": segment.label,
            "links": by_district(groups.get(segment, []), other_end),
            "neighbors": neighbors.get(segment, []),
        }
        for segment in Segment
        if segment in groups or segment in neighbors
    ]
