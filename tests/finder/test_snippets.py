"""Titles and descriptions: they fit, they end with a word, and no two schools share one."""

import html
import re

import pytest

from finder.snippets import description, page_title, shortened
from programs.models import Segment
from tests.factories import make_district, make_institution, make_region

pytestmark = pytest.mark.django_db


def test_a_description_that_fits_stays():
    assert description("Welding at Bay College.") == "Welding at Bay College."


def test_a_long_description_ends_with_the_last_sentence_that_fits():
    first = "Thirty jobs are in demand and pay at least the living wage of one adult in the county."
    assert description(f"{first} {'The others are counted apart. ' * 9}") == (
        f"{first} The others are counted apart. The others are counted apart."
    )


def test_a_long_sentence_ends_with_a_word():
    text = description("Where you can start, and which colleges go on with it, " * 6)

    assert len(text) <= 160
    assert text.endswith("…")
    assert text[:-1].split()[-1] in {"start", "and", "which", "colleges", "go", "on", "it", "with"}


def test_a_block_loses_its_tags_and_stays_escaped():
    assert description("R&amp;D <b>labs</b> &lt;script&gt;") == "R&amp;D labs &lt;script&gt;"
    assert page_title("&lt;/title&gt;", "Finder") == "&lt;/title&gt; – Finder"


def test_a_title_carries_the_name_of_the_site_where_it_fits():
    assert page_title("Welding", "Pathways Finder") == "Welding – Pathways Finder"
    long = "First-Line Supervisors of Production and Operating Workers (All Shifts)"
    assert page_title(long, "Pathways Finder") == long


def test_a_title_loses_what_stands_in_brackets_before_its_words():
    assert shortened("LVN option (no degree, leads to the exam)", 20) == "LVN option"
    assert shortened("Cutting, Punching, and Press Machine Setters", 20) == "Cutting, Punching…"


def test_schools_of_one_name_are_told_apart_by_city_and_district(client):
    make_region()
    made = [make_institution("Montgomery Middle", Segment.MIDDLE, city="El Cajon")]
    for name in ("San Diego Unified", "Sweetwater Union High"):
        district = make_district(name)
        made.append(make_institution("Montgomery Middle", Segment.MIDDLE, district=district))

    titles = [title_of(client, place.slug) for place in made]

    assert {title.partition(" – ")[0] for title in titles} == {
        "Montgomery Middle, El Cajon",
        "Montgomery Middle, San Diego (San Diego Unified)",
        "Montgomery Middle, San Diego (Sweetwater Union High)",
    }


def title_of(client, slug):
    page = client.get(f"/en/institutions/{slug}/").content.decode()
    return html.unescape(re.search(r"<title>(.*?)</title>", page)[1])
