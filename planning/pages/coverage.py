"""Coverage and equal access, in words."""

from urllib.parse import urlencode

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
    found = find(Kind.COVERAGE, facts, scope)
    return Page(
        kind=Kind.COVERAGE,
        heading=heading(found, scope),
        lead=lead(found),
        tables=tables(facts, scope, found),
        apart=[],
        method=method(),
        sources=lambda: cells.sources(
            facts, facts.programs.values(), facts.institutions, facts.zip_codes
        ),
        brief=[
            (Cell(one.county.name), brief(one))
            for _sector, access in found.access
            for one in access
        ]
        if scope.sector
        else [],
    )


def heading(found, scope):
    values = {"count": number(found.gaps)}
    if scope.sector:
        return (
            ngettext(
                "%(count)s place where no program of this sector is listed",
                "%(count)s places where no program of this sector is listed",
                found.gaps,
            )
            % values
        )
    return (
        ngettext(
            "%(count)s place where no program is listed",
            "%(count)s places where no program is listed",
            found.gaps,
        )
        % values
    )


def lead(found):
    return _(
        "A place is one school level of one district. We looked at %(total)s places, and at how far it "
        "is from each ZIP code to the nearest program of each sector."
    ) % {"total": number(found.total)}


def tables(facts, scope, found):
    shown = [
        Table(
            "places",
            _("Programs listed, place by place"),
            columns(found),
            found.rows,
        ),
        Table(
            "access",
            _("Distance to the nearest program, by sector and county: %(level)s")
            % {"level": level(scope)},
            access_columns(facts),
            found.access,
        ),
    ]
    if scope.sector:
        shown.append(
            Table(
                "zip-codes",
                _("Distance to the nearest program, ZIP code by ZIP code: %(level)s")
                % {"level": level(scope)},
                zip_columns(),
                found.zip_codes,
            )
        )
    return shown


def level(scope):
    return str(Segment(scope.level).label) if scope.level else _("colleges and adult schools")


def columns(found):
    return [
        Column(_("District"), district),
        Column(_("Level"), lambda row: Cell(str(row.level.label))),
        cells.in_file(_("County"), lambda row: Cell(row.district.county.name)),
        Column(_("Schools"), lambda row: cells.count(row.schools)),
        *sector_columns(found),
        Column(_("What could close it"), lambda row: closing(row, found.offered)),
    ]


def district(row):
    name = row.district.name
    return Cell(name, url("institutions") + "?" + urlencode({"q": name}))


def sector_columns(found):
    """How many programs a place has, a column for each sector."""
    sectors = [sector for sector, _count in found.rows[0].counts] if found.rows else []

    def counted(n):
        return lambda row: listed(row.counts[n][1])

    return [
        Column(str(sector.title), counted(n), badge=sector.code) for n, sector in enumerate(sectors)
    ]


def listed(count):
    return cells.count(count)._replace(is_missing=not count)


def closing(row, offered):
    """What others have at this level, in the county or else in the region; or else what other levels have."""
    lacking = [sector for sector, count in row.counts if not count]
    if not lacking:
        return Cell(_("not needed"), is_missing=True)
    level = row.level.value
    for county, text in (
        (row.district.county, _("What others nearby have")),
        (None, _("What the region has")),
    ):
        found = [one for one in lacking if (county and county.pk, level, one.pk) in offered]
        if found:
            place = county and county.slug
            path = finder(level=level, county=place, sector=_named(found, row))
            return cells.closing(text, path)
    return cells.closing(_("What other levels have"), finder(sector=_named(lacking, row)))


def _named(sectors, row):
    """Their keys for the finder; none where the place has no program at all: then every sector helps."""
    every_sector = len(row.counts) > 1 and not row.programs
    return [] if every_sector else [sector.slug for sector in sectors]


def access_columns(facts):
    found = [Column(_("Industry sector"), lambda pair: sector_cell(pair[0]))]
    for n, county in enumerate(facts.counties):
        found += county_columns(n, county)
    return found


def county_columns(n, county):
    """Of the n-th county of a row's Access."""
    place = {"county": county.name}
    return [
        Column(
            _("Programs in %(county)s County") % place,
            lambda pair: cells.count(pair[1][n].programs),
        ),
        Column(
            _("%(county)s County: miles, half of the ZIP codes are nearer") % place,
            lambda pair: distance(pair[1][n].middle),
        ),
        Column(
            _("%(county)s County: miles from the farthest ZIP code") % place,
            lambda pair: distance(pair[1][n].farthest, pair[1][n].farthest_zip),
        ),
    ]


def sector_cell(sector):
    return Cell(sector.title, finder(sector=sector.slug))


def distance(miles, code=None):
    if miles is None:
        return Cell(_("no program is listed"), is_missing=True)
    note = f"{code.code} {code.city}" if code else ""
    return Cell(f"{miles:.1f}", note=note, value=round(miles, 1))


def zip_columns():
    return [
        Column(_("ZIP code"), lambda pair: Cell(pair[0].code)),
        Column(_("City"), lambda pair: Cell(pair[0].city)),
        Column(_("County"), lambda pair: Cell(pair[0].county.name)),
        Column(_("Miles"), lambda pair: distance(pair[1])),
    ]


def brief(one):
    if one.middle is None:
        return _("no program of a college or adult school is listed in the region")
    return _(
        "%(count)s programs of colleges and adult schools; half of the ZIP codes are at most %(middle)s "
        "miles from the nearest, and the farthest (%(code)s) is %(farthest)s miles away"
    ) % {
        "count": number(one.programs),
        "middle": f"{one.middle:.1f}",
        "farthest": f"{one.farthest:.1f}",
        "code": one.farthest_zip.code,
    }


def method():
    return [
        _(
            "A district has a row for each level at which it has an open school. The number is how "
            "many programs we list there. 0 means that none is listed, not that none exists: see "
            "“About the data”."
        ),
        _(
            "Distances are in a straight line from the middle of a ZIP code to the nearest school "
            "or college with a program of the sector, in either county. The real trip is longer. "
            "ZIP codes have very different numbers of people. Some schools stand in the middle of "
            "their ZIP code, because no exact point is on file."
        ),
        _(
            "High school programs are usually open only to students of the school. So distances "
            "are to colleges and adult schools, unless you choose a level."
        ),
    ]
