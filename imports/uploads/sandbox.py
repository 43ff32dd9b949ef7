"""The child process that reads an upload, and the file of lines it leaves.

A fresh interpreter, never a fork of this one: a web worker has threads and secrets. It gets the file
as its standard input, an empty environment, and limits on memory, processor time and what it writes.
"""

import json
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

CHILD = Path(__file__).parent / "child"
LONGEST_CELL = 10_000  # characters
OUT_OF_TIME = {signal.SIGXCPU, signal.SIGKILL}


class Refusal(Exception):
    """A whole file that is not read: a code and what its message needs (see `messages.py`)."""

    def __init__(self, code, **about):
        super().__init__(code)
        self.code = code
        self.about = about


def limits():
    return {
        "memory": settings.UPLOAD_MEMORY_MB * 2**20,
        "seconds": settings.UPLOAD_SECONDS,
        "written": 400_000_000,
        "rows": settings.UPLOAD_MAX_ROWS,
        "columns": 200,
        "cell": LONGEST_CELL,
        "unpacked": 400_000_000,
        "ratio": 100,  # a sheet of text shrinks to a tenth or a twentieth
    }


def lines_of(path):
    """A temporary file with the child's lines; raises Refusal. It is gone when it is closed."""
    size = Path(path).stat().st_size
    if size > settings.UPLOAD_MAX_MB * 2**20:
        raise Refusal("too_big", most=settings.UPLOAD_MAX_MB)
    lines = tempfile.TemporaryFile()  # noqa: SIM115  the Upload closes it
    try:
        _run(path, lines)
    except Refusal:
        lines.close()
        raise
    lines.seek(0)
    return lines


def _run(path, lines):
    command = [sys.executable, "-I", "-S", str(CHILD), json.dumps(limits())]
    with open(path, "rb") as file:
        try:
            done = subprocess.run(  # noqa: S603  our own interpreter and our own file
                command, stdin=file, stdout=lines, stderr=subprocess.PIPE, env={}, cwd="/",
                timeout=5 * settings.UPLOAD_SECONDS,  # a busy machine lets it wait
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise Refusal("too_slow") from error
    if -done.returncode in OUT_OF_TIME:
        raise Refusal("too_slow")
    _check(done.stderr, lines)


def _check(said, lines):
    """The child either refused the file in so many words, or came to its end."""
    if said.startswith(b'{"refused"'):
        refused = json.loads(said)
        raise Refusal(refused["refused"], **refused["about"])
    end = b'{"end":true}\n'
    lines.seek(0, 2)
    if lines.tell() < len(end):
        raise Refusal("damaged")
    lines.seek(-len(end), 2)
    if lines.read() != end:
        raise Refusal("damaged")
