"""Why two programs are likely to follow each other, in the reader's words."""

from collections import defaultdict
from typing import NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from programs.models import LinkKind, ProgramLink

OF_THE_FIELD, AGREEMENT = 20, 10  # points
STEPS = (LinkKind.RECOMMENDED, LinkKind.FEEDER)  # links that are no agreement


class Reason(NamedTuple):
    """Why two programs are likely to follow each other."""

    kind: str
    values: tuple
    points: int

    @property
    def words(self):
        return SAID[self.kind](*self.values)


def _like_course(ours, theirs):
    return _("Course “%(ours)s” is like “%(theirs)s”") % {"ours": ours, "theirs": theirs}


def _agreements(place, count):
    said = ngettext(
        "%(place)s has %(count)s agreement with this college",
        "%(place)s has %(count)s agreements with this college",
        count,
    )
    return said % {"place": place, "count": count}


def _spoken(english, spanish):
    return spanish if spanish and (get_language() or "").startswith("es") else english


def _away(way):
    return ngettext("%(way)s mile away", "%(way)s miles away", way) % {"way": way}


SAID = {
    "pathway": lambda *titles: _("Same pathway: %(title)s") % {"title": _spoken(*titles)},
    "leads": lambda code: _("Its TOP code %(code)s leads to this pathway") % {"code": code},
    "code": lambda code: _("Same TOP code: %(code)s") % {"code": code},
    "family": lambda code: _("TOP codes of one family: %(code)s") % {"code": code},
    "title": lambda ours, theirs: (
        _("“%(ours)s” is like “%(theirs)s”") % {"ours": ours, "theirs": theirs}
    ),
    "course": _like_course,
    "miles": _away,
    "agreements": _agreements,
}


class Agreements:
    """Agreements in force, counted between the places that they name."""

    def __init__(self):
        signed = ProgramLink.objects.published().current().exclude(kind__in=STEPS)
        rows = signed.order_by().values_list(
            "from_institution", "from_district", "to_institution", "to_district", "pathway", "sector"
        )  # fmt: skip
        self.found = defaultdict(list)
        for school, district, college, its_district, pathway, sector in rows:
            origin = ("school", school) if school else ("district", district)
            goal = ("school", college) if college else ("district", its_district)
            self.found[origin, goal].append((pathway, sector))

    def between(self, origin, college):
        """[Reason]: one, or none. Agreements of the school itself come before those of its district."""
        goals = [("school", college.school), ("district", college.district)]
        places = [(("school", origin.school), origin.school_name)]
        if origin.district_segment == origin.segment:
            places.append((("district", origin.district), origin.district_name))
        for place, name in places:
            fields = [field for goal in goals for field in self.found.get((place, goal), ())]
            if fields:
                points = OF_THE_FIELD if _covers(fields, origin) else AGREEMENT
                return [Reason("agreements", (name, len(fields)), points)]
        return []


def _covers(fields, side):
    """Whether one of the (pathway, sector) is the program's; most agreements name none."""
    return any(
        side.pathway == (pathway or 0) or side.sector == (sector or 0) for pathway, sector in fields
    )
