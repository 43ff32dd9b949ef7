"""Before and after as lists: the links and programs of each level, grouped by district, college or kind.

The shapes are those of templates/components/steps.html.
"""

from django.utils.translation import gettext as _

from finder.links import finder
from programs.models import LinkKind, Segment
from programs.models.sourced import Freshness

BRIEF = 6
MOST_BARE = 3
ENROLLMENT = [LinkKind.DUAL_ENROLLMENT, LinkKind.CONCURRENT_ENROLLMENT]


def by_place(programs):
    """[{name, count, programs, one_place}] in the given order: a college, or a school's district."""
    groups = {}
    for program in programs:
        groups.setdefault(_place_name(program.institution), []).append(program)
    return [
        {
            "name": name,
            "count": len(found),
            "programs": found,
            "one_place": len({program.institution_id for program in found}) == 1
            and found[0].institution.name == name,
        }
        for name, found in groups.items()
    ]


def _place_name(institution):
    if institution.segment == Segment.COLLEGE or institution.district is None:
        return institution.name
    return institution.district.name


def steps(levels, program, *, forward):
    """Levels of `programs.steps` as the template's groups; the nearest few, and a link to all."""
    return [
        {
            "segment": level.segment.value,
            "label": level.segment.label,
            "links": by_district(level.links, "destination" if forward else "origin"),
            "same": by_place(level.same[:BRIEF]),
            "same_total": len(level.same),
            "same_url": finder(level=level.segment.value, pathway=program.pathway.slug)
            if len(level.same) > BRIEF
            else None,
        }
        for level in levels
    ]


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


def link_steps(links, other_end, segment_of):
    """An institution's own links as groups by level: agreements only, nothing computed."""
    groups = {}
    for link in sorted(links, key=lambda link: (link.has_expired, link.kind, link.slug)):
        groups.setdefault(segment_of(getattr(link, other_end)), []).append(link)
    return [
        {
            "segment": segment.value,
            "label": segment.label,
            "links": by_district(groups[segment], other_end),
            "same": [],
            "same_total": 0,
            "same_url": None,
        }
        for segment in Segment
        if segment in groups
    ]
