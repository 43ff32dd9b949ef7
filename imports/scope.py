"""Whose rows a file may change."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.models import District, Institution, Program, ProgramLink

# What coordinators upload, in the order of TABLES, and what in it only an administrator changes.
COORDINATED = {
    # A file recognizes a school by its address, so it cannot give it another one.
    "institutions": {"slug", *Institution.KEPT_BY_REGION},
    "institution_names": set(),
    "programs": {"ctid"},
    "courses": set(),
    "awards": set(),
    "links": set(),
    "opportunities": set(),
    "program_occupations": set(),
}


def of(user):
    """The scope of a user: an administrator's file may change everything, a closed account's nothing."""
    return Everything() if user.is_administrator and user.is_active else OwnRows(user)


class Everything:
    """A pack, an official release, an administrator's workbook."""

    def check(self, table, key, old, after):
        pass

    def coming(self, table, key, row):
        pass

    def writable(self, table, entries):
        """Those of some proposed entries that may be written now: all."""
        return {entry.change for entry in entries}

    def rows(self, table):
        """Yield (primary key, {column: text}) of the rows that a complete file would hold."""
        return table.read(table.model.objects.filter(**table.only))


class OwnRows:
    """A coordinator's workbook: `editable_by`, asked once and kept as natural keys."""

    def __init__(self, user):
        self.user = user
        self._own = {
            model: set(model.objects.editable_by(user).values_list("slug", flat=True))
            for model in (District, Institution, Program)
        }

    def check(self, table, key, old, after):
        """Raises ValidationError unless the row is theirs, before and after."""
        if old is not None and not after:
            return
        if table.name not in COORDINATED:
            raise ValidationError(_("only an administrator can change this table"))
        if table.model is Institution and old is None:
            raise ValidationError(_("only an administrator can add an institution"))
        if old is not None and not self._is_own(table, old):
            raise ValidationError(_("this row is not one of yours"))
        row = {**(old or {}), **after}
        if not self._is_own(table, row) or self._foreign(table, after):
            raise ValidationError(_not_yours(table, row, self._own))
        guarded = COORDINATED[table.name] & after.keys() if old is not None else set()
        if guarded:
            names = ", ".join(sorted(guarded))
            raise ValidationError(
                _("only an administrator can change %(names)s") % {"names": names}
            )

    def coming(self, table, key, row):
        if table.model is Program:
            self._own[Program].add(key[0])

    def writable(self, table, entries):
        """Asked again when a run is applied or undone: somebody may have lost a school since."""
        if table.name not in COORDINATED:
            return set()
        pks = [entry.item.pk for entry in entries if entry.item.pk]
        columns = [name for name in ("slug", *table.model.owners) if name in table.columns]
        rows = table.model.objects.editable_by(self.user).filter(pk__in=pks)
        now = dict(table.read(rows, columns))
        return {entry.change for entry in entries if self._may_write(table, entry.item, now)}

    def _may_write(self, table, item, now):
        """`now`: {primary key: its owners} of the rows that are theirs as the database stands."""
        is_new = item.pk is None
        if not is_new and (item.pk not in now or COORDINATED[table.name] & item.texts.keys()):
            return False
        row = {**now.get(item.pk, {}), **item.texts}
        if not self._is_own(table, row) or self._foreign(table, item.texts):
            return False
        if is_new:
            self.coming(table, item.key, item.texts)
        return True

    def rows(self, table):
        """Where only an administrator changes the status, nothing is theirs to retire."""
        if "status" in COORDINATED.get(table.name, {"status"}):
            return ()
        found = table.model.objects.editable_by(self.user)
        return table.read(found.filter(**table.only))

    def _foreign(self, table, cells):
        """Whether cells give a row an owner that is not theirs; a link's other end may be anybody's."""
        return table.model not in (ProgramLink, Institution) and any(
            cells[name] not in self._own[table.references[name].model]
            for name in table.model.owners
            if cells.get(name)
        )

    def _is_own(self, table, row):
        if table.model is Institution:
            return row.get("slug") in self._own[Institution]
        return any(
            row.get(name) in self._own[table.references[name].model]
            for name in table.model.owners
            if row.get(name)
        )


def _not_yours(table, row, own):
    """Why a row that is theirs, or new, may not belong to whom it names."""
    models = {name: table.references[name].model for name in table.model.owners}
    named = [row[n] for n, model in models.items() if row.get(n) and row[n] not in own[model]]
    if not named:
        return _("this row is not one of yours")
    told = {"names": ", ".join(f"“{name}”" for name in dict.fromkeys(named))}
    if Program in {table.references[name].model for name in table.model.owners}:
        return _("%(names)s is not one of your programs") % told
    return _("%(names)s is not one of your schools") % told
