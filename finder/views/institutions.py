"""Schools and colleges: the list, and one of them with its lines."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from finder import jsonld
from finder.analysis import fold
from finder.former import former_address
from finder.jinja import render
from finder.links import finder
from finder.strips import link_steps
from finder.views.maps import institution_piece
from programs.models import Institution, Program, ProgramLink, Segment
from programs.models.sourced import Freshness
from programs.steps import at_institution
from reference.models import County, Region

PUBLISHED = Q(programs__status=Program.Status.PUBLISHED)
# Another school of the same name in the same city: San Diego has two schools called Montgomery Middle.
NAMESAKE = Exists(
    Institution.objects.active()
    .filter(name=OuterRef("name"), city=OuterRef("city"))
    .exclude(pk=OuterRef("pk"))
)


@require_safe
def institutions(request):
    q = request.GET.get("q", "").strip()[:100]
    levels = {value for value in request.GET.getlist("level") if value in Segment.values}
    counties = set(request.GET.getlist("county"))
    everything = list(
        Institution.objects.active()
        .select_related("district", "county")
        .prefetch_related("names")
        .annotate(program_count=Count("programs", filter=PUBLISHED))
    )
    named = [place for place in everything if matches(place, q)]
    known = {county.slug for county in County.objects.all()}
    found = [
        place
        for place in named
        if (not levels or place.segment in levels)
        and (not counties & known or place.county.slug in counties)
    ]
    context = {
        "heading": heading(len(found), q),
        "q": q,
        "levels": [
            (level.value, level.label, sum(p.segment == level for p in named), level in levels)
            for level in Segment
        ],
        "counties": [
            (
                county.slug,
                county.name,
                sum(place.county_id == county.pk for place in named),
                county.slug in counties,
            )
            for county in County.objects.all()
        ],
        "groups": groups(found),
    }
    return render(request, "finder/institutions.html", context)


def matches(place, q):
    """Every word of the search stands in the name, another name, the district, the city or the ZIP."""
    words = fold(q).split()
    if not words:
        return True
    names = [place.name, place.city, place.zip_code, *(other.name for other in place.names.all())]
    if place.district:
        names.append(place.district.name)
    text = fold(" ".join(names))
    return all(word in text for word in words)


def heading(count, q):
    if q:
        return ngettext(
            "%(count)s school or college for “%(q)s”",
            "%(count)s schools and colleges for “%(q)s”",
            count,
        ) % {"count": f"{count:,}", "q": q}
    return ngettext("%(count)s school or college", "%(count)s schools and colleges", count) % {
        "count": f"{count:,}"
    }


def groups(places):
    """By level, then by district: [{segment, label, total, districts: [{name, institutions}]}]."""
    levels = []
    for segment in Segment:
        here = [place for place in places if place.segment == segment]
        districts = {}
        for place in here:
            name = place.district.name if place.district else place.county.name
            districts.setdefault(name, []).append(place)
        if here:
            levels.append(
                {
                    "segment": segment.value,
                    "label": segment.label,
                    "total": len(here),
                    "districts": [
                        {"name": name, "institutions": found}
                        for name, found in sorted(districts.items())
                    ],
                }
            )
    return levels


@require_safe
def institution(request, slug):
    active = Institution.objects.active()
    whole = active.select_related("district", "county", "release").annotate(has_namesake=NAMESAKE)
    found = whole.filter(slug=slug).first()
    if found is None:
        return former_address(active, slug)
    programs = list(
        found.programs.filter(status=Program.Status.PUBLISHED).select_related("sector", "pathway")
    )
    arriving, leaving = list(links(found, "to")), list(links(found, "from"))
    piece, neighbors = institution_piece(request, found, arriving + leaving)
    earlier, later = apart(neighbors, Segment(found.segment))
    context = {
        "institution": found,
        "names": [other.name for other in found.names.all()],
        "total": len(programs),
        "finder_url": finder(institution=found.slug),
        "lines": lines(programs),
        "before": link_steps(arriving, "origin", earlier),
        "after": link_steps(leaving, "destination", later),
        "has_agreement": bool(leaving),
        "piece": piece,
        "opportunities": opportunities(found),
        "json_ld": jsonld.institution(found, Region.objects.first().state),
    }
    return render(request, "finder/institution.html", context)


def apart(neighbors, here):
    """({level: stops} before a level, the same after it)."""
    levels = list(Segment)
    earlier, later = levels[: levels.index(here)], levels[levels.index(here) + 1 :]
    return (
        {level: neighbors[level] for level in earlier if level in neighbors},
        {level: neighbors[level] for level in later if level in neighbors},
    )


def opportunities(institution):
    """Work-based learning by the freshness of its source: [(freshness, rows)], the best first."""
    rows = list(institution.opportunities.select_related("release"))
    groups = [(kind, [row for row in rows if row.freshness == kind]) for kind in Freshness]
    return [(kind, found) for kind, found in groups if found]


def lines(programs):
    """[{sector, programs}] in badge order, programs without a sector last."""
    by_sector = {}
    for program in sorted(programs, key=lambda one: one.title.casefold()):
        by_sector.setdefault(program.sector, []).append(program)
    order = sorted(by_sector, key=lambda sector: (sector is None, sector and sector.code))
    return [{"sector": sector, "programs": by_sector[sector]} for sector in order]


def links(institution, end):
    """Links that start (or end) at the institution, one of its programs, or its district as a whole."""
    of_program = Q(**{f"{end}_program__institution": institution})
    here = at_institution(institution, end) | of_program
    return ProgramLink.objects.published().filter(here).with_ends()
