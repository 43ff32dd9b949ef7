"""O*NET: job zones, bright outlook, interests, related occupations and other titles; Spanish titles
from Mi Próximo Paso.

`path` is the folder that holds `onet/` and `i18n/`, or the O*NET folder itself (then `i18n/` is
looked for beside it; without it the Spanish titles are reported as not read). Read are the tab
separated database files `Job Zones.txt`, `Sample of Reported Titles.txt` and `Alternate Titles.txt`,
the `All_Bright_Outlook_Occupations.csv` and `onet_spanish_occupations_56.csv`. O*NET's sentences
(tasks, definitions) stay where they are.

Only occupations of the database are touched. Oddities:

- Codes have eight digits (`29-1141.01`); `.00` is the SOC occupation and alone gives the job zone
  and the outlook, while titles of every detailed code count for the occupation. Occupations called
  "All Other" have no `.00` row in Job Zones and keep an unknown zone; nor have they interests.
- Interests are the "high points" of an occupation: the numbers 1 to 6 in up to three rows, 0 where it
  has no second or third. The six scores beside them are not read.
- Related occupations are ten detailed codes a row each; several of one occupation count once.
- Combined codes (see `coe_demand.COMBINED`) take the titles and related occupations of all their
  parts, and a zone, outlook or interest only where (interests: as far as) the parts agree.
- An occupation keeps at most `MOST` titles: reported ones shown in My Next Move, other reported
  ones, then alternates in the order of the file.
- The Spanish list was partly made by machine: English titles that were never translated, English
  left in parentheses, and English word order. `_spanish` and `NOT_SPANISH` keep those out.
"""

import re
from itertools import takewhile
from pathlib import Path

from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources.coe_demand import COMBINED, known_soc
from imports.sources.reading import SourceError, read_table
from reference.models import Interest, Occupation

RELEASE = {
    "slug": "onet-29-3",
    "publisher": "U.S. Department of Labor, Employment and Training Administration",
    "name": "O*NET 29.3 Database",
    "vintage": "29.3",
    "as_of": "2025-05",
    "licence": "CC BY 4.0",
    "url": "https://www.onetcenter.org/database.html",
    "note_en": (
        "Job zones, bright outlook, interest areas, related occupations and other names of "
        "occupations, for the whole country; changed here by choosing some of the names and the "
        "occupations of this list, and by our own words for the interest areas."
    ),
    "note_es": (
        "Zonas de preparación, perspectivas favorables, áreas de interés, ocupaciones parecidas y "
        "otros nombres de las ocupaciones, para todo el país; aquí se eligió solo una parte de los "
        "nombres y las ocupaciones de esta lista, y las áreas de interés llevan palabras nuestras."
    ),
}
SPANISH_RELEASE = {
    "slug": "mi-proximo-paso-2026",
    "publisher": "U.S. Department of Labor, Employment and Training Administration",
    "name": "O*NET Mi Próximo Paso",
    "vintage": "2026",
    "as_of": "2026",
    "licence": "CC BY 4.0",
    "url": "https://www.miproximopaso.org/",
    "note_en": (
        "Other Spanish names of occupations, for some occupations only; changed here by leaving "
        "out names in English and names that are not good Spanish."
    ),
    "note_es": (
        "Otros nombres de las ocupaciones en español, solo para algunas ocupaciones; aquí se "
        "omitieron los nombres en inglés y los que no están en buen español."
    ),
}
ZONES = "Job Zones.txt"
BRIGHT = "All_Bright_Outlook_Occupations.csv"
INTERESTS = "Interests.txt"
RELATED = "Related Occupations.txt"
REPORTED = "Sample of Reported Titles.txt"
ALTERNATES = "Alternate Titles.txt"
SPANISH = "onet_spanish_occupations_56.csv"
HEADINGS = {
    ZONES: ("O*NET-SOC Code", "Job Zone"),
    BRIGHT: ("Code", "Categories"),
    INTERESTS: ("O*NET-SOC Code", "Element ID", "Data Value"),
    RELATED: ("O*NET-SOC Code", "Related O*NET-SOC Code", "Index"),
    REPORTED: ("O*NET-SOC Code", "Reported Job Title", "Shown in My Next Move"),
    ALTERNATES: ("O*NET-SOC Code", "Alternate Title"),
    SPANISH: ("soc_code", "title_es", "also_called_es"),
}

# The elements of Interests.txt that name an interest area, the strongest first, and their numbers.
HIGH_POINTS = ("1.B.1.g", "1.B.1.h", "1.B.1.i")
AREAS = dict(enumerate(Interest.values, start=1))

MOST = 25
LONGEST = 60
# Titles of the Spanish list, as `_spanish` leaves them, that no Spanish speaker would say.
NOT_SPANISH = {
    "Ambulatorio asistente de fisioterapia",
    "Analista del Procesos Comerciales",
    "Asistente de licencia Fisioterapeuta (LPTA)",
    "Cabezas tractoras Conductor",
    "Certificado Fisioterapeuta Asistente (CPTA)",
    "Certificado de Auxiliar Enfermería (CNA)",
    "Clínica Ayudante de Office",
    "Control de Calidad Ingeniería Técnico",
    "Coordinadora de diseño grafico",
    "Departamento de Emergencia RN",
    "Diseño Asistido por Ordenador de diseño",
    "Edificio de Servicios Trabajador",
    "El productor de televisión Noticias",
    "Enfermera de Cirugía social",
    "Enfermero Responsable de Socorro",
    "Estado Probado Auxiliar de Enfermería (STNA)",
    "Estetista Médico",
    "Fabricación Tecnología Analista",
    "Hoja de metal de instalación HVAC",
    "Hoja de metal especialista HVAC",
    "Hombre problemático",
    "Home Health asistente de fisioterapia",
    "Información Director de Gestión de la Salud",
    "Información de Salud Registrado Técnico (RHIT)",
    "Información sobre la Salud Técnico",
    "Las enfermeras certificadas Aide (CNA)",
    "Lineman de guantes de goma de clase",
    "Lineman de tercer paso",
    "Lineman eléctrico con guantes de clase",
    "Luz conductor de camión",
    "Maestro de la clase elemental",
    "Network Analyst Técnica",
    "Obediencia del perro Instructor",
    "Perro Guía Movilidad Instructor (GDMI)",
    "Plumber Residencial",
    "Producción Truck Driver",
    "RN Oncología",
    "RN Personal",
    "Redactor automatizado de Redacción y Diseño",
    "Registrado Asistente Médico (RMA)",
    "Registros Técnico Médico",
    "Rociadores contra incendios Servicio Técnico",
    "Roofer Comercial",
    "Ruta representante de ventas",
    "SPED Bus Driver",
    "SPED School Bus Driver",
    "Servicio entrenador de perros",
    "Sobre el controlador de carretera",
    "Televisión Productor",
    "Viáticos Fisioterapeuta Asistente",
}

PARENTHESES = re.compile(r"\s*\(([^)]*)\)")
ACRONYM = re.compile(r"[A-Z]{2,5}")


def read(path):
    """Facts and titles of the database's occupations; everything else is rejected with a reason."""
    folder = Path(path) / "onet" if (Path(path) / "onet").is_dir() else Path(path)
    if missing := [n for n in HEADINGS if n != SPANISH and not (folder / n).exists()]:
        raise SourceError(_("these files are missing: %(names)s") % {"names": ", ".join(missing)})
    batch = Batch()
    known = dict(Occupation.objects.values_list("soc", "title_en"))
    batch.add("releases", **RELEASE)
    _add_facts(batch, folder, known)
    _add_interests(batch, folder, known)
    _add_related(batch, folder, known)
    candidates = _english(folder)
    _add_titles(batch, candidates, known, "en", RELEASE["slug"])
    _read_spanish(batch, folder, known, candidates)
    return batch


def _table(folder, name):
    """[("file:line", row)] of one of the files."""
    separator = "\t" if name.endswith(".txt") else ","
    rows = read_table(folder / name, HEADINGS[name], separator=separator)
    return [(f"{name}:{line}", row) for line, row in rows]


def _add_facts(batch, folder, known):
    """Job zone and outlook; no longer being bright is news too, so an outlook is always written."""
    zones = _by_soc(batch, _table(folder, ZONES), "O*NET-SOC Code", "Job Zone", known)
    outlooks = _by_soc(batch, _table(folder, BRIGHT), "Code", "Categories", known)
    for soc in known:
        zone = _agreed(soc, zones, absent=None)
        batch.add(
            "occupations",
            soc=soc,
            bright_outlook=_agreed(soc, outlooks, absent=""),
            **({"job_zone": zone} if zone else {}),
        )


def _add_interests(batch, folder, known):
    """The interest areas of each occupation, the strongest first."""
    table = _table(folder, INTERESTS)
    points = [
        _by_soc(
            batch,
            [(place, row) for place, row in table if row["Element ID"] == element],
            "O*NET-SOC Code",
            "Data Value",
            known,
        )
        for element in HIGH_POINTS
    ]
    for soc in known:
        agreed = [_agreed(soc, values, absent=None) for values in points]
        # What parts do not agree on, and what follows it, would be no order of the whole.
        told = takewhile(lambda value: value and float(value), agreed)
        for rank, interest in enumerate((AREAS[int(float(value))] for value in told), start=1):
            batch.add(
                "occupation_interests",
                occupation=soc,
                interest=interest,
                rank=rank,
                release=RELEASE["slug"],
            )


def _add_related(batch, folder, known):
    """The occupations of the database that are like each of them, the most alike first."""
    found = {soc: [] for soc in known}
    table = sorted(_table(folder, RELATED), key=lambda item: int(item[1]["Index"]))
    for place, row in table:
        code, _dot, detail = row["O*NET-SOC Code"].partition(".")
        soc, other = known_soc(code, known), known_soc(row["Related O*NET-SOC Code"][:7], known)
        if not (soc and other):
            batch.reject(place, _("the occupation is not in this site's list"), row)
        elif detail != "00":
            batch.reject(place, _("a detailed code; the occupation's own code ends in .00"), row)
        elif other == soc or other in found[soc]:
            batch.reject(place, _("the occupation itself, or one that stands there already"), row)
        else:
            found[soc].append(other)
    for soc, others in found.items():
        for rank, other in enumerate(others, start=1):
            batch.add(
                "related_occupations",
                occupation=soc,
                related=other,
                rank=rank,
                release=RELEASE["slug"],
            )


def _by_soc(batch, table, code, value, known):
    """{SOC code: value} of the rows with a `.00` code."""
    found = {}
    for place, row in table:
        soc, _dot, detail = row[code].partition(".")
        if not known_soc(soc, known):
            batch.reject(place, _("the occupation is not in this site's list"), row)
        elif detail != "00":
            batch.reject(place, _("a detailed code; the occupation's own code ends in .00"), row)
        else:
            found[soc] = row[value]
    return found


def _agreed(soc, values, absent):
    """The value of an occupation, or of all parts of a combined one when they agree; else "".

    `absent`: what it means to be missing from the file: "" no outlook, None no opinion on the zone.
    """
    parts = [part for part, whole in COMBINED.items() if whole == soc and part[-1] != "0"]
    found = {values.get(part, absent) for part in parts or [soc]} - {None}
    return found.pop() if len(found) == 1 else ""


def _english(folder):
    """[(place, SOC code, title)]: the titles most people would know first."""
    reported = _table(folder, REPORTED)
    shown = [item for item in reported if item[1]["Shown in My Next Move"] == "Y"]
    others = [item for item in reported if item[1]["Shown in My Next Move"] != "Y"]
    named = [(place, row, "Reported Job Title") for place, row in shown + others]
    named += [(place, row, "Alternate Title") for place, row in _table(folder, ALTERNATES)]
    return [(place, row["O*NET-SOC Code"][:7], row[heading]) for place, row, heading in named]


def _add_titles(batch, candidates, known, language, release):
    """Add what is new, short and wanted of [(place, SOC code, title)]; `known`: {soc: title}."""
    taken = {soc: {title.casefold()} for soc, title in known.items()}
    for place, code, title in candidates:
        soc = known_soc(code, known)
        if reason := _refusal(title, taken.get(soc)):
            batch.reject(place, reason, {"title": title})
            continue
        taken[soc].add(title.casefold())
        batch.add(
            "occupation_titles", occupation=soc, language=language, title=title, release=release
        )


def _refusal(title, taken):
    """Why a title does not enter; `taken`: the occupation's title and those it has already."""
    if taken is None:
        return _("the occupation is not in this site's list")
    if not title:
        return _("the row gives no other title")
    if len(title) > LONGEST:
        return _("the title is longer than %(most)d characters") % {"most": LONGEST}
    if title.casefold() in taken:
        return _("the occupation has this title already")
    if len(taken) > MOST:  # the occupation's own title is one of them
        return _("the occupation has %(most)d other titles already") % {"most": MOST}
    return ""


def _read_spanish(batch, folder, known, english):
    folder = folder if (folder / SPANISH).exists() else folder.parent / "i18n"
    if not (folder / SPANISH).exists():
        batch.reject(SPANISH, _("the file is missing: no Spanish titles were read"))
        return
    batch.add("releases", **SPANISH_RELEASE)
    untranslated = {title.casefold() for _place, _soc, title in english if " " in title}
    candidates = []
    for place, row in _table(folder, SPANISH):
        for written in row["also_called_es"].split(";"):
            title = _spanish(written)
            if _is_english(written, title, untranslated):
                batch.reject(
                    place, _("the Spanish list gives an English title"), {"title": written}
                )
            elif title in NOT_SPANISH:
                batch.reject(place, _("the title is not correct Spanish"), {"title": written})
            else:
                candidates.append((place, row["soc_code"], title))
    titles = dict(Occupation.objects.values_list("soc", "title_es"))
    _add_titles(batch, candidates, titles, "es", SPANISH_RELEASE["slug"])


def _spanish(written):
    """A Spanish title without the English in its parentheses; a short acronym (CNA) stays."""
    title = PARENTHESES.sub(
        lambda match: match[0] if ACRONYM.fullmatch(match[1]) else "", written
    ).strip(" .")
    return title[:1].upper() + title[1:]


def _is_english(written, title, untranslated):
    """One word may be both languages ("Director"); several words that O*NET has in English are not."""
    return bool({written.strip().casefold(), title.casefold()} & untranslated)
