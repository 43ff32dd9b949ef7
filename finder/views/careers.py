"""Careers: what a job is, what it pays here, and which programs lead there."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_safe

from finder import pay
from finder.analysis import fold
from finder.education import education_words, preparation
from finder.jinja import render
from finder.links import finder
from finder.views.maps import career_piece
from finder.zones import zones
from programs.models import Program, ProgramOccupation
from reference.models import Occupation, OccupationPathway, Sector

MOST_TITLES = 12


@require_safe
def careers(request):
    q = request.GET.get("q", "").strip()[:100]
    first = OccupationPathway.objects.filter(rank=1).select_related("pathway")
    occupations = Occupation.objects.prefetch_related(
        Prefetch("pathway_links", first, to_attr="first")
    )
    found = sorted(
        (occupation for occupation in occupations if matches(occupation, q)),
        key=lambda occupation: fold(occupation.title),
    )
    jobs = pay.jobs(found)
    context = {
        "heading": heading(len(found), q),
        "q": q,
        "pay": next((job["pay"] for job in jobs if job["pay"]), None),
        "groups": [{"sector": None, "jobs": jobs}] if q and jobs else by_sector(jobs),
        "living": pay.living_wages(),
    }
    return render(request, "finder/careers.html", context)


def matches(occupation, q):
    words = fold(q).split()
    text = fold(
        f"{occupation.title_en} {occupation.title_es} {occupation.everyday_en} {occupation.everyday_es}"
    )
    return all(word in text for word in words)


def heading(count, q):
    if q:
        return ngettext("%(count)s career for “%(q)s”", "%(count)s careers for “%(q)s”", count) % {
            "count": f"{count:,}",
            "q": q,
        }
    return ngettext("%(count)s career", "%(count)s careers", count) % {"count": f"{count:,}"}


def by_sector(jobs):
    """[{sector, jobs}] by the first pathway of each job, jobs without one last."""
    groups = {sector: [] for sector in [*Sector.objects.all(), None]}
    by_pk = {sector.pk: sector for sector in groups if sector}
    for job in jobs:
        first = job["occupation"].first
        groups[by_pk[first[0].pathway.sector_id] if first else None].append(job)
    return [{"sector": sector, "jobs": found} for sector, found in groups.items() if found]


@require_safe
def career(request, slug):
    found = get_object_or_404(Occupation.objects.select_related("release"), slug=slug)
    figures = pay.places(found)
    here = [one for one in figures if one["figure"].area == "region"]
    pathways = [link.pathway for link in found.pathway_links.select_related("pathway__sector")]
    job = {"occupation": found, "pay": here[0] if here else None}
    context = {
        "occupation": found,
        "titles": titles(found),
        "pay": here[0] if here else None,
        "others": [one for one in figures if one not in here[:1]],
        "education": education_words(found.education),
        "zone": preparation(found.job_zone),
        "pathways": pathways,
        "piece": career_piece(request, pathways[0], job) if pathways else None,
        "zones": zones(list(programs_to(found))),
        "finder_url": finder(q=found.title),
        "living": pay.living_wages(),
    }
    return render(request, "finder/career.html", context)


def titles(occupation):
    """Other names in the page's language: everyday words first, then reported titles."""
    language = get_language()
    everyday = [word.strip() for word in occupation.everyday.split(";") if word.strip()]
    others = occupation.titles.filter(language=language).values_list("title", flat=True)
    return list(dict.fromkeys([*everyday, *others]))[:MOST_TITLES]


def programs_to(occupation):
    hidden = ProgramOccupation.Basis.HIDDEN
    links = ProgramOccupation.objects.filter(occupation=occupation).exclude(basis=hidden)
    return Program.objects.published().filter(pk__in=links.values("program")).with_place()
