"""The 15 lines, one line, one pathway: programs by level, agreements, jobs in the field."""

from collections import Counter

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from finder import pay
from finder.jinja import render
from finder.links import finder
from finder.zones import zones
from programs.models import Program, ProgramLink, Segment
from reference.models import Occupation, Pathway, Sector

MOST_JOBS = 12


@require_safe
def sectors(request):
    totals = Counter(Program.objects.published().values_list("sector_id", flat=True))
    by_pathway = Counter(Program.objects.published().values_list("pathway_id", flat=True))
    lines = [
        {
            "sector": sector,
            "total": totals[sector.pk],
            "pathways": [(pathway, by_pathway[pathway.pk]) for pathway in sector.pathways.all()],
        }
        for sector in Sector.objects.prefetch_related("pathways")
    ]
    context = {"sectors": lines, "total": sum(line["total"] for line in lines)}
    return render(request, "finder/sectors.html", context)


@require_safe
def sector(request, slug):
    found = get_object_or_404(Sector, slug=slug)
    programs = list(Program.objects.published().filter(sector=found).with_place())
    context = {
        "sector": found,
        "total": len(programs),
        "finder_url": finder(sector=found.slug),
        "pathways": pathway_rows(found, programs),
        "zones": zones(
            programs,
            jobs=jobs_of(Q(pathway_links__pathway__sector=found, pathway_links__rank=1)),
            sector=found.slug,
        ),
        "living": pay.living_wages(),
    }
    return render(request, "finder/sector.html", context)


@require_safe
def pathway(request, slug):
    found = get_object_or_404(Pathway.objects.select_related("sector"), slug=slug)
    programs = list(Program.objects.published().filter(pathway=found).with_place())
    context = {
        "pathway": found,
        "total": len(programs),
        "finder_url": finder(pathway=found.slug),
        "zones": zones(programs, jobs=jobs_of(Q(pathway_links__pathway=found)), pathway=found.slug),
        "agreements": agreements(found),
        "siblings": siblings(found),
        "living": pay.living_wages(),
    }
    return render(request, "finder/pathway.html", context)


def pathway_rows(sector, programs):
    """Each pathway of a sector with its number of programs by level, without the zeros."""
    counts = Counter((program.pathway_id, program.segment) for program in programs)
    rows = []
    for one in sector.pathways.all():
        levels = [(level.label, counts[one.pk, level]) for level in Segment]
        levels = [(label, count) for label, count in levels if count]
        rows.append({"pathway": one, "total": sum(n for _, n in levels), "levels": levels})
    return rows


def jobs_of(condition):
    """The jobs of a field: those with the most openings in the region first."""
    found = (
        Occupation.objects.filter(condition)
        .filter(figures__area="region")
        .order_by("-figures__openings", "soc")
        .distinct()
    )
    return pay.jobs(list(dict.fromkeys(found))[:MOST_JOBS])


def agreements(pathway):
    """[{name, links}] of the pathway by the district or school where students start, current first."""
    of_pathway = (
        Q(pathway=pathway) | Q(from_program__pathway=pathway) | Q(to_program__pathway=pathway)
    )
    links = ProgramLink.objects.published().filter(of_pathway).with_ends()
    groups = {}
    for link in sorted(links, key=lambda link: (link.has_expired, link.kind, link.slug)):
        groups.setdefault(start_of(link).name, []).append(link)
    return [{"name": name, "links": found} for name, found in sorted(groups.items())]


def start_of(link):
    school = link.from_institution or (link.from_program and link.from_program.institution)
    return link.from_district or school


def siblings(pathway):
    counts = Counter(
        Program.objects.published()
        .filter(sector=pathway.sector_id)
        .values_list("pathway_id", flat=True)
    )
    others = Pathway.objects.filter(sector=pathway.sector_id).exclude(pk=pathway.pk)
    return [(other, counts[other.pk]) for other in others]
