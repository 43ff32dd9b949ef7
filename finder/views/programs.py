"""One program: at a glance, in sequence, before and after."""

from typing import NamedTuple

from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from finder import jsonld, pay
from finder.costs import cost_note
from finder.courses import in_turn, is_sequence
from finder.education import education_words
from finder.former import former_address
from finder.jinja import render
from finder.links import finder
from finder.strips import steps
from finder.views.maps import program_piece
from programs.models import LinkKind, Program, Segment
from programs.models.sourced import Freshness, freshness_of
from programs.steps import after, before
from reference.models import Region

MOST_JOBS = 10
NEXT_LEVEL = {
    Segment.MIDDLE: Segment.HIGH,
    Segment.HIGH: Segment.COLLEGE,
    Segment.ADULT: Segment.COLLEGE,
}


class OwnSource(NamedTuple):
    """Where a course or an award comes from, when that is not its program's source."""

    source_url: str
    as_of: str
    freshness: Freshness


@require_safe
def program(request, slug):
    found = whole(Program.objects.published()).filter(slug=slug).first()
    if found is None:
        return former_address(Program.objects.published(), slug)
    return page(request, found)


def whole(programs):
    """With all that the page of a program tells of it."""
    return programs.with_place().select_related("top_code", "cip_code", "release")


def page(request, found, **more):
    earlier, later = before(found), after(found)
    courses, awards = list(found.courses.all()), list(found.awards.all())
    jobs = jobs_of(found)
    context = {
        "program": found,
        "cost_note": cost_note(found),
        "courses": courses_of(courses, found),
        "awards": with_sources(awards, found),
        "before": steps(earlier, found, forward=False),
        "after": steps(later, found, forward=True),
        "piece": program_piece(request, found, jobs),
        "credit": credit_links(earlier + later),
        "jobs": jobs,
        "living": pay.living_wages(found.institution.county),
        "nearby_url": same_field(found),
        "next_level": next_level(found),
        "json_ld": jsonld.program(
            found,
            language=get_language(),
            state=Region.objects.values_list("state", flat=True).first(),
            awards=awards,
            courses=courses,
            occupations=[job["occupation"] for job in jobs],
        ),
    }
    return render(request, "finder/program.html", context | more)


def courses_of(courses, program):
    """The same of courses, each name once: {rows: [(Taken, OwnSource or None)], source, is_sequence}."""
    found = with_sources(courses, program)
    own = dict(found["rows"])
    taken = [(one, own[one.course]) for one in in_turn(courses)]
    return found | {"rows": taken, "is_sequence": is_sequence(courses)}


def with_sources(rows, program):
    """{rows: [(row, OwnSource or None)], source}: a source that all rows share stands once, in `source`."""
    sources = [own_source(row, program) for row in rows]
    shared = sources[0] if len(set(sources)) == 1 else None
    return {
        "rows": [(row, None if shared else own) for row, own in zip(rows, sources, strict=True)],
        "source": shared,
    }


def own_source(row, program):
    """An empty address means the program's; another address without a date has none."""
    if row.source_url in ("", program.source_url) and row.as_of in ("", program.as_of):
        return None
    return OwnSource(row.source_url or program.source_url, row.as_of, freshness_of(row.as_of))


def jobs_of(program):
    """The jobs of the program's field as `pay.jobs` has them, with the usual education in words and
    with who says so; what the region has confirmed comes first."""
    links = job_links(program)
    jobs = pay.jobs([link.occupation for link in links])
    return [
        {**job, "education": education_words(job["occupation"].education), "basis": link.basis}
        for job, link in zip(jobs, links, strict=True)
    ]


def job_links(program):
    return program.occupation_links.foremost_first()[:MOST_JOBS]


def credit_links(levels):
    """{kinds: of early college credit on the way, those in force first, each once; is_sure, is_perhaps}."""
    links = [link for level in levels for link in level.links if link.is_early_credit]
    links.sort(key=lambda link: (link.has_expired, link.may_give_credit))
    is_sure = any(link.gives_credit for link in links)
    return {
        "kinds": list(dict.fromkeys(LinkKind(link.kind).value for link in links)),
        "is_sure": is_sure,
        "is_perhaps": not is_sure and any(link.may_give_credit for link in links),
    }


def same_field(program):
    """The finder at the same pathway, else the same sector, else nothing."""
    if program.pathway:
        return finder(pathway=program.pathway.slug)
    return finder(sector=program.sector.slug) if program.sector else None


def next_level(program):
    """(level, address) of the same sector one level on, for a program whose pathway is not stated.

    None when the pathway is known, the sector is not, or no such program is listed.
    """
    level = NEXT_LEVEL.get(program.segment)
    if program.pathway or not (program.sector and level):
        return None
    there = Program.objects.published().in_segments([level]).filter(sector=program.sector)
    return (
        (level.label, finder(level=level.value, sector=program.sector.slug))
        if there.exists()
        else None
    )
