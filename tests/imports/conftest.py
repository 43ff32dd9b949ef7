"""What the tests of imports share: a college, its coordinator, a program of it, a place for files."""

import pytest

from tests.factories import make_institution, make_program, make_user


@pytest.fixture
def files(settings, tmp_path):
    """Uploaded files are kept in a folder of the test's own."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def palomar(db):
    return make_institution("Palomar College", slug="palomar")


@pytest.fixture
def ana(palomar):
    """A coordinator of Palomar College."""
    return make_user(email="ana@example.org", first_name="Ana", last_name="Díaz", keeps=[palomar])


@pytest.fixture
def welding(palomar):
    return make_program("Welding", slug="welding", institution=palomar)
