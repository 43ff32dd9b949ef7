"""A plan of `programs.routes` as the route page prints it: legs with courses, time and agreements, and
the job at the end beside the living wage.
"""

import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finder import pay
from finder.costs import cost_note
from finder.courses import in_turn
from finder.duration import award_time, in_years
from finder.education import education_words
from finder.links import finder
from finder.strips import is_bare
from programs.distance import FAR
from programs.models import Credential, ProgramOccupation, Segment
from programs.routes import Goal, Standing, Start, plan
from reference.models import Education
from reference.translated import Text

MOST_LINKS = 3  # agreements named in full on a step
MOST_COURSES = 6
BY_SKILL = "(CBE)"  # competency-based education, in the names of courses


def trips(origin, goal, is_adult, words):
    """What templates/finder/routes.html takes: {routes, broken, nearest, ...}."""
    start = start_of(origin, is_adult, words)
    found = plan(start, goal_of(goal), words.job_names)
    living = words.living_wages.get(origin.county)
    jobs = jobs_of(found.routes, goal, words, living)
    return {
        "routes": [
            trip(number, route, start, origin, job, living)
            for number, (route, job) in enumerate(zip(found.routes, jobs, strict=True), 1)
        ],
        "broken": broken(found, origin, start, goal, words),
        "nearest": found.nearest,
        "living": living,
        "field_only": found.field_only,
        "same_field": found.same_field,
        "gets_on_later": bool(found.routes)
        and found.lists_none
        and not found.closed
        and not origin.names_no_school,
        "finder_url": finder_at(goal),
    }


def start_of(origin, is_adult, words):
    """A ZIP code or a city names no school; an adult goes to none but an adult school or a college."""
    places = {"county": origin.county, "point": origin.point or (None, None)}
    is_adult = is_adult or origin.segment in (Segment.ADULT, Segment.COLLEGE)
    if origin.names_no_school or (is_adult and origin.segment in (Segment.MIDDLE, Segment.HIGH)):
        return Start(Segment.ADULT if is_adult else Segment.HIGH, **places)
    districts = {row.slug: row.pk for row in words.districts}
    return Start(
        Segment(origin.segment),
        words.institutions[origin.institution].pk if origin.institution else None,
        districts.get(origin.district),
        **places,
    )


def goal_of(goal):
    ends = {"career": "occupation_id", "pathway": "pathway_id", "program": "program_id"}
    return Goal(**{ends[goal.kind]: goal.pk}, education=goal.education)


def finder_at(goal):
    """The finder with what was searched for."""
    if goal.kind == "pathway":
        return finder(pathway=goal.key)
    return finder(q=goal.title(get_language()[:2]))


# --- One route ---------------------------------------------------------------------------------


def trip(number, route, start, origin, job, living):
    legs = [leg_of(leg, start, origin) for leg in route.legs]
    return {
        "number": number,
        "place": route.legs[-1].program.institution.name,
        "sector": route.legs[-1].program.sector,
        "pathway": route.legs[-1].program.pathway,
        "standing": standing_words(route),
        "begins_later": route.begins_later,
        "legs": legs,
        "job": job,
        "beside": beside(job, living),
        "needs_more": needs_more(job, route.legs[-1]),
        "miles": route.miles,
        "has_steps": len([leg for leg in route.legs if leg.row]) > 1,
        "times": time_words(route),
        "is_after_school": not start.is_adult and route.years is not None and len(legs) > 1,
    }


def time_words(route):
    """[Text] of the study that is still ahead, step by step; one for all, where each has its years."""
    if route.years:
        label = route.legs[-1].award.get_credential_display() if len(route.studied) == 1 else ""
        time = in_years(route.years)
        return [Text(f"{time} ({label})" if label else time)]
    return [step_time(leg, leg is route.legs[-1]) for leg in route.studied]


def step_time(leg, is_last):
    """How long one step takes: as its source says it, in years or in hours."""
    if leg.program.length:
        return Text(leg.program.length, None if get_language()[:2] == "en" else "en")
    if leg.years:
        return Text(in_years(leg.years))
    hours = min(filter(None, map(award_time, leg.awards)), key=first_number, default="")
    return Text(
        hours or (_("Time not stated") if is_last else _("Time of the first step not stated"))
    )


def first_number(text):
    return int(re.search(r"\d+", text)[0]) if re.search(r"\d", text) else 0


def standing_words(route):
    """What the steps of a route rest on; "" where it has only one stop."""
    if len(route.legs) == 1:
        return ""
    if any(leg.unlisted for leg in route.legs):
        return _("No agreement for a class of this field is on file")
    ended = [leg.ended for leg in route.legs if leg.ended]
    if ended and route.standing == Standing.NONE:
        return _("An agreement on the way ended in %(year)s") % {"year": ended[0].valid_until}
    words = {
        Standing.CONFIRMED: _("An agreement on the way is confirmed"),
        Standing.DATED: _("An agreement on the way comes from a dated source"),
        Standing.NOT_VERIFIED: _("An agreement on the way is on file, but not verified"),
        Standing.PERHAPS: _("Perhaps college credit on the way: ask a counselor"),
        Standing.NONE: _("No agreement on the way is on file"),
    }
    return words[route.standing]


def leg_of(leg, start, origin):
    program = leg.program
    courses = in_turn(program.courses.all()) if program else []
    told = worth_telling(leg.links)
    return {
        "segment": leg.segment,
        "program": program,
        "school": program.institution.name if program else school_name(origin, leg),
        "is_own": program is not None and program.institution_id == start.institution_id,
        "miles": leg.miles,
        "is_far": leg.miles is not None and leg.miles > FAR,
        "cost_note": cost_note(program) if program else "",
        "unlisted": leg.unlisted[:1],
        "ended": leg.ended,
        "links": told,
        "more_links": len(leg.links) - len(told),
        "is_express": any(link.gives_credit for link in leg.links),
        "is_perhaps_express": any(link.may_give_credit for link in leg.links),
        "is_same_pathway": leg.is_same_pathway,
        "courses": courses[:MOST_COURSES],
        "more_courses": sum(taken.count for taken in courses[MOST_COURSES:]),
        "has_english": any(taken.course.title.lang for taken in courses[:MOST_COURSES]),
        "is_by_skill": any(BY_SKILL in taken.course.title for taken in courses[:MOST_COURSES]),
        "awards": list(dict.fromkeys(award.get_credential_display() for award in in_order(leg))),
        "times": times(leg),
    }


def worth_telling(links):
    """The first few links; of those that say no more than their kind, one of each kind."""
    told = {}
    for link in links:
        told.setdefault((link.kind, "" if is_bare(link) else link.slug), link)
    return list(told.values())[:MOST_LINKS]


def school_name(origin, leg):
    """Where the reader is anyway: of their own school, when the leg is of its level."""
    return origin.name if origin.kind == "institution" and origin.segment == leg.segment else ""


def in_order(leg):
    """A leg's awards, from the least to the most college work."""
    return sorted(leg.awards, key=lambda award: Credential.values.index(award.credential))


def times(leg):
    """[(how long, [awards])] by the awards of a program whose source states no length."""
    found = {}
    for award in in_order(leg):
        time = award_time(award)
        label = award.get_credential_display()
        if time and label not in found.setdefault(time, []):
            found[time].append(label)
    return list(found.items())


# --- The job at the end ------------------------------------------------------------------------


def jobs_of(routes, goal, words, living):
    """[job] of each route, or None: the one asked for, else the first one of its last program."""
    if goal.kind == "career":
        found = [(goal.pk, goal.key, goal.title(get_language()[:2]), goal.education)] * len(routes)
    else:
        first = first_jobs([route.last.pk for route in routes])
        found = [first.get(route.last.pk) for route in routes]
    county = living and living.county_id
    pays = pay.in_county([job[0] for job in found if job], words.region, county)
    return [job and job_of(*job, *pays.get(job[0], (None, None))) for job in found]


def first_jobs(programs):
    """{program: (id, slug, title, education)} of the foremost job of each: one query."""
    links = ProgramOccupation.objects.filter(program__in=programs).foremost_first()
    first = {link.program_id: link.occupation for link in reversed(list(links))}
    return {program: (job.pk, job.slug, job.title, job.education) for program, job in first.items()}


def job_of(_pk, slug, title, education, figure, own):
    return {
        "slug": slug,
        "title": title,
        "pay": figure,
        "own_pay": own if own is not figure else None,
        "education": education_words(education),
        "takes": takes(education),
    }


def beside(job, living):
    """ "above" or "below": the job's typical pay beside what one adult needs; "" where one is unknown."""
    if not (job and job["pay"] and living) or job["pay"]["figure"].hourly is None:
        return ""
    return "above" if job["pay"]["figure"].hourly >= living.hourly else "below"


def needs_more(job, last):
    """Whether people who start in the job usually have a degree that the last program does not give."""
    gives = {award.credential for award in last.awards}
    return bool(job and job["takes"] and not job["takes"] & gives)


def takes(education):
    """The credentials of which a job usually takes one; none where it takes no degree."""
    if education in Education.beyond_college():
        return {Credential.BACHELOR}
    return Credential.degrees() if education == Education.ASSOCIATE else set()


# --- Where the line breaks ---------------------------------------------------------------------


def broken(found, origin, start, goal, words):
    """In words where the line breaks, or "" where it does not."""
    if found.closed or not found.routes:
        return _nothing_leads(found, goal, words)
    if not found.lists_none:
        return ""
    if origin.kind == "city":
        return _(
            "A city names no school, so these routes begin after high school. "
            "Name your school to see what you can take there."
        )
    if origin.kind == "zip" or start.institution_id is start.district_id is None:
        return _(
            "A ZIP code names no school, so these routes begin after high school. "
            "Name your school to see what you can take there."
        )
    field = field_name(found, words)
    values = {"school": origin.name, "field": field}
    if start.segment == Segment.MIDDLE:
        return _("No high school that %(school)s leads to lists a program in %(field)s.") % values
    if origin.kind == "district":
        return _("No school of the district %(school)s lists a program in %(field)s.") % values
    none = _("%(school)s lists no program in %(field)s.") % values
    if found.nearest or start.is_adult:
        return none
    elsewhere = _(
        "No other program of this field that its students may attend is listed before college."
    )
    return f"{none} {elsewhere}"


def _nothing_leads(found, goal, words):
    values = {"goal": goal.title(get_language()[:2])}
    if found.closed:
        closed = (
            _("%(goal)s takes only students of its own school or district.")
            if found.says_whom
            else _(
                "The source of %(goal)s does not say who may attend: most take their own students."
            )
        ) % values
        if not found.routes:
            return closed
        values["pathway"] = field_name(found, words)
        return f"{closed} " + _("These routes lead to the same pathway, %(pathway)s.") % values
    if found.is_taught:
        return _("No adult school or college in our list leads from here to %(goal)s.") % values
    return _("No program in our list leads to %(goal)s yet.") % values


def pathway_of(found, words):
    return next((row for row in words.pathways if row.pk == found.pathway_id), None)


def field_name(found, words):
    """The pathway of the routes, else their sector, in the reader's language."""
    pathway = pathway_of(found, words)
    if pathway:
        return pathway.title
    for row in words.sectors:
        if row.pk == found.sector_id:
            return row.title
    return Text(_("this field"))
