"""One module a release: `RELEASE` (how it is cited), `HEADINGS`, and `read(path)` -> Batch.

A module knows the quirks of its file and nothing of the database's columns beyond the pack's tables
(`imports/tables.py`). What it needs from the database (which school has this code) it asks in one
query. `ORDER` is the order in which a region is built, because later sources point at earlier ones.
"""

from importlib import import_module

ORDER = (
    "zip_centroids",
    "onet",
    "coe_demand",
    "edd_projections",
    "living_wage",
    "top_codes",
    "top_cip",
    "cip_soc",
    "calpads",
    "cde_directory",
    "ipeds",
    "coe_supply",
    "coci",
    "uc_ag",
    "region_tables",
)


def module(name):
    """The source's module; raises KeyError for an unknown name."""
    if name not in ORDER:
        raise KeyError(name)
    return import_module(f"imports.sources.{name}")
