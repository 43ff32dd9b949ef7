"""Gaps on paper: every sector's report fits two pages in both languages, advice for each gap included; long
lists of what is not counted stay folded."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from imports import region
from planning.models import Kind, Recommendation

ADVICE = (
    "Invite the schools and the college to one table this fall, agree on one course that counts for both, "
    "and write down until when. Name one person on each side who looks at the agreement again in a year."
)


@pytest.fixture
def reports(transactional_db, tmp_path):
    from django.core.management import call_command

    region.load(settings.REGION_PACK)
    for kind in Kind:
        Recommendation.objects.create(
            gap=kind, text_en=ADVICE, text_es=ADVICE, status=Recommendation.Status.PUBLISHED
        )
    call_command("gap_report", tmp_path, verbosity=0)
    return sorted(tmp_path.iterdir())


def test_every_report_fits_two_printed_pages(chromium, reports):
    page = chromium.new_page()
    lengths = {}
    for file in reports:
        page.goto(file.as_uri())
        printed = page.pdf(format="Letter")
        lengths[file.name] = len(re.findall(rb"/Type\s*/Page\b", printed))

    assert len(lengths) == 30
    assert {name: count for name, count in lengths.items() if count > 2} == {}


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_not_counted_is_printed_folded_unless_it_was_open(visit, scripts):
    page = visit("/en/gaps/next-step/", java_script_enabled=scripts)
    group, said = page.locator(".gap-apart details"), page.locator(".gap-page .on-paper")
    expect(group).to_have_count(1)
    expect(said).to_be_hidden()

    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(group.locator("summary")).to_be_visible()
    expect(group.locator("ul")).to_be_hidden()
    expect(said).to_be_visible()

    page.evaluate("document.querySelector('.gap-apart details').open = true")
    expect(group.locator("ul")).to_be_visible()
