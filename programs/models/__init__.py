"""What schools and colleges offer, and how it links. One file per idea."""

from programs.models.addresses import FormerSlug, LinkCheck
from programs.models.catalogue import Catalogue
from programs.models.courses import Award, Course, Credential
from programs.models.institutions import District, Institution, InstitutionName, Segment
from programs.models.links import LinkKind, ProgramLink
from programs.models.opportunities import Opportunity
from programs.models.ownership import InstitutionEditor, may_edit
from programs.models.programs import Program, ProgramOccupation, program_slug
from programs.models.suggestions import Dismissal, Suggestion

__all__ = [
    "Award",
    "Catalogue",
    "Course",
    "Credential",
    "Dismissal",
    "District",
    "FormerSlug",
    "Institution",
    "InstitutionEditor",
    "InstitutionName",
    "LinkCheck",
    "LinkKind",
    "Opportunity",
    "Program",
    "ProgramLink",
    "ProgramOccupation",
    "Segment",
    "Suggestion",
    "may_edit",
    "program_slug",
]
