"""The form that narrows a gap, and the chips that take a filter away."""

from django.utils.translation import gettext as _

from planning.models import Kind
from planning.thresholds import DISTANCE, DISTANCES
from programs.models import Segment


def filters(kind, facts, scope):
    """[{name, label, any, groups: [(title, [(value, text, chosen)])]}]: one <select> each, with `any` as the
    text of no choice, "" where one is always chosen; a group without a title stands by itself."""
    return [
        _rows("sector", _("Industry sector"), _("All sectors"), facts.sectors, scope.sector),
        _rows("county", _("County"), _("All counties"), facts.counties, scope.county),
        _districts(facts, scope),
        *(own(scope) for own in OWN.get(kind, ())),
    ]


def _districts(facts, scope):
    """Those with a program come first: most of the others teach children."""
    teaching = {program.institution.district_id for program in facts.programs.values()}
    groups = [
        (_("With programs"), [row for row in facts.districts if row.pk in teaching]),
        (_("No program is listed yet"), [row for row in facts.districts if row.pk not in teaching]),
    ]
    chosen = scope.district.slug if scope.district else ""
    return {
        "name": "district",
        "label": _("District"),
        "any": _("All districts"),
        "groups": [(title, _options(_texts(rows), chosen)) for title, rows in groups if rows],
    }


def _distance(scope):
    miles = [(str(one), _("%(miles)s miles") % {"miles": one}) for one in DISTANCES]
    return _choice("distance", _("Distance"), "", miles, str(scope.distance))


def _missing(scope):
    everything = _("One or the other")
    return _choice("missing", _("What is missing"), everything, _lacks(), scope.missing)


def _lacks():
    return [("program", _("A college program nearby")), ("agreement", _("An agreement"))]


def _study(scope):
    everything, chosen = _("Less than a bachelor’s degree"), "1" if scope.beyond else ""
    return _choice("beyond", _("Usual education"), everything, [("1", _("All jobs"))], chosen)


def _level(scope):
    levels = [(level.value, str(level.label)) for level in Segment]
    return _choice("level", _("Level"), _("All levels"), levels, scope.level)


OWN = {
    Kind.NEXT_STEP: [_distance, _missing],
    Kind.FEEDERS: [_distance],
    Kind.ACCELERATION: [_distance],
    Kind.DEMAND: [_study],
    Kind.COVERAGE: [_level],
}


def _rows(name, label, everything, rows, chosen):
    return _choice(name, label, everything, _texts(rows), chosen.slug if chosen else "")


def _texts(rows):
    return [(row.slug, getattr(row, "title", None) or row.name) for row in rows]


def _choice(name, label, everything, texts, chosen):
    groups = [("", _options(texts, chosen))]
    return {"name": name, "label": label, "any": everything, "groups": groups}


def _options(texts, chosen):
    return [(value, text, value == chosen) for value, text in texts]


def label(scope):
    """The chosen places and sector in words, for the title: "Manufacturing, Imperial County"."""
    parts = [scope.sector and str(scope.sector.title)]
    parts += [scope.county and _("%(county)s County") % {"county": scope.county.name}]
    parts += [scope.district and scope.district.name]
    return ", ".join(part for part in parts if part)


def chips(scope):
    """[(label, remove_label, url)]: templates/components/chips.html."""
    found = []
    if scope.sector:
        found.append((str(scope.sector.title), {"sector": None}))
    if scope.county:
        found.append((_("%(county)s County") % {"county": scope.county.name}, {"county": None}))
    if scope.district:
        found.append((scope.district.name, {"district": None}))
    if scope.distance != DISTANCE:
        found.append((_("%(miles)s miles") % {"miles": scope.distance}, {"distance": DISTANCE}))
    if scope.missing:
        found.append((dict(_lacks())[scope.missing], {"missing": ""}))
    if scope.beyond:
        found.append((_("All jobs"), {"beyond": False}))
    if scope.level:
        found.append((str(Segment(scope.level).label), {"level": ""}))
    return [
        (text, _("Remove filter: %(label)s") % {"label": text}, f"?{scope.query(**change)}")
        for text, change in found
    ]
