"""MIT living wage, one row a county: `mit_living_wage_ca.csv`.

Each household is a column named with the source's own key (`1a0c` one adult and no child,
`2a1w2c` two adults of whom one works, two children) and becomes a row. The columns `poverty_1a0c`
and `minimum_wage` are no living wages and stay out.
"""

import re
from pathlib import Path

from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources.reading import read_table
from reference.models import County

RELEASE = {
    "slug": "mit-living-wage-2026",
    "publisher": "Massachusetts Institute of Technology",
    "name": "Living Wage Calculator",
    "vintage": "2026",
    "as_of": "2026",
    "licence": "",
    "url": "https://livingwage.mit.edu/",
    "note_en": (
        "What each working adult of a household must earn per hour of full-time work to pay for "
        "basic needs in the county, before tax; an estimate for twelve kinds of households."
    ),
    "note_es": (
        "Lo que cada adulto que trabaja debe ganar por hora, a tiempo completo y antes de "
        "impuestos, para cubrir las necesidades básicas de su hogar en el condado; es una "
        "estimación para doce tipos de hogares."
    ),
}
HEADINGS = ("fips", "vintage", "1a0c")

HOUSEHOLD = re.compile(r"\d+a(\d+w)?\d+c")


def read(path):
    """One `living_wages` row a county and household."""
    path = Path(path)
    batch = Batch()
    batch.add("releases", **RELEASE)
    counties = set(County.objects.values_list("fips", flat=True))
    for line, row in read_table(path, HEADINGS):
        place = f"{path.name}:{line}"
        if row["fips"] not in counties:
            batch.reject(place, _("the county is not one of this region's"), row)
        else:
            _add(batch, row, place)
    return batch


def _add(batch, row, place):
    for household in filter(HOUSEHOLD.fullmatch, row):
        if not row[household]:
            batch.reject(place, _("a household has no living wage"), {"household": household})
            continue
        batch.add(
            "living_wages",
            county=row["fips"],
            household=household,
            hourly=row[household],
            vintage=row["vintage"],
            release=RELEASE["slug"],
        )
