"""Reads one uploaded file in a process of its own, and writes what it says as lines of JSON.

    python -I -S imports/uploads/child '{"memory": 1073741824, …}' < file > lines

It knows no Django and no installed package: it starts at once and holds nothing worth stealing. The
limits are set before the first byte is read; whatever goes wrong, the site only loses this process.

The lines: `{"kind": …}` once, `{"sheet": name}` before the rows of each sheet, `[number, cells]` for
each row that is not empty, `{"merged": …}` after them; the last one is `{"end": true}` or
`{"refused": code, "about": {…}}`. A cell is a text, or a list for what is more than a text (see
`xlsx.py`).
"""

import json
import os
import resource
import sys

import kinds
import text
import xlsx
from refused import Refused

READERS = {"xlsx": xlsx.read, "text": text.read}


def confine(limits):
    os.nice(10)  # the site goes first
    for what, most in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_FSIZE, limits["written"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main():
    limits = json.loads(sys.argv[1])
    confine(limits)
    encode, write = json.JSONEncoder(separators=(",", ":")).encode, sys.stdout.write

    def emit(line):
        write(encode(line) + "\n")

    try:
        file = sys.stdin.buffer
        READERS[kinds.kind_of(file)](file, limits, emit)
        emit({"end": True})
        sys.stdout.flush()
    except Refused as refused:
        _refuse(refused.code, refused.about)
    except MemoryError:
        _refuse("too_much_inside", {})
    except OSError:  # the lines are longer than the limit
        _refuse("too_much_inside", {})


def _refuse(code, about):
    """On the other stream, as the first one may be full; what that still holds is not written."""
    sys.stderr.write(json.dumps({"refused": code, "about": about}))
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
