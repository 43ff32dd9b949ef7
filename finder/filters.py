"""The finder's filters. Each has one definition with two meanings that select the same programs:

- `filter(queryset, values)` for the database (django-filter: the admin, exports, the tests);
- `clause(values)` for the search index, which answers the public pages.

Several values of one filter mean any of them, several filters mean all of them. A value that we do
not know is ignored. `select(data)` reads a query string without building a form, which would cost
more than the search itself.
"""

from typing import NamedTuple

import django_filters
import tantivy
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from finder import vocabulary
from finder.attendees import audiences
from finder.index import SCHEMA
from programs.models import Award, Program, ProgramLink, Segment

DISTANCES = (5, 10, 20, 50)  # miles


def one_of(name, values):
    """The index's clause for any of some values of a facet.

    Single terms: tantivy's own set of terms costs a quarter of a millisecond whatever it finds.
    """
    terms = [tantivy.Query.term_query(SCHEMA, name, value, "basic") for value in values]
    either = (
        terms[0]
        if len(terms) == 1
        else tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
    )
    return tantivy.Query.const_score_query(either, 0.0)


# --- Groups of checkboxes ----------------------------------------------------------------------


class KnownValues(forms.Field):
    """The known ones among any number of values, without repeats."""

    widget = forms.SelectMultiple

    def __init__(self, *args, name, **kwargs):
        super().__init__(*args, **kwargs)
        self.name = name

    def clean(self, values):
        known = vocabulary.current().labels("en")[self.name]
        return [value for value in dict.fromkeys(values or ()) if value in known]


class Group(django_filters.Filter):
    """A group of checkboxes: programs with any of the values.

    `field_name` leads to a column of the program or of what it belongs to; where a program has
    several, `through` gives the condition on a program for some values instead: an Exists, because a
    join would count a program once per match; also where the values are not those of the column.
    `ordered`: the values have an order of their own; others are offered by how many programs they have.
    """

    field_class = KnownValues

    def __init__(self, *, legend, field_name=None, through=None, ordered=False):
        super().__init__(field_name=field_name, lookup_expr="in", label=legend)
        self.through, self.ordered = through, ordered

    @property
    def field(self):
        if not hasattr(self, "_field"):
            self._field = KnownValues(name=self.name, label=self.label, required=False)
        return self._field

    def filter(self, queryset, values):
        if not values:
            return queryset
        if self.through:
            return queryset.filter(self.through(values))
        return queryset.filter(**{f"{self.field_name}__in": values})

    def clause(self, values):
        return one_of(self.name, values)


def attended(attendees):
    """Programs that any of these may attend."""
    return Q(audience__in=audiences(attendees))


def awarding(credentials):
    return Exists(Award.objects.filter(program=OuterRef("pk"), credential__in=credentials))


def with_early_credit(kinds):
    """Programs before college with an agreement that gives them credit: their own, or one of their school
    or else district that names no other program, pathway or sector."""
    found = ProgramLink.objects.published().filter(kind__in=kinds)
    links = ProgramLink.objects.filter(pk__in=[link.pk for link in found if link.gives_credit])
    of_the_program = links.filter(from_program=OuterRef("pk"))
    fitting = links.filter(
        Q(pathway=None) | Q(pathway=OuterRef("pathway")),
        Q(sector=None) | Q(sector=OuterRef("sector")),
        from_program=None,
    )
    of_its_school = fitting.filter(from_institution=OuterRef("institution"))
    of_its_district = fitting.filter(
        from_institution=None,
        from_district=OuterRef("institution__district"),
        from_district__segment=OuterRef("institution__segment"),
    )
    return ~Q(institution__segment=Segment.COLLEGE) & (
        Exists(of_the_program) | Exists(of_its_school) | Exists(of_its_district)
    )


# --- Distance ----------------------------------------------------------------------------------


class Nearness(NamedTuple):
    """A ZIP code of the region, a number of miles or None for any, and what is how far from it.

    Distances are from the middle of the ZIP code: within some miles is also what has the code in its
    address.
    """

    zip_code: str
    miles: int | None
    distances: dict  # institution slug -> miles
    inside: frozenset  # slugs of the institutions in the ZIP code itself

    def far(self, slug):
        """Miles to an institution, for the order: in the ZIP code itself it is near, wherever exactly;
        elsewhere without a known point it comes last."""
        return self.distances.get(slug, 0.0 if slug in self.inside else float("inf"))

    @property
    def institutions(self):
        close = [slug for slug, miles in self.distances.items() if miles <= self.miles]
        return self.inside.union(close)


def nearness(zip_code, distance, words):
    """A Nearness, or None without a ZIP code of the region. Distances that we do not offer are any."""
    if zip_code not in words.zip_codes:
        return None
    miles = int(distance) if distance in map(str, DISTANCES) else None
    return Nearness(zip_code, miles, words.distances(zip_code), words.institutions_in(zip_code))


class NearnessField(forms.Field):
    widget = forms.TextInput


class Distance(django_filters.Filter):
    """Within some miles of the ZIP code beside it; distances are those of the institutions."""

    field_class = NearnessField

    def filter(self, queryset, value):
        zip_code = self.parent.data.get("zip", "") if self.parent.data else ""
        near = nearness(zip_code, value, vocabulary.current())
        if near is None or near.miles is None:
            return queryset
        return queryset.filter(institution__slug__in=near.institutions)

    def clause(self, near):
        return one_of("institution", sorted(near.institutions))


# --- All of them -------------------------------------------------------------------------------


class ProgramFilters(django_filters.FilterSet):
    """In the order of the harm they avoid: who may attend, level, cost, place, then the rest."""

    audience = Group(legend=_("Who may attend"), through=attended, ordered=True)
    level = Group(legend=_("School level"), field_name="institution__segment", ordered=True)
    cost = Group(legend=_("Cost"), field_name="cost", ordered=True)
    county = Group(legend=_("County"), field_name="institution__county__slug")
    sector = Group(legend=_("Industry sector"), field_name="sector__slug")
    pathway = Group(legend=_("Pathway"), field_name="pathway__slug")
    credential = Group(legend=_("Credential"), through=awarding, ordered=True)
    credit = Group(legend=_("Early college credit"), through=with_early_credit, ordered=True)
    district = Group(legend=_("District"), field_name="institution__district__slug")
    institution = Group(legend=_("School or college"), field_name="institution__slug")
    delivery = Group(legend=_("Delivery"), field_name="delivery", ordered=True)
    schedule = Group(legend=_("Time of day"), field_name="schedule", ordered=True)
    distance = Distance(label=_("Distance"))

    class Meta:
        model = Program
        fields = []


GROUPS = {
    name: definition
    for name, definition in ProgramFilters.base_filters.items()
    if isinstance(definition, Group)
}
for name, definition in GROUPS.items():
    definition.name = name


def select(data, words):
    """{filter: its known values} of a query string, only of the filters with any."""
    selected = {}
    for name in GROUPS:
        known = words.labels("en")[name]
        values = [value for value in dict.fromkeys(data.getlist(name)) if value in known]
        if values:
            selected[name] = values
    return selected
