"""What the gaps are computed from: one catalogue version's rows, read once and kept in the process.

Each part is read when it is first asked for, so that a page pays only for what it counts.
"""

from collections import defaultdict
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, OuterRef, Subquery

from finder import careers, vocabulary
from finder.pay import ONE_ADULT
from finder.remembered import remembered
from programs import catalogue
from programs.distance import miles
from programs.models import (
    Award,
    District,
    Institution,
    LinkKind,
    Program,
    ProgramLink,
    ProgramOccupation,
    Segment,
)
from programs.steps import covers, segment_of
from reference.models import (
    CodeCrosswalk,
    CodeOccupation,
    Occupation,
    OccupationPathway,
    Release,
    ZipCode,
)

SCHOOLS = (Segment.HIGH, Segment.ADULT)  # where the next step is a college
AGREEMENTS = {*LinkKind.early_credit(), LinkKind.NONCREDIT_TO_CREDIT, LinkKind.BRIDGE}


class Facts:
    """The region's programs, links and figures as dicts and lists. What the finder keeps too is its own."""

    def __init__(self, version):
        self.version = version
        self.found = {}  # what planning.gaps has computed from these facts
        self.distances = {}  # what planning.gaps.coverage has measured

    # --- Places and fields --------------------------------------------------------------------

    @cached_property
    def sectors(self):
        return vocabulary.current(self.version).sectors

    @cached_property
    def counties(self):
        return vocabulary.current(self.version).counties

    @cached_property
    def districts(self):
        return list(District.objects.select_related("county"))

    @cached_property
    def institutions(self):
        return list(Institution.objects.active().select_related("district__county", "county"))

    @cached_property
    def zip_codes(self):
        return list(ZipCode.objects.select_related("county"))

    @cached_property
    def releases(self):
        """{pk: Release}; `joins_codes` where it says which codes lead to which jobs."""
        here = OuterRef("pk")
        joins = Exists(CodeCrosswalk.objects.filter(release=here)) | Exists(
            CodeOccupation.objects.filter(release=here)
        )
        return {row.pk: row for row in Release.objects.annotate(joins_codes=joins)}

    # --- Programs and what links them ---------------------------------------------------------

    @cached_property
    def programs(self):
        """{pk: Program} of what is published, without its long texts."""
        rows = Program.objects.published().with_place().select_related("top_code")
        return {row.pk: row for row in rows.defer("description_en", "description_es")}

    @cached_property
    def schools(self):
        """The programs of high schools and adult education."""
        return [row for row in self.programs.values() if row.segment in SCHOOLS]

    @cached_property
    def colleges(self):
        return [row for row in self.programs.values() if row.segment == Segment.COLLEGE]

    @cached_property
    def links(self):
        return list(ProgramLink.objects.published().with_ends())

    @cached_property
    def agreements(self):
        """Agreements in force, by where they start."""
        kept = [link for link in self.links if link.kind in AGREEMENTS and not link.has_expired]
        return Ends(kept, "from")

    @cached_property
    def leading(self):
        """Links in force that start below college, by where they lead."""
        kept = [
            link
            for link in self.links
            if not link.has_expired and segment_of(link.origin) != Segment.COLLEGE
        ]
        return Ends(kept, "to")

    @cached_property
    def neighbours(self):
        """{program pk: [(miles, Program)]}, nearest first: same pathway, a school's with the colleges'
        and a college's with the schools'. What has no point on the map is left out."""
        by_pathway = defaultdict(list)
        for program in self.colleges:
            by_pathway[program.pathway_id].append(program)
        found, distances = defaultdict(list), {}
        for school in self.schools:
            if school.pathway_id is None:
                continue
            for college in by_pathway[school.pathway_id]:
                key = school.institution_id, college.institution_id
                if key not in distances:
                    distances[key] = miles(school.institution.point, college.institution.point)
                if distances[key] is not None:
                    found[school.pk].append((distances[key], college))
                    found[college.pk].append((distances[key], school))
        for near in found.values():
            near.sort(key=lambda pair: (pair[0], pair[1].slug))
        return found

    # --- Work ---------------------------------------------------------------------------------

    @cached_property
    def occupations(self):
        """{pk: Occupation}; `sector_id` is that of its foremost pathway, as on the career pages."""
        foremost = OccupationPathway.objects.filter(rank=1, occupation=OuterRef("pk"))
        rows = Occupation.objects.only("soc", "slug", "title_en", "title_es", "education")
        rows = rows.annotate(sector_id=Subquery(foremost.values("pathway__sector")[:1]))
        return {row.pk: row for row in rows}

    @cached_property
    def figures(self):
        """{occupation pk: the region's latest LaborFigure}"""
        return careers.current(self.version).figures

    @cached_property
    def rule(self):
        """Where the region draws the line of demand, as on the career pages: reference.marks.Rule."""
        return careers.current(self.version).rule

    @cached_property
    def living_wages(self):
        """[LivingWage] of one adult, the latest of each county."""
        every = careers.current(self.version).living_wages
        return [row for row in every if row.household == ONE_ADULT]

    @cached_property
    def jobs(self):
        """{program pk: [occupation pk]} that the region has not hidden."""
        rows = ProgramOccupation.objects.shown()
        found = defaultdict(list)
        for program, occupation in rows.values_list("program_id", "occupation_id"):
            if program in self.programs:
                found[program].append(occupation)
        return found

    @cached_property
    def leads_here(self):
        """{occupation pk: [Program]}, the other way round."""
        found = defaultdict(list)
        for program, occupations in self.jobs.items():
            for occupation in occupations:
                found[occupation].append(self.programs[program])
        return found

    @cached_property
    def award_rows(self):
        """[(program pk, awards a year, their period)] where the source says how many."""
        rows = Award.objects.filter(conferred__isnull=False)
        return list(rows.values_list("program_id", "conferred", "conferred_period"))

    @cached_property
    def awards(self):
        """{program pk: awards a year}, Decimal; a program whose awards nobody reports is not in it."""
        found = defaultdict(Decimal)
        for program, conferred, _period in self.award_rows:
            found[program] += conferred
        return dict(found)

    @cached_property
    def award_period(self):
        """The years that the awards are the yearly mean of, the latest: "2020-21 to 2022-23"."""
        return max((period for _program, _conferred, period in self.award_rows), default="")


class Ends:
    """Links by one of their ends, found for a program as `programs.steps` finds them, without a query.

    A link is about a program, or about its school, or about its district's schools of one level; the
    last two may name a pathway or a sector, and then reach only the programs of that.
    """

    def __init__(self, links, end):
        self.end = end
        self.found = defaultdict(list)
        for link in links:
            self.found[self._place(link)].append(link)

    def _place(self, link):
        """("program" | "institution" | "district", pk), the finest that the link names."""
        for kind in ("program", "institution"):
            if pk := getattr(link, f"{self.end}_{kind}_id"):
                return kind, pk
        return "district", getattr(link, f"{self.end}_district_id")

    def of(self, program):
        """[ProgramLink] of the program itself, then those of its school and district that cover it."""
        place = program.institution
        wide = list(self.found.get(("institution", place.pk), ()))
        if place.district and place.district.segment == place.segment:
            wide += self.found.get(("district", place.district_id), ())
        own = self.found.get(("program", program.pk), ())
        return [*own, *(link for link in wide if covers(link, program))]


def current(known=None):
    """The facts of a catalogue, (version, rebuilt), by default the latest, as they stand today."""
    known = known or catalogue.current()
    return _of(known, known[0])


@remembered(maxsize=1)
def _of(version):
    return Facts(version)
