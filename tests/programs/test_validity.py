"""Until when an agreement holds, as sources write it."""

import csv
from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from imports import cells
from programs.models import ProgramLink
from programs.models.validity import last_days
from tests.factories import make_institution, make_link, make_region, sign_in
from tests.programs.people import filled

JUNE, DECEMBER = date(2026, 6, 30), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026", (JUNE, DECEMBER)),
        ("2026-06-30", (JUNE, JUNE)),
        ("06/30/2026", (JUNE, JUNE)),
        ("2025-26", (JUNE, JUNE)),
        ("2025/26", (JUNE, JUNE)),
        ("2025-2026", (JUNE, JUNE)),
        ("1999-00", (date(2000, 6, 30), date(2000, 6, 30))),
        ("2026-02", (date(2026, 2, 28), date(2026, 2, 28))),
        ("2010-11", (date(2010, 11, 30), date(2011, 6, 30))),
        ("2026-14", (JUNE, DECEMBER)),
        ("2026-02-31", (JUNE, DECEMBER)),
        ("2026 (S)", (JUNE, DECEMBER)),
        ("", None),
        ("open", None),
        ("13/45/2026", None),
        ("20266", None),
        ("0000", None),
    ],
)
def test_an_end_is_read_as_every_day_it_can_mean(text, days):
    assert last_days(text) == days


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "where"),
    [
        (date(2026, 3, 31), "in force"),
        (date(2026, 4, 1), "expiring"),
        (date(2026, 12, 31), "expiring"),
        (date(2027, 1, 1), "expired"),
    ],
)
def test_a_year_alone_is_asked_about_from_april_and_over_with_the_year(monkeypatch, today, where):
    make_link(from_institution=make_institution(), valid_until="2026")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: today)
    links = ProgramLink.objects

    assert (links.expiring().count(), links.expired().count(), links.current().count()) == {
        "in force": (0, 0, 1),
        "expiring": (1, 0, 1),
        "expired": (0, 1, 0),
    }[where]


@pytest.mark.django_db
def test_an_agreement_without_an_end_never_runs_out():
    make_link(from_institution=make_institution())
    links = ProgramLink.objects

    assert [links.expiring().count(), links.expired().count(), links.current().count()] == [0, 0, 1]


# --- What may be written --------------------------------------------------------------------------

UNREADABLE = ["next May", "June 2027", "open", "2026-28", "26-27", "1890"]
HOW = "Write a school year such as 2026-27, or a date such as 2027-06-30."


@pytest.mark.django_db
@pytest.mark.parametrize("text", UNREADABLE)
def test_an_end_that_nobody_can_read_is_refused_by_the_form(client, text):
    make_region()
    sign_in(client)
    link = make_link(from_institution=make_institution(), valid_until="2026-27")
    address = f"/en/admin/programs/programlink/{link.pk}/change/"

    data = filled(client.get(address)) | {"valid_until": text}
    page = client.post(address, data).content.decode()

    link.refresh_from_db()
    assert HOW in page
    assert link.valid_until == "2026-27"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "stored"), [("", ""), ("2027-28", "2027-28"), ("06/30/2028", "2028-06-30")]
)
def test_the_form_takes_an_end_as_sources_write_it_or_none(client, text, stored):
    make_region()
    sign_in(client)
    link = make_link(from_institution=make_institution(), valid_until="2026-27")
    address = f"/en/admin/programs/programlink/{link.pk}/change/"

    client.post(address, filled(client.get(address)) | {"valid_until": text})

    link.refresh_from_db()
    assert link.valid_until == stored


@pytest.mark.parametrize("text", UNREADABLE)
def test_an_end_that_nobody_can_read_is_refused_by_an_import(text):
    with pytest.raises(ValidationError, match=HOW):
        cells.canonical(ProgramLink._meta.get_field("valid_until"), text)


def test_every_end_of_the_region_s_links_can_be_read():
    with (settings.REGION_PACK / "links.csv").open(encoding="utf-8", newline="") as file:
        ends = {row["valid_until"] for row in csv.DictReader(file)} - {""}

    assert ends
    assert [text for text in ends if last_days(text) is None] == []
