"""The route planner: from my school, or as an adult, to a job or a program."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from finder import goals, origins, search, vocabulary
from finder.jinja import render, url
from finder.links import finder
from finder.query import clean
from finder.trips import trips
from programs.models import Segment

LONGEST = 100  # characters of what was typed


class Asked(NamedTuple):
    """A query string, read."""

    start: str  # as typed, or a key
    to: str
    repaired: str  # how the search spelt what was typed, where nothing is called so; else ""
    said: str  # the everyday word for the job that the reader typed, in the page's language, or ""
    is_adult: bool
    origins: origins.Origins
    goals: goals.Goals

    @property
    def origin(self):
        return self.origins.origin

    @property
    def goal(self):
        return self.goals.goal

    @property
    def is_settled(self):
        """Both ends are known, but the address does not carry their keys."""
        if not (self.origin and self.goal):
            return False
        return (self.start, self.to) != (self.origin.key, self.goal.key)

    def address(self, origin=None, goal=None):
        """This page with one end chosen: keys where they are known, else what was typed."""
        origin, goal = origin or self.origin, goal or self.goal
        parts = {
            "from": origin.key if origin else self.start,
            "to": goal.key if goal else self.to,
            "as": self.said if goal and goal == self.goal else "",
            "adult": "1" if self.is_adult else "",
        }
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"{url('routes')}?{query}" if query else url("routes")


@require_safe
def routes(request):
    words = vocabulary.current(request.catalogue and request.catalogue[0])
    asked = ask(request.GET, words, request.catalogue)
    if asked.is_settled:
        return HttpResponseRedirect(asked.address())
    return render(request, "finder/routes.html", context(asked, words, get_language()[:2]))


def ask(data, words, version):
    start, to, said = (clean(data.get(name, ""))[:LONGEST] for name in ("from", "to", "as"))
    is_adult = data.get("adult") == "1"
    places = origins.read(start, words)
    if is_adult:
        places = origins.asking_adults(places, start)
    if places.choices:  # one question at a time
        found, repaired = goals.Goals(), ""
    else:
        found, repaired = meant(to, words, version, goals.open_to(places.origin, is_adult))
    return Asked(
        start=start,
        to=to,
        repaired=repaired,
        said=word_for(found.goal, (to, said), words),
        is_adult=is_adult,
        origins=places,
        goals=found,
    )


def meant(text, words, version, may_attend):
    """(the Goals of a text, ""); where nothing is called so, those of what the search makes of it, and that."""
    found = goals.read(text, words, may_attend)
    if found.goal or found.choices or len(text) < goals.FEWEST_LETTERS:
        return found, ""
    meaning = search.reader(version).understand(text)
    if not meaning.repaired:
        return found, ""
    return goals.read(meaning.shown, words, may_attend), meaning.shown


def word_for(goal, texts, words):
    """What a reader called a job, where it is one of its everyday words in the page's language."""
    if goal is None or goal.kind != "career":
        return ""
    language = get_language()[:2]
    return next(filter(None, (goals.called(goal, text, words, language) for text in texts)), "")


def context(asked, words, language):
    """What finder/routes.html takes."""
    origin, goal = asked.origin, asked.goal
    found = trips(origin, goal, asked.is_adult, words) if origin and goal else None
    return {
        "start": origin_name(origin) if origin else asked.start,
        "to": asked.said or goal_name(goal, language) if goal else asked.to,
        "goal_title": asked.said or goal.title(language) if goal else "",
        "is_adult": asked.is_adult,
        "is_asked": bool(asked.start or asked.to or asked.is_adult),
        "origin": origin,
        "unknown_start": bool(asked.start and not origin and not asked.origins.choices),
        "goal": goal,
        "from_choices": [
            (one.name, what_it_is(one), asked.address(origin=one)) for one in asked.origins.choices
        ],
        "to_choices": [
            (one.title(language), where_it_is(one), asked.address(goal=one))
            for one in asked.goals.choices
        ],
        "repaired": asked.repaired,
        "search_url": finder(q=asked.to),
        "starts": start_names(words),
        "ends": goal_names(words, language),
        "trips": found,
        "address": settings.SITE_URL + asked.address(),
    }


# --- Names -------------------------------------------------------------------------------------


def origin_name(origin):
    return f"{origin.key} {origin.name}" if origin.kind == "zip" else origin.name


def what_it_is(origin):
    if origin.kind == "city":
        return _("City: start from anywhere in it")
    return _("District") if origin.kind == "district" else Segment(origin.segment).label


def goal_name(goal, language):
    title = goal.title(language)
    return f"{title}, {goal.place}" if goal.place else title


def where_it_is(goal):
    return {"career": _("Job"), "pathway": _("Pathway")}.get(goal.kind, goal.place)


def start_names(words):
    """The names of schools, districts and cities, for the box where a reader types one."""
    names = {row.name for row in words.institutions.values()}
    return sorted({*names, *(row.name for row in words.districts), *origins.city_names(words)})


def goal_names(words, language):
    """The titles of the jobs that programs lead to, and of the pathways."""
    found = {one for _start, _rank, one in words.suggestions if one.kind in ("career", "pathway")}
    return sorted({(language == "es" and one.title_es) or one.title_en for one in found})
