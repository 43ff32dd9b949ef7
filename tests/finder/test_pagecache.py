"""Rendered pages are shared between workers where a cache is named, and never an old one."""

import pytest
from django.conf import settings as site
from django.core.cache import caches

from programs.models import Program
from tests.factories import make_program, make_region

pytestmark = pytest.mark.django_db

LOCAL_MEMORY = site.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
GONE = site.CACHES | {
    "pages": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
        "OPTIONS": {"socket_connect_timeout": 0.2},
    }
}


@pytest.fixture
def program():
    make_region()
    return make_program("Welding")


def test_a_second_reader_gets_the_kept_page_for_one_query(
    client, settings, program, django_assert_num_queries
):
    settings.CACHES = LOCAL_MEMORY
    caches["pages"].clear()
    path = f"/en/programs/{program.slug}/"
    first = client.get(path)

    with django_assert_num_queries(1):
        second = client.get(path)

    assert second.content == first.content
    assert second["ETag"] == first["ETag"]


def test_an_edited_page_is_made_anew(client, settings, program):
    settings.CACHES = LOCAL_MEMORY
    caches["pages"].clear()
    path = f"/en/programs/{program.slug}/"
    client.get(path)
    edited = Program.objects.get()
    edited.title_en = "Pipe Welding"
    edited.save()

    assert "Pipe Welding" in client.get(path).content.decode()


def test_a_cache_that_is_gone_costs_no_page(client, settings, program):
    settings.CACHES = GONE

    assert client.get(f"/en/programs/{program.slug}/").status_code == 200
    assert client.get(f"/en/programs/{program.slug}/").status_code == 200
