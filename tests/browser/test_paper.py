"""How many sheets a page prints, and what stands on them."""

import re

import pytest
from playwright.sync_api import expect


def sheets(page, tmp_path):
    """How many a page fills on letter paper."""
    file = tmp_path / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", file.read_bytes()))


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/en/", 1),
        ("/en/programs/patient-care-hoover-high/", 3),
        ("/es/programs/patient-care-hoover-high/", 3),
        ("/en/programs/?q=nursing", 2),
        ("/en/careers/registered-nurses/", 3),
        ("/en/institutions/hoover-high/", 3),
        ("/en/pathways/patient-care/", 4),
        ("/en/routes/?from=hoover-high&to=registered-nurses", 4),
    ],
)
def test_a_page_is_short_enough_to_hand_over(visit, path, most, tmp_path):
    assert sheets(visit(path), tmp_path) <= most


def test_paper_has_no_link_that_it_cannot_follow(visit):
    page = visit("/en/pathways/patient-care/")
    page.emulate_media(media="print")

    seen = page.locator("body").inner_text()

    assert "more places" in seen
    assert "Show all" not in seen
    assert "Places that did not fit on this sheet: " in seen
    assert "Something wrong here?" not in seen


@pytest.mark.parametrize("path", ["/es/", "/en/", "/es/gaps/supply/"])
def test_the_menu_of_a_phone_takes_two_rows(visit, path):
    page = visit(path, viewport={"width": 360, "height": 800})
    tops = page.locator(".sign-nav li").evaluate_all(
        "items => [...new Set(items.map(item => item.offsetTop))].length"
    )

    assert tops == 2


def test_a_phone_gets_ten_rows_of_a_gap_and_the_rest_when_asked(visit):
    page = visit(
        "/en/gaps/feeders/", viewport={"width": 360, "height": 800}, java_script_enabled=False
    )
    rows = page.locator(".gap-table").first.locator("tbody tr:visible")
    expect(rows).to_have_count(10)

    page.get_by_text("Show all 50 rows").click()

    expect(rows).to_have_count(50)
