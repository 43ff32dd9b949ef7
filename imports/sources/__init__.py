"""One module a release: `RELEASE` (how it is cited), `HEADINGS`, and `read(path)` -> Batch.

A module knows the quirks of its file and nothing of the database's columns beyond the pack's tables
(`imports/tables.py`). What it needs from the database (which school has this code) it asks in one
query. `ORDER` is the order in which a region is built, because later sources point at earlier ones.
"""

from importlib import import_module
from pathlib import Path

# Where each source lies in a folder of official files (a folder, or a file by its pattern).
PLACES = {
    "zip_centroids": "geo/zip_centroids*.csv",
    "onet": ".",
    "coe_demand": "labor",
    "edd_projections": "labor",
    "living_wage": "labor/mit_living_wage*.csv",
    "top_codes": "crosswalks/top_categories*.json",
    "top_cip": "crosswalks/top_cip*.csv",
    "cip_soc": "crosswalks/CIP2020_SOC2018*.csv",
    "calpads": "cte/calpads-course-codes*.csv",
    "cde_directory": "schools",
    "ipeds": "colleges",
    "coe_supply": "colleges",
    "coci": "colleges/coci*.csv",
    "uc_ag": "cte",
    "region_tables": "region",
}
ORDER = tuple(PLACES)


def module(name):
    """The source's module; raises KeyError for an unknown name."""
    if name not in ORDER:
        raise KeyError(name)
    return import_module(f"imports.sources.{name}")


def labels():
    """[(name, how it is cited)] of every source, for a menu."""
    releases = [(name, module(name).RELEASE) for name in ORDER]
    return [(name, f"{release['publisher']}: {release['name']}") for name, release in releases]


def is_folder(name):
    """Whether the source is read from a folder of several files."""
    return "*" not in PLACES[name]


def place(name, folder):
    """The path of a source below a folder of official files; None where it is not there."""
    return (
        next(iter(sorted(Path(folder).glob(PLACES[name]))), None) if PLACES[name] != "." else folder
    )
