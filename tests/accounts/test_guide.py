"""The coordinators' guide in the admin: the same in both languages, and each leads to the other."""

import re

import pytest

from tests.factories import make_user, sign_in

pytestmark = pytest.mark.django_db
GUIDES = {"en": "Guide for coordinators", "es": "Guía para coordinadores"}


@pytest.fixture
def guide(client):
    """guide(language) -> the HTML of what is between its frame."""
    sign_in(client, make_user())

    def read(language):
        page = client.get(f"/{language}/admin/guide/").content.decode()
        return page[page.index('class="guide"') :]

    return read


@pytest.mark.parametrize(("language", "other"), [("en", "es"), ("es", "en")])
def test_the_guide_leads_to_its_page_in_the_other_language(guide, language, other):
    page = guide(language)

    assert f'<a href="/{other}/admin/guide/">{GUIDES[other]}</a>' in page
    assert ".md" not in page
    assert not re.search(r"\*\w", page)  # no mark of Markdown is left


@pytest.mark.parametrize("language", ["en", "es"])
def test_its_table_of_contents_leads_to_every_section(guide, language):
    contents, _nav, text = guide(language).partition("</nav>")

    links = re.findall(r'<a href="#([\w-]+)">(.+?)</a>', contents)
    assert links == re.findall(r'<h2 id="([\w-]+)">(.+?)</h2>', text)
    assert len(links) > 10


def test_both_languages_have_the_same_tables_and_pictures(guide):
    counts = [
        [guide(language).count(tag) for tag in ("<table>", "<img ", "<pre>")] for language in GUIDES
    ]

    assert counts[0] == counts[1]
