"""Routes from where a reader is to a job, a pathway or a program: up to three, and where the line breaks.

A route is a line of legs: middle school -> high school -> adult education or community college, and the
job at its end. A step between two programs is an agreement in force (`programs.steps.reaches`), else the
same pathway. The best route of each college or adult school counts; they are ranked by how surely the last
program leads to the job (`programs.fits`), then by the best agreement on the way (confirmed, dated, not
verified, none), then by the miles to the farthest place on the way, then by the time of study.

An agreement that ran out helps nobody, nor does one of a whole school or district where the reader's own
lists no program of the field, nor one that is only perhaps college credit: all are told, none ranks.
"""

import re
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, Value

from programs.distance import miles
from programs.fits import MAIN, Fit, job_names, run
from programs.models import (
    Award,
    Credential,
    LinkKind,
    Program,
    ProgramLink,
    ProgramOccupation,
    Segment,
)
from programs.models.sourced import Freshness
from programs.steps import is_at, reaches
from reference.models import Education

MOST = 3  # routes
MOST_NEAR = 3  # programs named where the line breaks
UNITS_A_YEAR = 30  # two terms of 15 units
BEYOND = (99_999, 99_999)  # a distance or a time that nobody knows comes last
# A school of a whole county, in the directory's words: open to its high school students.
COUNTYWIDE = "ROC/ROP"
# Usual education that adult education, without units, does not give.
NEEDS_COLLEGE = {Education.SOME_COLLEGE, *Education.of_a_degree()}
# Awards of a program after high school that give what a job usually asks for, by its usual education.
CERTIFICATES = {
    Credential.CERTIFICATE, Credential.NONCREDIT, Credential.APPRENTICESHIP, *Credential.degrees(),
}  # fmt: skip
ASKED_FOR = dict.fromkeys([Education.SOME_COLLEGE, Education.CERTIFICATE], CERTIFICATES) | {
    education: Credential.degrees() for education in Education.of_a_degree()
}
SPAN = re.compile(r"(\d+)<(\d+) semester units")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


# --- What is asked for -------------------------------------------------------------------------


class Start(NamedTuple):
    """Where a reader is: at a school, in a district, or at a point; `segment` is their level."""

    segment: Segment  # Segment.ADULT for every adult, whatever school is near
    institution_id: int | None = None
    district_id: int | None = None
    county: str = ""  # slug
    point: tuple = (None, None)
    pk: None = None  # a place is no program

    @property
    def is_adult(self):
        return self.segment in (Segment.ADULT, Segment.COLLEGE)


class Goal(NamedTuple):
    """Where a reader wants to go: one of an occupation, a pathway and a program, by its primary key."""

    occupation_id: int | None = None
    pathway_id: int | None = None
    program_id: int | None = None
    education: str = ""  # the occupation's usual education at entry, as its source says it


# --- What is found -----------------------------------------------------------------------------


class Standing(IntEnum):
    """How far an agreement can be trusted, the best first."""

    CONFIRMED = 0
    DATED = 1
    NOT_VERIFIED = 2
    PERHAPS = 3  # perhaps college credit: ProgramLink.may_give_credit
    NONE = 4

    @property
    def in_order(self):
        """What it is worth when routes are ranked: what is only perhaps is told, but worth no mile."""
        return Standing.NONE if self == Standing.PERHAPS else self

    @classmethod
    def of(cls, link):
        if link.may_give_credit:
            return cls.PERHAPS
        if link.confirmed_on or link.freshness == Freshness.VERIFIED:
            return cls.CONFIRMED
        return cls.DATED if link.freshness == Freshness.DATED else cls.NOT_VERIFIED


@dataclass
class Leg:
    """One stop of a route. `program` is None where the reader's own school lists none on the way."""

    segment: Segment
    row: tuple | None  # the slim row of the program
    miles: float | None = None
    links: list = field(default_factory=list)  # in force, to the next leg, the best first
    is_same_pathway: bool = False  # the step to the next leg is computed
    # Of the whole school or district, in force, where it lists no program of the field: they rank nothing.
    unlisted: list = field(default_factory=list)
    ended: ProgramLink | None = None  # the latest one that ran out, where none is in force
    program: Program | None = None
    awards: list = field(default_factory=list)
    award: Award | None = None  # the one that the job asks for, or the shortest that gives it
    years: tuple | None = None  # (fewest, most) of full-time study to that award


@dataclass
class Route:
    legs: list[Leg]
    fit: int = 0  # how surely its last program leads to the job: a Fit
    place: int = 0  # of the job among those of its last program
    begins_later: bool = False  # no program of the reader's school is on it

    @property
    def last(self):
        return self.legs[-1].row

    @property
    def standing(self):
        return min(
            (Standing.of(link) for leg in self.legs for link in leg.links), default=Standing.NONE
        )

    @property
    def miles(self):
        """The miles from the start to the farthest place; None where one of them is unknown."""
        far = [leg.miles for leg in self.legs if leg.row]
        return None if None in far else max(far, default=0.0)

    @property
    def studied(self):
        """The legs whose time a reader still has to find: all after high school, or the only one."""
        return [leg for leg in self.legs if _is_beyond(leg.segment)] or self.legs[-1:]

    @property
    def years(self):
        """(fewest, most) of all study after high school; None where the time of one program is unknown."""
        spans = [leg.years for leg in self.studied]
        if None in spans:
            return None
        return tuple(map(sum, zip(*spans, strict=True)))

    @property
    def rank(self):
        """Fit, agreements, whole miles, years; the address makes it the same every time."""
        far = (round(self.miles),) if self.miles is not None else BEYOND
        years = self.years or BEYOND
        return (self.fit, self.standing.in_order, far, years, len(self.legs), self.last.slug)


@dataclass
class Plan:
    """The routes, best first, and what to say where there is none.

    `pathway_id`, `sector_id`: the field they are in. `lists_none`: the reader's school or district lists no
    program on the way. `is_taught`: some program leads to the goal. `closed`: the goal is a program that
    takes only students of its own school; the routes are those of its pathway. `field_only`: no program after
    high school leads to the job by its code or name, so the routes end in some of its pathway. `nearest`:
    [(Program, miles)] of that field before college, which the reader may attend, or could at the school that
    they have not named. `same_field`: [(Program, miles)] after high school, of the job's pathway, no more.
    """

    routes: list[Route]
    pathway_id: int | None
    sector_id: int | None
    lists_none: bool
    is_taught: bool
    closed: bool
    says_whom: bool = True  # the source of a closed program says who may attend it
    field_only: bool = False
    nearest: list = field(default_factory=list)
    same_field: list = field(default_factory=list)


# --- The programs ------------------------------------------------------------------------------


class Lead(NamedTuple):
    """What speaks for a program that may lead to the job."""

    fit: Fit
    rank: int  # the job's place among those of the program


def _leads(goal, names):
    """{program: Lead} of the programs that lead to an occupation; what an editor hid does not.

    Of a code or a pathway only the first occupations count, where some program has it among those. A
    program with the name of one whose code leads to the job is named like it, too.
    """
    links = ProgramOccupation.objects.shown().filter(occupation=goal.occupation_id)
    rows = list(links.values_list("program_id", "basis", "rank", "program__title_en", named=True))
    coded = ProgramOccupation.Basis.CODES
    alike = {run(row.program__title_en) for row in rows if row.basis == coded and row.rank < MAIN}
    found = {}
    for row in rows:
        is_named = goal.occupation_id in names.named(row.program__title_en)
        is_named |= row.basis != coded and run(row.program__title_en) in alike
        found[row.program_id] = Lead(Fit.of(row.basis, is_named), row.rank), is_named
    main = {
        pk: lead
        for pk, (lead, is_named) in found.items()
        if is_named or lead.fit == Fit.CONFIRMED or lead.rank < MAIN
    }
    return main or {pk: lead for pk, (lead, _is_named) in found.items()}


def _rows(goal, leads, start):
    """Slim rows of the goal's programs, of all in their pathways, and of those without a pathway that the
    reader may take: their own school's or district's, or a regional one.
    """
    if goal.occupation_id:
        aims = Q(pk__in=leads)
    else:
        aims = Q(pathway=goal.pathway_id) if goal.pathway_id else Q(pk=goal.program_id)
    pathways = Program.objects.published().filter(aims, pathway__isnull=False).values("pathway")
    here = Q(institution=start.institution_id or 0) | Q(
        institution__district=start.district_id or 0
    )
    here |= Q(audience=Program.Audience.DISTRICT)
    found = Program.objects.published().filter(
        aims | Q(pathway__in=pathways) | here & Q(pathway=None)
    )
    return list(
        found.annotate(
            segment=F("institution__segment"),
            district_id=F("institution__district"),
            kind=F("institution__kind"),
            county=F("institution__county__slug"),
            latitude=F("institution__latitude"),
            longitude=F("institution__longitude"),
            is_fed=_is_fed_by(start),
        ).values_list(
            "pk", "slug", "audience", "pathway_id", "sector_id", "institution_id", "segment",
            "district_id", "kind", "county", "latitude", "longitude", "is_fed", named=True,
        )
    )  # fmt: skip


def _is_open_now(row, start):
    """Whether a student of the start may take a program of a middle or high school."""
    same_district = start.district_id is not None and row.district_id == start.district_id
    if row.audience == Program.Audience.DISTRICT:
        return same_district or (row.kind == COUNTYWIDE and row.county == start.county)
    if row.segment not in (Segment.MIDDLE, Segment.HIGH):
        return False
    return row.institution_id == start.institution_id if start.institution_id else same_district


def _is_beyond(segment):
    return segment in (Segment.ADULT, Segment.COLLEGE)


def _is_open_after(row):
    """Whether a program of an adult school or a college takes those who have left high school."""
    return _is_beyond(row.segment) and row.audience != Program.Audience.DISTRICT


def _is_same_field(one, other):
    """The same pathway; or the same sector, where the pathway of one is not stated."""
    if one.pathway_id and other.pathway_id:
        return one.pathway_id == other.pathway_id
    return one.sector_id is not None and one.sector_id == other.sector_id


# --- The steps between them --------------------------------------------------------------------


class Step(NamedTuple):
    """What leads from one program, or from the reader's school, to another program."""

    links: list  # in force, the best first
    is_same_pathway: bool  # computed: no agreement is in force
    unlisted: list
    ended: ProgramLink | None


NO_STEP = Step([], False, [], None)


class Steps:
    """The links between what may come first (`sources`) and what may come last: one query."""

    def __init__(self, sources, ends, start):
        self.links = sorted(_links([*sources, start], ends), key=_best_first) if ends else []
        self.at_start = [
            link for link in self.links if not link.from_program_id and is_at(link, "from", start)
        ]
        self.out_of = {row.pk: self._of("from", row) for row in sources}
        self.into = {row.pk: {link.pk for link in self._of("to", row)} for row in ends}

    def _of(self, end, row):
        return [link for link in self.links if reaches(link, end, row)]

    def between(self, one, other):
        """The Step from a program to another one, or None: an agreement in force, or the same pathway."""
        related = _is_same_field(one, other)
        found = [
            link
            for link in self.out_of[one.pk]
            if link.pk in self.into[other.pk] and (related or link.to_program_id == other.pk)
        ]
        links = [link for link in found if not link.has_expired]
        same = one.pathway_id is not None and one.pathway_id == other.pathway_id
        if not (links or same):
            return None
        return Step(links, not links, [], None if links else _latest_ended(found))

    def from_school(self, other):
        """The Step from a reader's school or district without a program of the field.

        Its agreements count only where they name the course to take.
        """
        found = [link for link in self.at_start if link.pk in self.into[other.pk]]
        in_force = [link for link in found if not link.has_expired]
        links = [
            link
            for link in in_force
            if link.from_course and (link.pathway_id or link.to_program_id)
        ]
        unlisted = [] if links else in_force
        return Step(links, False, unlisted, None if in_force else _latest_ended(found))


def _latest_ended(links):
    """Of agreements about the field, or about all of a school, the one that ran out last; or None."""
    ended = [link for link in links if link.has_expired]
    return max(ended, key=lambda link: (link.valid_until[:4], link.slug), default=None)


def _links(sources, ends):
    between = _anywhere("from", sources) & _anywhere("to", ends)
    return ProgramLink.objects.published().with_ends().filter(between)


def _is_fed_by(start):
    """Whether the reader's middle school feeds a program's institution, as part of a query."""
    if start.segment != Segment.MIDDLE:
        return Value(False)
    whole = Q(from_institution=None, from_district=start.district_id)
    here = Q(from_institution=start.institution_id or 0) | whole & Q(
        from_district__segment=start.segment
    )
    feeders = ProgramLink.objects.published().current().filter(here, kind=LinkKind.FEEDER)
    return Exists(feeders.filter(to_institution=OuterRef("institution")))


def _anywhere(end, places):
    """Links with an end at one of these programs or institutions, or at a district of one of them."""
    institutions = {place.institution_id for place in places} - {None}
    districts = {place.district_id for place in places} - {None}
    programs = [place.pk for place in places if place.pk]
    return (
        Q(**{f"{end}_program__in": programs})
        | Q(**{f"{end}_institution__in": institutions})
        | Q(**{f"{end}_institution": None, f"{end}_district__in": districts})
    )


def _best_first(link):
    """By standing, then the link that says most."""
    says = (link.to_program_id, link.from_program_id, link.units, link.to_course, link.from_course)
    return (Standing.of(link), -sum(map(bool, says)), link.kind, link.slug)


# --- The routes --------------------------------------------------------------------------------


def plan(start, goal, names=None):
    """The Plan of a Start and a Goal: at most six queries, however many programs there are.

    `names`: the JobNames, read once for many plans; without them one query more for the way to a job.
    """
    return Planner(start, goal, names).plan()


class Planner:
    def __init__(self, start, goal, names=None):
        self.start, self.goal = start, goal
        self.leads = _leads(goal, names or job_names()) if goal.occupation_id else {}
        self.rows = _rows(goal, self.leads, start)
        self.far = {row.pk: miles(start.point, (row.latitude, row.longitude)) for row in self.rows}
        self.first = self._first()
        self.aims = [row for row in self.rows if self._is_aim(row)]
        self.ends = self._ends([row for row in self.aims if self._fit(row) < Fit.FIELD])
        self.field_only = bool(goal.occupation_id) and not self.ends
        if self.field_only:
            self.ends = self._ends(self.aims)
        self.closed = bool(goal.program_id and self.aims and not self.ends)
        self.says_whom = all(row.audience for row in self.aims)
        if self.closed and self.aims[0].pathway_id:
            self.goal = Goal(pathway_id=self.aims[0].pathway_id)
            self.aims = [row for row in self.rows if self._is_aim(row)]
            self.ends = self._ends(self.aims)
        self.adult = self._adult()
        sources = self.adult if start.is_adult else self.first
        self.steps = Steps(sources, self.ends, start)
        self.awards = _awards([*self.ends, *sources])
        self.times = {row.pk: self._time(row) for row in [*self.ends, *self.adult]}

    # --- Where routes begin and end -----------------------------------------------------------

    def _is_aim(self, row):
        if self.goal.occupation_id:
            return row.pk in self.leads
        return row.pk == self.goal.program_id or row.pathway_id == self.goal.pathway_id is not None

    def _fit(self, row):
        """How surely a program leads to the job; a pathway's or a program's own always do.

        Adult schools list hardly any codes: for an adult, the name of one's program says as much as both.
        """
        if not self.goal.occupation_id:
            return Fit.CONFIRMED
        fit = self.leads[row.pk].fit
        if self.start.is_adult and fit == Fit.CODE_OR_NAME and _is_adult_school(row):
            return Fit.CODE_AND_NAME
        return fit

    def _ends(self, aims):
        """Where routes may end: after high school; else, or where that is enough, in the reader's school."""
        ends = [row for row in aims if _is_open_after(row) and self._is_enough(row)]
        if not ends or self.goal.program_id or self.goal.education in Education.without_college():
            ends += [row for row in aims if row in self.first]
        return ends

    def _is_enough(self, row):
        """Adult education alone does not lead to a job that usually takes college."""
        return row.segment == Segment.COLLEGE or self.goal.education not in NEEDS_COLLEGE

    def _first(self):
        """The high school programs that the reader may take: theirs, or those of their next school."""
        if self.start.is_adult:
            return []
        if self.start.segment == Segment.MIDDLE:
            high = [row for row in self.rows if row.segment == Segment.HIGH]
            return [row for row in high if self._is_open_next(row)]
        return [row for row in self.rows if _is_open_now(row, self.start)]

    def _is_open_next(self, row):
        """A high school program of the reader's district, or of a school that theirs feeds."""
        same = row.district_id is not None and row.district_id == self.start.district_id
        return same or row.is_fed

    def _adult(self):
        """The adult school programs on the way of an adult: of their own school, where it has one."""
        if self.start.segment == Segment.COLLEGE:
            return []
        found = [row for row in self.rows if _is_adult_school(row)]
        fields = {row.pathway_id for row in self.ends}
        own = [row for row in found if self._is_own(row) and row.pathway_id in fields]
        return own or found

    def _is_own(self, row):
        return row.institution_id == self.start.institution_id

    def _time(self, row):
        """(award, years) of the shortest award that gives what the job asks for, else of the shortest."""
        timed = [(years(award), award) for award in self.awards.get(row.pk, ())]
        asked = ASKED_FOR.get(self.goal.education, ())
        wanted = [one for one in timed if one[1].credential in asked] or timed
        known = [one for one in wanted if one[0]]
        if not known:
            return None, None
        span, award = min(known, key=lambda one: (one[0], one[1].pk))
        return award, span

    # --- Candidates ---------------------------------------------------------------------------

    def _candidates(self):
        if self.start.is_adult:
            return [route for end in self.ends for route in self._of_adult(end)]
        return [self._of_student(end) for end in self.ends]

    def _of_adult(self, end):
        """Straight into the program; or by way of the adult school program that leads to it best.

        To a job that takes no college an adult school leads alone: another of its programs before a
        college's is a detour, but for those who are in it already.
        """
        is_detour = self.goal.occupation_id and self.goal.education not in NEEDS_COLLEGE
        before = [
            self._leg(row, step)
            for row in self.adult
            if end.segment == Segment.COLLEGE and (not is_detour or self._is_own(row))
            if (step := self.steps.between(row, end))
        ]
        best = min(before, key=self._adult_rank, default=None)
        if best:
            yield self._route([best], end)
        if best is None or not self._is_own(best.row):
            yield self._route([], end)

    def _of_student(self, end):
        before = [] if end in self.first else self._high_school(end)
        route = self._route(before, end)
        route.begins_later = any(leg.row is None for leg in before)
        if self.start.segment == Segment.MIDDLE:
            route.legs.insert(0, self._middle_school(end))
        return route

    def _high_school(self, end):
        """[The leg of high school]: the program that leads to the end best, or none."""
        found = [
            self._leg(row, step) for row in self.first if (step := self.steps.between(row, end))
        ]
        if not found:
            return [self._no_high_school(end)]
        if self.start.segment == Segment.MIDDLE:
            return [min(found, key=self._next_school)]
        return [min(found, key=_leg_rank)]

    def _no_high_school(self, end):
        """The leg of high school where no program of the reader's is on the way."""
        if self.start.segment != Segment.HIGH:
            return Leg(Segment.HIGH, None, 0.0)
        links, _computed, unlisted, ended = self.steps.from_school(end)
        return Leg(Segment.HIGH, None, 0.0, links, unlisted=unlisted, ended=ended)

    def _adult_rank(self, leg):
        """By standing, then a program that leads to the job itself, then the nearest."""
        standing, *rest = _leg_rank(leg)
        lead = self.leads.get(leg.row.pk)
        return (standing, lead.fit if lead else Fit.FIELD, *rest)

    def _next_school(self, leg):
        """A school that the reader's feeds, then the nearest of the district."""
        row = leg.row
        far = _known_first(leg.miles)
        return (not row.is_fed, row.pathway_id is None, far, row.slug)

    def _middle_school(self, end):
        own = [
            row
            for row in self.rows
            if row.segment == Segment.MIDDLE
            and _is_open_now(row, self.start)
            and _is_same_field(row, end)
        ]
        return Leg(Segment.MIDDLE, own[0] if own else None, 0.0)

    def _leg(self, row, step=NO_STEP):
        award, span = self.times.get(row.pk, (None, None))
        return Leg(
            Segment(row.segment),
            row,
            self.far[row.pk],
            *step,
            awards=self.awards.get(row.pk, []),
            award=award,
            years=span,
        )

    def _route(self, before, end):
        lead = self.leads.get(end.pk)
        return Route([*before, self._leg(end)], self._fit(end), lead.rank if lead else 0)

    # --- The choice ---------------------------------------------------------------------------

    def plan(self):
        routes = self._choose(_best_of_places(self._candidates()))
        aim = self._field(routes)
        high = [row for row in self.rows if row.segment == Segment.HIGH]
        near = [row for row in high if aim and _is_same_field(row, aim)]
        shown = [row for row in near if self._is_near(row, routes)]
        nearest = sorted(shown, key=lambda row: (_known_first(self.far[row.pk]), row.slug))
        same_field = self._same_field(routes)
        plan = Plan(
            routes=routes,
            pathway_id=aim.pathway_id if aim else None,
            sector_id=aim.sector_id if aim else None,
            lists_none=self._lists_none(routes),
            is_taught=bool(self.aims),
            closed=self.closed,
            says_whom=self.says_whom,
            field_only=self.field_only and bool(routes),
        )
        self._fill(plan, nearest[:MOST_NEAR], same_field)
        return plan

    def _same_field(self, routes):
        """Rows of the nearest programs of the job's pathway that are no way to the job, one of each place."""
        if not self.goal.occupation_id or self.field_only:
            return []
        field = [row for row in self.aims if self._fit(row) == Fit.FIELD and _is_open_after(row)]
        found = {}
        for row in sorted(field, key=lambda row: (_known_first(self.far[row.pk]), row.slug)):
            found.setdefault(row.institution_id, row)
        on_the_way = {leg.row.pk for route in routes for leg in route.legs if leg.row}
        return [row for row in found.values() if row.pk not in on_the_way][:MOST_NEAR]

    def _choose(self, routes):
        """The best ones, each of another place; for an adult one of them at or by way of an adult school."""
        best = sorted(routes, key=lambda route: route.rank)
        chosen, places = [], set()
        for route in best:
            if route.last.institution_id not in places and len(chosen) < MOST:
                chosen.append(route)
                places.add(route.last.institution_id)
        adult = [route for route in best if any(_is_adult_school(leg.row) for leg in route.legs)]
        if self.start.is_adult and adult and not any(route in adult for route in chosen):
            chosen = [*chosen[: MOST - 1], adult[0]]
        return chosen

    def _lists_none(self, routes):
        if not self.start.is_adult:
            return all(route.begins_later for route in routes)
        rows = [leg.row for route in routes for leg in route.legs]
        return self.start.institution_id is not None and not any(map(self._is_own, rows))

    def _field(self, routes):
        """A row of the field that routes are in: of the best one, else of the goal."""
        return routes[0].last if routes else next(iter(self.aims), None)

    def _is_near(self, row, routes):
        """A program before college to name where the line breaks."""
        if self.start.is_adult or any(leg.row == row for route in routes for leg in route.legs):
            return False
        return row in self.first or self.start.institution_id is self.start.district_id is None

    def _fill(self, plan, nearest, same_field):
        """The programs themselves, with courses and awards, of what is shown: two queries."""
        rows = [leg.row for route in plan.routes for leg in route.legs if leg.row]
        programs = (
            Program.objects.with_place()
            .select_related("release")
            .prefetch_related("courses")
            .in_bulk([row.pk for row in rows + nearest + same_field])
        )
        for leg in (leg for route in plan.routes for leg in route.legs if leg.row):
            leg.program = programs[leg.row.pk]
        plan.nearest = [(programs[row.pk], self.far[row.pk]) for row in nearest]
        plan.same_field = [(programs[row.pk], self.far[row.pk]) for row in same_field]


def _is_adult_school(row):
    return row is not None and row.segment == Segment.ADULT and _is_open_after(row)


def _leg_rank(leg):
    standing = min(map(Standing.of, leg.links), default=Standing.NONE)
    return (standing.in_order, _known_first(leg.miles), leg.row.pathway_id is None, leg.row.slug)


def _known_first(far):
    return (far is None, far or 0)


def _best_of_places(routes):
    """The best route to each college or adult school, with and without an adult school before it.

    Of one place, the program that leads to the job most directly.
    """
    best = {}
    for route in routes:
        place = (route.last.institution_id, len(route.legs))
        order = (route.fit, route.place, *route.rank)
        if place not in best or order < best[place][0]:
            best[place] = (order, route)
    return [route for _order, route in best.values()]


# --- How long ----------------------------------------------------------------------------------


def _awards(rows):
    """{program: [Award]}: one query."""
    found = {}
    for award in Award.objects.filter(program__in=[row.pk for row in rows]):
        found.setdefault(award.program_id, []).append(award)
    return found


def years(award):
    """(fewest, most) years of full-time study at 30 units a year, by the award's units; None if unknown.

    >>> years(Award(credential="certificate", level="Certificate (30<60 semester units)"))
    (1.0, 2.0)
    """
    if award.credential in (Credential.ASSOCIATE, Credential.TRANSFER):
        return (2.0, 2.0)
    if award.credential == Credential.BACHELOR:
        return (4.0, 4.0)
    span = SPAN.search(award.level)
    units = list(map(float, span.groups() if span else NUMBER.findall(award.units)))
    if units and award.credential in (Credential.SHORT, Credential.CERTIFICATE):
        return (units[0] / UNITS_A_YEAR, units[-1] / UNITS_A_YEAR)
    return (0.0, 16 / UNITS_A_YEAR) if award.credential == Credential.SHORT else None
