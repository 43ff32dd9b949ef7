"""What a job pays beside what it costs to live, county by county.

The pay is that of the whole region, as everywhere; where a source publishes the county's own, it stands
below. The shapes are those of templates/components/beside.html.
"""

from decimal import Decimal
from typing import NamedTuple

from finder.pay import headline, own
from reference.models import LivingWage
from reference.models.pay import HOUSEHOLD, household_words


class Row(NamedTuple):
    """One county."""

    wage: LivingWage
    pay: dict | None  # a Pay of finder.pay
    difference: Decimal | None  # pay less need, by the hour; None where the pay is not known
    own: dict | None = None  # the county's own Pay, where it is not the one compared


class Bar(NamedTuple):
    """One bar of the drawing."""

    kind: str  # pay or need
    county: str  # "" for the pay of the whole region
    amount: Decimal
    width: str  # a percentage of the drawing


class Comparison(NamedTuple):
    rows: list  # of Row
    household: str
    households: list  # the keys that can be chosen

    @property
    def words(self):
        """The household in the reader's language."""
        return household_words(self.household)

    @property
    def is_older(self):
        """Whether some pay is of another year than what it is compared with."""
        years = {(row.pay["year"], row.wage.vintage) for row in self.known}
        return any(year and year != vintage for year, vintage in years)

    @property
    def known(self):
        """The rows whose pay is known."""
        return [row for row in self.rows if row.difference is not None]

    @property
    def releases(self):
        """Every release that stands behind the table, each once."""
        wages = [row.wage.release for row in self.rows]
        pays = [row.pay["figure"].release for row in self.known]
        pays += [row.own["figure"].release for row in self.rows if row.own]
        return list(dict.fromkeys([*wages, *pays]))

    @property
    def bars(self):
        """[Bar]: pay, and what is needed, of each county; the pay of the region stands once."""
        found, drawn = [], None
        longest = max((max(_hourly(row.pay), row.wage.hourly) for row in self.known), default=0)
        for row in self.known:
            if row.pay is not drawn:
                drawn, county = row.pay, row.pay["figure"].county
                name = county.name if county else ""
                found.append(Bar("pay", name, _hourly(drawn), _width(_hourly(drawn), longest)))
            need = row.wage
            found.append(Bar("need", need.county.name, need.hourly, _width(need.hourly, longest)))
        return found


def compare(figures, wages, household):
    """A Comparison for a household, or None where no living wage is known.

    `figures`: [Pay] of one job, of all places, the newest of a place last (`pay.places`); `wages`:
    every LivingWage. A household that we do not know is the smallest: one adult.
    """
    households = sorted({wage.household for wage in wages}, key=_size)
    if not households:
        return None
    if household not in households:
        household = households[0]
    chosen = [wage for wage in wages if wage.household == household]
    return Comparison([_row(wage, figures) for wage in chosen], household, households)


def _row(wage, figures):
    found, alone = headline(figures, wage.county_id), own(figures, wage.county_id)
    difference = _hourly(found) - wage.hourly if _hourly(found) else None
    return Row(wage, found, difference, alone if alone is not found else None)


def _hourly(pay):
    return pay and pay["figure"].hourly


def _size(household):
    """Fewer adults first, then fewer who work, then fewer children."""
    parts = HOUSEHOLD.fullmatch(household)
    if not parts:
        return (9, 0, 0)
    return tuple(int(parts[name] or 0) for name in ("adults", "working", "children"))


def _width(value, whole):
    return f"{value / whole * 100:.1f}%"
