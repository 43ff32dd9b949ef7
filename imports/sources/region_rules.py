"""How a compiled row's words become our columns: titles, awards, cost, length, stage, what to do.

Titles are region data, in `region_data/titles.csv` (as written -> title in both languages, pathway,
the TOP code a college title plainly belongs to, and whether it is only a `part` of that program, an
award under its own name); `courses.csv` gives the pathway of a course, or only the sector where it
is of several pathways or of none in particular. A course of any field ("articulated CTE courses")
does not stand there. Both are the region's own reading, made by hand.
"""

import csv
import re
from pathlib import Path
from typing import NamedTuple

from imports.sources.region_names import PARENTHESES, fold
from reference.models import Pathway, ProgramCode, Sector

DATA = Path(__file__).parent / "region_data"

PLANNED = re.compile(
    r"\b(planned|proposed|being added|in development|conditional approval|label extending to"
    r"|new, (spring|summer|fall|winter) \d{4})\b",
    re.I,
)
NO_PROGRAM = re.compile(
    r"(CTE|CTE courses.*|District program of study.*|Career pathways at .*|Career Education \(.*)",
    re.I,
)
NAMED = re.compile(r"\b(academy|school|conservatory)\b", re.I)


class Title(NamedTuple):
    en: str
    es: str = ""
    pathway: str = ""
    top: str = ""
    part: bool = False


class Titles:
    """What the region calls a program or an event that its source wrote in some way."""

    def __init__(self):
        self._written = _rows("titles.csv", "written")
        self._official = _official_titles()

    def knows(self, written):
        return fold(written) in self._written

    def of(self, written):
        """The Title of a text as written; its capital is set right where the table lacks it."""
        row = self._written.get(fold(written))
        en = row["title_en"] if row else written[:1].upper() + written[1:]
        es = (row["title_es"] if row else "") or self._official.get(fold(en), "")
        if not row:
            return Title(en, es)
        return Title(en, es, row["pathway"], row["top_code"], row["part"] == "yes")


def _rows(name, key):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return {fold(row[key]): row for row in csv.DictReader(file)}


def _official_titles():
    """{folded English title: Spanish title} of sectors, pathways and TOP codes."""
    tops = ProgramCode.objects.filter(system="TOP")
    return {
        fold(en): es
        for rows in (tops, Sector.objects, Pathway.objects)
        for en, es in rows.values_list("title_en", "title_es")
        if es
    }


def course_fields():
    """{folded course title: (pathway slug, sector code)}, one of the two empty."""
    rows = _rows("courses.csv", "course")
    return {course: (row["pathway"], row["sector"]) for course, row in rows.items()}


def is_named(title):
    """An academy or conservatory is a program of its own beside its pathway's other courses."""
    return bool(NAMED.search(title))


# --- awards ------------------------------------------------------------------------------------

COLLEGE_AWARDS = {
    "associate_degree": ("associate", "Associate degree"),
    "ADT": ("transfer", "Associate degree for transfer"),
    "bachelor": ("bachelor", "Bachelor’s degree"),
    "certificate_of_achievement": ("certificate", "Certificate of achievement"),
    # Colleges of the region give these locally, below the 16 units of a state-approved one.
    "certificate_of_performance_or_proficiency": (
        "short",
        "Certificate of performance or proficiency",
    ),
    "noncredit_certificate": ("noncredit", "Noncredit certificate"),
    "apprenticeship": ("apprenticeship", "Apprenticeship"),
    "certificate_unspecified": ("other", "Certificate"),
    "degree_unspecified": ("other", "Degree"),
}
# Letters that stand alone in the sources, written out; what is no industry certification; what
# says nothing ("certification, license or certificate").
CERTIFICATIONS = {
    "cna": ("industry", "Certified Nurse Assistant (CNA)"),
    "hha": ("industry", "Home Health Aide (HHA)"),
    "lvn": ("industry", "Licensed Vocational Nurse (LVN)"),
    "rda": ("industry", "Registered Dental Assistant (RDA)"),
    "pca": ("industry", "Patient Care Aide (PCA)"),
    "emt b": ("industry", "Emergency Medical Technician (EMT-B)"),
    "ptcb": ("industry", "Pharmacy Technician Certification Board (PTCB)"),
    "cpt i": ("industry", "Certified Phlebotomy Technician I (CPT-I)"),
    "ava": ("industry", "Approved Veterinary Assistant (AVA)"),
    "lift certification": ("industry", "Lift certification"),
    "pediatric cpr and first aid": ("industry", "Pediatric CPR and First Aid"),
    "certificate of competency": ("other", "Certificate of Competency"),
    "competency x badges": ("other", "Competency X badges"),
    "ap plus pltw credential": ("other", "AP + PLTW credential"),
    "ap pltw credential": ("other", "AP + PLTW credential"),
    "das registered pre apprenticeship up to 180 hours": (
        "other",
        "DAS-registered pre-apprenticeship (up to 180 hours)",
    ),
    "eligible for california state nurse assistant certification exam": (
        "industry",
        "California State Nurse Assistant Certification (exam)",
    ),
    "certification license or certificate": None,
}


def certifications(text):
    """[(credential, title)] of a cell such as `OSHA-30; lift certification`."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    return [
        award for part in parts if (award := CERTIFICATIONS.get(fold(part), ("industry", part)))
    ]


# --- cost, length, audience --------------------------------------------------------------------


def cost(text):
    """The cost columns: what the source says, in its own words, or nothing."""
    if re.match(r"(free|no cost)\b", text, re.I):
        return {"cost": "free", "cost_note": text}
    return {}


YEARS = re.compile(r"\b(?:(two|three|four)-year|\d+ weeks)\b", re.I)


def length(written, hours="", units=""):
    """`17 weeks; 60 theory + 100 clinical hours`: the title's, then the row's own words."""
    parts = [found.group() for found in YEARS.finditer(written)]
    if hours and not re.search(r"\bhours?\b", hours):
        hours = re.sub(r"^(\d+)(?= \()|^(.*\d)$|^(.* clinical)$", r"\g<0> hours", hours)
    parts += [hours] if hours else []
    parts += [f"{units} units"] if units else []
    return "; ".join(parts)[:120]


def audience(row_segment, segment, kind):
    """Who may attend, by the level of the row and of the institution."""
    if segment == "community_college":
        return "anyone"
    if kind == "ROC/ROP" or (segment == "adult_education" and row_segment == "high_school"):
        return "district"
    return "adults" if segment == "adult_education" else "school"


# --- work-based learning -----------------------------------------------------------------------

STAGES = {
    "awareness": ("tour", "guest_speaker", "career_fair", "outreach_event"),
    "exploration": (
        "job_shadow", "mock_interview", "competition", "showcase", "career_exploration",
        "mentorship", "student_organization", "camp", "conference",
    ),
    "preparation": (
        "internship", "industry_project", "student_run_enterprise", "industry_partnership",
        "practicum", "work_based_learning", "volunteer", "community_service",
    ),
    "training": ("apprenticeship", "paid_training"),
}  # fmt: skip
STAGE_OF = {kind: stage for stage, kinds in STAGES.items() for kind in kinds}


# --- agreements --------------------------------------------------------------------------------

AFTER_THE_NAME = re.compile(r"\bpathway\b|\bclasses\b", re.I)


def subject(row):
    """What an agreement is about, to tell two tellings of one agreement from two agreements.

    >>> subject({"to_course": "", "from_course": "Allied Health pathway (from junior year)"})
    'allied health'
    """
    text = row["to_course"] or row["from_course"]
    return fold(AFTER_THE_NAME.sub(" ", PARENTHESES.sub(" ", text)))


def course_key(title):
    """A course title without numbers, plurals, abbreviations and honors, to find it again.

    >>> course_key("Honors PLTW Biomedical Innovations 1,2 (HP)")
    'biomedical innovation'
    """
    words = fold(PARENTHESES.sub(" ", title)).split()
    left = {"honors", "pltw", "and"}
    return " ".join(
        word.removesuffix("s") for word in words if word not in left and not word.isdecimal()
    )


# What a row's grade says the student must do, and no more. Concurrent and dual enrollment are
# college classes: their grade is not a condition for credit that the row spells out.
CREDIT = {"articulation", "credit_by_exam"}
TODO = {
    ("high", "B"): (
        "Finish the high school course with a grade of B or better.",
        "Termina el curso de la preparatoria con una calificación de B o mejor.",
    ),
    ("adult", "B"): (
        "Finish the course with a grade of B or better.",
        "Termina el curso con una calificación de B o mejor.",
    ),
    ("high", "B in course and on final assessment"): (
        "Finish the high school course with a grade of B or better, and get a B or better on the "
        "final assessment.",
        "Termina el curso de la preparatoria con una calificación de B o mejor y obtén B o mejor "
        "en la evaluación final.",
    ),
    ("high", "A, B or C in course; A or B on final exam/project"): (
        "Finish the high school course with a grade of A, B or C, and get an A or B on the final "
        "exam or project.",
        "Termina el curso de la preparatoria con una calificación de A, B o C y obtén A o B en el "
        "examen o proyecto final.",
    ),
    ("high", "C in course; B on final exam/project"): (
        "Finish the high school course with a grade of C or better, and get a B or better on the "
        "final exam or project.",
        "Termina el curso de la preparatoria con una calificación de C o mejor y obtén B o mejor "
        "en el examen o proyecto final.",
    ),
}


def todo(kind, min_grade, adult):
    """(English, Spanish), both empty where the row does not say."""
    if kind in CREDIT or kind == "noncredit_to_credit":
        return TODO.get(("adult" if adult else "high", min_grade), ("", ""))
    return "", ""
