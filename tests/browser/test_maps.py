"""The line map in a browser: keyboard, focus, phone, paper."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

PATHWAY = "/en/pathways/patient-care/"
WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}}


def test_a_student_finds_the_way_from_the_own_school_and_shares_it(visit):
    page = visit(PATHWAY, **PHONE, java_script_enabled=False)

    page.get_by_label("Start from your school, district or ZIP code").fill("hoover high")
    page.get_by_role("button", name="Show my route").click()

    expect(page).to_have_url(re.compile("from=hoover"))
    expect(page.get_by_text("The map shows the way from Hoover High.")).to_be_visible()
    expect(page.locator(".map-twin .ride-here")).to_contain_text(re.compile(r"^\s*Hoover High"))
    expect(page.locator("svg.linemap")).to_be_hidden()


def test_a_group_opens_in_place_without_javascript(visit):
    page = visit(PATHWAY, **WIDE, java_script_enabled=False)

    page.locator("svg.linemap a[data-node='high_school.san-diego-unified-district']").click()

    expect(page).to_have_url(re.compile("open=high_school.san-diego-unified-district"))
    expect(page.locator("svg.linemap .lm-item").filter(has_text="Hoover High")).to_be_visible()


def test_the_keyboard_follows_the_line(visit):
    page = visit(PATHWAY, **WIDE)
    order = page.locator("svg.linemap a[data-node]").evaluate_all(
        "nodes => nodes.map(node => node.dataset.node)"
    )
    levels = ["high_school", "more.high_school", "adult_education", "community_college", "career"]
    ranks = [
        next(rank for rank, level in enumerate(levels) if key.startswith(level)) for key in order
    ]

    page.locator("svg.linemap a[data-node]").first.focus()
    page.keyboard.press("Tab")

    assert ranks == sorted(ranks)
    assert page.evaluate("document.activeElement.dataset.node") == order[1]


def test_focus_lights_the_links_of_a_stop(visit):
    page = visit(PATHWAY, **WIDE)

    page.locator("svg.linemap a[data-node='high_school.coronado-unified-district']").focus()

    lit = page.locator("svg.linemap .lm-track.lit").evaluate_all(
        "paths => paths.map(p => p.dataset.from)"
    )
    assert set(lit) == {"high_school.coronado-unified-district"}

    page.locator("#from").focus()

    expect(page.locator("svg.linemap .lm-track.lit")).to_have_count(0)


def test_no_word_of_a_drawing_is_wider_in_the_browser_than_its_place(visit):
    for language in ("en", "es"):
        page = visit(f"/{language}/pathways/patient-care/", **WIDE)
        too_wide = page.locator("svg.linemap .lm-node").evaluate_all(
            """nodes => nodes.flatMap(node => {
                 const place = node.querySelector(".lm-hit").getBBox();
                 return [...node.querySelectorAll("text")].filter(text => {
                   const box = text.getBBox();
                   return box.x + box.width > place.x + place.width + 1;
                 }).map(text => text.textContent);
               })"""
        )
        assert too_wide == []


@pytest.mark.parametrize("path", [PATHWAY, "/es/sectors/arts-media-and-entertainment/"])
def test_a_map_prints_on_one_landscape_page_with_its_legend_and_address(visit, path, tmp_path):
    page = visit(path, **WIDE)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 979, "height": 740})  # what is left of a landscape letter page
    foot = page.locator(".map-source").bounding_box()
    top = page.locator("h1").bounding_box()

    assert foot["y"] + foot["height"] - top["y"] <= 740
    assert page.locator(".map-address").inner_text().count(path.strip("/").split("/")[-1]) == 1
    expect(page.locator(".legend")).to_be_visible()

    file = tmp_path / "map.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    first = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", file.read_bytes())
    assert float(first[1]) > float(first[2])


def test_a_map_shows_its_shapes_in_forced_colors(visit):
    page = visit(PATHWAY, **WIDE, forced_colors="active")
    colors = page.locator("svg.linemap .lm-trunk, svg.linemap .lm-track").evaluate_all(
        "paths => [...new Set(paths.map(path => getComputedStyle(path).stroke))]"
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert colors
    assert ground not in colors


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("largest", "/en/pathways/design-visual-and-media-arts/"),
        ("smallest", "/es/pathways/international-business/"),
        ("sector", "/es/sectors/health-science-and-medical-technology/"),
    ],
)
def test_the_largest_and_the_smallest_map_are_whole_and_there_to_look_at(visit, name, path):
    """The pictures stay in var/pictures for whoever changes the drawing."""
    page = visit(path, **WIDE)
    drawing = page.locator("svg.linemap")
    box = drawing.bounding_box()
    _x, _y, width, height = map(float, drawing.get_attribute("viewBox").split())
    folder = settings.BASE_DIR / "var" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)

    drawing.screenshot(path=folder / f"map-{name}.png")

    assert box["width"] / box["height"] == pytest.approx(width / height, rel=0.01)
    assert box["width"] >= 1000
