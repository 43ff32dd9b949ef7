"""Early college credit missing, in words."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.jinja import number, url
from planning.gaps import find
from planning.models import Kind
from planning.pages import cells
from planning.pages.cells import Apart, Cell, Column, Page, Table
from planning.pages.next_step import agreements
from programs.models import Institution, LinkKind, Program


def page(facts, scope):
    found = find(Kind.ACCELERATION, facts, scope)
    return Page(
        kind=Kind.ACCELERATION,
        heading=heading(len(found.rows)),
        lead=f"{lead(found, scope)} {ending(len(found.agreements))}",
        tables=tables(found, scope),
        apart=[
            Apart(
                _("Agreements that give no last year: we cannot tell if they still hold."),
                found.undated,
            )
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
        "%(count)s program without early college credit nearby",
        "%(count)s programs without early college credit nearby",
        count,
    )
    return cells.counted(words, count)


def lead(found, scope):
    return _(
        "%(total)s high school and adult programs have a college that teaches their pathway within "
        "%(miles)s miles. The ones counted here have no early college credit agreement with it."
    ) % {"total": number(found.total), "miles": scope.distance}


def ending(count):
    words = ngettext(
        "%(count)s agreement ended or ends this year.",
        "%(count)s agreements ended or end this year.",
        count,
    )
    return cells.counted(words, count)


def tables(found, scope):
    return [
        Table("programs", _("Programs without an agreement"), columns(), found.rows),
        Table(
            "agreements",
            _("Agreements that ended or end this year"),
            agreement_columns(),
            found.agreements,
        ),
        Table("districts", _("District by district"), district_columns(scope), found.districts),
    ]


def columns():
    return [
        Column(_("Program"), lambda row: cells.program(row.program)),
        Column(_("School"), lambda row: cells.school(row.program)),
        *cells.place_columns(),
        Column(_("Pathway"), lambda row: cells.pathway(row.program)),
        *cells.near_columns(
            _("Nearest college program of the pathway"), _("College"), lambda row: row.college
        ),
        Column(_("Colleges nearby with this pathway"), lambda row: cells.count(row.neighbours)),
        Column(_("Early credit with another college"), lambda row: agreements(row.elsewhere)),
        Column(_("What could close it"), closing),
        *cells.fact_columns(),
    ]


def closing(row):
    college = row.college.institution
    return cells.closing(
        _("An agreement with %(college)s") % {"college": college.name},
        url("institution", college.slug),
    )


def agreement_columns():
    return [
        Column(_("Agreement"), lambda link: Cell(str(LinkKind(link.kind).label))),
        Column(_("From"), lambda link: place(link.origin)),
        Column(_("To"), lambda link: place(link.destination)),
        Column(_("Field"), field),
        Column(_("Last year"), lambda link: Cell(link.valid_until)),
        Column(_("State"), state),
        Column(_("What could close it"), renewing),
        cells.in_file(_("Source address"), lambda link: Cell(link.source_url)),
    ]


def field(link):
    named = link.pathway or link.sector
    return Cell(named.title) if named else Cell(_("No field is named"), is_missing=True)


def state(link):
    return Cell(_("ended") if link.has_expired else _("ends this year"))


def renewing(link):
    """At the college; a college district has no page, so its colleges are looked up by its name."""
    college, district = link.to_institution, link.to_district
    path = (
        url("institution", college.slug)
        if college
        else url("institutions") + "?" + urlencode({"q": district.name})
    )
    return cells.closing(_("Renew it with %(college)s") % {"college": college or district}, path)


def place(end):
    """A program with its school, a school, or a district, which has no page of its own."""
    if isinstance(end, Program):
        return Cell(end.title, url("program", end.slug), end.institution.name)
    if isinstance(end, Institution):
        return Cell(end.name, url("institution", end.slug))
    return Cell(end.name)


def district_columns(scope):
    return [
        Column(
            _("District"),
            lambda row: Cell(row.district.name, f"?{scope.query(district=row.district)}"),
        ),
        Column(_("Programs without an agreement"), lambda row: cells.count(row.lacking)),
        Column(
            _("Programs with a college within %(miles)s miles") % {"miles": scope.distance},
            lambda row: cells.count(row.total),
        ),
    ]


def reason(row):
    return _("%(college)s teaches the pathway, %(miles)s miles away") % {
        "college": row.college.institution.name,
        "miles": f"{row.miles:.1f}",
    }


def method(scope):
    return [
        _(
            "A neighbor is a college that teaches the same pathway within %(miles)s miles in a "
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
