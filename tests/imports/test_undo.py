"""A run that added what belongs together is taken back whole."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from imports import runs
from imports.tables import TABLES
from imports.uploads.sheets import Sheet, workbook
from programs import actions
from programs.models import Program
from reference.models import Release
from tests.factories import (
    make_administrator,
    make_course,
    make_institution,
    make_link,
    make_program,
    make_user,
)
from tests.imports.runs import applied, csv_of, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def file_of(**tables):
    """A workbook: the rows of each table."""
    sheets = [
        Sheet(name, [list(rows[0]), *(list(row.values()) for row in rows)])
        for name, rows in tables.items()
    ]
    return SimpleUploadedFile("mine.xlsx", workbook(sheets))


def everything():
    own = {"releases": {"coordinators"}}  # made with the first upload, and it stays
    return {
        table.name: [row for row in table.rows() if row.get("slug") not in own.get(table.name, ())]
        for table in TABLES
    }


def test_a_new_program_goes_with_its_courses_and_awards():
    palomar = make_institution("Palomar College", slug="palomar")
    ana = make_user(keeps=[palomar])
    before = everything()
    program = {"slug": "drones", "institution": "palomar", "title_en": "Drone Repair"}
    award = {
        "program": "drones", "credential": "associate", "level": "Associate",
        "title": "Drone Technician", "control_number": "",
    }  # fmt: skip
    run = applied(
        ana,
        file_of(
            programs=[program],
            courses=[{"program": "drones", "code": "DR 1", "title_en": "Drones"}],
            awards=[award],
        ),
    )
    assert said(run) == []
    assert Program.objects.get().awards.count() == 1

    runs.take_back(run, by=ana)

    assert (said(run, "undo"), run.state) == ([], "undone")
    assert everything() == before


def test_a_new_release_goes_with_the_programs_that_it_brought_and_those_that_it_changed():
    palomar = make_institution("Palomar College", slug="palomar")
    make_program("Welding", slug="welding", institution=palomar)
    before = everything()
    release = {"slug": "catalog", "publisher": "Palomar", "name": "Catalog", "as_of": "2027"}
    run = applied(
        make_administrator(),
        file_of(
            releases=[release],
            programs=[
                {
                    "slug": "welding",
                    "institution": "palomar",
                    "title_en": "Welding",
                    "release": "catalog",
                },
                {
                    "slug": "drones",
                    "institution": "palomar",
                    "title_en": "Drones",
                    "release": "catalog",
                },
            ],
        ),
    )
    assert Program.objects.filter(release__slug="catalog").count() == 2

    runs.take_back(run, by=run.by)

    assert (said(run, "undo"), run.state) == ([], "undone")
    assert everything() == before


def test_a_new_release_that_somebody_uses_by_now_stays():
    release = {"slug": "catalog", "publisher": "Palomar", "name": "Catalog", "as_of": "2027"}
    run = applied(make_administrator(), file_of(releases=[release]))
    program = make_program("Welding")
    program.release = Release.objects.get(slug="catalog")
    program.save()

    runs.take_back(run, by=run.by)

    assert "something has been added to it since" in said(run, "undo")[0]
    assert Release.objects.filter(slug="catalog").exists()


@pytest.mark.django_db(transaction=True)
def test_what_the_database_would_not_let_go_is_said_and_nothing_is_undone(monkeypatch):
    palomar = make_institution("Palomar College", slug="palomar")
    ana = make_user(keeps=[palomar])
    program = {"slug": "drones", "institution": "palomar", "title_en": "Drone Repair"}
    run = applied(ana, file_of(programs=[program]))
    make_link(from_program=Program.objects.get())
    monkeypatch.setattr("imports.undo._in_use", lambda *_args: set())

    runs.take_back(run, by=ana)

    assert run.state == "applied"
    assert "Nothing was undone" in run.problem
    assert Program.objects.count() == 1


def test_a_page_with_a_new_address_does_not_stop_an_undo(ana, palomar):
    """Neither the course that was added to it, nor those that the file lacked."""
    welding = make_program("Welding", slug="welding", institution=palomar)
    make_course(welding, "Old one", code="W 1")
    before = everything()
    course = {"program": "welding", "code": "W 2", "title_en": "New one"}
    run = applied(ana, file_of(courses=[course]), retire_missing=True)
    assert [one.title_en for one in welding.courses.all()] == ["New one"]
    moved(welding, "joining")

    runs.take_back(run, by=ana)
    moved(welding, "welding")

    assert (said(run, "undo"), run.state) == ([], "undone")
    assert everything() == before


def test_the_same_file_after_a_renaming_changes_nothing(ana, palomar):
    row = {"slug": "", "institution": "palomar", "title_en": "Robots"}
    applied(ana, file_of(programs=[row]))
    moved(Program.objects.get(), "robotics")

    run = applied(ana, file_of(programs=[row]))

    assert run.counts == {"programs": {"unchanged": 1}}
    assert Program.objects.get().slug == "robotics"


def moved(row, slug):
    former, row.slug = row.slug, slug
    row.save()
    actions.keep_former(row, former)


@pytest.fixture
def drones(ana):
    """The run that added one draft."""
    row = {"slug": "drones", "institution": "palomar", "title_en": "Drone Repair"}
    return applied(ana, csv_of("programs", row))


@pytest.mark.parametrize("work", [{"description_en": "An hour's work"}, {"status": "published"}])
def test_a_new_row_that_somebody_has_worked_on_since_stays_and_is_named(ana, drones, work):
    Program.objects.update(**work)

    runs.take_back(drones, by=ana)

    assert Program.objects.get().title_en == "Drone Repair"
    assert "Drone Repair – Palomar College: changed since: " in said(drones, "undo")[0]


def test_an_undo_that_is_stopped_before_its_end_is_finished_later(
    ana, welding, palomar, monkeypatch
):
    """What was taken back stands; the careers that the title decides follow."""
    run = applied(ana, csv_of("programs", {"slug": "welding", "title_en": "Other"}))
    with monkeypatch.context() as patch:
        patch.setattr(runs, "_suggest", stop)
        with pytest.raises(KeyboardInterrupt):
            runs.take_back(run, by=ana)
    run.refresh_from_db()
    assert (run.state, Program.objects.get().title_en) == ("undoing", "Welding")

    asked = []
    monkeypatch.setattr(runs, "_suggest", lambda changes: asked.append(changes.count()))
    runs.recover()

    run.refresh_from_db()
    assert (run.state, run.problem, asked) == ("undone", "", [1])


def stop(_changes):
    raise KeyboardInterrupt
