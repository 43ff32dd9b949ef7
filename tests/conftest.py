"""What every test needs: a search index of its own, and no memory of an earlier test's database."""

import pytest
from django.utils import translation

from finder import careers, index, remembered, search, vocabulary
from programs import duplicates, suggested_links
from tests.factories import make_administrator


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    for module in (index, vocabulary, search, careers, remembered, duplicates, suggested_links):
        module.forget()


@pytest.fixture(autouse=True)
def own_language():
    """The language of a page that an earlier test has asked for is not ours."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Pages can be tested before `collectstatic` has run."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}


@pytest.fixture
def admin_user(db):
    """Whom `admin_client` signs in: with a second factor, like every administrator."""
    return make_administrator()


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """What makes a password slow to guess makes a test slow, too."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
