"""The national crosswalk from CIP 2020 to SOC 2018: `CIP2020_SOC2018_Crosswalk_CIP-SOC.csv`.

Every program of the country and every occupation it may lead to. Only pairs enter whose CIP code is
among the program codes and whose occupation is in the database, so import it again after a source
that brought new CIP codes or occupations.

Oddities: `99-9999` "NO MATCH" says that a program leads to no occupation; titles end with a full
stop; parts of combined occupations (see `coe_demand.COMBINED`) lead to the combined one, once.
"""

from pathlib import Path

from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources.coe_demand import known_soc
from imports.sources.reading import read_table
from reference.models import Occupation, ProgramCode

RELEASE = {
    "slug": "cip-soc-2020",
    "publisher": "National Center for Education Statistics and Bureau of Labor Statistics",
    "name": "CIP 2020 to SOC 2018 crosswalk",
    "vintage": "2020",
    "as_of": "2020",
    "licence": "",
    "url": "https://nces.ed.gov/ipeds/cipcode/",
    "note_en": (
        "Which occupations a kind of program prepares for, for the whole country; it does not say "
        "how many students find such a job."
    ),
    "note_es": (
        "Para qué ocupaciones prepara cada tipo de programa, en todo el país; no dice cuántos "
        "estudiantes encuentran ese trabajo."
    ),
}
HEADINGS = ("CIP2020Code", "CIP2020Title", "SOC2018Code", "SOC2018Title")
NO_MATCH = "99-9999"


def read(path):
    """`cip_soc` rows; English titles for CIP codes that have none yet."""
    path = Path(path)
    batch = Batch()
    batch.add("releases", **RELEASE)
    titles = dict(ProgramCode.objects.filter(system="CIP").values_list("code", "title_en"))
    known = set(Occupation.objects.values_list("soc", flat=True))
    pairs, untitled = set(), {}
    for line, row in read_table(path, HEADINGS):
        pair = (row["CIP2020Code"], known_soc(row["SOC2018Code"], known))
        if titles.get(pair[0]) == "":
            untitled[pair[0]] = row["CIP2020Title"].rstrip(".")
        if reason := _fault(row, pair, titles, pairs):
            batch.reject(f"{path.name}:{line}", reason, row)
            continue
        pairs.add(pair)
        batch.add("cip_soc", cip=pair[0], occupation=pair[1], release=RELEASE["slug"])
    for code, title in untitled.items():
        batch.add("program_codes", system="CIP", code=code, title_en=title)
    return batch


def _fault(row, pair, titles, pairs):
    cip, soc = pair
    if cip not in titles:
        return _("no program here has this CIP code")
    if row["SOC2018Code"] == NO_MATCH:
        return _("the source matches the program with no occupation")
    if not soc:
        return _("the occupation is not in this site's list")
    return _("the same pair stands in an earlier row") if pair in pairs else ""
