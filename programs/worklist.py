"""The work list: what a coordinator has to look at, each kind of work declared once.

The admin's home counts the tasks, the lists filter by them (`?task=…`), the monthly mail names them. What a
task finds is a word of its model's queryset; whose rows they are is `editable_by`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import NamedTuple

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from programs import suggested_links
from programs.models import (
    District,
    Institution,
    InstitutionEditor,
    LinkCheck,
    Opportunity,
    Program,
    ProgramLink,
    Suggestion,
)
from programs.models.addresses import holders


class Group(models.TextChoices):
    """The columns of the table by district, and the order of the work list."""

    SUGGESTIONS = "suggestions", _("Suggestions")
    AGREEMENTS = "agreements", _("Agreements")
    ADDRESSES = "addresses", _("Web addresses")
    SPANISH = "spanish", _("Spanish")
    DRAFTS = "drafts", _("Drafts")
    DUPLICATES = "duplicates", _("Duplicates")
    PATHWAY = "pathway", _("No pathway")
    VERIFY = "verify", _("To verify")


class Task(NamedTuple):
    name: str  # in the address of its list: ?task=to-verify
    model: type[models.Model]
    word: str  # of the model's queryset
    group: Group
    label: str
    why: str
    first_action: str = ""  # what the list offers to do first

    @property
    def key(self):
        return f"{self.model._meta.model_name}.{self.name}"

    @property
    def address(self):
        return f"{reverse(_list_of(self.model))}?task={self.name}"

    def among(self, rows):
        return getattr(rows, self.word)()

    def rows(self, user):
        """The rows of this user that wait for it: what the list shows and the home counts."""
        return self.among(self.model._default_manager.editable_by(user))


class Page(NamedTuple):
    """Work with a page of its own, where what waits is no row yet."""

    key: str
    label: str
    why: str
    view: str  # the name of its address
    count: Callable  # of a user: how many wait

    @property
    def address(self):
        return reverse(self.view)


PAGES = [
    Page(
        "suggested-links",
        _("Likely next steps to confirm"),
        _("Pairs of programs where one seems to lead to the other. Say which do."),
        "admin:programs_programlink_suggested",
        suggested_links.count_for,
    ),
]

NOT_LOOKED_AT = _("Nobody has said within the last twelve months that they are still right.")

TASKS = [
    Task(
        "waiting", Suggestion, "waiting", Group.SUGGESTIONS,
        _("Suggestions from the public"),
        _("Somebody took the time to write what is wrong on a page."),
    ),
    Task(
        "expiring", ProgramLink, "expiring", Group.AGREEMENTS,
        _("Agreements that run out within 90 days"),
        _("Ask whether they are renewed, and write the new date."),
    ),
    Task(
        "expired", ProgramLink, "expired", Group.AGREEMENTS,
        _("Agreements that have run out"),
        _("Readers are told that they ended. Write the new date, or delete them."),
    ),
    Task(
        "dead", LinkCheck, "dead", Group.ADDRESSES,
        _("Web addresses that no longer answer"),
        _("Whoever follows them finds nothing."),
        "check_again",
    ),
    Task(
        "untranslated", Program, "untranslated", Group.SPANISH,
        _("Programs without their Spanish"),
        _("On the Spanish pages a title or description stands in English."),
    ),
    Task(
        "stale-spanish", Program, "with_stale_spanish", Group.SPANISH,
        _("Programs whose English changed after the Spanish"),
        _("The two may no longer say the same."),
        "spanish_fits",
    ),
    Task(
        "drafts", Program, "drafts", Group.DRAFTS,
        _("Drafts waiting to be published"),
        _("Until then only staff sees them."),
    ),
    Task(
        "duplicates", Program, "possible_duplicates", Group.DUPLICATES,
        _("Possible duplicates"),
        _("Two programs of one school look like the same one."),
        "not_the_same",
    ),
    Task(
        "without-pathway", Program, "without_pathway", Group.PATHWAY,
        _("Programs without a pathway"),
        _("They stand on no map, and readers see no next step."),
    ),
    Task(
        "to-verify", Program, "to_verify", Group.VERIFY,
        _("Programs to verify"), NOT_LOOKED_AT, "verify",
    ),
    Task(
        "to-verify", ProgramLink, "to_verify", Group.VERIFY,
        _("Agreements and links to verify"), NOT_LOOKED_AT, "verify",
    ),
    Task(
        "to-verify", Institution, "to_verify", Group.VERIFY,
        _("Schools and colleges to verify"), NOT_LOOKED_AT, "verify",
    ),
    Task(
        "to-verify", Opportunity, "to_verify", Group.VERIFY,
        _("Work-based learning to verify"), NOT_LOOKED_AT, "verify",
    ),
]  # fmt: skip


def keeps_rows(user):
    """Whether there is a work list for this person at all."""
    return getattr(user, "is_administrator", False) or getattr(user, "is_coordinator", False)


def tasks_of(model):
    return [task for task in TASKS if task.model is model]


def find(model, name):
    return next((task for task in tasks_of(model) if task.name == name), None)


def by_key(key):
    return next((task for task in [*TASKS, *PAGES] if task.key == key), None)


def counts(user):
    """[(task or page, count)] of all, one query or two each, whatever there is to do."""
    kinds = {task.model for task in TASKS}
    own = {model: model._default_manager.editable_by(user) for model in kinds}
    pages = [(page, page.count(user)) for page in PAGES]
    return pages + [(task, task.among(own[task.model]).count()) for task in TASKS]


def _list_of(model):
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"


# --- The region at a glance, for administrators -------------------------------------------------


class DistrictRow(NamedTuple):
    name: str  # empty: rows that belong to no district
    counts: list  # in the order of Group
    coordinators: list  # [(name, when they last signed in)]

    @property
    def total(self):
        return sum(self.counts)


def by_district(user):
    """What is open in each district and who keeps it, the most work first."""
    counts, people = _counts_by_district(user), _coordinators()
    names = dict(District.objects.values_list("pk", "name"))
    rows = [
        DistrictRow(names.get(pk, ""), [counts[pk][group] for group in Group], people[pk])
        for pk in sorted(counts.keys() | people.keys(), key=str)
    ]
    return sorted(rows, key=lambda row: (not row.name, -row.total, row.name))


def _counts_by_district(user):
    counts = defaultdict(Counter)
    for task in TASKS:
        for districts, count in _places(task, user):
            for district in districts:
                counts[district][task.group] += count
    return counts


def _places(task, user):
    """[({district}, how many rows)]; what belongs to two districts is work for both."""
    if task.model is LinkCheck:
        return _places_of_addresses(task.rows(user))
    paths = district_paths(task.model)
    groups = task.rows(user).order_by().values_list(*paths).annotate(count=models.Count("pk"))
    return [(set(row[:-1]) - {None} or {None}, row[-1]) for row in groups]


def _places_of_addresses(checks):
    places = defaultdict(set)
    for rows, columns in holders():
        paths = district_paths(rows.model)
        for column in columns:
            found = rows.order_by().filter(**{f"{column}__in": checks.values("url")})
            for url, *districts in found.values_list(column, *paths).distinct():
                places[url] |= set(districts) - {None} or {None}
    return [(districts, 1) for districts in places.values()]


def district_paths(model):
    """["institution__district"]: the ways from a row to the districts it belongs to."""
    if model is Institution:
        return ["district"]
    paths = []
    for owner in model.owners:
        related = model._meta.get_field(owner).related_model
        if related is District:
            paths.append(owner)
        else:
            paths += [f"{owner}__{path}" for path in district_paths(related)]
    return paths


def _coordinators():
    people = defaultdict(list)
    assigned = InstitutionEditor.objects.filter(user__is_active=True, user__role=Role.COORDINATOR)
    for one in assigned.select_related("user", "institution").order_by("user__email"):
        district = one.district_id or one.institution.district_id
        person = one.user.called, _day(one.user.last_login)
        if person not in people[district]:
            people[district].append(person)
    return people


def _day(moment):
    return timezone.localdate(moment) if moment else None
