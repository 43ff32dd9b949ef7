"""Every program a college may offer: the Curriculum Inventory (COCI) program export.

Publisher: California Community Colleges Chancellor's Office. `path` is the export, CSV or workbook,
of the whole state: rows of other colleges are counted and left out.

Oddities. Colleges are in capitals and in their own spelling ("MIRA COSTA", "IMPERIAL VALLEY"). Codes
and titles share a cell: `0949.00* Automotive Collision Repair` (the star marks career technical
education), `47.0603 Autobody/Collision and Repair Technology/Technician.`. A degree for transfer is
written `A.A- T Degree`, `A.S. T Degree` or told by the sub-award. Units read
`25.00-25.00/25.00-25.00`: least and most, before and after the slash in the two calendars; they
are the units at approval. The file has no date; a date in its name (`…2026-06-17.csv`) is taken.

A program is found by college and TOP code. One that is there keeps its title; the award carries its
own. A new one takes the title of its rows where they agree, else that of the TOP code. The CIP code
is the program's where its rows agree on one.

Awards: those of the Centers of Excellence say how many were given at a level and have no title;
those of COCI have a title, units and a control number and no count. They describe the same
credentials from two sides, and nothing in either file says which belongs to which, so both stay: the
sums of awards stay right, and a page may leave out an award without title where another of the same
credential has one. An award that changes its title in COCI enters as a new one.
"""

import re
from collections import defaultdict
from pathlib import Path

from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources import colleges
from imports.sources.coe_supply import new_program, programs_by_code
from imports.sources.reading import read_table
from programs.models import Institution, Program
from reference.models import ProgramCode

RELEASE = {
    "slug": "coci",
    "publisher": "California Community Colleges Chancellor’s Office",
    "name": "Curriculum Inventory (COCI), program export",
    "vintage": "",
    "as_of": "",
    "licence": "",
    "url": "https://coci2.ccctechcenter.org/programs",
    "note_en": "The programs that the state has approved for each college, with their awards; it "
    "does not say whether a class is open this term.",
    "note_es": "Los programas que el estado ha aprobado para cada colegio, con sus títulos y "
    "certificados; no dice si hay clases abiertas este período.",
}
HEADINGS = (
    "COLLEGE", "CONTROL NUMBER", "TITLE", "TOP CODE", "CIP CODE", "AWARD", "CERT UNITS",
    "MAJOR UNITS", "STATUS",
)  # fmt: skip
OFFERED = {"active", "approved"}
DATE = re.compile(r"20\d\d-\d\d(-\d\d)?")
TOP = re.compile(r"(\d{4})\.?(\d{2})(\*?)\s*(.*)")
CIP = re.compile(r"(\d{2}\.\d{4})\s*(.*?)\.?")
UPPER = re.compile(r"fewer than (\d+)", re.I)
# "A.A- T Degree", "A.S. T Degree", "A.S.-T Degree", "A.A-T": a T after the two letters.
FOR_TRANSFER = re.compile(r"A\.?\s*[AS]\.?[\s-]+T\b|\bADT\b|Degree for Transfer", re.I)


def read(path):
    """Program codes that are new, programs and their awards."""
    file = Path(path)
    as_of = found[0] if (found := DATE.search(file.stem)) else ""
    release = RELEASE | {"as_of": as_of}
    batch = Batch()
    batch.add("releases", **release)
    groups = _groups(batch, file)
    codes = _add_codes(batch, [row for rows in groups.values() for row in rows], release)
    present = programs_by_code()
    taken = set(Program.objects.values_list("slug", flat=True))
    for (college, top), rows in groups.items():
        old = present.get((college.slug, top))
        slug = (
            old["slug"] if old else _add_program(batch, college, top, rows, codes, taken, release)
        )
        _update(batch, slug, old, rows)
        for row in rows:
            batch.add(
                "awards",
                program=slug,
                credential=row["credential"],
                level=row["AWARD"][:120],
                title=row["TITLE"][:200],
                control_number=row["CONTROL NUMBER"],
                units=units(row),
            )
    colleges.take_back_note(batch, RELEASE)
    return batch


def _groups(batch, file):
    """{(College, TOP code): [row with `top`, `cip`, `credential`]} of what is offered here."""
    groups, elsewhere = defaultdict(list), 0
    known = set(Institution.objects.values_list("slug", flat=True))
    for line, row in read_table(file, HEADINGS):
        college = colleges.find(row["COLLEGE"])
        if not college:
            elsewhere += 1
            continue
        row["top"], row["cip"] = TOP.fullmatch(row["TOP CODE"]), CIP.fullmatch(row["CIP CODE"])
        row["credential"] = credential(row)
        if reason := _fault(row, college.slug in known):
            batch.reject(f"{file.name}:{line}", reason)
        else:
            groups[college, row["top"][1] + row["top"][2]].append(row)
    if elsewhere:
        batch.reject(
            file.name, _("%(count)s rows are of colleges elsewhere") % {"count": elsewhere}
        )
    return groups


def _fault(row, known):
    """Why the row does not enter, or None."""
    status = row["STATUS"]
    if "teachout" in status.casefold():
        return _("closed to new students (status “%(status)s”)") % {"status": status}
    if status.casefold() not in OFFERED:
        return _("not offered (status “%(status)s”)") % {"status": status}
    if not known:
        return _("unknown college “%(name)s”") % {"name": row["COLLEGE"]}
    if not row["top"]:
        return _("unknown program code “%(code)s”") % {"code": row["TOP CODE"]}
    if not row["TITLE"]:
        return _("no title")
    if not row["credential"]:
        return _("unknown award level “%(level)s”") % {"level": row["AWARD"]}
    return None


def credential(row):
    """The credential that AWARD and SUB AWARD name, or None."""
    award, sub = row["AWARD"], row.get("SUB AWARD", "")
    text = f"{award} {sub}".casefold()
    if "baccalaureate" in text or "bachelor" in text:
        return "bachelor"
    if FOR_TRANSFER.search(award) or FOR_TRANSFER.search(sub):
        return "transfer"
    if "degree" in award.casefold():
        return "associate"
    if "high school" in text:
        return "other"
    if "apprentice" in award.casefold():
        return "apprenticeship"
    if "noncredit" in text or "non-credit" in text:
        return "noncredit"
    if "certificate" in award.casefold():
        upper = UPPER.search(award)
        return "short" if upper and int(upper[1]) <= 18 else "certificate"
    return "other" if award else None


def units(row):
    """`25.00-25.00/25.00-25.00` -> `25`, `24.00-26.50/…` -> `24-26.5`; a degree's are its major's."""
    for name in ("MAJOR UNITS", "CERT UNITS") if "degree" in row["AWARD"].casefold() else (
        "CERT UNITS", "MAJOR UNITS",
    ):  # fmt: skip
        ends = re.findall(r"\d+(?:\.\d+)?", row[name].partition("/")[0])
        shown = list(dict.fromkeys(f"{float(end):g}" for end in ends if float(end)))
        if shown:
            return "-".join(shown[:2])
    return ""


def _add_codes(batch, rows, release):
    """{TOP code: facts for a new program}; adds the TOP and CIP codes that are not there yet."""
    codes = {
        (system, code): (en, es, cte, sector, pathway)
        for system, code, en, es, cte, sector, pathway in ProgramCode.objects.filter(
            system__in=["TOP", "CIP"]
        ).values_list(
            "system", "code", "title_en", "title_es", "is_cte", "sector__code", "pathway__slug"
        )
    }
    new = {}
    for row in rows:
        top, cip = row["top"], row["cip"]
        code = top[1] + top[2]
        star = {"is_cte": "yes" if top[3] else "no"}
        if ("TOP", code) not in codes:
            new["TOP", code] = {"title_en": top[4] or code, "release": release["slug"], **star}
        elif codes["TOP", code][2] is None:
            new["TOP", code] = star
        if cip and ("CIP", cip[1]) not in codes:
            new["CIP", cip[1]] = {"title_en": cip[2] or cip[1], "release": release["slug"]}
    for (system, code), columns in new.items():
        batch.add("program_codes", system=system, code=code, **columns)
    known = {
        code: {"title_en": en, "title_es": es, "sector": sector, "pathway": pathway}
        for (system, code), (en, es, _cte, sector, pathway) in codes.items()
        if system == "TOP"
    }
    added = {code: columns for (system, code), columns in new.items() if system == "TOP"}
    return {
        code: known.get(code) or {"title_en": columns["title_en"]}
        for code, columns in {**known, **added}.items()
    }


def _add_program(batch, college, top, rows, codes, taken, release):
    """Add a program that is not there yet; its slug."""
    facts, own = dict(codes[top]), {row["TITLE"].casefold() for row in rows}
    if len(own) == 1 and facts["title_en"].casefold() not in own:
        facts |= {"title_en": rows[0]["TITLE"][:200], "title_es": ""}
    slug = colleges.program_slug(facts["title_en"], college, top, taken)
    taken.add(slug)
    credentials = {row["credential"] for row in rows}
    batch.add("programs", **new_program(slug, college, top, facts, credentials, release))
    return slug


def _update(batch, slug, old, rows):
    """The CIP code that all rows share; and a program that was free because only its noncredit
    awards were known is no longer called so when the college also gives credit for it."""
    columns = {}
    cips = {row["cip"][1] for row in rows if row["cip"]}
    if len(cips) == 1:
        columns["cip_code"] = cips.pop()
    now = colleges.cost(row["credential"] for row in rows)
    if old and old["cost"] == "free" and now == colleges.FEE:
        columns |= now | {"cost_note": ""}  # what was said of a free program
    if not columns:
        return
    if old:
        batch.add("programs", slug=slug, **columns)
    else:
        batch.rows["programs"][-1].update(columns)
