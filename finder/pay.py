"""Pay beside its place and year, as the templates take it (see templates/components/figure.html)."""

from django.db.models import Q

from reference.models import LaborFigure, LivingWage, Region

ONE_ADULT = "1a0c"


def jobs(occupations):
    """[{occupation, pay}] in the given order; pay is the region's own figure, None without one."""
    pays = regional([occupation.pk for occupation in occupations], Region.objects.first())
    return [
        {"occupation": occupation, "pay": pays.get(occupation.pk)} for occupation in occupations
    ]


def regional(occupation_ids, region):
    """{occupation id: pay}, the region's own newest figure, of the occupations that have one: one query."""
    figures = LaborFigure.objects.filter(
        occupation__in=occupation_ids, area=LaborFigure.Area.REGION
    ).select_related("release")
    return {
        figure.occupation_id: of(figure, region.name) for figure in figures.order_by("period", "pk")
    }


def in_county(occupation_ids, region, county_id):
    """{occupation id: (headline, own)} where a county's living wage is beside it. One query."""
    here = Q(area=LaborFigure.Area.REGION) | Q(county=county_id)
    figures = LaborFigure.objects.filter(here, occupation__in=occupation_ids).select_related(
        "release", "county"
    )
    found = {}
    for figure in figures.order_by("period", "pk"):
        place = figure.county.name if figure.county else region.name
        found.setdefault(figure.occupation_id, []).append(of(figure, place))
    return {pk: (headline(pays, county_id), own(pays, county_id)) for pk, pays in found.items()}


def headline(pays, county_id=None):
    """Of [pay] of one job, the newest of a place last: the region's, which every page shows first; a
    county's own only where the region has none."""
    of_region = [pay for pay in pays if pay["figure"].area == LaborFigure.Area.REGION]
    return of_region[-1] if of_region else own(pays, county_id)


def own(pays, county_id):
    """The newest that a source publishes by the hour for the county alone, or None."""
    found = [
        pay
        for pay in pays
        if county_id is not None
        and pay["figure"].county_id == county_id
        and pay["figure"].hourly is not None
    ]
    return found[-1] if found else None


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


def of(figure, place):
    """A Pay; `year` is when the pay was read, "" where the source does not say."""
    return {"figure": figure, "place": place, "year": figure.pay_period}


def all_living_wages():
    """[LivingWage] of every household and county: one query."""
    return list(LivingWage.objects.current().select_related("county", "release"))
