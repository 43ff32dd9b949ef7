"""How fast a spreadsheet is previewed and applied, with full history, beside the library's own default.

    LOCAL=1 .venv/bin/python -m tests.benchmarks.import_speed     # 5,000 changed rows, both, in one run
    LOCAL=1 .venv/bin/python -m tests.benchmarks.import_speed --rows 100000 --ours    # time and memory

Both start from the same CSV and the same database of its own in a temporary folder: the library by a
plain ModelResource (a dry run for the preview, then the import; each save recorded in the history by our
signals, and once more without any history), ours by the steps of an uploaded file, its own reading process
included. With --ours, another process signs in and saves a program all the while, as a colleague would; its
longest wait is told.
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.db.models.signals import post_save, pre_save

EDITOR = """
import os, sys, time, django
django.setup()
from django.contrib.auth import authenticate
from programs.models import Program
longest = saves = 0
while not os.path.exists(sys.argv[1]):
    begun = time.perf_counter()
    assert authenticate(username="ana@example.org", email="ana@example.org", password="a-long-password")
    program = Program.objects.get(slug="edited-meanwhile")
    program.length = str(time.time())
    program.save()
    longest, saves = max(longest, time.perf_counter() - begun), saves + 1
    time.sleep(0.2)
print(f"meanwhile: {saves} sign-ins and saves, no lock error, the longest took {longest:.1f} s")
"""


def main(rows, only_ours):
    from programs.models import Program

    ana, file = set_up(rows)
    if not only_ours:
        library = timed(lambda: by_the_library(file))
        as_before = {"title_en": "Welding", "length": ""}
        Program.objects.filter(slug__startswith="p-").update(**as_before)
        with without_history():
            bare = timed(lambda: by_the_library(file))
        Program.objects.filter(slug__startswith="p-").update(**as_before)
    with colleague() if only_ours else nullcontext():
        ours = timed(lambda: by_ours(file, ana))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"ours, preview and apply: {ours:.1f} s; peak {peak} MB, reading process {child} MB")
    if not only_ours:
        print(f"django-import-export's default: {library:.1f} s; ratio {library / ours:.1f}")
        print(f"the same without any history: {bare:.1f} s; ratio {bare / ours:.1f}")


@contextmanager
def colleague():
    """Somebody who signs in and saves while the import runs."""
    done = os.path.join(os.environ["VAR_DIR"], "done")
    process = subprocess.Popen([sys.executable, "-c", EDITOR, done])
    try:
        yield
    finally:
        Path(done).touch()
        assert process.wait(120) == 0, "the colleague met an error"


@contextmanager
def without_history():
    """Saves as plain Django's: no record of changes, no version of the catalogue."""
    signals = pre_save, post_save
    kept = [signal.receivers for signal in signals]
    for signal in signals:
        signal.receivers = []
        signal.sender_receivers_cache.clear()
    try:
        yield
    finally:
        for signal, receivers in zip(signals, kept, strict=True):
            signal.receivers = receivers
            signal.sender_receivers_cache.clear()


def timed(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def set_up(rows):
    """A coordinator, a college with so many programs, and a file that changes each of them."""
    from django.core.management import call_command

    from accounts.models import Role, User
    from imports.tables import BY_NAME
    from programs.models import Program
    from tests import factories

    call_command("migrate", verbosity=0)
    ana = User.objects.create_user("ana@example.org", "a-long-password", role=Role.ADMINISTRATOR)
    college = factories.make_institution("Palomar College")
    factories.make_program("Edited", slug="edited-meanwhile", institution=college)
    release = factories.make_release()
    Program.objects.bulk_create(
        Program(
            slug=f"p-{n:06}", title_en="Welding", institution=college, release=release, as_of="2026"
        )
        for n in range(rows)
    )
    table = BY_NAME["programs"]
    path = os.path.join(os.environ["VAR_DIR"], "programs.csv")
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, table.columns)
        writer.writeheader()
        for _pk, row in table.read(Program.objects.filter(slug__startswith="p-")):
            writer.writerow(row | {"title_en": f"Welding {row['slug']}", "length": "2 years"})
    return ana, path


def by_the_library(path):
    import tablib
    from import_export import fields, resources, widgets

    from imports.tables import BY_NAME
    from programs.models import Program

    references = BY_NAME["programs"].references
    declared = {
        name: fields.Field(name, name, widgets.ForeignKeyWidget(reference.model, reference.by))
        for name, reference in references.items()
    }
    meta = type(
        "Meta",
        (),
        {"model": Program, "import_id_fields": ["slug"], "fields": BY_NAME["programs"].columns},
    )
    resource_class = type("Default", (resources.ModelResource,), {**declared, "Meta": meta})
    with open(path, encoding="utf-8") as file:
        data = tablib.Dataset().load(file.read(), format="csv")
    for dry_run in (True, False):
        result = resource_class().import_data(
            data, dry_run=dry_run, raise_errors=True, use_transactions=True
        )
        assert result.totals["update"] == len(data), dict(result.totals)


def by_ours(path, ana):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from imports import keeping, runs

    with open(path, "rb") as file:
        run = keeping.upload([SimpleUploadedFile("programs.csv", file.read())], by=ana)
    read = timed(lambda: runs.read(run))
    applied = timed(lambda: runs.apply(run, by=ana))
    assert run.state == "applied", run.problem
    print(f"ours: preview {read:.1f} s, apply {applied:.1f} s, {run.counts}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--ours", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "VAR_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "pathways.settings",
            "UPLOAD_MAX_MB": "200",
        }
        import django

        django.setup()
        main(options.rows, options.ours)
