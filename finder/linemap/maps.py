"""The maps of a pathway, of a sector, of a school among its neighbors, and of what leads to a job."""

from dataclasses import replace

from django.utils.translation import gettext as _

from finder.jinja import url
from finder.linemap import nodes, words
from finder.linemap.parts import CAREER, ZONES, Band, Head, LineMap
from finder.linemap.view import View, in_reading_order
from finder.links import finder
from programs.models import Segment

SIGNS = 8  # jobs at the end of a line


def pathway_map(branch, jobs, view, unstated=()):
    """The LineMap of one pathway: the stations of its branch and the jobs at its end.

    `unstated`: the reader's own school's programs of the sector whose pathway is not stated.
    """
    band = _spread_band(branch, jobs, view)
    return LineMap(
        title=branch.pathway.title,
        heads=_bare_heads(_("Typical pay"))
        if view.is_piece
        else _heads([branch], jobs, pathway=branch.pathway.slug),
        bands=[band],
        messages=_messages(branch, view, unstated),
        is_piece=view.is_piece,
    )


def sector_map(branches, jobs, view, sector):
    """The LineMap of a sector: a band for each pathway, each opened in place when asked for.

    `jobs`: {pathway pk: [Terminus]}.
    """
    bands = []
    for branch in branches:
        its_jobs = jobs.get(branch.pathway and branch.pathway.pk, ())
        key = branch.pathway.slug if branch.pathway else "none"
        make = _opened_band if key in view.opened else _closed_band
        bands.append(make(branch, its_jobs, view, key))
    heads = _heads(branches, [], sector=sector.slug)
    return LineMap(title=sector.title, heads=heads, bands=bands)


def institution_map(branch, view):
    """The LineMap of one school or college: what leads to it and what it leads to; None where nothing does."""
    levels, shown = _levels(branch, view, nodes.neighbor_node, fold=None)
    if not any(view.is_here(one) for one in branch.stations) or len(shown) < 2:
        return None
    band = Band("here", view.origin.name, "", (*levels, ()), ridden=_stopped(branch, levels))
    return LineMap(view.origin.name, _bare_heads(), [band], is_piece=True)


def job_map(branch, job, view):
    """The LineMap of the programs that lead to a job; None where none does."""
    levels, shown = _levels(branch, view, nodes.listed_node, nodes.list_node)
    if not shown:
        return None
    sign = replace(nodes.sign_node(job), url="", is_here=True)
    ridden = (*_stopped(branch, levels), CAREER)
    band = Band("here", job.title, "", (*levels, (sign,)), ridden=ridden)
    return LineMap(job.title, _bare_heads(), [band], is_piece=True)


# --- Bands -------------------------------------------------------------------------------------


def _spread_band(branch, jobs, view):
    levels, _shown = _levels(branch, view, nodes.station_node)
    signs = tuple(nodes.sign_node(job) for job in jobs[:SIGNS])
    return Band(
        key=branch.pathway.slug,
        title=branch.pathway.title,
        url=url("pathway", branch.pathway.slug),
        zones=(*levels, signs),
        ridden=_ridden(branch, signs),
        ends_after=_ends_after(branch),
    )


def _opened_band(branch, jobs, view, key):
    """A band of a sector opened in place; what it holds opens further on the pathway's own page."""
    if branch.pathway:
        band = _spread_band(branch, jobs, View(url("pathway", key), view.origin))
    else:
        levels, _shown = _levels(branch, View(view.path), nodes.listed_node)
        band = Band(key, _("Pathway not stated"), "", (*levels, ()), ridden=())
    return _prefixed(replace(band, open_url=view.toggled(key)))


def _prefixed(band):
    """Two bands of one map may hold the same district: their keys name the band."""

    def own(node):
        lines = tuple(
            line._replace(destinations=tuple(f"{band.key}.{one}" for one in line.destinations))
            for line in node.lines
        )
        return replace(node, key=f"{band.key}.{node.key}", lines=lines)

    return replace(band, zones=tuple(tuple(map(own, zone)) for zone in band.zones))


def _closed_band(branch, jobs, view, key):
    levels = [
        (nodes.level_node(branch, branch.zones[segment], zone, view, key),)
        if branch.zones[segment]
        else ()
        for zone, segment in enumerate(Segment)
    ]
    signs = ()
    if jobs:
        sign = nodes.sign_node(jobs[0])
        more = (words.more_jobs(len(jobs) - 1),) if len(jobs) > 1 else ()
        signs = (replace(sign, key=f"{key}.{sign.key}", notes=(*sign.notes, *more)),)
    return Band(
        key=key,
        title=branch.pathway.title if branch.pathway else _("Pathway not stated"),
        url=url("pathway", key) if branch.pathway else "",
        zones=(*levels, signs),
        ridden=_ridden(branch, signs),
        ends_after=_ends_after(branch),
        is_spread=False,
    )


def _levels(branch, view, make, fold=nodes.fold_node):
    """([nodes of each level], {keys of the stations that are shown}).

    `fold` makes the node for what is left out of a level; None leaves it out without a word.
    """
    lines = nodes.lines_of(view.drawn(branch), branch)
    chosen, folds = [], set()
    for zone, segment in enumerate(Segment):
        stations = in_reading_order(branch, segment)
        chosen.append(view.chosen(branch, stations))
        is_own_level = view.is_piece and view.level == segment
        if fold and len(stations) > len(chosen[-1]) and not is_own_level:
            folds.add(zone)
    shown = {one.key for stations in chosen for one in stations}
    zone_of = {one.key: Segment.rank(one.segment) for one in branch.stations}
    levels = []
    for zone, stations in enumerate(chosen):
        made = [
            make(one, view, zone, nodes.folded(lines.get(one.key, ()), shown, folds, zone_of))
            for one in stations
        ]
        if zone in folds:
            made.append(fold(zone, len(branch.zones[ZONES[zone]]) - len(stations), view))
        levels.append(tuple(made))
    return levels, shown


# --- The line itself ---------------------------------------------------------------------------


def _has_stops(branch, segment):
    return any(station.stops for station in branch.zones[segment])


def _stopped(branch, levels):
    """The zones that show a stop."""
    return tuple(
        zone for zone, segment in enumerate(Segment) if levels[zone] and _has_stops(branch, segment)
    )


def _ridden(branch, signs):
    """The zones that the line itself joins: those with a stop of the pathway, and its jobs after a school
    level that leads to work."""
    if branch.pathway is None:
        return ()
    ridden = [zone for zone, segment in enumerate(Segment) if _has_stops(branch, segment)]
    ends = _ends_after(branch)
    return (*ridden, CAREER) if ridden and signs and ends is None else tuple(ridden)


def _ends_after(branch):
    """The zone after which the line ends though students would go on: no adult or college program."""
    ridden = [zone for zone, segment in enumerate(Segment) if _has_stops(branch, segment)]
    if branch.pathway is None or not ridden:
        return None
    last = ridden[-1]
    stations = branch.zones[list(Segment)[last]]
    return last if all(branch.is_dead_end(one) for one in stations) else None


# --- Heads and messages ------------------------------------------------------------------------


def _heads(branches, jobs, **filters):
    heads = []
    for segment in Segment:
        count = sum(len(station.stops) for branch in branches for station in branch.zones[segment])
        note = words.programs(count) if count else _("No program listed yet")
        address = finder(level=segment.value, **filters) if count else ""
        heads.append(Head(str(segment.label), note, address))
    note = _("Typical pay")
    if len(jobs) > SIGNS:
        note = _("Typical pay, %(shown)s of %(all)s jobs") % {"shown": SIGNS, "all": len(jobs)}
    return (*heads, Head(_("Career"), note, ""))


def _bare_heads(of_career=""):
    """Of a piece: its levels hold a part of what there is."""
    heads = [Head(str(segment.label), "", "") for segment in Segment]
    return (*heads, Head(_("Career"), of_career, ""))


def _messages(branch, view, unstated):
    """What a reader should know whose own school has no stop on this line."""
    if view.level is None or any(view.is_here(one) and one.stops for one in branch.stations):
        return []
    text = _("%(school)s lists no program in %(pathway)s. Here is where you can get on later.")
    messages = [(text % {"school": view.origin.name, "pathway": branch.pathway.title}, "")]
    for stop in unstated:
        text = _("It lists %(program)s, whose pathway is not stated: it may be the same field.")
        messages.append((text % {"program": words.title_of(stop)}, url("program", stop.slug)))
    return messages
