"""Centers of Excellence occupational demand: `coe_occupational_demand_2024-2029_*.csv`.

One file a region (`SD/I`) and one for the state (`CA`), the same 797 occupations and headings in
each; `path` is one file or the folder that holds them.

Oddities: growth is a fraction under the heading "% Change" (0.0226 is 2.3 %). Jobs and openings are
rounded to tens, so 0 jobs means a handful: such a row's jobs, openings and growth are left out as
"too few". Pay of 0 is no pay reported. Earnings have no date: they are shown with the file's base
year, an assumption that the release's note tells. The headings carry the years: another vintage is another
release, and this module says so by refusing its headings.

The Centers write some occupations with the combined codes of the Bureau of Labor Statistics, which
no crosswalk and no O*NET file has; `COMBINED` says what they combine and is used by the others.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path

from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources.reading import SourceError, read_table
from reference.models import LaborFigure, Occupation
from reference.models.pay import Missing

RELEASE = {
    "slug": "coe-demand-2024-2029",
    "publisher": "Centers of Excellence for Labor Market Research, California Community Colleges",
    "name": "Occupational demand",
    "vintage": "2024-2029",
    "as_of": "",
    "licence": "",
    "url": "https://coeccc.net/",
    "note_en": (
        "Estimated jobs, growth, yearly openings, median pay and typical education by occupation "
        "for the region and the state; estimates, rounded to tens, not a count of job postings. "
        "The file does not date its earnings; earnings are shown with the file's base year, 2024."
    ),
    "note_es": (
        "Estimaciones de empleos, crecimiento, vacantes por año, pago mediano y educación típica "
        "por ocupación para la región y el estado; son estimaciones redondeadas a decenas, no un "
        "conteo de anuncios de empleo. El archivo no indica la fecha de los ingresos; los ingresos "
        "se muestran con el año base del archivo, 2024."
    ),
}
PERIOD = "2024-2029"
PAY_PERIOD = "2024"  # the base year: see the note
PATTERN = "coe_occupational_demand_*.csv"
HEADINGS = (
    "Region",
    "SOC",
    "Description",
    "Typical Entry Level Education",
    "2024 Jobs",
    "2024 - 2029 % Change",
    "Average Annual Job Openings",
    "Median Hourly Earnings",
    "Median Annual Earnings",
)
AREAS = {"SD/I": LaborFigure.Area.REGION, "CA": LaborFigure.Area.STATE}
FIGURES = ("jobs", "growth", "openings", "hourly", "annual")

# {code of a part, or of the broad group that EDD writes: the combined code}. Postsecondary Teachers
# (25-1099) are left out on purpose: the CIP-SOC crosswalk gives every program "its" college teacher,
# and all of them would lead to this one occupation.
COMBINED = {
    part: whole
    for whole, parts in {
        "13-1028": ("13-1020", "13-1021", "13-1022", "13-1023"),
        "13-2028": ("13-2020", "13-2022", "13-2023"),
        "21-1018": ("21-1011", "21-1014"),
        "25-2052": ("25-2055", "25-2056"),
        "25-9045": ("25-9042", "25-9043", "25-9049"),
        "29-2018": ("29-2010", "29-2011", "29-2012"),
        "31-1128": ("31-1120", "31-1121", "31-1122"),
        "39-7018": ("39-7010", "39-7011", "39-7012"),
        "47-4098": ("47-4090", "47-4091", "47-4099"),
        "51-2028": ("51-2022", "51-2023"),
        "51-2098": ("51-2090", "51-2092", "51-2099"),
        "53-1047": ("53-1042", "53-1043", "53-1044", "53-1049"),
    }.items()
    for part in parts
}


def known_soc(soc, known):
    """The code under which the database (`known`: its codes) has an occupation; "" if it has not."""
    if soc in known:
        return soc
    whole = COMBINED.get(soc, "")
    return whole if whole in known else ""


def read(path):
    """Labor figures of the region and the state; title and education from the regional file."""
    batch = Batch()
    batch.add("releases", **RELEASE)
    known = set(Occupation.objects.values_list("soc", flat=True))
    for file in _files(Path(path)):
        for line, row in read_table(file, HEADINGS):
            if reason := _fault(row, known):
                batch.reject(f"{file.name}:{line}", reason, row)
            else:
                _add(batch, row)
    return batch


def _files(path):
    found = sorted(path.glob(PATTERN)) if path.is_dir() else [path]
    if not found:
        raise SourceError(_("no file %(pattern)s among these") % {"pattern": PATTERN})
    return found


def _fault(row, known):
    if row["Region"] not in AREAS:
        return _("the figures are about another region")
    if row["SOC"] not in known:
        return _("the occupation is not in this site's list")
    return (
        "" if numeric(row[heading] for heading in HEADINGS[4:]) else _("a figure is not a number")
    )


def _add(batch, row):
    area, education = AREAS[row["Region"]], row["Typical Entry Level Education"]
    batch.add(
        "labor_figures",
        occupation=row["SOC"],
        area=area,
        county="",
        period=PERIOD,
        pay_period=PAY_PERIOD,
        education=education,
        release=RELEASE["slug"],
        **_figures(row),
    )
    if area == LaborFigure.Area.REGION:
        # What editors may have written is never replaced by a blank.
        known = {"education": education} if education else {}
        batch.add("occupations", soc=row["SOC"], title_en=row["Description"], **known)


def _figures(row):
    """The five figures as text and, where one is empty, why."""
    figures = {
        "jobs": rounded(row["2024 Jobs"]),
        "growth": rounded(row["2024 - 2029 % Change"], "0.1", times=100),
        "openings": rounded(row["Average Annual Job Openings"]),
        "hourly": reported(rounded(row["Median Hourly Earnings"], "0.01")),
        "annual": reported(rounded(row["Median Annual Earnings"])),
    }
    if few := _too_few(figures):
        return figures | dict.fromkeys(few, "") | {"missing": Missing.TOO_FEW.value}
    return figures | {"missing": "" if all(figures.values()) else Missing.NOT_REPORTED.value}


def _too_few(figures):
    """The figures that rounding has made 0; the file counts jobs and openings in tens."""
    if figures["jobs"] == "0":
        return ("jobs", "growth", "openings")
    return ("openings",) if figures["openings"] == "0" else ()


def reported(pay):
    """Pay as text; 0 is how these sources write "no pay reported"."""
    return "" if pay in {"", "0", "0.00"} else pay


def rounded(text, step="1", times=1):
    """`text` times `times`, rounded half up to `step` ("0.1"), as text; an empty text stays empty."""
    if not text:
        return ""
    value = Decimal(text.replace(",", "")) * times
    return str(value.quantize(Decimal(step), ROUND_HALF_UP))


def numeric(texts):
    """Whether every text is a number or empty."""
    try:
        return all(Decimal(text.replace(",", "")).is_finite() for text in texts if text)
    except InvalidOperation:
        return False
