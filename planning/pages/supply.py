"""Supply without demand, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.jinja import number, url
from finder.links import finder
from planning.gaps import find
from planning.models import Kind
from planning.pages import cells
from planning.pages.cells import Apart, Cell, Column, Page, Table
from planning.thresholds import FAR_ABOVE, LOW_PAY
from planning.wages import needed


def page(facts, scope):
    found = find(Kind.SUPPLY, facts, scope)
    wage = needed(facts, scope)
    shown = columns(facts, scope, wage)
    tables = [
        Table("few-jobs", _("Few jobs: more awards than openings"), shown, found.few_jobs),
        Table("low-pay", _("Low pay, though jobs are open"), shown, found.low_pay),
    ]
    return Page(
        kind=Kind.SUPPLY,
        heading=heading(len(found.few_jobs), len(found.low_pay)),
        lead=lead(found, wage),
        tables=[table for table in tables if table.rows] or tables[:1],
        apart=apart(found),
        method=method(),
        sources=lambda: cells.work_sources(facts),
        brief=[(code(row.code), brief(facts, row)) for row in found.rows[: cells.MOST_BRIEF]],
        brief_of=len(found.rows),
        long="low-pay",
    )


def heading(few, low):
    few_jobs = ngettext(
        "%(count)s field of study with more awards than openings",
        "%(count)s fields of study with more awards than openings",
        few,
    )
    only_low = ngettext(
        "%(count)s field of study with low pay, though jobs are open",
        "%(count)s fields of study with low pay, though jobs are open",
        low,
    )
    low_pay = ngettext(
        "%(count)s with low pay, though jobs are open",
        "%(count)s with low pay, though jobs are open",
        low,
    )
    if few and low:
        return f"{cells.counted(few_jobs, few)}; {cells.counted(low_pay, low)}"
    return cells.counted(only_low, low) if low else cells.counted(few_jobs, few)


def apart(found):
    return [
        Apart(
            _("No source reports how many awards the programs give."),
            len(found.not_reported),
            [code(one) for one in found.not_reported],
        ),
        Apart(
            _("No job with openings and pay is known for the program code."),
            len(found.no_jobs),
            [code(one) for one in found.no_jobs],
        ),
        cells.no_sector(found.no_sector),
    ]


def lead(found, wage):
    if wage is None:
        return _("No living wage is on file for this region, so no job can be compared.")
    return _(
        "We compared %(total)s program codes of colleges and adult schools. Few jobs: they give more "
        "than %(times)s times as many awards a year as their jobs have openings in the region. Low pay: "
        "the jobs are open, but more than %(share)s%% of the openings have a median pay below %(wage)s."
    ) % {
        "total": number(found.total),
        "times": FAR_ABOVE,
        "share": cells.percent(LOW_PAY),
        "wage": cells.living_wage(wage),
    }


def columns(facts, scope, wage):
    period, award_period = cells.labor_period(facts), cells.award_period(facts)
    everywhere = find(Kind.DEMAND, facts, scope._replace(sector=None))
    wanting = {row.occupation.sector_id for row in everywhere.rows}
    low = _("Of these, in jobs with low pay")
    if wage:
        low = _("Of these, in jobs below %(wage)s") % {"wage": cells.amount(wage.hourly)}
    return [
        Column(_("Field of study (TOP code)"), lambda row: code(row.code)),
        cells.in_file(_("TOP code"), lambda row: Cell(row.code.code)),
        Column(_("Programs in the region"), lambda row: cells.count(len(row.programs))),
        Column(
            _("Awards a year in the region, %(period)s") % {"period": award_period},
            lambda row: cells.awards(row.awards),
        ),
        Column(
            _("Openings a year in all its jobs in the region, %(period)s") % {"period": period},
            lambda row: cells.count(row.openings),
        ),
        Column(low, lambda row: cells.count(row.low)),
        Column(_("Job with most openings"), lambda row: cells.job(row.jobs[0])),
        Column(_("Why it is listed"), lambda row: Cell(reason(row))),
        Column(_("What could close it"), lambda row: closing(scope, row, wanting)),
    ]


def code(row):
    """A field of study, leading to its programs."""
    return Cell(row.title, finder(q=str(row.title)), row.code)


def closing(scope, row, wanting):
    """Jobs that lack programs, of the same sector where it has any: the same teachers and shops may serve."""
    sector = next(program.sector for program in row.programs if program.sector)
    if sector.pk in wanting:
        return _demand(_("Jobs in demand in this sector"), scope._replace(sector=sector))
    return _demand(_("Jobs in demand in all sectors"), scope._replace(sector=None))


def _demand(text, scope):
    query = scope.query()
    return cells.closing(text, url("gap", Kind.DEMAND.value) + (f"?{query}" if query else ""))


def reason(row):
    far = _("More than %(times)s awards for each opening") % {"times": FAR_ABOVE}
    low = _("More than %(share)s%% of openings pay below the living wage") % {
        "share": cells.percent(LOW_PAY)
    }
    return "; ".join([far] * row.is_far_above + [low] * row.is_low)


def brief(facts, row):
    few, low = _("Few jobs"), _("Low pay, though jobs are open")
    return _(
        "%(why)s: %(awards)s awards a year in the region, %(award_period)s; %(openings)s openings a "
        "year in the region, %(period)s, %(low)s of them below the living wage"
    ) % {
        "why": few if row.is_far_above else low,
        "awards": cells.about(row.awards),
        "award_period": cells.award_period(facts),
        "openings": number(row.openings),
        "period": cells.labor_period(facts),
        "low": number(row.low),
    }


def method():
    return [
        _(
            "Awards of all colleges and adult schools that teach a program code are added up. "
            "Openings of every job it leads to count in full, even if other fields lead there too. "
            "This makes demand look larger than it is: what is still listed here is likely a "
            "surplus."
        ),
        _(
            "Low pay means that more than %(share)s%% of the openings are in jobs whose median pay "
            "in the region is below the living wage of one adult: the highest of the counties, or "
            "that of the county you choose."
        )
        % {"share": cells.percent(LOW_PAY)},
        _(
            "Awards include degrees for transfer, and one student may earn several. Many students "
            "go on to a bachelor’s degree and to other jobs. Low pay says nothing against the "
            "work: some of these jobs are much needed. If you choose a county or district, the "
            "list holds what is taught there; the figures stay those of the whole region."
        ),
        _("Take this as a start for a conversation, not a verdict."),
    ]
