"""The search index on disk: derived data, rebuilt or caught up whenever the database is ahead.

    SEARCH_INDEX_DIR/
        <fingerprint>/          of this code and this database, so that two never share an index
            state.json          {"generation": "…", "version": 41}: which folder counts, and from
                                which catalogue version it was last caught up
            <generation>/       a tantivy index; a full rebuild makes a new one beside the old
            lock                held by the one process that writes

A process asks for `snapshot(current())`. When the database is ahead, the changed programs are written
anew, or everything when the change was not one of programs; the others meanwhile serve the older
index. A crash leaves the older state, from which the next process goes on: writing a program twice
does no harm. Where the folder is missing, damaged or not writable the index is built in memory.
"""

import fcntl
import hashlib
import json
import logging
import shutil
import threading
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import tantivy
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from finder import analysis, attendees, documents
from programs import catalogue, fits
from programs.models import Program

log = logging.getLogger(__name__)

SCHEMA = documents.schema()
HEAP = 256_000_000  # bytes; a region's programs fit in one segment
PATIENCE = 60  # seconds to wait for another process's first build
SHORT_PATIENCE = 1  # seconds to wait when an older index can be served


class Snapshot(NamedTuple):
    """A view of the index that later writes do not change."""

    searcher: tantivy.Searcher
    version: int
    generation: str


class Index:
    """One folder's index, as one process sees it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self._thread = threading.RLock()
        self._tantivy = None
        self._snapshot = None
        self._in_memory = False

    def snapshot(self, current=None):
        """The index at catalogue version `current`, or the latest there is when that is unknown."""
        found = self._snapshot
        if found and (current is None or found.version == current[0]):
            return found
        with self._thread:
            self._refresh(current or catalogue.current())
            return self._snapshot

    def rebuild(self):
        """Build everything anew, whatever there is."""
        with self._thread, self._writing(PATIENCE) as mine:
            if not mine:
                raise TimeoutError("Another process is writing the search index.")
            self._build(catalogue.current()[0])
            return self._snapshot

    def _refresh(self, current):
        if self._in_memory:
            return self._write(current)
        try:
            self._open()
            if self._is_current(current):
                return None
            with self._writing(SHORT_PATIENCE if self._snapshot else PATIENCE) as mine:
                self._open()  # what another process wrote while this one waited
                if mine:
                    self._write(catalogue.current())
        except (OSError, ValueError) as error:
            log.warning("Search index in %s: %s; building in memory", self.folder, error)
            self._in_memory = True
            return self._build(current[0])
        if not self._snapshot:
            self._in_memory = True
            self._build(current[0])
        return None

    def _is_current(self, current):
        return self._snapshot is not None and self._snapshot.version == current[0]

    def _write(self, current):
        version, rebuilt = current
        if self._is_current(current):
            return
        if self._snapshot and rebuilt <= self._snapshot.version < version:
            self._update(version)
        else:  # also when the database went back to an older copy of itself
            self._build(version)

    # --- Reading ------------------------------------------------------------------------------

    def _open(self):
        """Take up the folder's latest state; leave things as they are when there is none."""
        state = self._state()
        if state is None or (self._snapshot and state == self._snapshot[1:]):
            return
        version, generation = state
        if self._tantivy is None or self._snapshot.generation != generation:
            try:
                self._tantivy = tantivy.Index.open(str(self.folder / generation))
            except ValueError as error:
                log.warning("Search index %s is damaged: %s", generation, error)
                self._tantivy, self._snapshot = None, None
                return
        self._take(version, generation)

    def _state(self):
        """(version, generation) of the folder, or None."""
        try:
            state = json.loads((self.folder / "state.json").read_text())
            return int(state["version"]), str(state["generation"])
        except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
            return None

    def _take(self, version, generation):
        self._tantivy.reload()
        self._snapshot = Snapshot(self._tantivy.searcher(), version, generation)

    # --- Writing ------------------------------------------------------------------------------

    @contextmanager
    def _writing(self, patience):
        """True to the one process that may write; False when another kept it for too long."""
        self.folder.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + patience
        with (self.folder / "lock").open("w") as lock:
            while not (mine := _try_lock(lock)) and time.monotonic() < deadline:
                time.sleep(0.05)
            yield mine

    def _build(self, version):
        """Every published program, into a fresh index; then that one counts."""
        generation = uuid.uuid4().hex
        folder = None
        if not self._in_memory:
            folder = self.folder / generation
            folder.mkdir()
        self._tantivy = tantivy.Index(SCHEMA, path=str(folder) if folder else None)
        writer = self._tantivy.writer(HEAP, 1)
        for document in documents.documents():
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._keep(version, generation)

    def _update(self, version):
        """The programs that changed since; those no longer published go."""
        changed = Program.objects.filter(changed_in__gt=self._snapshot.version)
        writer = self._tantivy.writer(HEAP, 1)
        for pk in changed.values_list("pk", flat=True):
            writer.delete_documents_by_term("pk", pk)
        for document in documents.documents(changed):
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._keep(version, self._snapshot.generation)

    def _keep(self, version, generation):
        if not self._in_memory:
            text = json.dumps({"version": version, "generation": generation})
            draft = self.folder / f"state.{generation}"
            draft.write_text(text)
            draft.replace(self.folder / "state.json")
        self._take(version, generation)
        if not self._in_memory:
            self._remove_others(generation)

    def _remove_others(self, generation):
        """Older generations; a process that still reads one keeps its open files."""
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder.name != generation:
                shutil.rmtree(folder, ignore_errors=True)


def _try_lock(file):
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


# --- The index of this process ---------------------------------------------------------------


def fingerprint():
    """Of what else the documents depend on: this code, this database, and the year, in which credit
    agreements expire."""
    database = connection.settings_dict
    born = MigrationRecorder.Migration.objects.order_by("id").values_list("applied").first()
    parts = [
        Path(module.__file__).read_bytes() for module in (analysis, attendees, documents, fits)
    ]
    parts += [
        repr((database["ENGINE"], database["HOST"], database["PORT"], str(database["NAME"]))),
        repr((born, timezone.localdate().year, tantivy.__version__)),
    ]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else part.encode())
    return digest.hexdigest()[:16]


_indexes = {}


def get():
    """The index of the site's database, opened once per process and year."""
    found = _indexes.get(timezone.localdate().year)
    if found is None:
        found = Index(Path(settings.SEARCH_INDEX_DIR) / fingerprint())
        _indexes.clear()
        _indexes[timezone.localdate().year] = found
    return found


def forget():
    """For tests, whose databases and folders come and go within one process."""
    _indexes.clear()
