"""Kill -9 in the middle of an apply, in real processes with a database of their own."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

TIMES = 6


@pytest.fixture(scope="module")
def told():
    """What `tests/benchmarks/killed_imports.py` has seen, on the engine that the tests run on."""
    command = [sys.executable, "-m", "tests.benchmarks.killed_imports", "--times", str(TIMES)]
    if "postgres" not in settings.DATABASES["default"]["ENGINE"]:
        env = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    else:
        env = dict(os.environ)
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_killed_apply_leaves_the_data_wholly_old_or_wholly_new(told):
    assert told["killed"] > 0
    assert (told["whole"], told["sound"]) == (TIMES, TIMES)


def test_a_killed_run_is_recovered_with_its_file_and_applied_again(told):
    assert (told["file kept"], told["recovered"]) == (TIMES, TIMES)
    assert told["applied in the end"] == TIMES


def test_two_who_apply_the_same_rows_at_once_corrupt_nothing(told):
    assert told["two"] == {
        "both ended": True,
        "one was faster": True,
        "the other left out by name": True,
        "traced": True,
        "sound": True,
    }
