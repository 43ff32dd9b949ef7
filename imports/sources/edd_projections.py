"""EDD long-term occupational projections, in the two layouts that the state publishes.

- By area (open data portal, `edd_projections_*.csv`): `Area Name` and `Period` in each row, growth
  in percent (16.5). Metropolitan areas change their names with the period: "San Diego-Carlsbad
  MSA", "San Diego-Chula Vista-Carlsbad MSA (San Diego County)".
- Statewide (`edd_long_term_occ_projections_*.csv`, or the state's own workbook `.xlsx` with three
  title lines and footnote marks in its headings): no area, the years in the headings, growth as a
  fraction (0.088), and a last line "End of worksheet.".

`path` is one file, or the folder that holds them (a workbook beside a CSV file of the same name is
the same table and is not read again).

Oddities: job openings are the total of the ten years, so a year has a tenth; the portal's own file
writes "Total  Job Openings" with two blanks; pay of 0 means not reported (teachers have no hourly
pay); groups of occupations (SOC levels 1 to 3) stand between the occupations; "non-degree" where
others write "nondegree".

Pay is not of the base year: the notes sheet of the state's 2023-2033 workbook says that it is of the
first quarter of 2025, and the areas' rows are of the same projection. No file says when the pay of
the 2024-2034 projection was read.
"""

import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources.coe_demand import FIGURES, known_soc, numeric, reported, rounded
from imports.sources.reading import BLANKS, SourceError, read_table
from reference.models import County, LaborFigure, Occupation
from reference.models.pay import Missing

RELEASE = {
    "slug": "edd-projections",
    "publisher": "California Employment Development Department",
    "name": "Long-term occupational employment projections",
    "vintage": "2023-2033, 2024-2034",
    "as_of": "",
    "licence": "",
    "url": "https://labormarketinfo.edd.ca.gov/data/employment-projections.html",
    "note_en": (
        "The state's ten-year projections of jobs by occupation, for the counties and for "
        "California; openings are shown per year, a tenth of the ten-year total. Pay in the "
        "2023-2033 projections is of the first quarter of 2025, as the state's workbook says; the "
        "2024-2034 file does not date its pay."
    ),
    "note_es": (
        "Proyecciones estatales de empleos por ocupación a diez años, para los condados y para "
        "California; las vacantes se muestran por año, la décima parte del total de diez años. El "
        "pago de las proyecciones 2023-2033 es del primer trimestre de 2025, según el libro de "
        "cálculo del estado; el archivo de 2024-2034 no indica la fecha del pago."
    ),
}
PATTERNS = ("edd_projections_*.csv", "edd_long_term_occ_projections_*")
HEADINGS = {
    "area": "Area Name",
    "period": "Period",
    "level": "SOC Level",
    "soc": "Standard Occupational Classification (SOC)",
    "jobs": "Base Year Employment Estimate",
    "growth": "Percentage Change",
    "openings": "Total Job Openings",
    "hourly": "Median Hourly Wage",
    "annual": "Median Annual Wage",
    "education": "Entry Level Education",
}
STATEWIDE_HEADINGS = {
    "level": "SOC Level",
    "soc": "SOC Code",
    "jobs": "Base Year Employment Estimate 2023",
    "growth": "Percent-age Change 2023-2033",
    "openings": "Total Job Openings",
    "hourly": "Median Hourly Wages",
    "annual": "Median Annual Wages",
    "education": "Entry Level Education",
}
STATEWIDE_PERIOD = "2023-2033"
PAY_PERIODS = {"2023-2033": "2025"}  # by projection; one that is not here does not say
STATE = "California"
DETAILED = "4"
A_YEAR = Decimal("0.1")  # of the ten years that a total covers
# By what every period's name of a metropolitan area begins with.
METROPOLITAN = {"San Diego-": "06073", "El Centro": "06025"}
FOOTNOTE = re.compile(r"\[\d+\]")


def read(path):
    """Labor figures of the database's occupations, for its counties and the state."""
    batch = Batch()
    batch.add("releases", **RELEASE)
    known = set(Occupation.objects.values_list("soc", flat=True))
    counties = set(County.objects.values_list("fips", flat=True))
    for file in _files(Path(path)):
        for line, row in _rows(file):
            area, county = _area(row["area"], counties)
            soc = _soc(row["soc"], known)
            if reason := _fault(row, area, soc):
                batch.reject(f"{file.name}:{line}", reason, row)
            else:
                _add(batch, row, soc, area, county)
    return batch


def _files(path):
    if not path.is_dir():
        return [path]
    found = {file.stem: file for pattern in PATTERNS for file in sorted(path.glob(pattern))[::-1]}
    if not found:
        raise SourceError(_("no file %(pattern)s among these") % {"pattern": ", ".join(PATTERNS)})
    return [found[stem] for stem in sorted(found)]


def _rows(file):
    """[(line, {key of HEADINGS: text})] of a file in either layout; growth in percent in both."""
    table = _sheet(file) if file.suffix.lower() == ".xlsx" else read_table(file, ())
    headings = table[0][1] if table else {}
    statewide = STATEWIDE_HEADINGS["soc"] in headings
    names = STATEWIDE_HEADINGS if statewide else HEADINGS
    if missing := [name for name in names.values() if name not in headings]:
        raise SourceError(
            _("%(file)s lacks the headings: %(names)s")
            % {"file": file.name, "names": ", ".join(missing)}
        )
    rows = [(line, {key: row[name] for key, name in names.items()}) for line, row in table]
    return [(line, _as_by_area(row)) for line, row in rows] if statewide else rows


def _as_by_area(row):
    """A row of the statewide layout as the other one would have it."""
    growth = row["growth"]
    if numeric([growth]):
        growth = rounded(growth, "0.1", times=100)
    return row | {"area": STATE, "period": STATEWIDE_PERIOD, "growth": growth}


def _sheet(file):
    """[(line, {heading: text})] of the state's workbook, whose headings stand below its title."""
    frame = pd.read_excel(
        file, header=None, dtype=str, engine="calamine", keep_default_na=False
    ).fillna("")
    lines = [[_cell(value) for value in line] for line in frame.itertuples(index=False)]
    headings = next((i for i, line in enumerate(lines) if line[0] == "SOC Level"), None)
    if headings is None:
        raise SourceError(_("%(file)s has no line of headings") % {"file": file.name})
    return [
        (number + 1, dict(zip(lines[headings], lines[number], strict=True)))
        for number in range(headings + 1, len(lines))
    ]


def _cell(value):
    text = " ".join(FOOTNOTE.sub("", str(value)).split())
    return "" if text in BLANKS else text


def _area(name, counties):
    """(area, county FIPS or "") of an area's name; ("", "") when it is not in this region."""
    if name == STATE:
        return LaborFigure.Area.STATE, ""
    fips = next((fips for start, fips in METROPOLITAN.items() if name.startswith(start)), "")
    return (LaborFigure.Area.COUNTY, fips) if fips in counties else ("", "")


def _soc(soc, known):
    """The database's code of an occupation: its own, or the one of a broad group (ending in 0).

    A part of a combined occupation has only a part of its jobs, so it does not stand for the whole.
    """
    return known_soc(soc, known) if soc in known or soc.endswith("0") else ""


def _fault(row, area, soc):
    if not row["soc"]:
        return _("the line holds no figures")
    if not numeric(row[name] for name in ("level", *FIGURES)):
        return _("a figure is not a number")
    if rounded(row["level"]) != DETAILED:
        return _("a group of occupations, not an occupation")
    if not area:
        return _("the figures are about another region")
    if not soc:
        return _("the occupation is not in this site's list")
    return ""


def _add(batch, row, soc, area, county):
    figures = {
        "jobs": rounded(row["jobs"]),
        "growth": rounded(row["growth"], "0.1"),
        "openings": rounded(row["openings"], times=A_YEAR),
        "hourly": reported(rounded(row["hourly"], "0.01")),
        "annual": reported(rounded(row["annual"])),
    }
    missing = "" if all(figures[name] for name in FIGURES) else Missing.NOT_REPORTED.value
    if figures["openings"] == "0":  # fewer than five in ten years
        figures["openings"], missing = "", Missing.TOO_FEW.value
    batch.add(
        "labor_figures",
        occupation=soc,
        area=area,
        county=county,
        period=row["period"],
        pay_period=PAY_PERIODS.get(row["period"], ""),
        education=row["education"].replace("non-degree", "nondegree"),
        missing=missing,
        release=RELEASE["slug"],
        **figures,
    )
