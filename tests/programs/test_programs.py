"""A program's address, its freshness, and what the database refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from programs.distance import miles
from programs.models import Institution, Program, ProgramLink
from programs.models.sourced import Freshness
from tests.factories import make_code, make_institution, make_link, make_program, make_release

pytestmark = pytest.mark.django_db

THIS_YEAR = timezone.localdate().year


@pytest.mark.parametrize(
    ("as_of", "freshness"),
    [
        (str(THIS_YEAR), Freshness.DATED),
        (f"{THIS_YEAR - 5}-06", Freshness.DATED),
        (f"{THIS_YEAR - 6}", Freshness.NOT_VERIFIED),
        ("2008-09", Freshness.NOT_VERIFIED),
        ("", Freshness.NOT_VERIFIED),
        ("many", Freshness.NOT_VERIFIED),
    ],
)
def test_a_row_is_as_fresh_as_its_source(as_of, freshness):
    assert make_program(as_of=as_of).freshness == freshness


def test_a_persons_word_outlives_an_undated_source_but_not_for_ever():
    today = timezone.localdate()

    assert make_program(as_of="", verified_on=today).freshness == Freshness.VERIFIED
    long_ago = today - timedelta(days=7 * 366)
    assert make_program(as_of="", verified_on=long_ago).freshness == Freshness.NOT_VERIFIED


def test_an_address_is_made_of_title_and_school_and_numbered_when_taken():
    college = make_institution("Palomar College", slug="palomar-college")

    slugs = [make_program("Welding", institution=college, slug="").slug for _ in range(2)]

    assert slugs == ["welding-palomar-college", "welding-palomar-college-2"]


def test_a_title_falls_back_to_english_and_says_so():
    program = make_program("Welding", title_es="")

    with translation.override("es"):
        assert (program.title, program.title.lang) == ("Welding", "en")
    with translation.override("en"):
        assert program.title.lang is None


def test_a_college_has_one_program_a_top_code():
    top = make_code()
    program = make_program(top_code=top)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_program(institution=program.institution, top_code=top)


def test_a_link_needs_both_ends():
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgramLink.objects.create(slug="half", kind="feeder", release=make_release())


def test_a_point_says_where_it_comes_from():
    with pytest.raises(IntegrityError), transaction.atomic():
        Institution.objects.filter(pk=make_institution().pk).update(
            latitude="32.7", longitude="-117.1"
        )


@pytest.mark.parametrize(
    ("valid_until", "expired"),
    [("2018", True), (str(THIS_YEAR), False), ("2999", False), ("", False)],
)
def test_an_agreement_runs_out_after_its_last_year(valid_until, expired):
    link = make_link(from_institution=make_institution(), valid_until=valid_until)

    assert link.has_expired is expired


def test_distances_are_in_miles_and_unknown_without_a_point():
    san_diego, el_centro = (32.7157, -117.1611), (32.7920, -115.5631)

    assert miles(san_diego, el_centro) == pytest.approx(93, abs=1)
    assert miles(san_diego, (None, None)) is None


def test_retired_programs_and_those_of_closed_schools_are_not_public():
    shown = make_program()
    make_program(status=Program.Status.RETIRED)
    make_program(institution=make_institution(status=Institution.Status.CLOSED))

    assert list(Program.objects.published()) == [shown]
