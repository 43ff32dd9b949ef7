"""What a page says on paper: where it is, what is missing, and no link that paper cannot follow."""

import re

import pytest

from tests.factories import make_program, make_region

pytestmark = pytest.mark.django_db


def test_every_page_carries_its_address_and_its_day_for_the_margin(client, settings):
    settings.SITE_URL = "https://www.pathways.example.org"
    make_region()

    for path in ("/en/glossary/", "/en/gaps/", "/es/routes/?from=92101"):
        page = client.get(path).content.decode()
        said = re.search(r'<html lang="e[ns]" data-paper="([^"]*)"', page)[1]
        assert said.startswith(f"pathways.example.org{path}")
        assert f'<p class="paper-foot on-paper">{said}</p>' in page


def test_a_program_prints_the_address_of_its_web_page(client):
    make_region()
    program = make_program(url="https://www.college.example.edu/welding/")

    page = client.get(f"/en/programs/{program.slug}/").content.decode()

    assert '<p class="on-paper">college.example.edu/welding/</p>' in page


def test_a_list_says_what_is_missing_and_where_all_of_it_is(client, settings):
    settings.SITE_URL = "https://pathways.example.org"
    make_region()
    for number in range(21):
        make_program(f"Welding {number}")

    page = client.get("/en/programs/", {"q": "welding"}).content.decode()

    where = "pathways.example.org/en/programs/?q=welding"
    assert f'1 to 20 of 21<span class="on-paper">; all of them: {where}</span>' in page


def test_a_list_that_is_whole_says_nothing_of_others(client):
    make_region()
    make_program("Welding")

    assert "all of them" not in client.get("/en/programs/").content.decode()
