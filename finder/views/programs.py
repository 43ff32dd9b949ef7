"""One program: at a glance, in sequence, before and after."""

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from finder import jsonld, pay
from finder.jinja import render
from finder.links import finder
from finder.zones import steps
from programs.models import LinkKind, Program, ProgramOccupation
from programs.steps import after, before
from reference.models import Region

MOST_JOBS = 10


@require_safe
def program(request, slug):
    found = get_object_or_404(
        Program.objects.published().with_place().select_related("top_code", "cip_code", "release"),
        slug=slug,
    )
    earlier, later = before(found), after(found)
    courses, awards = list(found.courses.all()), list(found.awards.all())
    jobs = pay.jobs(occupations_of(found))
    context = {
        "program": found,
        "courses": courses,
        "awards": awards,
        "before": steps(earlier, found, forward=False),
        "after": steps(later, found, forward=True),
        "credit_kinds": credit_kinds(earlier + later),
        "jobs": jobs,
        "living": pay.living_wages(found.institution.county),
        "nearby_url": same_field(found),
        "json_ld": jsonld.program(
            found,
            language=get_language(),
            state=Region.objects.values_list("state", flat=True).first(),
            awards=awards,
            courses=courses,
            occupations=[job["occupation"] for job in jobs],
        ),
    }
    return render(request, "finder/program.html", context)


def occupations_of(program):
    links = program.occupation_links.exclude(basis=ProgramOccupation.Basis.HIDDEN)
    return [link.occupation for link in links.select_related("occupation")[:MOST_JOBS]]


def credit_kinds(levels):
    """The kinds of early college credit on the way, those in force first, each once."""
    links = [link for level in levels for link in level.links if link.is_early_credit]
    links.sort(key=lambda link: link.has_expired)
    return list(dict.fromkeys(LinkKind(link.kind).value for link in links))


def same_field(program):
    """The finder at the same pathway, else the same sector, else nothing."""
    if program.pathway:
        return finder(pathway=program.pathway.slug)
    return finder(sector=program.sector.slug) if program.sector else None
