"""The programs that lead to a career, level by level: by place, or the nearest to a ZIP code first.

The shapes are those of templates/components/leads.html.
"""

from typing import NamedTuple

from django.utils.translation import get_language

from programs.models import Program, ProgramOccupation, Segment
from reference.translated import Text, pick

NEAREST = 5  # that stand open at each level
Basis = ProgramOccupation.Basis
COLUMNS = {
    "slug": "program__slug",
    "title_en": "program__title_en",
    "title_es": "program__title_es",
    "segment": "program__institution__segment",
    "institution": "program__institution__name",
    "city": "program__institution__city",
    "school": "program__institution__slug",
    "district": "program__institution__district__name",
    "basis": "basis",
}


class Lead(NamedTuple):
    """A program that leads to a career, and who says so."""

    slug: str
    title: Text
    segment: str
    institution: str
    city: str
    place: str  # the college, or the district of a school: under this name it is folded
    is_confirmed: bool  # by the region's editors; else suggested by codes or pathway
    miles: float | None  # None without a ZIP code, or where the school's point is not known


def leads(occupation, distances=None):
    """[level]: the school levels with the programs that lead to an occupation: one query.

    `distances`: {institution slug: miles} from the reader's ZIP code, or None.
    """
    found = [_lead(dict(zip(COLUMNS, row, strict=True)), distances) for row in _rows(occupation)]
    found.sort(key=lambda lead: lead.title.casefold())
    return [
        _level(segment, [lead for lead in found if lead.segment == segment], distances)
        for segment in Segment
    ]


def _rows(occupation):
    """Plain columns: a career may have some hundred programs, and only their names are shown."""
    links = ProgramOccupation.objects.filter(
        occupation=occupation, program__in=Program.objects.published()
    ).shown()
    return links.order_by("program__slug").values_list(*COLUMNS.values())


def _lead(row, distances):
    is_college = row["segment"] == Segment.COLLEGE
    return Lead(
        slug=row["slug"],
        title=pick(get_language()[:2], en=row["title_en"], es=row["title_es"]),
        segment=row["segment"],
        institution=row["institution"],
        city=row["city"],
        place=row["institution"] if is_college else row["district"] or row["institution"],
        is_confirmed=row["basis"] == Basis.CONFIRMED,
        miles=(distances or {}).get(row["school"]),
    )


def _level(segment, found, distances):
    level = {
        "segment": segment.value,
        "label": segment.label,
        "total": len(found),
        "confirmed": sum(lead.is_confirmed for lead in found),
        "nearest": [],
        "farther": [],
        "groups": [],
    }
    if distances is None:
        return level | {"groups": _groups(found)}
    ordered = sorted(found, key=lambda lead: (lead.miles is None, lead.miles or 0))
    return level | {"nearest": ordered[:NEAREST], "farther": ordered[NEAREST:]}


def _groups(found):
    """[(place, its leads)] in the order of the places."""
    groups = {}
    for lead in found:
        groups.setdefault(lead.place, []).append(lead)
    return sorted(groups.items())
