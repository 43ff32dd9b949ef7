"""ZIP codes with the point that stands for each: `zip_centroids_sd_imperial.csv`.

Two lists in one file. `INTPTLAT`/`INTPTLONG` is the Census Bureau's internal point of the ZIP Code
Tabulation Area: the better point, but PO boxes and ZIP codes of one building have no area and no
such point; there the ZIP list's own `lat`/`lng` stands in. Codes that are no longer active stay:
people still have them on their letters.
"""

import re
from pathlib import Path

from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources.reading import read_table
from reference.models import County

RELEASE = {
    "slug": "zip-centroids-2021",
    "publisher": "U.S. Census Bureau",
    "name": "ZIP Code points",
    "vintage": "2021",
    "as_of": "2021",
    "licence": "",
    "url": "https://www.census.gov/geographies/reference-files/time-series/geo/gazetteer-files.html",
    "note_en": (
        "One point for each ZIP code, so distances are from the middle of a ZIP code, not from a "
        "home; ZIP codes without an area of their own, such as PO boxes, use the point of a public "
        "ZIP code list."
    ),
    "note_es": (
        "Un punto por cada código postal, así que las distancias se miden desde el centro del "
        "código postal y no desde una casa; los códigos sin área propia, como los apartados "
        "postales, usan el punto de una lista pública de códigos postales."
    ),
}
HEADINGS = ("zip", "city", "fips", "lat", "lng", "INTPTLAT", "INTPTLONG")

ZIP = re.compile(r"\d{5}")


def read(path):
    """Every ZIP code of a county that the database knows, as `zip_codes` rows."""
    path = Path(path)
    batch = Batch()
    batch.add("releases", **RELEASE)
    counties = set(County.objects.values_list("fips", flat=True))
    for line, row in read_table(path, HEADINGS):
        latitude, longitude = _point(row)
        if reason := _fault(row, counties, latitude, longitude):
            batch.reject(f"{path.name}:{line}", reason, row)
            continue
        batch.add(
            "zip_codes",
            code=row["zip"],
            city=row["city"],
            county=row["fips"],
            latitude=latitude,
            longitude=longitude,
            release=RELEASE["slug"],
        )
    return batch


def _point(row):
    """(latitude, longitude) as text, both of the same list; empty where the file has neither."""
    if row["INTPTLAT"] and row["INTPTLONG"]:
        return row["INTPTLAT"], row["INTPTLONG"]
    return row["lat"], row["lng"]


def _fault(row, counties, latitude, longitude):
    if not ZIP.fullmatch(row["zip"]):
        return _("a ZIP code has five digits")
    if row["fips"] not in counties:
        return _("the county is not one of this region's")
    if not (latitude and longitude):
        return _("the row has no coordinates")
    return ""
