"""Pay beside its place and year, as the templates take it (see templates/components/figure.html)."""

from decimal import Decimal
from typing import NamedTuple

from reference.models import LaborFigure, LivingWage, Region
from reference.models.pay import HOUSEHOLD, household_words

ONE_ADULT = "1a0c"


def jobs(occupations):
    """[{occupation, pay}] in the given order; pay is the region's own figure, None without one."""
    figures = {figure.occupation_id: figure for figure in _regional(occupations)}
    region = Region.objects.first()
    return [
        {
            "occupation": occupation,
            "pay": of(figures[occupation.pk], region.name) if occupation.pk in figures else None,
        }
        for occupation in occupations
    ]


def places(occupation, region=None):
    """[pay] of one occupation, every area and release: the region first, then counties, the state."""
    region = region or Region.objects.first()
    figures = occupation.figures.select_related("release", "county")
    names = {LaborFigure.Area.REGION: region.name, LaborFigure.Area.STATE: region.state_name}
    order = list(LaborFigure.Area)
    return [
        of(figure, figure.county.name if figure.county else names[figure.area])
        for figure in sorted(figures, key=lambda figure: (order.index(figure.area), figure.period))
    ]


def living_wages(county=None, household=ONE_ADULT):
    """[LivingWage] of a household, one adult without children, for one county or for each."""
    wages = LivingWage.objects.current().filter(household=household)
    wages = wages.select_related("county", "release")
    return list(wages.filter(county=county) if county else wages)


def _regional(occupations):
    return LaborFigure.objects.filter(
        occupation__in=[occupation.pk for occupation in occupations],
        area=LaborFigure.Area.REGION,
    ).select_related("release")


def of(figure, place):
    """A Pay; `year` is when the pay was read, "" where the source does not say."""
    return {"figure": figure, "place": place, "year": figure.pay_period}


# --- Beside the living wage --------------------------------------------------------------------


class Beside(NamedTuple):
    """The pay of a job beside what a household needs in one county."""

    wage: LivingWage
    difference: Decimal | None  # pay less need, by the hour; None where the pay is not known
    width: str  # of the need's bar, a percentage of the drawing


class Comparison(NamedTuple):
    rows: list  # of Beside, one a county
    width: str  # of the pay's bar
    household: str
    households: list  # the keys that can be chosen
    differs: bool  # the pay and the living wage are of different years

    @property
    def words(self):
        return household_words(self.household)


def all_living_wages():
    """[LivingWage] of every household and county: one query."""
    return list(LivingWage.objects.current().select_related("county", "release"))


def beside(pay, wages, household):
    """A Comparison of a Pay (or None) with the LivingWages of a household; None without any.

    A household that we do not know is the smallest: one adult.
    """
    households = sorted({wage.household for wage in wages}, key=_size)
    if not households:
        return None
    if household not in households:
        household = households[0]
    chosen = [wage for wage in wages if wage.household == household]
    hourly = pay["figure"].hourly if pay else None
    longest = max([*(wage.hourly for wage in chosen), hourly or 0])
    return Comparison(
        rows=[
            Beside(
                wage=wage,
                difference=None if hourly is None else hourly - wage.hourly,
                width=_percentage(wage.hourly, longest),
            )
            for wage in chosen
        ],
        width=_percentage(hourly or 0, longest),
        household=household,
        households=households,
        differs=bool(pay and pay["year"] and chosen[0].vintage != pay["year"]),
    )


def _size(household):
    """Fewer adults first, then fewer who work, then fewer children."""
    parts = HOUSEHOLD.fullmatch(household)
    if not parts:
        return (9, 0, 0)
    return tuple(int(parts[name] or 0) for name in ("adults", "working", "children"))


def _percentage(value, whole):
    return f"{value / whole * 100:.1f}%" if whole else "0%"
