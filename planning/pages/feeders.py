"""No feeder, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.jinja import number
from finder.links import finder
from planning.gaps import find
from planning.models import Kind
from planning.pages import cells
from planning.pages.cells import Column, Page, Table
from programs.models import Segment


def page(facts, scope):
    found = find(Kind.FEEDERS, facts, scope)
    return Page(
        kind=Kind.FEEDERS,
        heading=heading(len(found.rows)),
        lead=lead(found, scope),
        tables=[Table("programs", _("College programs without a feeder"), columns(), found.rows)],
        apart=[
            cells.no_pathway(
                _("No pathway is on file for the program, so we cannot look for a feeder."),
                found.no_pathway,
            ),
            cells.no_sector(found.no_sector),
        ],
        method=[*method(scope), *cells.not_verified(found.not_verified)],
        sources=cells.program_sources(facts),
        brief=[
            (cells.program_and_place(row.program), reason(row))
            for row in found.rows[: cells.MOST_BRIEF]
        ],
    )


def heading(count):
    words = ngettext(
        "%(count)s college program that no school program leads to",
        "%(count)s college programs that no school program leads to",
        count,
    )
    return cells.counted(words, count)


def lead(found, scope):
    return _(
        "We looked at %(total)s college programs whose pathway is on file. For the ones counted here, "
        "no high school or adult program of the pathway is within %(miles)s miles, and no agreement "
        "names their field."
    ) % {"total": number(found.total), "miles": scope.distance}


def columns():
    return [
        Column(_("College program"), lambda row: cells.program(row.program)),
        Column(_("College"), lambda row: cells.school(row.program, with_district=False)),
        *cells.place_columns(),
        Column(_("Pathway"), lambda row: cells.pathway(row.program)),
        *cells.near_columns(
            _("Nearest school program of the pathway"), _("School"), lambda row: row.school
        ),
        Column(
            _("Agreements of the college that name no field"),
            lambda row: cells.count(row.general),
        ),
        Column(_("What could close it"), closing),
        *cells.fact_columns(),
    ]


def closing(row):
    levels = [Segment.HIGH.value, Segment.ADULT.value]
    if row.school:
        path = finder(level=levels, pathway=row.program.pathway.slug)
        return cells.closing(_("School programs of this pathway"), path)
    path = finder(level=levels, sector=row.program.sector.slug)
    return cells.closing(_("School programs of this sector"), path)


def reason(row):
    if row.school is None:
        return _("no school program of the pathway is listed in the region")
    return _("the nearest school program of the pathway is %(miles)s miles away") % {
        "miles": f"{row.miles:.1f}"
    }


def method(scope):
    return [
        _(
            "A school program leads to a college program when both are of one pathway and at most "
            "%(miles)s miles apart in a straight line (you can choose another distance), or when "
            "an agreement names the college program, its pathway or its sector."
        )
        % {"miles": scope.distance},
        _(
            "Many agreements name only a school and a college. They may include this program, but "
            "they do not say so. They are counted in their own column."
        ),
        _("A missing feeder in this list may be a missing row in our data: ask the college."),
    ]
