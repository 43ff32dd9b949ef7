"""High school pathways of San Diego Unified: the UC a-g course list.

Publisher: University of California Office of the President, courses of San Diego Unified's high
schools that meet its subject requirements. `path` is a folder with the list (`uc_ag…csv`) and, if
there, the district's sequences (`sdusd…sequences…csv`, see `sdusd_sequences`), or the list alone.

Only rows with a CTE pathway make programs: one a school and pathway, the courses within it. A school
with a pathway that UC has approved no course for is missing, as are courses outside a-g.

Oddities. Schools have other names than in the state's directory (`SCHOOLS`). Sectors and pathways
are UC's own wording (`Finance and Business`), read through the region's source labels. The course
number cell holds both semesters, sometimes twice (`3657, 3658,3657,3658`, `3639,3640,3639/3640`); a
course listed once a semester is one course.

A program that is already there keeps its texts, cost, audience and status: editors own them.
"""

import re
from pathlib import Path

from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources import sdusd_sequences
from imports.sources.cde_directory import filled
from imports.sources.reading import SourceError, read_table
from programs.models import Institution, InstitutionName, Program
from reference.models import Pathway, SourceLabel

RELEASE = {
    "slug": "uc-ag-sdusd-2023-09-14",
    "publisher": "University of California Office of the President",
    "name": "A-G course list, San Diego Unified",
    "vintage": "2023-24",
    "as_of": "2023-09-14",
    "licence": "",
    "url": "https://hs-articulation.ucop.edu/agcourselist",
    "note_en": "Courses that count for admission to the University of California, with their CTE "
    "pathway; courses outside a-g are missing.",
    "note_es": "Cursos que cuentan para la admisión a la Universidad de California, con su "
    "trayectoria CTE; faltan los cursos fuera de los requisitos a-g.",
}
HEADINGS = (
    "School Name", "Course Title", "Course Number(s)", "Course Length", "Subject Area",
    "CTE Industry Sector", "CTE Pathway",
)  # fmt: skip
DISTRICT = "san-diego-unified"
# UC's name -> the CDS code of the school in the state's directory.
SCHOOLS = {
    "Herbert Hoover High School": "37683383732997",  # Hoover High
    "Kearny Digital Media and Design": "37683380107078",  # … Media & Design
    "Kearny Engineering, Innovation & Design": "37683380107102",  # Kearny Eng Innov & Design
    "Logan Memorial Education Campus": "37683380140319",  # … Educational Campus
    "Mark Twain High School": "37683383730231",  # Twain High
    "Patrick Henry High School": "37683383732781",  # Henry High
    "San Diego Metropolitan Regional Career Technical High School": "37683380107482",  # SD Metro
    "San Diego School of Creative and Performing Arts": "37683383730371",  # San Diego SCPA
}
ORDER = ("introductory", "concentrator", "capstone", "")
LETTER = re.compile(r"\(([A-G])\)")


def read(path):
    """Programs, their courses, and the schools' names on UC's list."""
    file, sequences = _files(Path(path))
    batch = Batch()
    batch.add("releases", **RELEASE)
    labels, levels = _labels(), {}
    if sequences:
        batch.add("releases", **sdusd_sequences.RELEASE)
        pathways = {label: pathway for label, (_sector, pathway) in labels.items()}
        levels = sdusd_sequences.read_levels(sequences, pathways)
    schools, found, names = _schools(), {}, set()
    others = 0
    for line, row in read_table(file, HEADINGS):
        if not row["CTE Pathway"]:
            others += 1
            continue
        school = schools.get(_bare(row["School Name"]))
        sector, pathway = labels.get((row["CTE Industry Sector"], row["CTE Pathway"]), ("", ""))
        if not school:
            reason = _("unknown school “%(name)s”") % {"name": row["School Name"]}
            batch.reject(f"{file.name}:{line}", reason)
        elif not pathway:
            reason = _("unknown pathway “%(name)s”") % {"name": row["CTE Pathway"]}
            batch.reject(f"{file.name}:{line}", reason)
        else:
            names.add((row["School Name"], school))
            courses = found.setdefault((school, sector, pathway), {})
            _merge(courses, row, pathway, levels)
    if others:
        batch.reject(file.name, _("%(count)s courses have no career pathway") % {"count": others})
    _add_names(batch, names)
    _add_programs(batch, found)
    return batch


def _files(path):
    """(the list, the sequences or None)."""
    if path.is_file():
        return path, None
    lists = sorted(path.glob("uc_ag*.csv"))
    if not lists:
        raise SourceError(_("no course list (uc_ag….csv) among these files"))
    return lists[-1], next(iter(sorted(path.glob("sdusd*sequences*.csv"))), None)


def _labels():
    """{(sector, pathway as sources write them): (sector code, pathway slug)}."""
    return {
        (sector_label, pathway_label): (sector, pathway)
        for sector_label, pathway_label, sector, pathway in SourceLabel.objects.filter(
            pathway__isnull=False
        ).values_list("sector_label", "pathway_label", "pathway__sector__code", "pathway__slug")
    }


def _schools():
    """{bare name: slug} of the district's schools by every name we know them under."""
    ours = Institution.objects.filter(district__slug=DISTRICT)
    by_code = dict(ours.values_list("cds_code", "slug"))
    other = InstitutionName.objects.filter(institution__district__slug=DISTRICT)
    return {
        **{_bare(name): slug for name, slug in other.values_list("name", "institution__slug")},
        **{_bare(name): slug for name, slug in ours.values_list("name", "slug")},
        **{_bare(name): by_code[cds] for name, cds in SCHOOLS.items() if cds in by_code},
    }


def _bare(name):
    return " ".join(re.findall(r"\w+", name.casefold().replace("&", " and ")))


def _merge(courses, row, pathway, levels):
    """Put a course among those of its program: {title: {numbers, level, …}}."""
    course = courses.setdefault(
        row["Course Title"].casefold(),
        {
            "title_en": row["Course Title"][:200],
            "numbers": {},
            "length": row["Course Length"][:20],
            "a_g": letter[1] if (letter := LETTER.search(row["Subject Area"])) else "",
        },
    )
    course["numbers"] |= dict.fromkeys(re.findall(r"\w+", row["Course Number(s)"]))
    course["sequence"] = _level(course["numbers"], pathway, levels)


def _level(numbers, pathway, levels):
    """The one level that all known numbers of a course have; a course of two levels has none."""
    found = {level for number in numbers for level in levels.get((pathway, number), ())}
    return found.pop() if len(found) == 1 else ""


def _add_names(batch, names):
    """What UC calls a school is a name people use, unless it is known already."""
    official = dict(Institution.objects.values_list("name", "slug"))
    owners = dict(InstitutionName.objects.values_list("name", "institution__slug"))
    for name, school in sorted(names):
        if name not in official and owners.get(name, school) == school:
            batch.add("institution_names", name=name, institution=school)


def _add_programs(batch, found):
    titles = {
        slug: {"title_en": en, "title_es": es}
        for slug, en, es in Pathway.objects.values_list("slug", "title_en", "title_es")
    }
    present = dict(Program.objects.values_list("slug", "release__publisher"))
    for (school, sector, pathway), courses in sorted(found.items()):
        slug = f"{pathway}-{school}"[:180]
        row = {"slug": slug}
        if present.get(slug, RELEASE["publisher"]) == RELEASE["publisher"]:
            row |= {"release": RELEASE["slug"], "as_of": RELEASE["as_of"]}
        if slug not in present:
            row |= titles[pathway] | {
                "institution": school,
                "sector": sector,
                "pathway": pathway,
                "audience": "school",
                "cost": "free",
                "status": "published",
            }
        batch.add("programs", **filled(row))
        _add_courses(batch, slug, courses)


def _add_courses(batch, slug, courses):
    ordered = sorted(
        courses.values(), key=lambda each: (ORDER.index(each["sequence"]), each["title_en"])
    )
    for position, course in enumerate(ordered, start=1):
        known = filled({name: course[name] for name in ("sequence", "length", "a_g")})
        batch.add(
            "courses",
            program=slug,
            code=", ".join(course["numbers"])[:60],
            title_en=course["title_en"],
            position=position,
            as_of=RELEASE["as_of"],
            **known,
        )
