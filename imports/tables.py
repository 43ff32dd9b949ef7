"""The region pack's tables: one workbook sheet, one CSV file, one model each.

This is the only place that says how a row of text becomes a row of the database and back. Official
importers (`imports/sources/`) translate a release into these rows; `load_region`, `export_region`
and a coordinator's workbook speak nothing else. Foreign keys are written as natural keys, codes are
text, an empty cell is an unknown value. An app that stands above brings its own table by `add`.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.db import models

from programs.models import (
    Award,
    Course,
    District,
    Institution,
    InstitutionName,
    Opportunity,
    Program,
    ProgramLink,
    ProgramOccupation,
)
from reference.models import (
    CodeCrosswalk,
    CodeOccupation,
    County,
    GlossaryTerm,
    LaborFigure,
    LivingWage,
    Occupation,
    OccupationInterest,
    OccupationPathway,
    OccupationTitle,
    Pathway,
    ProgramCode,
    RelatedOccupation,
    Release,
    Sector,
    SourceLabel,
    Synonym,
    ZipCode,
)


@dataclass(frozen=True)
class Reference:
    """How a foreign key is written: the natural key of a model, within fixed values (`system=TOP`)."""

    model: type[models.Model]
    by: str
    within: dict = field(default_factory=dict, hash=False)

    def key_to_pk(self):
        """{natural key: primary key} of every row that may be pointed at: one query."""
        return dict(self.model.objects.filter(**self.within).values_list(self.by, "pk"))


RELEASE = Reference(Release, "slug")
COUNTY = Reference(County, "fips")
SECTOR = Reference(Sector, "code")
PATHWAY = Reference(Pathway, "slug")
TOP = Reference(ProgramCode, "code", {"system": "TOP"})
CIP = Reference(ProgramCode, "code", {"system": "CIP"})
OCCUPATION = Reference(Occupation, "soc")
DISTRICT = Reference(District, "slug")
INSTITUTION = Reference(Institution, "slug")
PROGRAM = Reference(Program, "slug")


@dataclass(frozen=True)
class Table:
    """One sheet: its model, its columns in order, the columns that identify a row."""

    name: str
    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    references: dict[str, Reference] = field(default_factory=dict, hash=False)
    only: dict = field(default_factory=dict, hash=False)

    @cached_property
    def fields(self):
        return {name: self.model._meta.get_field(name) for name in self.columns}

    def rows(self, some=None):
        """Every row of the database, or of `some` of the model's rows, as {column: text}, in the
        order of the key: one query."""
        paths = [
            f"{name}__{self.references[name].by}" if name in self.references else name
            for name in self.columns
        ]
        some = self.model.objects.all() if some is None else some
        found = some.filter(**self.only).order_by().values_list(*paths)
        rows = [dict(zip(self.columns, map(to_text, values), strict=True)) for values in found]
        return sorted(rows, key=self.key_of)

    def key_of(self, row):
        return tuple(row[name] for name in self.key)


def to_text(value):
    """A database value as it stands in a cell."""
    if value is None:
        return ""
    if value is True or value is False:
        return "yes" if value else "no"
    return str(value)


SOURCED = ("release", "source_url", "as_of", "verified_on")

TABLES = [
    Table(
        "releases",
        Release,
        ("slug",),
        ("slug", "publisher", "name", "vintage", "as_of", "licence", "url", "note_en", "note_es"),
    ),
    Table("counties", County, ("fips",), ("fips", "slug", "name")),
    Table(
        "zip_codes",
        ZipCode,
        ("code",),
        ("code", "city", "county", "latitude", "longitude", "release"),
        {"county": COUNTY, "release": RELEASE},
    ),
    Table(
        "sectors",
        Sector,
        ("code",),
        (
            "code", "slug", "title_en", "title_es", "description_en", "description_es",
            "search_words_en", "search_words_es",
        ),
    ),
    Table(
        "pathways",
        Pathway,
        ("slug",),
        (
            "slug", "code", "sector", "title_en", "title_es", "description_en", "description_es",
            "search_words_en", "search_words_es",
        ),
        {"sector": SECTOR},
    ),
    Table(
        "source_labels",
        SourceLabel,
        ("sector_label", "pathway_label"),
        ("sector_label", "pathway_label", "sector", "pathway"),
        {"sector": SECTOR, "pathway": PATHWAY},
    ),
    Table(
        "occupations",
        Occupation,
        ("soc",),
        (
            "soc", "slug", "title_en", "title_es", "description_en", "description_es",
            "everyday_en", "everyday_es", "job_zone", "education", "bright_outlook", "release",
        ),
        {"release": RELEASE},
    ),
    Table(
        "occupation_titles",
        OccupationTitle,
        ("occupation", "language", "title"),
        ("occupation", "language", "title", "release"),
        {"occupation": OCCUPATION, "release": RELEASE},
    ),
    Table(
        "occupation_pathways",
        OccupationPathway,
        ("occupation", "pathway"),
        ("occupation", "pathway", "rank"),
        {"occupation": OCCUPATION, "pathway": PATHWAY},
    ),
    Table(
        "occupation_interests",
        OccupationInterest,
        ("occupation", "interest"),
        ("occupation", "interest", "rank", "release"),
        {"occupation": OCCUPATION, "release": RELEASE},
    ),
    Table(
        "related_occupations",
        RelatedOccupation,
        ("occupation", "related"),
        ("occupation", "related", "rank", "release"),
        {"occupation": OCCUPATION, "related": OCCUPATION, "release": RELEASE},
    ),
    Table(
        "labor_figures",
        LaborFigure,
        ("occupation", "area", "county", "period", "release"),
        (
            "occupation", "area", "county", "period", "jobs", "growth", "openings", "hourly",
            "annual",
            "pay_period", "education", "missing", "release",
        ),
        {"occupation": OCCUPATION, "county": COUNTY, "release": RELEASE},
    ),
    Table(
        "living_wages",
        LivingWage,
        ("county", "household", "vintage"),
        ("county", "household", "hourly", "vintage", "release"),
        {"county": COUNTY, "release": RELEASE},
    ),
    Table(
        "program_codes",
        ProgramCode,
        ("system", "code"),
        (
            "system", "code", "title_en", "title_es", "is_cte", "sector", "pathway", "note",
            "valid_from", "valid_until", "release",
        ),
        {"sector": SECTOR, "pathway": PATHWAY, "release": RELEASE},
    ),
    Table(
        "top_cip",
        CodeCrosswalk,
        ("top", "cip"),
        ("top", "cip", "colleges", "release"),
        {"top": TOP, "cip": CIP, "release": RELEASE},
    ),
    Table(
        "cip_soc",
        CodeOccupation,
        ("cip", "occupation"),
        ("cip", "occupation", "release"),
        {"cip": CIP, "occupation": OCCUPATION, "release": RELEASE},
    ),
    Table(
        "glossary",
        GlossaryTerm,
        ("slug",),
        (
            "slug", "term_en", "term_es", "definition_en", "definition_es", "also_en", "also_es",
        ),
    ),
    Table("synonyms", Synonym, ("language", "term"), ("language", "term", "means")),
    Table(
        "districts",
        District,
        ("slug",),
        ("slug", "name", "cds_code", "county", "segment"),
        {"county": COUNTY},
    ),
    Table(
        "institutions",
        Institution,
        ("slug",),
        (
            "slug", "name", "segment", "kind", "district", "county", "cds_code", "ipeds_id",
            "charter", "grades", "street", "city", "zip_code", "phone", "url", "latitude",
            "longitude", "point_source", "status", *SOURCED,
        ),
        {"district": DISTRICT, "county": COUNTY, "release": RELEASE},
    ),
    Table(
        "institution_names",
        InstitutionName,
        ("name",),
        ("name", "institution"),
        {"institution": INSTITUTION},
    ),
    Table(
        "programs",
        Program,
        ("slug",),
        (
            "slug", "ctid", "institution", "title_en", "title_es", "description_en",
            "description_es", "sector", "pathway", "top_code", "cip_code", "audience", "grades",
            "cost", "cost_note", "delivery", "schedule", "language", "length", "url", "contact",
            "status", *SOURCED,
        ),
        {
            "institution": INSTITUTION, "sector": SECTOR, "pathway": PATHWAY, "top_code": TOP,
            "cip_code": CIP, "release": RELEASE,
        },
    ),
    Table(
        "courses",
        Course,
        ("program", "code", "title_en"),
        (
            "program", "code", "title_en", "title_es", "sequence", "position", "units", "length",
            "a_g", "source_url", "as_of",
        ),
        {"program": PROGRAM},
    ),
    Table(
        "awards",
        Award,
        ("program", "credential", "level", "title", "control_number"),
        (
            "program", "credential", "level", "title", "control_number", "units", "hours",
            "conferred", "conferred_period", "source_url", "as_of",
        ),
        {"program": PROGRAM},
    ),
    Table(
        "links",
        ProgramLink,
        ("slug",),
        (
            "slug", "kind", "from_district", "from_institution", "from_program", "from_course",
            "to_district", "to_institution", "to_program", "to_course_code", "to_course", "sector",
            "pathway", "units", "min_grade", "valid_from", "valid_until", "todo_en", "todo_es",
            "confirmed_on", *SOURCED,
        ),
        {
            "from_district": DISTRICT, "from_institution": INSTITUTION, "from_program": PROGRAM,
            "to_district": DISTRICT, "to_institution": INSTITUTION, "to_program": PROGRAM,
            "sector": SECTOR, "pathway": PATHWAY, "release": RELEASE,
        },
    ),
    Table(
        "opportunities",
        Opportunity,
        ("slug",),
        (
            "slug", "stage", "kind", "title_en", "title_es", "audience", "sector", "district",
            "institution", *SOURCED,
        ),
        {
            "sector": SECTOR, "district": DISTRICT, "institution": INSTITUTION, "release": RELEASE,
        },
    ),
    Table(
        "program_occupations",
        ProgramOccupation,
        ("program", "occupation"),
        ("program", "occupation", "basis", "rank"),
        {"program": PROGRAM, "occupation": OCCUPATION},
        only={"basis__in": ["confirmed", "hidden"]},
    ),
]  # fmt: skip

BY_NAME = {table.name: table for table in TABLES}


def add(table):
    """A table of an app that imports cannot import; it may point to all tables before it."""
    TABLES.append(table)
    BY_NAME[table.name] = table
