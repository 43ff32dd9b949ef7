"""Early college credit missing, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.jinja import number, url
from planning.gaps import find
from planning.models import Kind
from planning.pages import cells
from planning.pages.cells import Apart, Cell, Column, Page, Table
from planning.pages.next_step import agreements, brief
from programs.models import Institution, Program


def page(facts, scope):
    found = find(Kind.ACCELERATION, facts, scope)
    return Page(
        kind=Kind.ACCELERATION,
        heading=ngettext(
            "%(count)s program without early college credit nearby",
            "%(count)s programs without early college credit nearby",
            len(found.rows),
        )
        % {"count": number(len(found.rows))},
        lead=_(
            "%(total)s high school and adult programs have a college that teaches their pathway within "
            "%(miles)s miles. The ones counted here have no early college credit agreement with it."
        )
        % {"total": number(found.total), "miles": scope.distance}
        + " "
        + ending(found.agreements),
        tables=[
            Table("programs", _("Programs without an agreement"), columns(), found.rows, row_cells),
            Table(
                "agreements",
                _("Agreements that ended or end this year"),
                agreement_columns(),
                found.agreements,
                agreement_cells,
            ),
            Table(
                "districts",
                _("District by district"),
                district_columns(scope),
                found.districts,
                lambda row: district_cells(row, scope),
            ),
        ],
        apart=[
            Apart(
                _("Agreements that give no last year: we cannot tell if they still hold."),
                found.undated,
            )
        ],
        method=[*method(scope), *cells.not_verified(row.program for row in found.rows)],
        sources=lambda: cells.sources(facts, facts.programs.values(), facts.links),
        brief=[(brief(row), reason(row)) for row in found.rows[: cells.MOST_BRIEF]],
    )


def ending(links):
    count = len(links)
    return ngettext(
        "%(count)s agreement ended or ends this year.",
        "%(count)s agreements ended or end this year.",
        count,
    ) % {"count": number(count)}


def columns():
    return [
        Column(_("Program")),
        Column(_("School")),
        *cells.where_columns(),
        Column(_("Industry sector"), in_file_only=True),
        Column(_("Pathway")),
        Column(_("Nearest college program of the pathway")),
        Column(_("College"), in_file_only=True),
        Column(_("Miles"), in_file_only=True),
        Column(_("Colleges nearby with this pathway")),
        Column(_("Early credit with another college")),
        Column(_("What could close it")),
        Column(_("Freshness"), in_file_only=True),
        Column(_("Address on this site"), in_file_only=True),
    ]


def row_cells(row):
    college = row.college.institution
    return [
        cells.program(row.program),
        cells.school(row.program),
        *cells.where(row.program),
        cells.sector(row.program),
        cells.pathway(row.program),
        cells.near(row.miles, row.college),
        Cell(college.name),
        cells.miles_in_file(row.miles),
        cells.count(row.neighbours),
        agreements(row.elsewhere),
        cells.closing(
            _("An agreement with %(college)s") % {"college": college.name},
            url("institution", college.slug),
        ),
        cells.freshness(row.program),
        cells.address(row.program),
    ]


def agreement_columns():
    return [
        Column(_("Agreement")),
        Column(_("From")),
        Column(_("To")),
        Column(_("Field")),
        Column(_("Last year")),
        Column(_("State")),
        Column(_("What could close it")),
        Column(_("Source address"), in_file_only=True),
    ]


def agreement_cells(link):
    field = link.pathway or link.sector
    state = _("ended") if link.has_expired else _("ends this year")
    college = link.to_institution
    path = url("institution", college.slug) if college else url("institutions")
    return [
        Cell(str(link.get_kind_display())),
        place(link.from_program or link.from_institution or link.from_district),
        place(link.to_program or link.to_institution or link.to_district),
        Cell(field.title) if field else Cell(_("No field is named"), is_missing=True),
        Cell(link.valid_until),
        Cell(state),
        cells.closing(
            _("Renew it with %(college)s") % {"college": college or link.to_district}, path
        ),
        Cell(link.source_url),
    ]


def place(end):
    """A program with its school, a school, or a district, which has no page of its own."""
    if isinstance(end, Program):
        return Cell(end.title, url("program", end.slug), end.institution.name)
    if isinstance(end, Institution):
        return Cell(end.name, url("institution", end.slug))
    return Cell(end.name)


def district_columns(scope):
    return [
        Column(_("District")),
        Column(_("Programs without an agreement")),
        Column(_("Programs with a college within %(miles)s miles") % {"miles": scope.distance}),
    ]


def district_cells(row, scope):
    return [
        Cell(row.district.name, f"?{scope.query(district=row.district)}"),
        cells.count(row.lacking),
        cells.count(row.total),
    ]


def reason(row):
    return _("%(college)s teaches the pathway, %(miles)s miles away") % {
        "college": row.college.institution.name,
        "miles": f"{row.miles:.1f}",
    }


def method(scope):
    return [
        _(
            "A neighbour is a college that teaches the same pathway within %(miles)s miles in a "
            "straight line (you can choose another distance). Early college credit is "
            "articulation, credit by exam, dual enrollment or concurrent enrollment."
        )
        % {"miles": scope.distance},
        _(
            "An agreement of the school, or of its whole district, counts when it names this field "
            "or no field. One without a date counts, though it may have ended."
        ),
        _(
            "“Ended” means that the last year our source names is over. It may have been renewed "
            "since: ask the college."
        ),
    ]
