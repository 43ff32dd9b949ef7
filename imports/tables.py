"""The region pack's tables: one workbook sheet, one CSV file, one model each.

This is the only place that says how a row of text becomes a row of the database and back. Official
importers (`imports/sources/`) translate a release into these rows; `load_region`, `export_region`
and a coordinator's workbook speak nothing else. Foreign keys are written as natural keys, codes are
text, an empty cell is an unknown value. An app that stands above brings its own table by `add`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy

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
from reference.models.codes import undotted


@dataclass(frozen=True)
class Reference:
    """How a foreign key is written: the natural key of a model, within fixed values (`system=TOP`)."""

    model: type[models.Model]
    by: str
    within: dict = field(default_factory=dict, hash=False)
    tidied: Callable = str  # a cell as people write it -> the key

    def key_to_pk(self, keys=None):
        """{natural key: primary key} of the rows that may be pointed at (all, or those): one query."""
        rows = self.model.objects.filter(**self.within).order_by()
        if keys is not None:
            rows = rows.filter(**{f"{self.by}__in": keys})
        return dict(rows.values_list(self.by, "pk"))

    def keys(self):
        """Every natural key that a cell may name: one query."""
        return set(
            self.model.objects.filter(**self.within).order_by().values_list(self.by, flat=True)
        )

    def text_of(self, table, key):
        """How a row of `table` with this key is written in a cell; None where it cannot be meant."""
        if table.model is not self.model:
            return None
        row = dict(zip(table.key, key, strict=True))
        return row[self.by] if self.within.items() <= row.items() else None


RELEASE = Reference(Release, "slug")
COUNTY = Reference(County, County.written_as)
SECTOR = Reference(Sector, Sector.written_as)
PATHWAY = Reference(Pathway, "slug")
TOP = Reference(ProgramCode, "code", {"system": "TOP"}, undotted)
CIP = Reference(ProgramCode, "code", {"system": "CIP"})
OCCUPATION = Reference(Occupation, Occupation.written_as)
DISTRICT = Reference(District, "slug")
INSTITUTION = Reference(Institution, "slug")
PROGRAM = Reference(Program, "slug")


# Where the models have no words of their own, and so none in Spanish: by the name of the field.
LABELS = {
    "slug": gettext_lazy("short name in the page’s address"),
}


@dataclass(frozen=True)
class Table:
    """One sheet: its model, its columns in order, the columns that identify a row."""

    name: str
    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    references: dict[str, Reference] = field(default_factory=dict, hash=False)
    only: dict = field(default_factory=dict, hash=False)
    slug_from: tuple[str, ...] = ()  # the columns whose words make the key of a new row

    @cached_property
    def fields(self):
        return {name: self.model._meta.get_field(name) for name in self.columns}

    def label(self, name):
        """What people call a column."""
        said = self.fields[name].verbose_name
        return capfirst(str(LABELS.get(said, said)))

    @cached_property
    def addressed(self):
        """{column: model} of the columns that hold the address of a page, the row's own or another's."""
        own = {"slug": self.model} if "slug" in self.columns else {}
        return own | {n: one.model for n, one in self.references.items() if one.by == "slug"}

    def path(self, name):
        """The lookup of a column: a foreign key is asked for its natural key."""
        return f"{name}__{self.references[name].by}" if name in self.references else name

    def read(self, queryset, columns=None):
        """Yield (primary key, {column: text}) of a queryset's rows: one query, whatever the size."""
        columns = self.columns if columns is None else columns
        paths = ["pk", *map(self.path, columns)]
        for pk, *values in queryset.order_by().values_list(*paths).iterator(chunk_size=2000):
            yield pk, dict(zip(columns, map(to_text, values), strict=True))

    def rows(self, queryset=None):
        """Every row (of the database, or of a queryset) as {column: text}, in the order of the key."""
        found = self.model.objects.all() if queryset is None else queryset
        return sorted((row for _pk, row in self.read(found.filter(**self.only))), key=self.key_of)

    def completed(self, row):
        """The row with its key: where people need not invent one, it is made from the row's words."""
        if row.get("slug") or not any(row.get(name) for name in self.slug_from):
            return row
        words = " ".join(filter(None, (row.get(name) for name in self.slug_from)))
        return row | {"slug": slugify(words)[: self.fields["slug"].max_length].strip("-")}

    def key_of(self, row):
        return tuple(row[name] for name in self.key)


def to_text(value):
    """A database value as it stands in a cell."""
    if value is None:
        return ""
    if value is True or value is False:
        return "yes" if value else "no"
    return str(value)


SIGNED_ON = ("verified_on", "confirmed_on")  # the days on which somebody has looked
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
        slug_from=("title_en", "institution"),
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
        slug_from=(
            "kind", "from_institution", "from_district", "from_course",
            "to_institution", "to_district", "to_course_code",
        ),
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
        slug_from=("kind", "title_en", "institution", "district"),
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


def of_model(label):
    """The table of a model by its label ("programs.program"); None where the pack has none."""
    return next((table for table in TABLES if table.model._meta.label_lower == label), None)
