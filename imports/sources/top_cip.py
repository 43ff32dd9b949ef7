"""The Chancellor's Office crosswalk from TOP to CIP codes: `top_cip_cte_sd_imperial.csv`.

Only the career technical codes of the region's colleges, up to four CIP codes each, with the number
of the state's colleges that use the pair (0: the state allows it, no college uses it yet). TOP codes
have a dot here (`0956.50`), not in this site; CIP codes keep theirs (`48.0508`).

CIP codes are added to the program codes, and so are TOP codes that the manual's list lacks; a code
that came from elsewhere keeps its title and release, but is marked career technical: being in this
list says so.
"""

import re
from pathlib import Path

from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources.reading import read_table
from reference.models import ProgramCode

RELEASE = {
    "slug": "top-cip-crosswalk",
    "publisher": "California Community Colleges Chancellor's Office",
    "name": "TOP to CIP crosswalk",
    "vintage": "2021+",
    "as_of": "",
    "licence": "",
    "url": (
        "https://www.cccco.edu/About-Us/Chancellors-Office/Divisions/Research-Analytics-Data/"
        "data-resources"
    ),
    "note_en": (
        "Which national program codes (CIP) stand for the state's own (TOP), and how many colleges "
        "use each pair; for the career technical codes of the region's colleges."
    ),
    "note_es": (
        "Qué códigos nacionales de programas (CIP) corresponden a los del estado (TOP) y cuántos "
        "colegios usan cada par; para los códigos técnicos de los colegios de la región."
    ),
}
HEADINGS = ("TOP Code", "TOP Title", "CIP Code", "CIP Title", "Count of Colleges")

TOP = re.compile(r"\d{4}\.\d{2}")
CIP = re.compile(r"\d{2}\.\d{4}")


def read(path):
    """`top_cip` rows, and `program_codes` rows for both ends."""
    path = Path(path)
    batch = Batch()
    batch.add("releases", **RELEASE)
    codes = {}
    for line, row in read_table(path, HEADINGS):
        if reason := _fault(row):
            batch.reject(f"{path.name}:{line}", reason, row)
            continue
        top = row["TOP Code"].replace(".", "")
        codes.setdefault(("TOP", top), row["TOP Title"])
        codes.setdefault(("CIP", row["CIP Code"]), row["CIP Title"])
        batch.add(
            "top_cip",
            top=top,
            cip=row["CIP Code"],
            colleges=row["Count of Colleges"] or "0",
            release=RELEASE["slug"],
        )
    _add_codes(batch, codes)
    return batch


def _fault(row):
    if not TOP.fullmatch(row["TOP Code"]):
        return _("a TOP code looks like 0956.50")
    return "" if CIP.fullmatch(row["CIP Code"]) else _("a CIP code looks like 48.0508")


def _add_codes(batch, codes):
    """`codes`: {(system, code): title}. Titles only for codes that are new or came from here."""
    releases = {
        (system, code): release
        for system, code, release in ProgramCode.objects.values_list(
            "system", "code", "release__slug"
        )
    }
    for (system, code), title in codes.items():
        facts = {"is_cte": True} if system == "TOP" else {}
        if releases.get((system, code), RELEASE["slug"]) == RELEASE["slug"]:
            facts |= {"title_en": title, "release": RELEASE["slug"]}
        batch.add("program_codes", system=system, code=code, **facts)
