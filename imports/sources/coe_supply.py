"""What each college teaches: awards by program code, college and level.

Publisher: Centers of Excellence for Labor Market Research, from the Chancellor's Office Data Mart.
`path` is the file (`coe_supply…csv`), or its folder: then IPEDS completions that lie beside it also
give a program its CIP code, where the college's completions hold exactly one of the CIP codes that
the TOP-to-CIP crosswalk pairs with the program (a code that is there already is left alone).

Oddities. "San Diego Adult" is the San Diego College of Continuing Education. An Associate of Arts
and an Associate of Science in one program are two rows of the same name: they are added up. "Annual
Projected Supply" is the yearly mean since the first year with an award, not always of three years.
Titles have stray blanks; the title shown is that of the region's table of TOP codes. "999999 -
Unknown" is no program; "Other Health Occupations" and its like are codes of the taxonomy and stay. A
program that gave no award in three years is missing from the source.

One program a college and TOP code. A program that is already there keeps its texts, cost, audience
and status, because editors own them; its awards are updated.
"""

import re
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources import colleges, ipeds
from imports.sources.cde_directory import filled
from imports.sources.reading import SourceError, read_table
from programs.models import Institution, Program
from reference.models import CodeCrosswalk, ProgramCode

RELEASE = {
    "slug": "coe-supply-2022-23",
    "publisher": "Centers of Excellence for Labor Market Research",
    "name": "Supply: awards by program code (TOP6), college and award level",
    "vintage": "2020-21 to 2022-23",
    "as_of": "2022-23",
    "licence": "",
    "url": "https://coeccc.net/",
    "note_en": "The degrees and certificates that community colleges gave in three years; a "
    "program that gave none is missing.",
    "note_es": "Los títulos y certificados que otorgaron los colegios comunitarios en tres años; "
    "falta el programa que no otorgó ninguno.",
}
HEADINGS = ("TOP6 with Title", "College Name", "Award Level", "Annual Projected Supply")
CODE = re.compile(r"(\d{6}) - (.+)")
NO_TITLE = re.compile(
    r"unknown|undeclared|undecided|unclassified|unspecified|none|n/?a|[\W\d_]*"
    r"|not (available|applicable|assigned|reported|specified)",
    re.I,
)
LEVELS = (
    (re.compile(r"Associate Degree for Transfer"), "transfer"),
    (re.compile(r"Associate Degree"), "associate"),
    (re.compile(r"Bachelor"), "bachelor"),
    (re.compile(r"High School Diploma"), "other"),
    (re.compile(r"Noncredit award"), "noncredit"),
    (re.compile(r"Certificate \((16<30|30<60|60\+) "), "certificate"),
    (re.compile(r"Certificate \(.*<1[68] |Other credit award \(<6 "), "short"),
)


def read(path):
    """Programs and their awards."""
    file = _file(Path(path))
    batch = Batch()
    batch.add("releases", **RELEASE)
    offers = _offers(batch, file)
    cips = _cip_codes(file.parent) if Path(path).is_dir() else {}
    titles = {
        code: {"title_en": en, "title_es": es, "sector": sector, "pathway": pathway}
        for code, en, es, sector, pathway in ProgramCode.objects.filter(system="TOP").values_list(
            "code", "title_en", "title_es", "sector__code", "pathway__slug"
        )
    }
    present = programs_by_code()
    taken = set(Program.objects.values_list("slug", flat=True))
    for (college, top), (title, awards) in offers.items():
        old = present.get((college.slug, top))
        slug = old["slug"] if old else None
        if not old:
            facts = titles.get(top) or {"title_en": title}
            slug = colleges.program_slug(facts["title_en"], college, top, taken)
            taken.add(slug)
            credentials = {credential for credential, _level in awards}
            batch.add("programs", **new_program(slug, college, top, facts, credentials))
        elif old["publisher"] == RELEASE["publisher"]:
            batch.add("programs", slug=slug, release=RELEASE["slug"], as_of=RELEASE["as_of"])
        if (cip := cips.get((college.slug, top))) and not (old and old["cip"]):
            _set(batch, slug, cip_code=cip)
        _add_awards(batch, slug, awards)
    colleges.take_back_note(batch, RELEASE)
    return batch


def _file(path):
    files = [path] if path.is_file() else sorted(path.glob("coe_supply*.csv"))
    if not files:
        raise SourceError(_("no supply table (coe_supply….csv) among these files"))
    return files[-1]


def _offers(batch, file):
    """{(College, TOP code): (title, {(credential, level): awards a year})}."""
    offers = {}
    known = set(Institution.objects.values_list("slug", flat=True))
    tops = set(ProgramCode.objects.filter(system="TOP").values_list("code", flat=True))
    for line, row in read_table(file, HEADINGS):
        college, code = colleges.find(row["College Name"]), CODE.fullmatch(row["TOP6 with Title"])
        credential, supply = credential_of(row["Award Level"]), _number(row)
        reason = None
        if not college or college.slug not in known:
            reason = _("unknown college “%(name)s”") % {"name": row["College Name"]}
        elif not code or code[1] not in tops:
            reason = _("unknown program code “%(code)s”") % {"code": row["TOP6 with Title"]}
        elif NO_TITLE.fullmatch(code[2]):
            reason = _("“%(title)s” is not the title of a program") % {"title": code[2]}
        elif not credential:
            reason = _("unknown award level “%(level)s”") % {"level": row["Award Level"]}
        elif supply is None:
            reason = _("“%(text)s” is not a number of awards") % {
                "text": row["Annual Projected Supply"]
            }
        if reason:
            batch.reject(f"{file.name}:{line}", reason, row)
            continue
        _title, awards = offers.setdefault((college, code[1]), (code[2], defaultdict(Decimal)))
        awards[credential, row["Award Level"]] += supply
    return offers


def credential_of(level):
    """The credential of an award level, or None for one we do not know."""
    return next((credential for pattern, credential in LEVELS if pattern.search(level)), None)


def _number(row):
    try:
        return Decimal(row["Annual Projected Supply"].replace(",", ""))
    except InvalidOperation:
        return None


def programs_by_code():
    """{(institution slug, TOP code): {slug, cip, cost, publisher}} of the programs we have."""
    return {
        (institution, top): {"slug": slug, "cip": cip, "cost": cost, "publisher": publisher}
        for institution, top, slug, cip, cost, publisher in Program.objects.filter(
            top_code__isnull=False
        ).values_list(
            "institution__slug",
            "top_code__code",
            "slug",
            "cip_code__code",
            "cost",
            "release__publisher",
        )
    }


def new_program(slug, college, top, facts, credentials, release=RELEASE):
    """The columns of a program that is not there yet."""
    return filled(
        {
            "slug": slug,
            "institution": college.slug,
            "top_code": top,
            **facts,
            "audience": colleges.audience(college),
            **colleges.cost(credentials),
            "status": "published",
            "release": release["slug"],
            "as_of": release["as_of"],
        }
    )


def _set(batch, slug, **columns):
    """Put columns into the program's row, or add one."""
    last = batch.rows["programs"][-1] if batch.rows["programs"] else {}
    if last.get("slug") == slug:
        last.update(columns)
    else:
        batch.add("programs", slug=slug, **columns)


def _add_awards(batch, slug, awards):
    for (credential, level), conferred in awards.items():
        batch.add(
            "awards",
            program=slug,
            credential=credential,
            level=level,
            title="",
            control_number="",
            conferred=conferred,
            conferred_period=RELEASE["vintage"],
        )


def _cip_codes(folder):
    """{(college slug, TOP code): the one CIP code that crosswalk and completions agree on}."""
    candidates = defaultdict(set)
    for top, cip in CodeCrosswalk.objects.values_list("top__code", "cip__code"):
        candidates[top].add(cip)
    return {
        (college, top): cips.pop()
        for college, completed in ipeds.completions(folder).items()
        for top in candidates
        if len(cips := candidates[top] & completed) == 1
    }
