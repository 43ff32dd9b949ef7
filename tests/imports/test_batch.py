"""Rows that the database refuses are rejected like any other: place, reason, and the rest enters."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import CheckConstraint

from accounts.models import Change
from imports import constraints, sources
from imports.batch import Batch, apply
from imports.tables import TABLES
from programs.models import District, Institution, Program, ProgramLink
from reference.models import County, ProgramCode, Release
from tests.factories import make_program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def palomar():
    release = Release.objects.create(slug="r", publisher="The region", name="n")
    county = County.objects.create(fips="06073", slug="san-diego", name="San Diego")
    for code in ("095650", "130630"):
        ProgramCode.objects.create(system="TOP", code=code, title_en=code, release=release)
    return Institution.objects.create(
        slug="palomar-college", name="Palomar College", segment="community_college",
        county=county, release=release,
    )  # fmt: skip


def batch(table, *rows):
    found = Batch()
    for row in rows:
        found.add(table, **row)
    return found


def program(slug, top):
    return {
        "slug": slug, "institution": "palomar-college", "title_en": slug, "top_code": top,
        "release": "r",
    }  # fmt: skip


def said(outcome):
    return [str(row) for row in outcome.rejected]


def test_of_two_programs_of_one_college_and_code_the_first_enters_with_all_the_others():
    rows = [program(f"welding-{number}", "") for number in range(20)]
    rows += [program("welding", "095650"), program("soldering", "095650")]

    outcome = apply(batch("programs", *rows))

    assert said(outcome) == ["programs:23: it has the same institution, top_code as: welding"]
    assert outcome.counts["programs"] == {"new": 21}
    assert Program.objects.count() == 21
    assert Program.objects.get(top_code__code="095650").slug == "welding"


def test_a_row_may_not_take_what_one_in_the_database_has():
    apply(batch("programs", program("welding", "095650"), program("cooking", "130630")))

    outcome = apply(batch("programs", {"slug": "cooking", "top_code": "095650"}))

    assert said(outcome) == [
        "programs:2: it has the same institution, top_code as: welding – Palomar College"
    ]
    assert outcome.changes == 0
    assert Program.objects.get(slug="cooking").top_code.code == "130630"


def test_a_new_row_may_take_what_another_gives_up():
    apply(batch("programs", program("welding", "095650")))

    rows = program("soldering", "095650"), {"slug": "welding", "top_code": ""}
    assert said(apply(batch("programs", *rows))) == []

    assert Program.objects.get(top_code__code="095650").slug == "soldering"


def test_a_point_without_its_source_is_told_in_words():
    row = {"slug": "palomar-college", "latitude": "33.1", "longitude": "-117.1"}

    outcome = apply(batch("institutions", row))

    assert said(outcome) == [
        "institutions:2: latitude, longitude and where the point comes from are given together or"
        " not at all"
    ]
    assert Institution.objects.get().latitude is None


def test_two_districts_of_one_name_and_a_link_without_an_end():
    rows = [{"slug": slug, "name": "Mar Unified", "county": "06073"} for slug in ("mar", "mar-2")]
    given = batch("districts", *rows)
    given.add("links", slug="l", kind="bridge", from_institution="palomar-college", release="r")

    assert said(apply(given)) == [
        "districts:3: it has the same name as: mar",
        "links:2: each end of a link names a district or an institution",
    ]
    assert (District.objects.get().slug, ProgramLink.objects.count()) == ("mar", 0)


def test_a_new_row_that_lacks_what_it_must_have_says_which_columns():
    outcome = apply(batch("programs", {"slug": "welding", "title_en": "Welding"}))

    assert said(outcome) == ["programs:2: release: missing; institution: missing"]


def test_every_rule_of_the_database_is_written_in_words():
    rules = {
        each.name
        for table in TABLES
        for each in table.model._meta.constraints
        if isinstance(each, CheckConstraint)
    }

    assert rules == set(constraints.RULES)


def test_the_command_shows_what_a_release_would_change_and_records_what_it_writes(monkeypatch):
    welding = make_program("Welding", slug="welding")
    found = batch("programs", {"slug": "welding", "title_en": "Welding Technology"})
    monkeypatch.setattr(sources.module("coci"), "read", lambda _path: found)

    said = StringIO()
    call_command("import_source", "coci", "anywhere", stdout=said)
    welding.refresh_from_db()
    assert (welding.title_en, "programs: 0 new, 1 changed" in said.getvalue()) == ("Welding", True)

    call_command("import_source", "coci", "anywhere", "--apply", stdout=said)
    change = Change.objects.of(welding).first()
    assert change.columns == [("title_en", "Welding", "Welding Technology")]
