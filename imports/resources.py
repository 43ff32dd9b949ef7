"""The pack's tables for django-import-export: its lists' buttons, its formats and its results, our comparison.

The library compares and saves row by row, one query and one save each, and knows one table at a time.
Here a resource is a face of `imports.compare` and `imports.write`: the same keys, the same checks and the
same record of changes as an uploaded workbook, whoever calls `import_data`.
"""

import tablib
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from import_export import resources, results
from import_export.formats import base_formats

from accounts.models import Change
from imports import scope
from imports.compare import Comparison
from imports.uploads.formulas import guarded
from imports.uploads.sheets import Sheet, workbook
from imports.uploads.writing import downloaded
from imports.write import write
from programs import careers

TYPES = {
    Change.Kind.NEW: results.RowResult.IMPORT_TYPE_NEW,
    Change.Kind.CHANGED: results.RowResult.IMPORT_TYPE_UPDATE,
}


class Workbook(base_formats.XLSX):
    """A sheet of texts: nothing in it can be a formula, so nothing need be taken out of it."""

    def export_data(self, dataset, **kwargs):
        rows = [dataset.headers, *([guarded(cell) for cell in row] for row in dataset)]
        sheet = Sheet(dataset.title or "rows", rows, is_text=True)
        return workbook([sheet, downloaded(dataset.moment)])


class TableResource(resources.ModelResource):
    """Of one Table, see `resource_of`."""

    table = None

    def export(self, queryset=None, **kwargs):
        moment = timezone.now()  # what is saved from now on is later
        rows = self.table.rows(queryset)
        data = tablib.Dataset(*(list(row.values()) for row in rows), headers=self.table.columns)
        data.title, data.moment = self.table.name, moment
        return data

    @transaction.atomic
    def import_data(self, dataset, dry_run=False, *, user=None, raise_errors=False, **kwargs):
        """The library's Result. `user` says whose rows may change; without one, all."""
        comparison = Comparison(scope.of(user) if user else None)
        rows = [(str(number), row) for number, row in enumerate(dataset.dict, start=1)]
        changes = list(comparison.changes(self.table, rows))
        if changes and not dry_run:
            write(changes, by=user)
            careers.suggest()
        result = self._result(changes, comparison)
        if raise_errors and result.invalid_rows:
            raise result.invalid_rows[0].error
        return result

    def _result(self, changes, comparison):
        result = results.Result()
        result.diff_headers = list(self.table.columns)
        for change in changes:
            row = results.RowResult()
            row.import_type, row.object_repr = TYPES[change.kind], change.name
            row.object_id, row.row_values = change.object_id, change.after
            result.append_row_result(row)
            result.totals[row.import_type] += 1
        for row in comparison.rejected:
            error = ValidationError(row.reason)
            result.invalid_rows.append(results.InvalidRow(int(row.place), error, row.values))
            result.totals[results.RowResult.IMPORT_TYPE_INVALID] += 1
        skipped = comparison.counts[self.table.name]["unchanged"]
        result.totals[results.RowResult.IMPORT_TYPE_SKIP] = skipped
        result.total_rows = len(changes) + len(comparison.rejected) + skipped
        return result


def resource_of(table):
    """The resource class of a table."""
    meta = type("Meta", (), {"model": table.model, "fields": table.columns})
    return type(f"{table.model.__name__}Resource", (TableResource,), {"table": table, "Meta": meta})
