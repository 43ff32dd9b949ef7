"""Why the database would refuse a row, in plain words, without asking it.

A preview must know before anything is written, and asking for every row would cost thousands of
queries. The rules are read off the models, so there is no second list of them.
"""

from functools import cache

from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports import cells
from imports.tables import to_text

# What a row must be; each CheckConstraint of the pack's models stands here.
RULES = {
    "labor_figure_county_only_for_counties": gettext_lazy(
        "only a figure about a county names a county, and it must name one"
    ),
    "related_occupation_is_another": gettext_lazy(
        "an occupation is not related to itself, name another one"
    ),
    "institution_point_whole_and_sourced": gettext_lazy(
        "latitude, longitude and where the point comes from are given together or not at all"
    ),
    "program_link_has_both_ends": gettext_lazy(
        "each end of a link names a district or an institution"
    ),
    "program_link_confirmed_whole": gettext_lazy("a confirmed link has the date it was confirmed"),
    "opportunity_has_a_host": gettext_lazy("names neither a district nor an institution"),
}


def broken(table, row, *, is_new):
    """[reason] why the database would refuse a row of text: what is missing, and which rule it breaks."""
    missing = [
        _("%(column)s: missing") % {"column": name}
        for name in required(table)
        if is_new and not row.get(name)
    ]
    return missing or [
        _words(each)
        for each in table.model._meta.constraints
        if isinstance(each, CheckConstraint) and not holds(each.condition, row)
    ]


@cache
def required(table):
    """The columns that a new row must fill; those of the model that the table lacks, too."""
    return [
        field.name
        for field in table.model._meta.concrete_fields
        if not field.primary_key and field.editable and cells.is_required(field)
    ]


def holds(condition, row):
    """Whether a row of text meets a Q. An empty cell is NULL, and an empty text."""
    if not isinstance(condition, Q):
        return _is(*condition, row)
    found = (holds(child, row) for child in condition.children)
    met = all(found) if condition.connector == Q.AND else any(found)
    return met != condition.negated


def _is(lookup, wanted, row):
    name, _separator, verb = lookup.partition("__")
    text = row.get(name, "")
    if verb == "isnull":
        return (text == "") == wanted
    if verb not in ("", "exact"):
        raise NotImplementedError(lookup)
    if isinstance(wanted, F):
        return text == row.get(wanted.name, "")
    return text == to_text(wanted)


def same(columns, name):
    return _("it has the same %(columns)s as: %(name)s") % {
        "columns": ", ".join(columns),
        "name": name,
    }


def _words(constraint):
    return str(
        RULES.get(constraint.name) or _("breaks the rule “%(name)s”") % {"name": constraint.name}
    )
