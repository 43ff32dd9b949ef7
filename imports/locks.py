"""One process at a time works on a run; a killed one lets go of its lock by itself."""

import fcntl
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def holding(run):
    """Yields True when nobody else works on the run, False at once when somebody does."""
    folder = settings.VAR_DIR / "import-locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / str(run.pk)).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
