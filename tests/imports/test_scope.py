"""Whose rows a file may change, asked of the preview and once more when it is applied."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role
from imports import runs
from programs.models import Opportunity, ProgramLink
from tests.factories import (
    make_administrator,
    make_code,
    make_district,
    make_institution,
    make_link,
    make_program,
    make_user,
)
from tests.imports.runs import applied, csv_of, said, uploaded
from tests.imports.spreadsheets import book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def cuyamaca():
    return make_institution("Cuyamaca College", slug="cuyamaca")


def test_the_other_end_of_ones_own_link_may_become_anybodys(ana, palomar, cuyamaca):
    link = make_link(from_institution=palomar)
    row = {"slug": link.slug, "to_institution": "cuyamaca", "units": "3"}

    run = applied(ana, csv_of("links", row))

    link.refresh_from_db()
    assert (said(run), said(run, "apply")) == ([], [])
    assert (link.to_institution, link.units) == (cuyamaca, "3")


def test_ones_own_school_is_no_key_to_a_program_of_another(ana, palomar, cuyamaca):
    make_program("Accounting", slug="accounting", institution=cuyamaca)
    make_institution("Grossmont College", slug="grossmont")
    row = {
        "slug": "", "kind": "articulation", "from_institution": "palomar",
        "from_program": "accounting", "to_institution": "grossmont",
    }  # fmt: skip

    run = applied(ana, csv_of("links", row))

    assert "from_institution: must be “cuyamaca”" in said(run)[0]
    assert not ProgramLink.objects.exists()


def test_a_program_that_a_file_moves_takes_its_agreements_along_and_back(
    welding, palomar, cuyamaca
):
    hoover = make_institution("Hoover High")
    named, unnamed = (
        make_link(from_institution=hoover, to=palomar, to_program=welding) for _ in range(2)
    )
    ana = make_user(keeps=[palomar, cuyamaca])
    links = [
        ["slug", "to_program", "to_institution", "units"],
        [named.slug, "welding", "palomar", "3"],  # as it stood when the file was downloaded
    ]
    programs = [["slug", "institution"], ["welding", "cuyamaca"]]
    file = SimpleUploadedFile("mine.xlsx", book(*programs, more={"links": links}))

    run = applied(ana, file)

    assert (said(run), run.counts["links"]) == ([], {"changed": 2})
    for link in (named, unnamed):
        link.refresh_from_db()
        assert link.to_institution == cuyamaca
    runs.take_back(run, by=ana)
    assert {link.to_institution for link in ProgramLink.objects.all()} == {palomar}


def test_an_opportunity_is_not_hung_on_a_district_of_others(ana, palomar):
    make_district("Grossmont", slug="grossmont")
    row = {
        "slug": "", "kind": "internship", "stage": "training", "title_en": "Shop",
        "institution": "palomar", "district": "grossmont",
    }  # fmt: skip

    run = applied(ana, csv_of("opportunities", row))

    assert "“grossmont”" in said(run)[0]
    assert not Opportunity.objects.exists()


def test_who_is_no_administrator_any_more_changes_no_published_fact(palomar):
    ana = make_administrator()
    run = uploaded(ana, csv_of("institutions", {"slug": "palomar", "kind": "Forged"}))
    assert run.counts["institutions"] == {"changed": 1}
    ana.role = Role.COORDINATOR
    ana.save()
    make_user(keeps=[palomar]).assignments.update(user=ana)

    runs.apply(run, by=ana)

    palomar.refresh_from_db()
    assert palomar.kind != "Forged"
    assert "not one of yours any more" in said(run, "apply")[0]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR])
def test_what_waits_from_a_closed_account_changes_nothing(welding, palomar, role):
    user = make_administrator() if role == Role.ADMINISTRATOR else make_user(keeps=[palomar])
    run = uploaded(user, csv_of("programs", {"slug": "welding", "title_en": "Forged"}))
    user.is_active = False
    user.save()

    runs.apply(run, by=user)

    welding.refresh_from_db()
    assert welding.title_en == "Welding"
    assert said(run, "apply")


def test_an_agreement_that_would_end_before_it_begins_is_refused(ana, palomar, cuyamaca):
    link = make_link(from_institution=palomar, to=cuyamaca)
    row = {"slug": link.slug, "valid_from": "2028-29", "valid_until": "2026-27"}

    run = applied(ana, csv_of("links", row))

    assert "The agreement would end before it begins." in said(run)[0]


def test_a_top_code_may_be_written_as_catalogs_print_it(ana, welding):
    code = make_code("095650")
    applied(ana, csv_of("programs", {"slug": "welding", "top_code": "0956.50"}))

    welding.refresh_from_db()
    assert welding.top_code == code


def test_an_address_without_its_beginning_is_meant_as_a_browser_would(ana, welding):
    applied(ana, csv_of("programs", {"slug": "welding", "url": "www.x.org/welding"}))

    welding.refresh_from_db()
    assert welding.url == "https://www.x.org/welding"


@pytest.mark.parametrize("address", ["http://[www.x.org]", "http://＃x.org/a", "ftp://x.org/a"])
def test_an_address_that_is_none_is_refused_with_its_row(ana, welding, address):
    run = uploaded(ana, csv_of("programs", {"slug": "welding", "url": address}))

    assert run.state == "ready"
    assert "url: Enter a valid URL." in said(run)[0]
