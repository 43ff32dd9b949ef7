"""Why the database refuses a row, in plain words.

Asked only of a row that was refused: checking every row of a pack beforehand would cost thousands
of queries, and the database checks them anyway.
"""

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, UniqueConstraint
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


def reasons(row):
    """[reason] of a model instance that could not be written, as the database now stands."""
    return [*_missing(row), *_twice(row), *_broken(row)]


def _missing(row):
    """Columns that must hold a value and have none, so that the row cannot be a new one."""
    return [
        _("%(column)s: missing") % {"column": field.name}
        for field in row._meta.concrete_fields
        if not (field.null or field.primary_key) and getattr(row, field.attname) is None
    ]


def _twice(row):
    """Values that one other row has already."""
    others = type(row).objects.exclude(pk=row.pk)
    return [
        _same([field.name])
        for field in row._meta.concrete_fields
        if field.unique
        and not field.primary_key
        and others.filter(**{field.attname: getattr(row, field.attname)}).exists()
    ]


def _broken(row):
    return [_words(each) for each in row._meta.constraints if not _holds(each, row)]


def _holds(constraint, row):
    try:
        constraint.validate(type(row), row)
    except ValidationError:
        return False
    return True


def _words(constraint):
    if isinstance(constraint, UniqueConstraint):
        return _same(constraint.fields)
    if isinstance(constraint, CheckConstraint) and constraint.name in RULES:
        return str(RULES[constraint.name])
    return _("breaks the rule “%(name)s”") % {"name": constraint.name}


def _same(columns):
    return _("another row has the same %(columns)s") % {"columns": ", ".join(columns)}
