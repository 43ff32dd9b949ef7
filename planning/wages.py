"""The living wage that pay is compared with."""


def needed(facts, scope):
    """The LivingWage of one adult: of the chosen county, or that of the chosen district's; for the region
    the highest of its counties, so that a job which passes does so everywhere. None without any."""
    county = scope.county or (scope.district and scope.district.county)
    wages = [row for row in facts.living_wages if county is None or row.county_id == county.pk]
    return max(wages, key=lambda row: row.hourly, default=None)
