"""Official releases as administrators upload them: the file, or the files, of one source.

They are read by `manage.py read_source` in a process of its own with limits on memory and time, which
writes rows of text: what breaks a reader of spreadsheets breaks that process, and no other.
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from imports import sources
from imports.batch import Batch
from imports.compare import Rejected

MEMORY = 2 * 2**30  # bytes; pandas and a year of the state's tables
SECONDS = 300
WRITTEN = 400_000_000  # bytes


class Unreadable(Exception):
    """The files are not what the source publishes; says why."""


def read(run):
    """The Batch of a run's files, its release's vintage and licence as the administrator gave them."""
    batch = _read(run.source, path_of(run))
    own = sources.module(run.source).RELEASE["slug"]
    for row in batch.rows.get("releases", ()):
        if row["slug"] == own:
            row |= {
                name: getattr(run, name) for name in ("vintage", "licence") if getattr(run, name)
            }
    return batch


def path_of(run):
    """The folder of the uploaded files; the file itself where the source is a single one."""
    file = Path(run.file.path)
    others = [each for each in file.parent.iterdir() if each != file]
    return file.parent if others or sources.is_folder(run.source) else file


def _read(source, path):
    broken = Unreadable(_("These files could not be read: they are damaged or too large."))
    with tempfile.TemporaryFile("w+", encoding="utf-8") as lines:
        try:
            done = subprocess.run(  # noqa: S603  our own command and our own files
                [sys.executable, settings.BASE_DIR / "manage.py", "read_source", source, path, get_language()],
                stdout=lines, stderr=subprocess.PIPE, timeout=2 * SECONDS, text=True,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise broken from error
        if done.returncode == 2:
            raise Unreadable(done.stderr.strip())
        if done.returncode:
            raise broken
        lines.seek(0)
        return _batch(lines)


def limit():
    """Asked of the reading process itself, before it opens a file: a web worker has threads, and must not
    run code of its own between fork and exec."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))


def _batch(lines):
    batch = Batch()
    for line in lines:
        table, row = json.loads(line)
        if table:
            batch.rows[table].append(row)
        else:
            batch.rejected.append(Rejected(**row))
    return batch


def lines(batch):
    """The same the other way: one line of JSON for each row, and for each rejected one."""
    for table, rows in batch.rows.items():
        for row in rows:
            yield json.dumps([table, row])
    for row in batch.rejected:
        yield json.dumps(["", {"place": row.place, "reason": row.reason, "values": row.values}])
