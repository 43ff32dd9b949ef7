"""Published facts: places, sectors, codes, occupations, pay. One file per idea."""

from reference.models.codes import CodeCrosswalk, CodeOccupation, ProgramCode
from reference.models.education import Education
from reference.models.interests import Interest, OccupationInterest, RelatedOccupation
from reference.models.labels import SourceLabel
from reference.models.occupations import Occupation, OccupationPathway, OccupationTitle
from reference.models.pay import LaborFigure, LivingWage
from reference.models.places import County, Region, ZipCode
from reference.models.releases import Release
from reference.models.sectors import Pathway, Sector
from reference.models.words import GlossaryTerm, Synonym

__all__ = [
    "CodeCrosswalk",
    "CodeOccupation",
    "County",
    "Education",
    "GlossaryTerm",
    "Interest",
    "LaborFigure",
    "LivingWage",
    "Occupation",
    "OccupationInterest",
    "OccupationPathway",
    "OccupationTitle",
    "Pathway",
    "ProgramCode",
    "Region",
    "RelatedOccupation",
    "Release",
    "Sector",
    "SourceLabel",
    "Synonym",
    "ZipCode",
]
