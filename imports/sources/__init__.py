"""One module a release: `RELEASE` (how it is cited), `HEADINGS`, and `read(path)` -> Batch.

A module knows the quirks of its file and nothing of the database's columns beyond the pack's tables
(`imports/tables.py`). What it needs from the database (which school has this code) it asks in one
query. `ORDER` is the order in which a region is built, because later sources point at earlier ones.
"""

from importlib import import_module
from pathlib import Path

from django.utils.translation import gettext_lazy as _

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
# What an administrator uploads, in words. Files of a folder are recognized by their names.
FILES = {
    "zip_centroids": _("One CSV file with a line for each ZIP code and its point."),
    "onet": _(
        "All at once, with the names they have: “Job Zones.txt”, “Interests.txt”, “Related"
        " Occupations.txt”, “Sample of Reported Titles.txt”, “Alternate Titles.txt” and"
        " “All_Bright_Outlook_Occupations.csv”; if at hand the Spanish titles,"
        " “onet_spanish_occupations_56.csv”."
    ),
    "coe_demand": _("One or more CSV files named “coe_occupational_demand_….csv”."),
    "edd_projections": _(
        "One or more: the areas as “edd_projections_….csv”, the state as"
        " “edd_long_term_occ_projections_….csv” or its workbook (XLSX)."
    ),
    "living_wage": _("One CSV file with a line for each county."),
    "top_codes": _("One JSON file, “top_categories_7th_edition.json”."),
    "top_cip": _("One CSV file with the columns TOP Code, TOP Title, CIP Code and CIP Title."),
    "cip_soc": _("The one file of the national crosswalk, with the columns CIP2020Code and SOC2018Code."),
    "calpads": _("One CSV file with the state’s course codes."),
    "cde_directory": _(
        "The export of the school directory’s search (CSV or XLSX); together with it, if at hand,"
        " the public schools file (“pubschls….txt”), which knows charters and coordinates."
    ),
    "ipeds": _("The directory “hd….csv”, and beside it the completions “c…_a….csv”."),
    "coe_supply": _("“coe_supply….csv”, and beside it, if at hand, the IPEDS completions “c…_a….csv”."),
    "coci": _("The program export of the Curriculum Inventory: one CSV file or workbook (XLSX)."),
    "uc_ag": _(
        "The course list “uc_ag….csv”, and beside it, if at hand, the district’s sequences"
        " “sdusd…sequences….csv”."
    ),
    "region_tables": _(
        "The region’s own tables: “programs.csv”, “courses.csv”, “agreements.csv”, “wbl.csv”,"
        " “institutions.csv” of one folder."
    ),
}  # fmt: skip


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
