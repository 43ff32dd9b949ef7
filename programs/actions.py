"""What people do with rows besides filling in a form: each in one transaction, recorded with who did it.

The rows come as a queryset or a list; who may do it has been asked before (`programs/admin/ownership.py`).
"""

from itertools import combinations

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from accounts.changes import acting
from accounts.models import Change
from programs import catalogue, duplicates
from programs.models import Dismissal, FormerSlug, Program, Suggestion

NOT_COPIED = {"id", "slug", "ctid", "status", "version", "changed_in", "verified_on", "verified_by"}
OF_THE_AWARD = {
    "id", "program", "credential", "level", "title", "control_number", "conferred", "conferred_period",
}  # fmt: skip


@transaction.atomic
def verify(rows, *, by):
    """Somebody has looked: the rows are still right. How many there were."""
    return _write(rows, by=by, verified_on=timezone.localdate(), verified_by=by)


@transaction.atomic
def publish(programs, *, by):
    """The programs stand on the public pages. How many were not there before."""
    return _set_status(programs, Program.Status.PUBLISHED, by)


@transaction.atomic
def retire(programs, *, by):
    """The programs are kept, but leave the public pages."""
    return _set_status(programs, Program.Status.RETIRED, by)


@transaction.atomic
def back_to_draft(programs, *, by):
    """The programs are seen by staff only, to be worked on."""
    return _set_status(programs, Program.Status.DRAFT, by)


def _set_status(programs, status, by):
    return _write([row for row in programs if row.status != status], by=by, status=status)


def _write(rows, *, by, **values):
    """Save the same values in each row, one by one: the record and the catalogue follow each save."""
    with acting(by), catalogue.once():
        for row in (found := _locked(rows)):
            for name, value in values.items():
                setattr(row, name, value)
            row.save(update_fields=list(values))
    return len(found)


def _locked(rows):
    """The rows in the order of their keys, as an import locks them, so that no two wait for each other."""
    found = sorted(rows, key=lambda row: row.pk)
    if found:
        manager = type(found[0])._base_manager
        list(manager.select_for_update().filter(pk__in=[row.pk for row in found]).order_by("pk"))
    return found


@transaction.atomic
def spanish_fits(programs, *, by):
    """Somebody has read the Spanish beside the changed English: noted, nothing else changes."""
    programs = list(programs)
    for program in programs:
        texts = {"title_es": program.title_es, "description_es": program.description_es}
        Change.objects.create(
            model=program._meta.label_lower,
            object_id=str(program.pk),
            name=str(program)[:300],
            kind=Change.Kind.CHANGED,
            before=texts,
            after=texts,
            by=by,
            at=timezone.now(),
        )
    return len(programs)


@transaction.atomic
def not_the_same(programs, *, by):
    """Dismiss the likeness of these programs; of one alone, to all that it resembles."""
    pks = {program.pk for program in programs}
    alike = duplicates.pairs()
    chosen = alike & set(combinations(sorted(pks), 2)) or {p for p in alike if pks & set(p)}
    for one, other in sorted(chosen):
        Dismissal.objects.get_or_create(
            kind=Dismissal.Kind.DUPLICATE, program_id=one, other_id=other, defaults={"by": by}
        )
    return len(chosen)


@transaction.atomic
def copy(program, *, to, by):
    """A draft at institution `to` with the courses and awards of `program`, its title marked.

    What the state numbers, and what others have confirmed, is the original's alone: TOP code at the
    same institution, control numbers, awards a year, verification, agreements.
    """
    twin = Program(**_values(program, NOT_COPIED), status=Program.Status.DRAFT)
    twin.institution = to
    twin.title_en = _marked(program.title_en, "en")
    twin.title_es = _marked(program.title_es, "es")
    if to.programs.filter(top_code=program.top_code_id).exists():
        twin.top_code = None
    with acting(by), catalogue.once():
        twin.save()
        for course in program.courses.all():
            twin.courses.create(**_values(course, {"id", "program"}))
        for award in program.awards.all():
            twin.awards.get_or_create(
                credential=award.credential,
                level=award.level,
                title=award.title,
                defaults=_values(award, OF_THE_AWARD),
            )
    return twin


def _values(row, leave_out):
    return {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.name not in leave_out
    }


def _marked(title, language):
    return f"{title[:180]} {_mark(language)}" if title else ""


def _mark(language):
    with override(language):
        return gettext("(copy)")


def says_copy(title):
    return any(_mark(language) in title for language, _name in settings.LANGUAGES)


def is_called_a_copy(program):
    """A copy that nobody has given a name of its own yet: readers would see two of the same."""
    return says_copy(program.title_en) or says_copy(program.title_es)


def was_public(row):
    """False when the record knows the row as a draft from its first day on."""
    made = Change.objects.of(row)
    began = made.filter(kind=Change.Kind.NEW, after__status=Program.Status.DRAFT)
    return not began.exists() or made.filter(after__status=Program.Status.PUBLISHED).exists()


def keep_former(row, former):
    """Note the address that a row has just left. One that it returns to is no former one any more."""
    kind = row._meta.model_name
    for again in FormerSlug.objects.filter(slug=row.slug, **{kind: row}):
        again.delete()
    FormerSlug.objects.get_or_create(slug=former, **{kind: row})


def taken_by_former(row, slug):
    """The other row whose former address this is, or None: its readers would land on the wrong page."""
    kind = row._meta.model_name
    found = FormerSlug.objects.filter(slug=slug, **{f"{kind}__isnull": False})
    found = found.exclude(**{kind: row.pk}).select_related(kind).first()
    return found and getattr(found, kind)


@transaction.atomic
def take_links_along(program, *, by):
    """A program has moved to another school: at its end its agreements name that one."""
    with acting(by), catalogue.once():
        for end, links in (("from", program.links_out.all()), ("to", program.links_in.all())):
            for link in links:
                setattr(link, f"{end}_institution", program.institution)
                link.save(update_fields=[f"{end}_institution"])


@transaction.atomic
def confirm(links, *, by):
    """Somebody who knows both ends says that the links hold. How many there were."""
    with acting(by), catalogue.once():
        for link in (found := list(links)):
            link.confirmed_on, link.confirmed_by = timezone.localdate(), by
            link.save(update_fields=["confirmed_on", "confirmed_by"])
    return len(found)


@transaction.atomic
def settle(suggestions, status, *, by):
    """What the public has written is done, dismissed, or new again. How many there were."""
    is_new = status == Suggestion.Status.NEW
    with acting(by):
        for suggestion in (found := list(suggestions)):
            suggestion.status = status
            suggestion.handled_on = None if is_new else timezone.localdate()
            suggestion.handled_by = None if is_new else by
            suggestion.save()
    return len(found)
