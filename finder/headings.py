"""What a page of programs is called: "12 high school programs for “welding” in Imperial County".

A heading is put together from the inside: how many of what, for which words, where, how near, and the
filters that are left. Each step is a sentence of its own, because languages put their parts together
differently.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.filters import GROUPS
from finder.query import Reach
from programs.models import Segment

MOST_NAMED = 2  # filters, beside level, sector and county


def heading(search, total, labels):
    """The result in words, with the filters that matter most."""
    asked = search.asked.selected
    alone = {name: values[0] for name, values in asked.items() if len(values) == 1}
    what = _for_words(_programs(total, alone.get("level")), search, total)
    what = _where(
        what,
        *(labels[name][alone[name]].text if name in alone else "" for name in ("sector", "county")),
    )
    told = {"level", "sector", "county"} & alone.keys()
    others = [name for name in GROUPS if name in asked and name not in told]
    return _with_filters(
        _near(what, search, total), [_chosen(name, asked, labels) for name in others]
    )


def _programs(total, level):
    """ "12 high school programs", or of whatever level is chosen alone."""
    match level:
        case Segment.MIDDLE:
            text = ngettext(
                "%(count)s middle school program", "%(count)s middle school programs", total
            )
        case Segment.HIGH:
            text = ngettext(
                "%(count)s high school program", "%(count)s high school programs", total
            )
        case Segment.ADULT:
            text = ngettext(
                "%(count)s adult school program", "%(count)s adult school programs", total
            )
        case Segment.COLLEGE:
            text = ngettext(
                "%(count)s community college program", "%(count)s community college programs", total
            )
        case _:
            text = ngettext("%(count)s program", "%(count)s programs", total)
    return text % {"count": f"{total:,}"}


def _for_words(programs, search, total):
    if search.meaning.match is None:
        return programs
    values = {"programs": programs, "q": search.meaning.shown}
    if total and search.meaning.reach is Reach.SOME:
        return _("No program for all of “%(q)s”, %(programs)s for some of it") % values
    if total and search.meaning.reach is Reach.BESIDE:
        return _("No program for “%(q)s”, %(programs)s in the same field") % values
    return _("%(programs)s for “%(q)s”") % values


def _where(what, sector, county):
    values = {"what": what, "sector": sector, "county": county}
    if sector and county:
        return _("%(what)s in %(sector)s, %(county)s County") % values
    if sector:
        return _("%(what)s in %(sector)s") % values
    if county:
        return _("%(what)s in %(county)s County") % values
    return what


def _near(what, search, total):
    near = search.near
    if near and near.miles:
        values = {"what": what, "miles": near.miles, "zip": near.zip_code}
        return _("%(what)s within %(miles)s miles of %(zip)s") % values
    if near and total and search.sort == "distance":
        return _("%(what)s, nearest to %(zip)s first") % {"what": what, "zip": near.zip_code}
    return what


def _chosen(name, asked, labels):
    """What is chosen in one group of filters, in a few words."""
    texts = [labels[name][value].text for value in asked[name]]
    if len(texts) == 1:
        return texts[0]
    if len(texts) == 2:
        return _("%(one)s or %(other)s") % {"one": texts[0], "other": texts[1]}
    return f"{GROUPS[name].label} ({len(texts)})"


def _with_filters(what, filters):
    """What is left, each after a dot: "424 programs · Free · Certificate · 2 more filters"."""
    parts = [what, *filters[:MOST_NAMED]]
    more = len(filters) - MOST_NAMED
    if more > 0:
        text = ngettext("%(count)s more filter", "%(count)s more filters", more)
        parts.append(text % {"count": more})
    return " · ".join(parts)
