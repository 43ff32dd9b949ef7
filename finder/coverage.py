"""What is listed and how fresh it is, so that a gap in the data is not read as a gap in the region."""

from collections import Counter, defaultdict

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from programs.models import Award, Course, Institution, Program, Segment
from programs.models.sourced import Freshness


def coverage():
    """[{segment, label, institutions, programs, verified, dated, not_verified}]: two queries."""
    places = Counter(Institution.objects.active().values_list("segment", flat=True))
    fresh = defaultdict(Counter)
    programs = Program.objects.published().select_related("institution")
    for program in programs.only("institution__segment", "as_of", "verified_on"):
        fresh[program.institution.segment][program.freshness.value] += 1
    return [
        {
            "segment": segment.value,
            "label": segment.label,
            "institutions": places[segment],
            "programs": sum(fresh[segment].values()),
            **{kind: fresh[segment][kind] for kind in ("verified", "dated", "not_verified")},
        }
        for segment in Segment
    ]


def districts():
    """[(county, [{name, places, bare, programs, not_verified, no_pathway}])]: two queries.

    `places` are open schools and colleges, `bare` those without any listed program.
    """
    programs = defaultdict(list)
    rows = Program.objects.published().only("institution", "pathway", "as_of", "verified_on")
    for program in rows:
        programs[program.institution_id].append(program)
    places = defaultdict(list)
    for place in Institution.objects.active().select_related("district__county", "county"):
        places[place.district or place.county].append(place)
    counties = defaultdict(list)
    for district, found in places.items():
        county = getattr(district, "county", district)
        counties[county.name].append(_district(district.name, found, programs))
    return [
        (county, sorted(rows, key=lambda row: row["name"]))
        for county, rows in sorted(counties.items())
    ]


def _district(name, places, programs):
    listed = [program for place in places for program in programs[place.pk]]
    return {
        "name": name,
        "places": len(places),
        "bare": sum(not programs[place.pk] for place in places),
        "programs": len(listed),
        "not_verified": sum(one.freshness == Freshness.NOT_VERIFIED for one in listed),
        "no_pathway": sum(one.pathway_id is None for one in listed),
    }


def missing():
    """[(what, how many programs lack it, of how many)]: one query."""
    rows = list(
        Program.objects.published()
        .annotate(
            has_course=Exists(Course.objects.filter(program=OuterRef("pk"))),
            has_award=Exists(Award.objects.filter(program=OuterRef("pk"))),
        )
        .values("cost", "length", "delivery", "schedule", "has_course", "has_award", "sector")
    )
    what = {
        "cost": _("Cost"),
        "length": _("Length"),
        "delivery": _("In person or online"),
        "schedule": _("Time of day"),
        "has_course": _("Courses"),
        "has_award": _("Awards"),
        "sector": _("Sector"),
    }
    return [(label, sum(not row[name] for row in rows), len(rows)) for name, label in what.items()]
