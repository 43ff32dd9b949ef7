"""Kill -9 in the middle of an apply, again and again: the data are wholly old or wholly new.

    python -m tests.benchmarks.killed_imports --times 100

Works in a database of its own, beside the one of DATABASE_URL where that is PostgreSQL, else in SQLite in
a temporary folder. Every time a process of its own applies a run and is killed at a random moment; then
the run is recovered, and applied anew unless it was done. Last, two runs are applied at once.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROWS = 1500
SEED = 11


@contextmanager
def place(folder):
    """A fresh database and a folder for files, before Django is set up."""
    url = os.environ.get("DATABASE_URL", "")
    os.environ |= {
        "LOCAL": "1",
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "pathways.settings",
    }
    if not url.startswith("postgres"):
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/killed.sqlite3"
        yield
        return
    import psycopg2

    server = psycopg2.connect(url)
    server.autocommit = True
    name = f"killed_imports_{os.getpid()}"
    with server.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    os.environ["DATABASE_URL"] = f"{url.rpartition('/')[0]}/{name}"
    try:
        yield
    finally:
        from django.db import connections

        connections.close_all()
        with server.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


def prepare():
    """A coordinator, and their college with many programs."""
    import django

    django.setup()
    from django.core.management import call_command

    from programs.models import Program
    from tests.factories import make_institution, make_release, make_user

    call_command("migrate", verbosity=0)
    college, release = make_institution("Palomar College", slug="palomar"), make_release()
    Program.objects.bulk_create(
        Program(
            slug=f"p-{n}", title_en=f"Old {n}", institution=college, status="published",
            release=release, as_of="2026",
        )
        for n in range(ROWS)
    )  # fmt: skip
    return make_user(keeps=[college])


# --- What is seen -------------------------------------------------------------------------------------


def generations():
    """The first words of all titles: one word when the data are wholly old or wholly new."""
    from programs.models import Program

    return {title.split()[0] for title in Program.objects.values_list("title_en", flat=True)}


def is_sound():
    """Whether the database itself says so; PostgreSQL checks its pages as it reads them."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def is_on_record(run):
    """Whether all changes of the run are dated, or none is."""
    from accounts.models import Change

    dates = Change.objects.filter(run=run.pk).values_list("at", flat=True)
    return len({date is None for date in dates}) == 1


def is_traced():
    """Whether every title is what the last change on record says."""
    from accounts.models import Change
    from programs.models import Program

    said = {}
    for key, after in Change.objects.made().order_by("at", "pk").values_list("object_id", "after"):
        said[key] = after.get("title_en", said.get(key))
    return all(
        said[str(pk)] == title for pk, title in Program.objects.values_list("pk", "title_en")
    )


# --- What is done -------------------------------------------------------------------------------------


def uploaded(by, word, **more):
    from imports import runs
    from tests.imports.runs import csv_of, uploaded

    rows = [{"slug": f"p-{n}", "title_en": f"{word} {n}", **more} for n in range(ROWS)]
    run = uploaded(by, csv_of("programs", *rows))
    assert (run.state, run.counts["programs"]["changed"]) == ("ready", ROWS), runs
    return run


def applying(run, by):
    """The number of a process that applies a run; it exits with 0 when it is done."""
    from django.db import connections

    from imports import runs

    connections.close_all()  # a connection belongs to one process
    if child := os.fork():
        return child
    code = 1
    try:
        runs.apply(run, by=by)
        connections.close_all()
        code = 0
    finally:
        os._exit(code)


def killed(child, after):
    """Whether the process was still at work after so many seconds; it is not any more."""
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    _settled()
    return os.WIFSIGNALED(status)


def _settled():
    """PostgreSQL needs a moment to see that the other end of a connection is gone."""
    from django.db import connection

    with connection.cursor() as cursor:
        while connection.vendor == "postgresql":
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            )
            if cursor.fetchone() == (1,):
                return
            time.sleep(0.01)


def one_kill(by, number, delay):
    """{what: whether} of one killed apply and what came after it."""
    from imports import runs

    run = uploaded(by, f"Gen{number}")
    content = Path(run.file.path).read_bytes()
    was_killed = killed(applying(run, by), delay)
    seen = generations()
    found = {
        "killed": was_killed,
        "whole": len(seen) == 1 and is_on_record(run),
        "new": seen == {f"Gen{number}"},
        "sound": is_sound(),
        "file kept": Path(run.file.path).read_bytes() == content,
    }
    runs.recover()
    run.refresh_from_db()
    found["recovered"] = run.state == ("applied" if found["new"] else "ready")
    if run.state == "ready":
        runs.apply(run, by=by)
    run.refresh_from_db()
    found["applied in the end"] = run.state == "applied" and generations() == {f"Gen{number}"}
    return found


def two_at_once(by):
    """{what: whether}: two people apply two previews of the same rows in the same moment."""
    before = generations()
    runs_ = [uploaded(by, "Left", cost="free"), uploaded(by, "Right", cost="fee")]
    children = [applying(run, by) for run in runs_]
    codes = [os.waitpid(child, 0)[1] for child in children]
    for run in runs_:
        run.refresh_from_db()
    return {
        "both ended": codes == [0, 0] and {run.state for run in runs_} == {"applied", "ready"},
        "one was faster": generations() in ({"Left"}, {"Right"})
        and before.isdisjoint(generations()),
        "the other left out by name": sum(run.rejected.count() for run in runs_) == ROWS,
        "traced": is_traced(),
        "sound": is_sound(),
    }


def duration(by):
    """Seconds that an apply takes when nobody disturbs it."""
    run, start = uploaded(by, "Gen0"), time.perf_counter()
    os.waitpid(applying(run, by), 0)
    return time.perf_counter() - start


def report(times):
    by, chance = prepare(), random.Random(SEED)
    full = duration(by)
    kills = [one_kill(by, n, full * chance.uniform(0.02, 1.2)) for n in range(1, times + 1)]
    counted = {name: sum(kill[name] for kill in kills) for name in kills[0]}
    return {
        "rows": ROWS,
        "seconds": round(full, 2),
        "times": times,
        **counted,
        "two": two_at_once(by),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, place(folder):
        json.dump(report(options.times), sys.stdout)


if __name__ == "__main__":
    main()
