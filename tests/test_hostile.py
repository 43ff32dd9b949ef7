"""Bad input: no error page, no echo of markup, nothing slow."""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as some

from imports import region

PARAMETERS = {
    "programs/": [
        "q", "level", "audience", "cost", "credential", "sector", "pathway", "county", "district",
        "institution", "zip", "distance", "credit", "delivery", "schedule", "sort", "page", "more",
        "exact", "nonsense",
    ],
    "programs.csv": ["q", "level", "zip", "distance", "sort", "page"],
    "suggest/": ["q"],
    "institutions/": ["q", "level", "county", "page"],
    "careers/": [
        "q", "sector", "interest", "education", "pay", "openings", "mark", "sort", "page",
    ],
    "careers/welders/": ["zip", "household", "q"],
    "routes/": ["from", "to", "adult", "nonsense"],
    "something-wrong/": ["page", "topic", "text", "token"],
    "something-wrong/thanks/": ["page"],
    "gaps/next-step/": ["sector", "county", "district", "distance", "missing", "page"],
    "gaps/demand/": ["sector", "county", "district", "beyond", "page"],
    "gaps/coverage/": ["sector", "county", "district", "level", "page"],
    "gaps/acceleration.csv": ["sector", "county", "district", "distance", "table"],
    "gaps/supply.xlsx": ["sector", "county", "district"],
}  # fmt: skip
NASTY = [
    "", "'", '"', "<script>alert(1)</script>", "';--", "%00", "\x00", "\ud800", "-1", "0", "1e99",
    "9" * 400, "١٢٣", "NEAR(a b)", "a:b", "*", "(", ")", "AND", "title:(", "{{7*7}}", "../../etc",
    "ñ" * 300, "a " * 500, "null", "[]", "🚒", "\u202eabc", "=1+1", "%27%20OR%201=1",
]  # fmt: skip
TEXT = some.one_of(some.sampled_from(NASTY), some.text(max_size=80))

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client):
    region.load(settings.BASE_DIR / "fixtures" / "sample-region")
    client.get("/en/programs/")
    return client


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@hypothesis(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=some.data())
def test_no_parameter_breaks_a_page(site, data):
    path = data.draw(some.sampled_from(sorted(PARAMETERS)))
    values = data.draw(
        some.dictionaries(
            some.sampled_from(PARAMETERS[path]),
            some.lists(TEXT, min_size=1, max_size=3),
            max_size=4,
        )
    )
    encodable = {
        name: [text.encode("utf-8", "replace").decode() for text in texts]
        for name, texts in values.items()
    }

    response = site.get(f"/en/{path}", encodable, follow=True)

    assert response.status_code == 200
    assert b"<script>alert" not in body(response)


@pytest.mark.parametrize("path", sorted(PARAMETERS))
def test_a_very_long_value_costs_no_more_queries_than_a_short_one(site, path):
    def queries(value):
        with CaptureQueriesContext(connection) as found:
            response = site.get(f"/en/{path}", dict.fromkeys(PARAMETERS[path], value))
            body(response)
        assert response.status_code == 200
        return len(found)

    queries("welding")  # what a process reads once
    assert queries("welding " * 2000) <= queries("welding")


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("path", ["programs", "sectors", "pathways", "institutions", "careers"])
def test_a_strange_address_is_a_plain_404(site, path, nasty):
    strange = quote(nasty.encode("utf-8", "replace"), safe="")

    assert site.get(f"/en/{path}/x{strange}/").status_code in (404, 400)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_public_pages_take_nothing(site, method):
    assert getattr(site, method)("/en/programs/").status_code == 405
