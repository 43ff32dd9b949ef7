"""The line maps: how a page shows one, and the same as a file."""

from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder import mapfile, origins, vocabulary
from finder.jinja import date, environment_in, render, url
from finder.layout import NARROW, WIDTH, Drawing, lay_out
from finder.linemap import LineMap, View, institution_map, job_map, pathway_map
from finder.origins import of
from finder.query import clean
from finder.remembered import remembered
from programs import network
from programs.models import Segment
from programs.termini import Terminus
from reference.models import Release

MOST_OPENED, LONGEST = 40, 200  # things opened at once, letters of what names one
SIGNS = 3  # jobs at the end of a piece


def view_of(request, path):
    """(View, Origins): how the reader asked to see a map. What is not known is ignored."""
    words = vocabulary.current(request.catalogue and request.catalogue[0])
    start = clean(request.GET.get("from", ""))
    found = origins.read(start, words) if start else origins.Origins()
    opened = frozenset(
        key for key in request.GET.getlist("open")[:MOST_OPENED] if len(key) < LONGEST
    )
    return View(path, found.origin, opened), found


class Signs(NamedTuple):
    """What the signs of a map show, and the schools that its reader may start from."""

    when: tuple | None  # (year of the pay, period of the openings); None where no job is linked
    release: Release | None
    places: list


def signs_of(jobs, programs):
    """The Signs of [Terminus] and a `programs.network.Network`."""
    places = {stop.school for stops in programs.stops.values() for stop in stops}
    if not jobs:
        return Signs(None, None, sorted(places))
    first = next((job for job in jobs if job.pay_period), jobs[0])
    release = Release.objects.filter(pk=first.release_id).first()
    return Signs((first.pay_period, first.period), release, sorted(places))


class Shown(NamedTuple):
    """A map, its drawing, and both as HTML: the SVG and the list."""

    lines: LineMap
    drawing: Drawing
    svg: str
    listed: str


def show(lines, across=WIDTH):
    """The Shown of a LineMap in the active language."""
    drawing = lay_out(lines, across)
    templates = environment_in(get_language())
    macros = templates.get_template("components/linemap.html").module
    lists = templates.get_template("components/linemap_list.html").module
    return Shown(lines, drawing, macros.drawing(lines, drawing), lists.map_list(lines))


def map_context(request, make, view, found, facts):
    """What `map_section` of components/linemap.html takes.

    `make()` gives the LineMap. The whole map is the same for every reader: it is made once for each language
    and kept with the facts of its page.
    """
    shown = facts.kept.get(get_language()) if view.is_whole else None
    if shown is None:
        shown = show(make())
        if view.is_whole:
            facts.kept[get_language()] = shown
    query = request.META.get("QUERY_STRING", "")
    words = vocabulary.current(request.catalogue and request.catalogue[0])
    return {
        "shown": shown,
        "view": view,
        "origins": found,
        "start": clean(request.GET.get("from", ""))[:100],
        "places": facts.signs.places,
        "pay": pay_label(facts.signs, words.region),
        "release": facts.signs.release,
        "svg_url": f"{view.path}map.svg{'?' if query else ''}{query}",
        "address": settings.SITE_URL.partition("//")[2] + view.path,
        "day": words.changed_on,
    }


def map_file(request, context, sector, name):
    """The SVG of a map as a download."""
    shown, release = context["shown"], context["release"]
    notes = [context["address"] + (f" · {date(context['day'])}" if context["day"] else "")]
    if release:
        source = _("Source: %(source)s") % {"source": release}
        notes.insert(0, f"{context['pay']}. {source}")
    values = {
        "map": shown.lines,
        "lines": shown.drawing,
        "svg": shown.svg,
        "sheet": mapfile.sheet(shown.drawing, shown.lines.legend, notes),
        "style": mapfile.style(sector.code),
    }
    response = render(request, "finder/map.svg", values)
    response.content = mapfile.standing_alone(response.content, settings.SITE_URL)
    response["Content-Type"] = "image/svg+xml"
    response["Content-Disposition"] = f'attachment; filename="{name}.svg"'
    return response


def pay_label(signs, region):
    """What the pay on the signs is, with its place and year; "" where no job has one."""
    if signs.when is None:
        return ""
    year, period = signs.when
    words = (
        _("Typical pay in %(place)s, %(year)s; openings a year, %(period)s")
        if year
        else _("Typical pay in %(place)s; openings a year, %(period)s")
    )
    return words % {"place": region.name, "year": year, "period": period}


# --- Pieces: one step before, here, one step after ----------------------------------------------


@remembered(maxsize=100)
def network_of(pathway):
    return network.of_pathway(pathway)


@remembered(maxsize=1)
def all_stops():
    return network.all_stops()


@remembered(maxsize=1)
def unstated_stops():
    return network.unstated_stops()


def program_piece(request, program, jobs):
    """The SVG of a program's own piece of its pathway's map, "" where no pathway is stated.

    `jobs`: dicts as `pay.jobs` makes them.
    """
    if program.pathway is None:
        return ""
    view = View(url("pathway", program.pathway.slug), of(program.institution), is_piece=True)
    (branch,) = network_of(request.catalogue, program.pathway).branches(apart=view.school)
    found = [
        (station, stop)
        for station in branch.stations
        for stop in station.stops
        if stop.pk == program.pk
    ]
    if not found:  # changed by another process just now
        return ""
    return _drawn(pathway_map(branch.narrowed(*found[0]), _signs(jobs), view))


def institution_piece(request, institution, links):
    """(SVG, {level: [Node]}): the same of a school or college among those that it has links or pathways with,
    and the stops beside it that share pathways, for the list."""
    place = url("institution", institution.slug)
    view = View(place, of(institution), is_piece=True, keeps_far=True)
    stops = all_stops(request.catalogue)
    lines = institution_map(network.of_institution(institution, stops, links), view)
    return _drawn(lines), neighbors(lines) if lines else {}


def neighbors(lines):
    """{level: [Node]} of the stops that a school or college shares pathways with."""
    (band,) = lines.bands
    found = {
        segment: [node for node in nodes if node.kind != "agreement" and not node.is_here]
        for segment, nodes in zip(Segment, band.zones, strict=False)
    }
    return {segment: nodes for segment, nodes in found.items() if nodes}


def career_piece(request, job, programs):
    """The same of the programs on the way to a job, as `pay.jobs` has it."""
    return _job_piece(request.catalogue, job["occupation"], programs, _sign(**job), get_language())


@remembered(maxsize=300)
def _job_piece(occupation, programs, sign, _language):
    view = View(url("career", occupation.slug), is_piece=True)
    branch = network.of_programs(programs, network.all_links())
    return _drawn(job_map(branch, sign, view), across=WIDTH)


def _drawn(lines, across=NARROW):
    return show(lines, across).svg if lines else ""


def _signs(jobs):
    return [_sign(job["occupation"], job["pay"]) for job in jobs[:SIGNS]]


def _sign(occupation, pay, **_others):
    figure = pay and pay["figure"]
    values = [getattr(figure, name, None) for name in ("openings", "hourly", "annual")]
    words = [getattr(figure, name, "") for name in ("missing", "pay_period", "period")]
    return Terminus(
        occupation.slug,
        occupation.title_en,
        occupation.title_es,
        *values,
        *words,
        getattr(figure, "release_id", None),
    )
