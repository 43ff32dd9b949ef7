"""The parts of a gap's page: one description for the page, the files and the printed report."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from finder.jinja import money, number, url
from planning.models import Kind


class Cell(NamedTuple):
    """`note` is a second line on the page; `value` is what a file gets instead of the text."""

    text: str = ""
    url: str = ""
    note: str = ""
    value: object = None
    is_missing: bool = False  # the text is the reason why a fact is not there

    @property
    def in_file(self):
        return str(self.text) if self.value is None else self.value


# A cell tells a phone what it is of, because there the headings are not seen.
OPENING = {
    False: Markup('<td data-label="{}"><span>'),
    True: Markup('<td data-label="{}" class="gap-cell"><span>'),
}


class Column(NamedTuple):
    heading: str
    cell: Callable  # a row -> Cell
    in_file_only: bool = False
    badge: str = ""  # two letters that stand for the heading on the page

    @property
    def opening(self):
        return OPENING[bool(self.badge)].format(self.badge or self.heading)


class Table(NamedTuple):
    key: str
    caption: str
    columns: list[Column]
    rows: list

    @property
    def shown(self):
        """The columns of the page."""
        return [column for column in self.columns if not column.in_file_only]

    def body(self, rows, keep):
        """The rows as HTML. `keep` is the kept macro of a cell; it is called here, because a call from a
        template costs more than the cell."""
        columns = [(column.cell, column.opening) for column in self.shown[1:]]
        heading = self.shown[0].cell
        parts = []
        for row in rows:
            parts += ('<tr><th scope="row">', _html(heading(row), keep), "</th>\n")
            for cell, opening in columns:
                parts += (opening, _html(cell(row), keep), "</span></td>\n")
            parts.append("</tr>\n")
        return Markup("".join(parts))  # noqa: S704 (the template escaped each cell)


def _html(cell, keep):
    text, address, note, _value, is_missing = cell
    return keep(text, getattr(text, "lang", None) or "", address, note, is_missing)


class Apart(NamedTuple):
    """What could not be counted: why, how many, and which (may be empty)."""

    reason: str
    count: int
    items: list[Cell] = []


class Page(NamedTuple):
    kind: Kind
    heading: str  # the count in words
    lead: str
    tables: list[Table]
    apart: list[Apart]
    method: list[str]
    sources: Callable  # -> [Release], by publisher
    brief: list[tuple[Cell, str]]  # the foremost rows, each with its reason, for the report
    brief_of: int | None = None  # of how many rows; None: of those of the first table
    long: str = ""  # the key of the table that is shown page by page; "": the first one

    @property
    def paged(self):
        """The Table that is shown page by page."""
        return next((one for one in self.tables if one.key == self.long), self.tables[0])

    @property
    def listed(self):
        return len(self.tables[0].rows) if self.brief_of is None else self.brief_of

    @property
    def releases(self):
        return self.sources()


MOST_BRIEF = 5


def program_sources(facts):
    """What all that is said of programs and their links was read from."""
    return lambda: sources(facts, facts.programs.values(), facts.links)


def no_pathway(reason, programs):
    return Apart(reason, len(programs), [program_and_place(one) for one in programs])


def no_sector(count):
    return Apart(_("General and transfer studies: they belong to no industry sector."), count)


def counted(words, number_of):
    """Words of ngettext with their number: "1,291 programs"."""
    return words % {"count": number(number_of)}


def program(row):
    return Cell(row.title, url("program", row.slug))


def program_and_place(row):
    return program(row)._replace(note=row.institution.name)


def school(row, with_district=True):
    place = row.institution
    note = district_name(place) if with_district else ""
    return Cell(place.name, url("institution", place.slug), note)


def pathway(row):
    return Cell(row.pathway.title, url("pathway", row.pathway.slug))


def sector(row):
    return Cell(row.sector.title if row.sector else "")


def place_columns():
    """For files: where the program of a row is taught."""

    def place(row):
        return row.program.institution

    return [
        in_file(_("District"), lambda row: Cell(district_name(place(row)))),
        in_file(_("County"), lambda row: Cell(place(row).county.name)),
        in_file(_("Level"), lambda row: Cell(str(place(row).get_segment_display()))),
        in_file(_("Industry sector"), lambda row: sector(row.program)),
    ]


def fact_columns():
    """For files: how far to trust the program of a row, and its page."""
    return [
        in_file(_("Freshness"), lambda row: Cell(str(row.program.freshness.label))),
        in_file(
            _("Address on this site"),
            lambda row: Cell(settings.SITE_URL + url("program", row.program.slug)),
        ),
    ]


def near_columns(heading, place_heading, other_of):
    """The nearest program of the pathway, and for files its place and how far it is."""
    return [
        Column(heading, lambda row: near(row.miles, other_of(row))),
        in_file(
            place_heading, lambda row: Cell(other_of(row).institution.name if other_of(row) else "")
        ),
        in_file(_("Miles"), lambda row: miles_in_file(row.miles)),
    ]


def in_file(heading, cell):
    return Column(heading, cell, in_file_only=True)


def district_name(place):
    return place.district.name if place.district else ""


def not_verified(count):
    """How far the list can be trusted: a sentence, in a list; empty where nothing is in doubt."""
    if not count:
        return []
    words = ngettext(
        "%(count)s of the programs in this list comes from a source that is old or has no date.",
        "%(count)s of the programs in this list come from a source that is old or has no date.",
        count,
    )
    return [counted(words, count)]


def near(miles, other):
    """The nearest program of the pathway, and how far it is."""
    if other is None:
        return Cell(_("None is listed in the region"), is_missing=True)
    note = _("%(place)s, %(miles)s\u00a0miles") % {
        "place": other.institution.name,
        "miles": f"{miles:.1f}",
    }
    return Cell(other.title, url("program", other.slug), note)


def miles_in_file(miles):
    return Cell(
        "" if miles is None else f"{miles:.1f}", value=None if miles is None else round(miles, 1)
    )


def count(value):
    return Cell(number(value), value=value)


def closing(text, path):
    """What could close a gap; files get the whole address."""
    return Cell(text, path, value=settings.SITE_URL + path)


def sources(facts, *rows):
    """[Release] that rows (each with release_id) were read from, by publisher."""
    used = {row.release_id for group in rows for row in group}
    return by_publisher(facts.releases[pk] for pk in used)


def by_publisher(releases):
    return sorted(releases, key=lambda release: (release.publisher, release.name))


# --- Work --------------------------------------------------------------------------------------


def job(row):
    return Cell(row.title, url("career", row.slug))


def education(words):
    return Cell(words) if words else Cell(_("not reported by the source"), is_missing=True)


def amount(hourly):
    return _("%(amount)s an hour") % {"amount": money(hourly)}


def living_wage(row):
    """With its place and year."""
    return _("%(amount)s (the living wage of one adult in %(county)s County, %(year)s)") % {
        "amount": amount(row.hourly),
        "county": row.county.name,
        "year": row.vintage,
    }


def dollars(hourly, year):
    """Pay and the year it is of."""
    return Cell(money(hourly), note=year or _("year not reported"), value=float(hourly))


def awards(value):
    """A yearly mean of awards, which nobody counts by tenths; files get it as it was computed."""
    text = number(int(value + Decimal("0.5"))) if value >= 1 else _("fewer than 1")
    return Cell(text if value else "0", value=float(value))


def about(value):
    """ "about 167", for a sentence."""
    return awards(value).text if value < 1 else _("about %(n)s") % {"n": awards(value).text}


def decimal(value):
    """One place, and none where it is 0."""
    text = f"{value:,.1f}".removesuffix(".0")
    return Cell(text, value=float(value))


def percent(share):
    """A share of planning.thresholds: Decimal("0.5") -> "50"."""
    return f"{share * 100:.0f}"


def labor_period(facts):
    """The years that openings are the yearly mean of: "2024-2029"."""
    return max((figure.period for figure in facts.figures.values()), default="")


def award_period(facts):
    """The years that awards are the yearly mean of, without the source's English: "2020-21–2022-23"."""
    return facts.award_period.replace(" to ", "–")


def work_sources(facts):
    """Of figures, living wages and awards, and of the crosswalks between codes and jobs."""
    read = sources(facts, facts.figures.values(), facts.living_wages, facts.programs.values())
    return by_publisher({*read, *(row for row in facts.releases.values() if row.joins_codes)})


def place(scope):
    if scope.district:
        return scope.district.name
    return _("%(county)s County") % {"county": scope.county.name}
