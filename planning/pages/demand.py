"""Demand without supply, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.education import education_words
from finder.jinja import number
from finder.links import finder
from planning.gaps import find
from planning.models import Kind
from planning.pages import cells
from planning.pages.cells import Apart, Cell, Column, Page, Table
from planning.thresholds import TOO_FEW
from planning.wages import needed


def page(facts, scope):
    found = find(Kind.DEMAND, facts, scope)
    wage = needed(facts, scope)
    return Page(
        kind=Kind.DEMAND,
        heading=heading(len(found.rows)),
        lead=lead(facts, scope, found, wage),
        tables=[
            Table(
                "jobs",
                _("Jobs in demand with no or too few programs"),
                columns(facts, scope),
                found.rows,
            )
        ],
        apart=apart(found),
        method=method(facts),
        sources=lambda: cells.work_sources(facts),
        brief=[
            (cells.job(row.occupation), brief(facts, scope, row))
            for row in found.rows[: cells.MOST_BRIEF]
        ],
    )


def heading(count):
    words = ngettext(
        "%(count)s job in demand with no or too few programs",
        "%(count)s jobs in demand with no or too few programs",
        count,
    )
    return cells.counted(words, count)


def lead(facts, scope, found, wage):
    if wage is None:
        return _("No living wage is on file for this region, so no job can be compared.")
    if facts.rule.openings is None:
        return _("No openings are on file for this region, so no job can be called in demand.")
    return f"{_looked_at(facts, found, wage)} {_counted(scope)}"


def _looked_at(facts, found, wage):
    return _(
        "%(total)s jobs are in demand (%(rule)s) and have a median pay of at least %(wage)s."
    ) % {
        "total": number(found.total),
        "rule": in_demand(facts),
        "wage": cells.living_wage(wage),
    }


def in_demand(facts):
    """The region's rule in a few words: "at least 150 openings a year in the region, …"."""
    openings = _("at least %(openings)s openings a year in the region") % {
        "openings": cells.decimal(facts.rule.openings).text
    }
    return f"{openings}, {_growing(facts)}"


def _growing(facts):
    line = facts.rule.growth
    values = {"percent": f"{abs(float(line)):g}", "period": cells.labor_period(facts)}
    if line > 0:
        return _("at least %(percent)s%% more jobs in %(period)s") % values
    if line < 0:
        return _("at most %(percent)s%% fewer jobs in %(period)s") % values
    return _("no loss of jobs expected in %(period)s") % values


def _counted(scope):
    if scope.has_place:
        return _(
            "For the jobs counted here, no program in %(place)s leads to them, or all programs of the "
            "region together give fewer awards a year than %(share)s%% of the openings."
        ) % {"place": cells.place(scope), "share": cells.percent(TOO_FEW)}
    return _(
        "The jobs counted here have no program that leads to them, or all their programs together give "
        "fewer awards a year than %(share)s%% of the openings."
    ) % {"share": cells.percent(TOO_FEW)}


def apart(found):
    return [
        Apart(
            _("Programs lead to the job, but no source reports how many awards they give."),
            len(found.not_reported),
            [cells.job(row.occupation) for row in found.not_reported],
        ),
        Apart(
            _(
                "Openings, growth or hourly pay are not reported for the region, or there are too few "
                "jobs."
            ),
            len(found.no_figure),
            [cells.job(one) for one in found.no_figure],
        ),
        Apart(_("The job usually asks for a bachelor’s degree or more."), found.beyond),
    ]


def columns(facts, scope):
    period, award_period = cells.labor_period(facts), cells.award_period(facts)
    return [
        Column(_("Job"), lambda row: cells.job(row.occupation)),
        cells.in_file(_("Occupation code (SOC)"), lambda row: Cell(row.occupation.soc)),
        Column(_("Usual education"), education),
        Column(
            _("Openings a year in the region, %(period)s") % {"period": period},
            lambda row: cells.count(row.figure.openings),
        ),
        cells.in_file(
            _("Growth in jobs in the region, %(period)s, percent") % {"period": period},
            lambda row: cells.decimal(row.figure.growth),
        ),
        Column(
            _("Median pay an hour in the region"),
            lambda row: cells.dollars(row.figure.hourly, row.figure.pay_period),
        ),
        cells.in_file(_("Pay read in"), lambda row: Cell(row.figure.pay_period)),
        Column(_("Programs in the region that lead there"), lambda row: programs(scope, row)),
        Column(_("Awards a year in the region, %(period)s") % {"period": award_period}, awards),
        Column(_("Why it is listed"), lambda row: Cell(reason(row, scope))),
        Column(_("What could close it"), closing),
    ]


def education(row):
    return cells.education(education_words(row.occupation.education))


def programs(scope, row):
    count = len(row.programs)
    return cells.count(count)._replace(note=here(scope, row))


def closing(row):
    return cells.closing(_("Search programs for this job"), finder(q=str(row.occupation.title)))


def here(scope, row):
    """How many of the programs are at the chosen place."""
    if not scope.has_place:
        return ""
    return _("%(count)s of them in %(place)s") % {
        "count": number(len(row.here)),
        "place": cells.place(scope),
    }


def awards(row):
    if row.awards is None:
        return Cell(_("not reported by the source"), is_missing=True)
    return cells.awards(row.awards)


def reason(row, scope):
    match row.reason:
        case "none":
            return _("No program is listed")
        case "none_here":
            return _("No program is listed in %(place)s") % {"place": cells.place(scope)}
        case "schools_only":
            return _("Only high school programs are listed")
        case "few":
            words = _("Awards are under %(share)s%% of openings")
            return words % {"share": cells.percent(TOO_FEW)}


def brief(facts, scope, row):
    openings = ngettext(
        "%(count)s opening a year in the region, %(period)s",
        "%(count)s openings a year in the region, %(period)s",
        row.figure.openings,
    ) % {"count": number(row.figure.openings), "period": cells.labor_period(facts)}
    pay = _("median pay %(amount)s, %(year)s") % {
        "amount": cells.amount(row.figure.hourly),
        "year": row.figure.pay_period or _("year not reported"),
    }
    return "; ".join([openings, pay, _given(facts, scope, row)])


def _given(facts, scope, row):
    if row.awards is None:
        return reason(row, scope)
    return _("%(count)s awards a year in the region, %(period)s") % {
        "count": cells.about(row.awards),
        "period": cells.award_period(facts),
    }


def _rule(facts):
    """What "in demand" means, and who says so."""
    if facts.rule.openings is None:
        return _("No openings are on file for this region, so no job can be called in demand.")
    meaning = _("In demand means: %(rule)s. It is the rule of the mark on the career pages.") % {
        "rule": in_demand(facts)
    }
    median = _("Half of the jobs on our list have that many openings or more.")
    own = _("The region has set the number of openings.")
    return f"{meaning} {median if facts.rule.is_median else own}"


def method(facts):
    return [
        _rule(facts),
        _(
            "A living wage is what one adult without children needs. For the region we take the "
            "highest of its counties; if you choose a county or a district, we take that county’s."
        ),
        _(
            "A program leads to a job by its program code or its pathway, unless the region has "
            "hidden the job. All awards of a program count for each of its jobs, so one award may "
            "count several times. This makes supply look larger than it is: what is still listed "
            "here is likely a gap."
        ),
        _(
            "Openings count new jobs and people who leave a job, and many are filled by workers "
            "who need no new award. Awards count degrees, certificates and degrees for transfer; "
            "one student may earn several, and private schools and apprenticeships are missing. If "
            "you choose a county or district, we ask if a program there leads to the job; "
            "openings, pay and awards stay those of the whole region."
        ),
        _("Take this as a start for a conversation, not a verdict."),
    ]
