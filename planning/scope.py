"""What a reader narrows a gap page to. An unknown value is ignored; an address carries only what differs
from the default."""

from typing import NamedTuple
from urllib.parse import urlencode

from planning.thresholds import DISTANCE, DISTANCES
from programs.models import District, Segment
from reference.models import County, Sector

MISSING = ("program", "agreement")
OPEN_TO_ADULTS = (Segment.ADULT, Segment.COLLEGE)


class Scope(NamedTuple):
    """`missing`: only programs that lack this (next step). `beyond`: also jobs that ask for more study
    than our programs give (demand). `level`: only this school level; "" for all, and
    distances to what takes adults (coverage)."""

    sector: Sector | None = None
    county: County | None = None
    district: District | None = None
    distance: int = DISTANCE
    missing: str = ""
    beyond: bool = False
    level: str = ""

    def has(self, program):
        """A program of the sector, at the place."""
        return self.in_sector(program.sector_id) and self.at(program.institution)

    def in_sector(self, pk):
        return self.sector is None or pk == self.sector.pk

    def at(self, institution):
        return self.in_county(institution.county_id) and (
            self.district is None or institution.district_id == self.district.pk
        )

    def in_county(self, pk):
        return self.county is None or pk == self.county.pk

    @property
    def has_place(self):
        return bool(self.county or self.district)

    def query(self, **changes):
        """The scope as a query string, with some of it changed: `query(sector=None)`."""
        scope = self._replace(**changes)
        values = {
            "sector": scope.sector and scope.sector.slug,
            "county": scope.county and scope.county.slug,
            "district": scope.district and scope.district.slug,
            "distance": scope.distance if scope.distance != DISTANCE else None,
            "missing": scope.missing,
            "beyond": "1" if scope.beyond else None,
            "level": scope.level,
        }
        return urlencode({name: value for name, value in values.items() if value})


def read(data, facts):
    """The scope of a query string."""
    distances = {str(miles): miles for miles in DISTANCES}
    return Scope(
        sector=_by_slug(facts.sectors, data.get("sector")),
        county=_by_slug(facts.counties, data.get("county")),
        district=_by_slug(facts.districts, data.get("district")),
        distance=distances.get(data.get("distance"), DISTANCE),
        missing=_known(data.get("missing"), MISSING),
        beyond=data.get("beyond") == "1",
        level=_known(data.get("level"), Segment.values),
    )


def _by_slug(rows, slug):
    return next((row for row in rows if row.slug == slug), None)


def _known(value, values):
    return value if value in values else ""
