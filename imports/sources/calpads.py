"""The state's career technical course codes: `calpads-course-codes_cte.csv`.

CALPADS is the state's collection of school data; its course codes 7000-8532 say of a school's course
which sector it belongs to. The sector stands under "Broad Subject" in the state's words and is read
through the region's labels of sources; the label "Elective" (7000, the exploratory course of middle
schools) means no sector. Titles of capstone courses have double blanks.
"""

import re
from pathlib import Path

from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources.reading import read_table
from reference.models import SourceLabel

RELEASE = {
    "slug": "calpads-cte-2026",
    "publisher": "California Department of Education",
    "name": "CALPADS career technical course codes",
    "vintage": "2026",
    "as_of": "2026",
    "licence": "",
    "url": "https://www.cde.ca.gov/ds/sp/cl/",
    "note_en": (
        "The state's codes for career technical courses of middle and high schools and the sector "
        "of each; which school teaches them is not in this list."
    ),
    "note_es": (
        "Los códigos estatales de los cursos técnicos de secundaria y preparatoria y el sector de "
        "cada uno; la lista no dice qué escuela los enseña."
    ),
}
HEADINGS = ("Course Code", "Course Title", "Broad Subject", "Setting")

CODE = re.compile(r"\d{4}")
CAREER_TECHNICAL = "Career Technical Education"


def read(path):
    """`program_codes` rows of system CALPADS, with their sector."""
    path = Path(path)
    batch = Batch()
    batch.add("releases", **RELEASE)
    sectors = _sectors()
    for line, row in read_table(path, HEADINGS):
        if reason := _fault(row, sectors):
            batch.reject(f"{path.name}:{line}", reason, row)
            continue
        batch.add(
            "program_codes",
            system="CALPADS",
            code=row["Course Code"],
            title_en=row["Course Title"],
            is_cte=True,
            sector=sectors[row["Broad Subject"]],
            release=RELEASE["slug"],
        )
    return batch


def _sectors():
    """{label of a sector: its code, None for a label that means no sector}."""
    return dict(
        SourceLabel.objects.filter(pathway_label="").values_list("sector_label", "sector__code")
    )


def _fault(row, sectors):
    if not CODE.fullmatch(row["Course Code"]):
        return _("a course code has four digits")
    if row["Setting"] != CAREER_TECHNICAL:
        return _("not a career technical course")
    if row["Broad Subject"] not in sectors:
        return _("“%(value)s” is not among the labels of sources") % {"value": row["Broad Subject"]}
    return ""
