"""What the tests of imports share: a coordinator, files, and the way from one to the other."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from imports import keeping, official, runs, sources
from imports.models import ImportRun
from imports.sources.reading import SourceError
from imports.tables import BY_NAME


def csv_of(table, *rows):
    """A CSV file of the pack's table: the columns that the rows name, the key among them."""
    names = [name for name in BY_NAME[table].columns if any(name in row for row in rows)]
    text = io.StringIO()
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile(f"{table}.csv", text.getvalue().encode())


def uploaded(by, *files, **options):
    """A run that has been read: its preview stands."""
    run = keeping.upload(files, by=by, **options)
    runs.read(run)
    return ImportRun.objects.get(pk=run.pk)


def applied(by, *files, **options):
    run = uploaded(by, *files, **options)
    runs.apply(run, by=by)
    return ImportRun.objects.get(pk=run.pk)


def said(run, step="read"):
    return [str(row) for row in run.rejected.filter(step=step)]


def read_here(source, path):
    """In place of `official._read`: its own process would ask another database than the test's."""
    try:
        return sources.module(source).read(path)
    except SourceError as error:
        raise official.Unreadable(str(error)) from error
