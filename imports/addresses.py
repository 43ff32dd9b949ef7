"""Today's addresses in rows that were written down before a page got another one."""

from programs.models import FormerSlug, Institution, Program


class Addresses:
    """Read once: two queries, whatever there is to readdress."""

    def __init__(self):
        kinds = (Institution, Program)
        self._moved = {model: FormerSlug.objects.leading_to(model) for model in kinds}

    def row(self, table, row):
        """A row of a file: a former address means the page that has it now, the row's own too."""
        return self._today(table.addressed, row)

    def entry(self, table, entry):
        """An Entry of a run: what it points at; what it is itself, its primary key says."""
        columns = {name: one.model for name, one in table.references.items() if one.by == "slug"}
        key = self._today(columns, dict(zip(table.key, entry.item.key, strict=True)))
        texts = self._today(columns, entry.item.texts)
        item = entry.item._replace(key=tuple(key.values()), texts=texts)
        return entry._replace(item=item, before=self._today(columns, entry.before))

    def _today(self, columns, row):
        found = {
            name: now
            for name, model in columns.items()
            if (now := self._moved.get(model, {}).get(row.get(name)))
        }
        return row | found if found else row
