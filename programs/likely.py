"""What speaks for a step from a program of a high or adult school to one of a college, in points and in words.

The same pathway, codes of one family, titles of programs or courses that are alike, a short way, agreements
between the two places. Whatever speaks for it, it stays a guess until a person confirms it.
"""

from collections import defaultdict
from typing import NamedTuple

from programs.alike import Titles, words
from programs.distance import miles
from programs.models import Award, Course, Program, Segment
from programs.reasons import Agreements, Reason

MOST = 5  # for each school program
MOST_OF_FIELD = 2  # where nothing is named like it and only the field speaks for them
ENOUGH = 55  # points
FARTHEST = 50  # miles, unless an agreement ties the two places
NO_FIELD = "49"  # TOP: basic skills, English as a second language and the like
FROM = (Segment.HIGH, Segment.ADULT)

SAME_PATHWAY, LEADS_THERE, ONE_CODE, ONE_FAMILY = 40, 25, 40, 25
SAME_TITLE, LIKE_TITLE, LIKE_COURSE = 40, 30, 25
NEAR, FAR = ((5, 15), (10, 12), (15, 8), (25, 0)), -20  # (miles at most, points)


class Pair(NamedTuple):
    """A likely step: the keys of two programs and of their schools."""

    origin: int
    destination: int
    school: int
    college: int
    reasons: tuple

    @property
    def key(self):
        return self.origin, self.destination

    @property
    def points(self):
        return sum(reason.points for reason in self.reasons)


class Side(NamedTuple):
    """A program as slim as the comparison needs it; named like the columns it is read from."""

    pk: int
    title: str
    school: int
    school_name: str
    segment: str
    district: int | None
    district_name: str | None
    district_segment: str | None
    sector: int | None
    pathway: int | None
    pathway_title: str | None
    pathway_title_es: str | None
    top: str | None
    top_title: str | None
    top_pathway: int | None
    latitude: object
    longitude: object

    @property
    def point(self):
        return self.latitude, self.longitude


COLUMNS = (
    "pk", "title_en", "institution_id", "institution__name", "institution__segment",
    "institution__district_id", "institution__district__name", "institution__district__segment",
    "sector_id", "pathway_id", "pathway__title_en", "pathway__title_es", "top_code__code", "top_code__title_en",
    "top_code__pathway_id", "institution__latitude", "institution__longitude",
)  # fmt: skip


def likely_steps():
    """[Pair] of the region, the likeliest first: five queries."""
    region = _Region()
    found = [pair for origin in region.origins for pair in region.best(origin)]
    return sorted(found, key=lambda pair: (-pair.points, pair.key))


class _Region:
    """All published programs, side by side."""

    def __init__(self):
        rows = Program.objects.published().order_by("pk").values_list(*COLUMNS)
        sides = list(map(Side._make, rows))
        self.origins = [side for side in sides if side.segment in FROM]
        self.colleges = {side.pk: side for side in sides if side.segment == Segment.COLLEGE}
        self.agreements, self.ways = Agreements(), {}
        self._read_courses()
        self._index()

    def _read_courses(self):
        self.courses = defaultdict(list)
        rows = Course.objects.order_by("position", "pk")
        for program, code, title in rows.values_list("program_id", "code", "title_en"):
            self.courses[program].append((code, title))

    def _index(self):
        """Which college programs a pathway, a family of codes or a title leads to."""
        self.of_pathway, self.of_family = defaultdict(set), defaultdict(set)
        self.titled, self.teaching = defaultdict(set), defaultdict(dict)
        for side in self.colleges.values():
            self.of_pathway[side.pathway].add(side.pk)
            self.of_pathway[side.top_pathway].add(side.pk)
            self.of_family[side.top and side.top[:4]].add(side.pk)
            for title in filter(None, (side.title, side.top_title)):
                self.titled[title].add(side.pk)
            for code, title in self.courses[side.pk]:
                self.teaching[title][side.pk] = f"{code} {title}".strip()
        awards = Award.objects.filter(program__in=self.colleges).exclude(title="").order_by()
        for program, title in awards.values_list("program_id", "title"):
            self.titled[title].add(program)
        self.titles, self.course_titles = Titles(self.titled), Titles(self.teaching)

    def best(self, origin):
        """[Pair] of a school program, the likeliest first.

        Where its own title says more than its pathway does, what merely shares the pathway comes in only
        when nothing is named or coded like it.
        """
        alike = self._alike(origin)
        near = set(alike)
        if origin.pathway:
            near |= self.of_pathway[origin.pathway]
        if origin.top:
            near |= self.of_family[origin.top[:4]]
        found = [self._pair(origin, self.colleges[pk], alike.get(pk, ())) for pk in near]
        found = [pair for pair in found if pair and pair.points >= ENOUGH]
        found.sort(key=lambda pair: (-pair.points, _way(pair), pair.key))
        if _is_specific(origin):
            found = (
                list(filter(_is_named, found)) or list(filter(_is_agreed, found))[:MOST_OF_FIELD]
            )
        return found[:MOST]

    def _alike(self, origin):
        """{college program: [Reason]} of titles: the best of its program and the best of its courses."""
        found = defaultdict(dict)
        for title in filter(None, (origin.title, origin.top_title)):
            for theirs, likeness in self.titles.like(title).items():
                points = SAME_TITLE if words(title) == words(theirs) else LIKE_TITLE
                for pk in self.titled[theirs]:
                    _keep_best(found[pk], likeness, Reason("title", (title, theirs), points))
        for _code, title in self.courses[origin.pk]:
            if words(title) <= words(origin.title):
                continue  # says the same as the program's own title
            for pk, theirs, likeness in self._taught_like(title):
                _keep_best(found[pk], likeness, Reason("course", (title, theirs), LIKE_COURSE))
        return {pk: [reason for _likeness, reason in best.values()] for pk, best in found.items()}

    def _taught_like(self, title):
        """(college program, its course or its own title, likeness) like a school's course."""
        for theirs, likeness in self.course_titles.like(title).items():
            for pk, course in self.teaching[theirs].items():
                yield pk, course, likeness + 1  # a course before a program
        for theirs, likeness in self.titles.like(title).items():
            for pk in self.titled[theirs]:
                yield pk, theirs, likeness

    def _pair(self, origin, college, alike):
        """The Pair with all that speaks for it, or None where too little or the distance speaks against it."""
        reasons = [*self._of_field(origin, college), *alike]
        if not reasons or _of_other_sectors(origin, college):
            return None
        agreed = self.agreements.between(origin, college)
        way = self._miles(origin, college)
        if way is not None and way > FARTHEST and not agreed:
            return None
        reasons += [*agreed, *_near(way)]
        return Pair(origin.pk, college.pk, origin.school, college.school, tuple(reasons))

    def _miles(self, origin, college):
        key = origin.school, college.school
        if key not in self.ways:
            self.ways[key] = miles(origin.point, college.point)
        return self.ways[key]

    def _of_field(self, origin, college):
        if origin.pathway and origin.pathway == college.pathway:
            yield Reason("pathway", (origin.pathway_title, origin.pathway_title_es), SAME_PATHWAY)
        elif origin.pathway and origin.pathway == college.top_pathway:
            yield Reason("leads", (college.top,), LEADS_THERE)
        if not origin.top or origin.top.startswith(NO_FIELD):
            return
        if origin.top == college.top:
            yield Reason("code", (origin.top,), ONE_CODE)
        elif college.top and origin.top[:4] == college.top[:4]:
            yield Reason("family", (f"{origin.top}, {college.top}",), ONE_FAMILY)


def _is_specific(side):
    """Whether the title says more than the pathway does."""
    return not words(side.title) <= words(side.pathway_title or "")


def _is_named(pair):
    return any(reason.kind in ("title", "course", "code", "family") for reason in pair.reasons)


def _is_agreed(pair):
    return any(reason.kind == "agreements" for reason in pair.reasons)


def _way(pair):
    return next((reason.values[0] for reason in pair.reasons if reason.kind == "miles"), FARTHEST)


def _of_other_sectors(a, b):
    return None not in (a.sector, b.sector) and a.sector != b.sector


def _keep_best(best, likeness, reason):
    known = best.get(reason.kind)
    if known is None or (reason.points, likeness) > (known[1].points, known[0]):
        best[reason.kind] = likeness, reason


def _near(way):
    if way is not None:
        points = next((points for most, points in NEAR if way <= most), FAR)
        yield Reason("miles", (max(1, round(way)),), points)
