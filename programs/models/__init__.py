"""What schools and colleges offer, and how it links. One file per idea."""

from programs.models.catalogue import Catalogue
from programs.models.courses import Award, Course, Credential
from programs.models.institutions import District, Institution, InstitutionName, Segment
from programs.models.links import LinkKind, ProgramLink
from programs.models.opportunities import Opportunity
from programs.models.programs import Program, ProgramOccupation, program_slug

__all__ = [
    "Award",
    "Catalogue",
    "Course",
    "Credential",
    "District",
    "Institution",
    "InstitutionName",
    "LinkKind",
    "Opportunity",
    "Program",
    "ProgramLink",
    "ProgramOccupation",
    "Segment",
    "program_slug",
]
