"""Next step missing, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.jinja import number, url
from finder.links import finder
from planning.gaps import find
from planning.models import Kind
from planning.pages import cells
from planning.pages.cells import Cell, Column, Page, Table
from programs.models import Segment


def page(facts, scope):
    found = find(Kind.NEXT_STEP, facts, scope)
    return Page(
        kind=Kind.NEXT_STEP,
        heading=heading(len(found.rows)),
        lead=lead(found, scope),
        tables=[Table("programs", _("Programs without a next step"), columns(), found.rows)],
        apart=[
            cells.no_pathway(
                _("No pathway is on file for the program, so we cannot look for a next step."),
                found.no_pathway,
            )
        ],
        method=[*method(scope), *cells.not_verified(found.not_verified)],
        sources=cells.program_sources(facts),
        brief=[
            (cells.program_and_place(row.program), reason(row, scope))
            for row in found.rows[: cells.MOST_BRIEF]
        ],
    )


def heading(count):
    words = ngettext(
        "%(count)s program without a next step",
        "%(count)s programs without a next step",
        count,
    )
    return cells.counted(words, count)


def lead(found, scope):
    looked = _("We looked at %(total)s high school and adult programs.") % {
        "total": number(found.total)
    }
    if not found.total:
        return looked
    return f"{looked} {_far(found.far, scope.distance)} {_without(found.without)}"


def _far(count, distance):
    if not count:
        words = _("Each has a college program of its pathway within %(miles)s miles.")
        return words % {"miles": distance}
    words = ngettext(
        "%(count)s has no college program of its pathway within %(miles)s miles.",
        "%(count)s have no college program of their pathway within %(miles)s miles.",
        count,
    )
    return words % {"count": number(count), "miles": distance}


def _without(count):
    if not count:
        return _("Each has an agreement with a college.")
    words = ngettext(
        "%(count)s has no agreement with a college.",
        "%(count)s have no agreement with a college.",
        count,
    )
    return cells.counted(words, count)


def columns():
    return [
        Column(_("Program"), lambda row: cells.program(row.program)),
        Column(_("School"), lambda row: cells.school(row.program)),
        *cells.place_columns(),
        Column(_("Pathway"), lambda row: cells.pathway(row.program)),
        *cells.near_columns(
            _("Nearest college program of the pathway"), _("College"), lambda row: row.college
        ),
        Column(_("Agreements with a college"), lambda row: agreements(row.agreements)),
        Column(_("What could close it"), closing),
        *cells.fact_columns(),
    ]


def agreements(links):
    if not links:
        return Cell(_("None on file"), is_missing=True)
    names = dict.fromkeys(str(link.to_institution or link.to_district) for link in links)
    return Cell(", ".join(names))


def closing(row):
    if row.college is None:
        return cells.closing(
            _("College programs of this sector"),
            finder(level=Segment.COLLEGE.value, sector=row.program.sector.slug),
        )
    if row.is_far:
        return cells.closing(
            _("All college programs of this pathway"),
            finder(level=Segment.COLLEGE.value, pathway=row.program.pathway.slug),
        )
    return cells.closing(
        _("An agreement with %(college)s") % {"college": row.college.institution.name},
        url("institution", row.college.institution.slug),
    )


def reason(row, scope):
    far = _("no college program of the pathway within %(miles)s miles") % {"miles": scope.distance}
    return ", ".join([far] * row.is_far + [_("no agreement with a college")] * (not row.agreements))


def method(scope):
    return [
        _(
            "A program has a next step when a college teaches the same pathway within %(miles)s "
            "miles (you can choose another distance) and an agreement with a college reaches it. "
            "Distances are in a straight line."
        )
        % {"miles": scope.distance},
        _(
            "An agreement may be of the program, of its school or of its district, with any "
            "college. It counts until its last year is over. One without a date counts too, though "
            "it may have ended."
        ),
        _("“None on file” means that no source we read names one. One may exist: ask the school."),
    ]
