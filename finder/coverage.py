"""What is listed and how fresh it is, so that a gap in the data is not read as a gap in the region."""

from collections import Counter, defaultdict

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from programs.models import Award, Course, Institution, Program, Segment


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
