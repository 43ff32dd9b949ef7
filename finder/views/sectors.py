"""The 15 lines, one line, one pathway: programs by level, agreements, jobs in the field."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from finder import pay
from finder.jinja import environment_in, render
from finder.linemap import pathway_map, sector_map
from finder.links import finder
from finder.remembered import remembered
from finder.strips import is_bare
from finder.views.maps import (
    Signs,
    map_context,
    map_file,
    signs_of,
    unstated_stops,
    view_of,
)
from programs import network, termini
from programs.models import Program
from reference.models import Pathway, Sector


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


def branches_of(facts, view):
    """The branches as they are for everyone, unless the reader's own school is to stand apart."""
    return facts.network.branches(view.school) if view.school else facts.branches


class SectorFacts(NamedTuple):
    """What the page of a sector is made of, whoever asks."""

    sector: Sector
    total: int
    network: network.Network
    branches: list
    jobs: dict  # {pathway pk: [Terminus]}
    signs: Signs
    kept: dict  # what is rendered once: the map by language
    living: list


@remembered(maxsize=30)
def sector_facts(slug):
    found = get_object_or_404(Sector, slug=slug)
    pathways = list(found.pathways.all())
    programs = network.of_sector(found, pathways)
    jobs = termini.of_pathways(pathways)
    return SectorFacts(
        sector=found,
        total=sum(map(len, programs.stops.values())),
        network=programs,
        branches=programs.branches(),
        jobs=jobs,
        signs=signs_of([job for found in jobs.values() for job in found], programs),
        kept={},
        living=pay.living_wages(),
    )


@require_safe
def sector(request, slug):
    facts = sector_facts(request.catalogue, slug)
    context = {
        "sector": facts.sector,
        "total": facts.total,
        "finder_url": finder(sector=slug),
        "map": sector_lines(request, facts),
        "living": facts.living,
    }
    return render(request, "finder/sector.html", context)


@require_safe
def sector_svg(request, slug):
    facts = sector_facts(request.catalogue, slug)
    return map_file(request, sector_lines(request, facts), facts.sector, slug)


def sector_lines(request, facts):
    """The map of a sector as the reader asked to see it (finder.views.maps.map_context)."""
    view, found = view_of(request, reverse("sector", args=[facts.sector.slug]))

    def make():
        return sector_map(branches_of(facts, view), facts.jobs, view, facts.sector)

    return map_context(request, make, view, found, facts)


class PathwayFacts(NamedTuple):
    """What the page of a pathway is made of, whoever asks."""

    pathway: Pathway
    total: int
    network: network.Network
    branches: list
    jobs: list  # of Terminus
    signs: Signs
    agreements: list
    kept: dict  # what is rendered once: the map by language, the agreements
    siblings: list
    living: list


@remembered(maxsize=100)
def pathway_facts(slug):
    found = get_object_or_404(Pathway.objects.select_related("sector"), slug=slug)
    programs = network.of_pathway(found)
    branches = programs.branches()
    jobs = termini.of_pathways([found]).get(found.pk, [])
    return PathwayFacts(
        pathway=found,
        total=sum(map(len, programs.stops.values())),
        network=programs,
        branches=branches,
        jobs=jobs,
        signs=signs_of(jobs, programs),
        agreements=agreements(found, programs.links, branches),
        kept={},
        siblings=siblings(found),
        living=pay.living_wages(),
    )


@require_safe
def pathway(request, slug):
    facts = pathway_facts(request.catalogue, slug)
    context = {
        "pathway": facts.pathway,
        "total": facts.total,
        "finder_url": finder(pathway=slug),
        "map": pathway_lines(request, facts),
        "agreements": agreement_list(facts, get_language()),
        "siblings": facts.siblings,
        "living": facts.living,
    }
    return render(request, "finder/pathway.html", context)


@require_safe
def pathway_svg(request, slug):
    facts = pathway_facts(request.catalogue, slug)
    return map_file(request, pathway_lines(request, facts), facts.pathway.sector, slug)


def pathway_lines(request, facts):
    """The map of a pathway as the reader asked to see it (finder.views.maps.map_context)."""
    view, found = view_of(request, reverse("pathway", args=[facts.pathway.slug]))

    def make():
        (branch,) = branches_of(facts, view)
        unstated = unstated_of(request, facts.pathway, view) if view.school else ()
        return pathway_map(branch, facts.jobs, view, unstated)

    return map_context(request, make, view, found, facts)


def unstated_of(request, pathway, view):
    """[Stop] of the reader's own school that are of the pathway's sector, but of no stated pathway."""
    return [
        stop
        for stop in unstated_stops(request.catalogue)
        if stop.school_slug == view.school and stop.sector_id == pathway.sector_id
    ]


def agreement_list(facts, language):
    """The agreements of a pathway as HTML, rendered once: it is the same for every reader, and a third of
    the page's cost."""
    key = ("agreements", language)
    if facts.agreements and key not in facts.kept:
        template = environment_in(language).get_template("components/agreements.html")
        facts.kept[key] = template.module.agreement_groups(facts.agreements)
    return facts.kept.get(key, "")


class Agreements(NamedTuple):
    """The links that start in one district or at one school, current first."""

    name: str
    links: list
    bare: list  # those that say no more than who and what kind
    ended: str  # the last year of all of them, "" while one is in force

    @property
    def total(self):
        return len(self.links) + len(self.bare)


def agreements(pathway, links, branches):
    """[Agreements] on the map of a pathway, or about it; those in force first."""
    drawn = (link for branch in branches for one in branch.connections for link in one.links)
    about = (link for link in links if network.is_about(link, pathway))
    groups = {}
    for link in dict.fromkeys([*drawn, *about]):
        groups.setdefault(start_of(link).name, []).append(link)
    found = [_agreements(name, group) for name, group in groups.items()]
    return sorted(found, key=lambda one: (one.ended != "", one.name))


def _agreements(name, links):
    links.sort(key=lambda link: (link.has_expired, link.kind, link.slug))
    bare = [link for link in links if is_bare(link)]
    return Agreements(
        name=name,
        links=[link for link in links if link not in bare],
        bare=bare,
        ended=max(link.valid_until for link in links) if links[0].has_expired else "",
    )


def start_of(link):
    school = link.from_institution or (link.from_program and link.from_program.institution)
    return link.from_district or school


def siblings(pathway):
    """[(Pathway, published programs)] of the same sector."""
    published = Exists(Program.objects.published().filter(pk=OuterRef("program__pk")))
    others = Pathway.objects.filter(sector=pathway.sector_id).exclude(pk=pathway.pk)
    counted = others.annotate(total=Count("program", filter=published))
    return [(other, other.total) for other in counted]
