"""The programs that lead to a career, level by level: straight to it, and what may be a first step; by
place, or the nearest to a ZIP code first.

The shapes are those of templates/components/leads.html.
"""

from typing import NamedTuple

from django.utils.translation import get_language

from programs.models import Program, Segment
from reference.translated import Text, pick

NEAREST = 5  # that stand open at each level
COLUMNS = {
    "pk": "pk",
    "slug": "slug",
    "title_en": "title_en",
    "title_es": "title_es",
    "segment": "institution__segment",
    "institution": "institution__name",
    "city": "institution__city",
    "school": "institution__slug",
    "district": "institution__district__name",
}


class Lead(NamedTuple):
    """A program that leads to a career, and who says so."""

    slug: str
    title: Text
    segment: str
    institution: str
    city: str
    place: str  # the college, or the district of a school: under this name it is folded
    is_straight: bool  # else it may be a first step
    is_confirmed: bool  # by the region's editors; else suggested by codes or pathway
    miles: float | None  # None without a ZIP code, or where the school's point is not known


def leads(ways, distances=None):
    """[level]: the school levels with the programs of programs.ways.Ways: one query.

    `distances`: {institution slug: miles} from the reader's ZIP code, or None.
    """
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in _rows(ways.all)]
    found = [_lead(row, ways, distances) for row in rows]
    found.sort(key=lambda lead: lead.title.casefold())
    return [
        _level(segment, [lead for lead in found if lead.segment == segment], distances)
        for segment in Segment
    ]


def _rows(programs):
    """Plain columns: a career may have some hundred programs, and only their names are shown."""
    found = Program.objects.filter(pk__in=programs).order_by("slug")
    return found.values_list(*COLUMNS.values())


def _lead(row, ways, distances):
    is_college = row["segment"] == Segment.COLLEGE
    return Lead(
        slug=row["slug"],
        title=pick(get_language()[:2], en=row["title_en"], es=row["title_es"]),
        segment=row["segment"],
        institution=row["institution"],
        city=row["city"],
        place=row["institution"] if is_college else row["district"] or row["institution"],
        is_straight=row["pk"] in ways.straight,
        is_confirmed=row["pk"] in ways.confirmed,
        miles=(distances or {}).get(row["school"]),
    )


def _level(segment, found, distances):
    return {
        "segment": segment.value,
        "label": segment.label,
        "total": len(found),
        "confirmed": sum(lead.is_confirmed for lead in found),
        "straight": _part([lead for lead in found if lead.is_straight], distances),
        "first": _part([lead for lead in found if not lead.is_straight], distances),
    }


def _part(found, distances):
    part = {"total": len(found), "nearest": [], "farther": [], "groups": []}
    if distances is None:
        return part | {"groups": _groups(found)}
    ordered = sorted(found, key=lambda lead: (lead.miles is None, lead.miles or 0))
    return part | {"nearest": ordered[:NEAREST], "farther": ordered[NEAREST:]}


def _groups(found):
    """[(place, its leads)] in the order of the places."""
    groups = {}
    for lead in found:
        groups.setdefault(lead.place, []).append(lead)
    return sorted(groups.items())
