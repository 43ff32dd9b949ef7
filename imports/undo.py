"""Taking a run back: every row to what it was, but for those that somebody has changed since."""

from django.utils.translation import gettext as _

from accounts.models import Change
from imports.compare import batched
from imports.tables import BY_NAME, TABLES, of_model, to_text
from imports.write import SIGNED, sheets
from programs.models import Dismissal, FormerSlug, Program, ProgramOccupation

CHUNK = 500
CARRIED = (Dismissal, FormerSlug)  # kept for the sake of a program, and not without it
COMPUTED = ("codes", "pathway")
PROGRAMS = BY_NAME["programs"]
Kind = Change.Kind
OPPOSITE = {Kind.NEW: Kind.DELETED, Kind.DELETED: Kind.NEW, Kind.CHANGED: Kind.CHANGED}


def backwards(entries, own):
    """({Table: {kind: [Item]}} that restores what was, [(Table, Entry, why it stays)]).

    `own`, of `imports.scope`, says whose rows these are now. They are locked (`write.lock`).
    """
    items, refused = sheets(), []
    for table in reversed(TABLES):
        free, edited = _unedited(table, entries[table], own)
        used = _in_use(table, {one.item.pk for one in free if one.kind == Kind.NEW}, items)
        refused += [(table, *one) for one in edited]
        for entry in free:
            if entry.kind == Kind.NEW and entry.item.pk in used:
                refused.append((table, entry, _("something has been added to it since")))
            else:
                items[table][OPPOSITE[entry.kind]].append(_back(entry))
    return items, refused


def _back(entry):
    """What undoing writes. A row that was removed is made again, under its former primary key."""
    changed = entry.kind == Kind.CHANGED
    texts = {name: entry.before.get(name, "") for name in entry.item.texts}
    return entry.item._replace(texts=texts if changed else entry.before)


def _asked(entry):
    """The entry as undoing writes it, to ask whose row that is: a removed one has no owner but its texts."""
    item = _back(entry)
    return entry._replace(item=item._replace(pk=None) if entry.kind == Kind.DELETED else item)


def _unedited(table, entries, own):
    """The entries whose rows still stand as the run left them, and the others with the reason."""
    free, edited = [], []
    for some in batched(entries, CHUNK):
        writable = own.writable(table, [_asked(entry) for entry in some])
        rows = table.model.objects.filter(pk__in=[entry.item.pk for entry in some])
        now = dict(table.read(rows))
        for entry in some:
            reason = _why_not(table, entry, now.get(entry.item.pk))
            if entry.change not in writable:
                reason = _("this row is not one of yours any more")
            if reason:
                edited.append((entry, reason))
            else:
                free.append(entry)
    return free, edited


def _why_not(table, entry, row):
    if entry.kind == Kind.DELETED:
        return _("it is there again") if row else ""
    if row is None:
        return _("it is not there any more")
    left = _left(table, entry).items()
    names = [table.label(name) for name, text in left if row[name] != text]
    return _("changed since: %(columns)s") % {"columns": "; ".join(names)} if names else ""


def _left(table, entry):
    """{column: text} as the run left the row: of a new one also what the file did not say."""
    said = entry.item.texts
    if entry.kind != Kind.NEW:
        return said
    return {
        name: to_text(field.get_default())
        for name, field in table.fields.items()
        if not (field.has_default() and callable(field.default))  # made with the row
    } | said


class Signatures:
    """For `put`: who had verified or confirmed what a run replaced, as the record of changes tells."""

    def __init__(self, run):
        self._who = {}
        words = [f"{word}_on" for word in SIGNED]
        replaced = Change.objects.filter(run=run.pk, before__has_any_keys=words)
        earlier = Change.objects.standing().exclude(run=run.pk)
        earlier = earlier.filter(at__lt=run.applied_at, after__has_any_keys=words)
        for table in TABLES:
            model = table.model._meta.label_lower
            rows = replaced.filter(model=model).values_list("object_id", flat=True)
            for some in batched(rows, CHUNK):
                found = earlier.filter(model=model, object_id__in=some).order_by("at", "pk")
                for row, after, by in found.values_list("object_id", "after", "by"):
                    self._who |= {(model, row, word, after.get(word)): by for word in words}

    def __call__(self, table, item, word):
        day = item.texts[f"{word}_on"]
        return self._who.get((table.model._meta.label_lower, str(item.pk), f"{word}_on", day))


def _in_use(table, pks, items):
    """Of rows about to go, those that something points at which does not go with them."""
    used = set()
    for relation in _relations(table.model):
        model, name = relation.related_model, relation.field.attname
        if model in CARRIED:
            continue
        rows, free = _worth_keeping(model), _freed(model, relation.field.name, items)
        for some in batched(pks, CHUNK):
            found = rows.filter(**{f"{name}__in": some}).values_list("pk", name)
            used |= {owner for pk, owner in found if pk not in free}
    return used


def _relations(model):
    """Every foreign key to a model, those without a name for the way back too."""
    fields = model._meta.get_fields(include_hidden=True)
    return [one for one in fields if one.auto_created and (one.one_to_many or one.one_to_one)]


def _freed(model, column, items):
    """Primary keys of the rows that undoing takes away, or whose foreign key it sets back."""
    table = of_model(model._meta.label_lower)
    if table is None:
        return set()
    back = {item.pk for item in items[table][Kind.CHANGED] if column in item.texts}
    return back | {item.pk for item in items[table][Kind.DELETED]}


def _worth_keeping(model):
    rows = model._base_manager.all()
    return rows.exclude(basis__in=COMPUTED) if model is ProgramOccupation else rows


def clear(items):
    """What goes with the programs that are about to go: plain statements, `put` counts the step."""
    pks = [item.pk for item in items[PROGRAMS][Kind.DELETED]]
    for some in batched(pks, CHUNK):
        for model in (*CARRIED, ProgramOccupation):
            for relation in _to_programs(model):
                rows = model._base_manager.filter(**{f"{relation}__in": some})
                rows._raw_delete(rows.db)


def _to_programs(model):
    return [field.name for field in model._meta.fields if field.related_model is Program]
