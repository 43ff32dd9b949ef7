"""A coordinator's file: previewed, applied as a whole, and taken back."""

import pytest
from django.db import IntegrityError

from accounts.models import Change
from imports import runs
from imports.models import ImportRun
from imports.tables import BY_NAME, TABLES
from programs import catalogue
from programs.models import Course, InstitutionName, Program, ProgramLink, ProgramOccupation
from tests.factories import (
    leads_to,
    make_administrator,
    make_course,
    make_institution,
    make_link,
    make_occupation,
    make_program,
    make_sector,
)
from tests.imports.runs import applied, csv_of, said, uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def everything():
    return {table.name: table.rows() for table in TABLES if table.name != "releases"}


def test_a_preview_names_old_and_new_and_writes_nothing(ana, welding):
    before = everything()

    run = uploaded(ana, csv_of("programs", {"slug": "welding", "title_en": "Welding Technology"}))

    change = Change.objects.get(run=run.pk)
    assert run.state == "ready"
    assert run.counts == {"programs": {"changed": 1}}
    assert (change.columns, change.place) == (
        [("title_en", "Welding", "Welding Technology")],
        "programs.csv!2",
    )
    assert everything() == before
    assert list(Change.objects.of(welding).filter(run=run.pk)) == []


def test_an_applied_row_is_on_record_with_who_and_when(ana, welding):
    version = catalogue.current()[0]

    run = applied(ana, csv_of("programs", {"slug": "welding", "title_en": "Welding Technology"}))

    change = Change.objects.of(welding).first()
    assert Program.objects.get().title_en == "Welding Technology"
    assert (run.state, run.applied_by, change.by, change.run) == ("applied", ana, ana, run.pk)
    assert change.at is not None
    assert catalogue.current()[0] > version


def test_only_cells_that_the_file_has_change(ana, welding):
    Program.objects.update(length="2 years", contact="Ms. Lee")

    applied(ana, csv_of("programs", {"slug": "welding", "length": "1 year"}))

    welding.refresh_from_db()
    assert (welding.length, welding.contact, welding.title_en) == ("1 year", "Ms. Lee", "Welding")


def test_the_same_file_twice_changes_nothing_the_second_time(ana, welding):
    file = {"slug": "welding", "title_en": "Welding Technology"}
    applied(ana, csv_of("programs", file))
    records = Change.objects.count()

    run = applied(ana, csv_of("programs", file))

    assert run.counts == {"programs": {"unchanged": 1}}
    assert Change.objects.count() == records


def test_a_new_program_and_its_courses_come_in_one_workbook(ana, palomar):
    program = {"slug": "", "institution": "palomar", "title_en": "Drone Repair"}
    course = {"program": "drone-repair-palomar", "code": "DR 1", "title_en": "Drones"}

    run = keep_both(ana, program, course)

    assert said(run) == []
    drones = Course.objects.get()
    assert drones.program.slug == "drone-repair-palomar"
    assert (drones.program.status, drones.program.release.slug) == ("draft", "coordinators")


def keep_both(ana, program, course):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from imports.uploads.sheets import Sheet, workbook

    sheets = []
    for name, row in (("courses", course), ("programs", program)):  # the courses stand first
        sheets.append(Sheet(name, [list(row), list(row.values())]))
    return applied(ana, SimpleUploadedFile("mine.xlsx", workbook(sheets)))


def test_one_bad_row_does_not_stop_the_others(ana, welding, palomar):
    make_program("Cooking", slug="cooking", institution=palomar)
    rows = [{"slug": "welding", "audience": "nobody"}, {"slug": "cooking", "audience": "anyone"}]

    run = applied(ana, csv_of("programs", *rows))

    (reason,) = said(run)
    assert reason.startswith("programs.csv!2: audience: ")
    assert "anyone" in reason, "it names what may be written"
    assert Program.objects.get(slug="cooking").audience == "anyone"
    assert Program.objects.get(slug="welding").audience == ""


def test_a_program_that_must_not_be_there_twice_is_refused_in_the_preview(ana, palomar):
    from tests.factories import make_code

    make_program("Welding", slug="welding", institution=palomar, top_code=make_code("095650"))

    run = uploaded(
        ana,
        csv_of(
            "programs",
            {"slug": "w2", "institution": "palomar", "title_en": "W", "top_code": "095650"},
        ),
    )

    assert said(run) == [
        "programs.csv!2: it has the same institution, top_code as: Welding – Palomar College"
    ]


def test_somebody_elses_row_is_refused_and_an_unchanged_one_only_counted(ana, welding):
    other = make_program("Cooking", slug="cooking")
    rows = [{"slug": "cooking", "title_en": "Stolen"}, {"slug": "welding", "title_en": "Welding"}]

    run = applied(ana, csv_of("programs", *rows))

    assert said(run) == ["programs.csv!2: this row is not one of yours"]
    other.refresh_from_db()
    assert other.title_en == "Cooking"
    assert uploaded(ana, csv_of("programs", {"slug": "cooking", "title_en": "Cooking"})).counts == {
        "programs": {"unchanged": 1}
    }


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("programs", {"slug": "welding", "institution": "grossmont"}),
        ("programs", {"slug": "x", "institution": "grossmont", "title_en": "X"}),
        ("programs", {"slug": "welding", "ctid": "ce-0"}),
        ("courses", {"program": "theirs", "code": "", "title_en": "X"}),
        ("institution_names", {"name": "G", "institution": "grossmont"}),
        ("institutions", {"slug": "palomar", "segment": "high_school"}),
        ("institutions", {"slug": "palomar", "status": "closed"}),
        ("institutions", {"slug": "new", "name": "New", "segment": "high_school"}),
        ("sectors", {"code": "MF", "title_en": "Mine"}),
        ("links", {"slug": "", "kind": "bridge", "from_institution": "grossmont", "to_institution": "mesa"}),
        ("program_occupations", {"program": "theirs", "occupation": "51-0001", "basis": "confirmed"}),
    ],
)  # fmt: skip
def test_what_a_coordinator_may_not_change(ana, welding, table, row):
    grossmont = make_institution("Grossmont", slug="grossmont")
    make_institution("Mesa", slug="mesa")
    make_program("Theirs", slug="theirs", institution=grossmont)
    make_occupation("Welders", soc="51-0001")
    make_sector()
    before = everything()

    run = applied(ana, csv_of(table, row))

    assert len(said(run)) == 1
    assert everything() == before


def test_a_link_belongs_to_both_ends(ana, palomar):
    school = make_institution("Hoover High", slug="hoover", segment="high_school")
    row = {
        "slug": "", "kind": "bridge", "from_institution": "hoover", "to_institution": "palomar",
    }  # fmt: skip

    assert said(applied(ana, csv_of("links", row))) == []
    link = ProgramLink.objects.get()
    assert (link.from_institution, link.to_institution) == (school, palomar)


def test_verified_in_a_file_is_verified_by_who_brought_it(ana, welding):
    applied(ana, csv_of("programs", {"slug": "welding", "verified_on": "2026-11-20"}))

    welding.refresh_from_db()
    assert (str(welding.verified_on), welding.verified_by) == ("2026-11-20", ana)


# --- What the file lacks --------------------------------------------------------------------------


def test_nothing_is_deleted_unless_asked(ana, welding, palomar):
    make_course(welding, "Old course")
    make_program("Cooking", slug="cooking", institution=palomar)

    applied(ana, csv_of("programs", {"slug": "welding", "title_en": "Welding"}))

    assert (Program.objects.filter(status="published").count(), Course.objects.count()) == (2, 1)


def test_what_is_missing_is_retired_or_removed_when_asked_and_only_ones_own(ana, welding, palomar):
    make_program("Cooking", slug="cooking", institution=palomar)
    other = make_program("Theirs", slug="theirs")
    make_course(other, "Their course")
    make_course(welding, "Old course")
    programs = csv_of("programs", {"slug": "welding", "title_en": "Welding"})
    courses = csv_of("courses", {"program": "welding", "code": "", "title_en": "New course"})

    run = applied(ana, programs, retire_missing=True)
    applied(ana, courses, retire_missing=True)

    assert run.counts == {"programs": {"unchanged": 1, "retired": 1}}
    assert dict(Program.objects.values_list("slug", "status")) == {
        "welding": "published", "cooking": "retired", "theirs": "published",
    }  # fmt: skip
    assert set(Course.objects.values_list("title_en", flat=True)) == {"Their course", "New course"}


# --- Undo -----------------------------------------------------------------------------------------


def test_undo_restores_every_row_as_it_was(ana, welding, palomar):
    make_course(welding, "Old course", units="3.5")
    make_program("Cooking", slug="cooking", institution=palomar, length="1 year")
    InstitutionName.objects.create(name="PC", institution=palomar)
    before = everything()
    rows = [
        {
            "slug": "welding",
            "title_en": "Welding II",
            "length": "2 years",
            "institution": "palomar",
        },
        {"slug": "", "title_en": "Drones", "length": "", "institution": "palomar"},
    ]
    both = [
        applied(ana, csv_of("programs", *rows), retire_missing=True),
        applied(
            ana,
            csv_of("courses", {"program": "drones-palomar", "code": "1", "title_en": "C"}),
            retire_missing=True,
        ),
    ]
    assert everything() != before

    for run in reversed(both):
        runs.take_back(run, by=ana)
        assert said(run, "undo") == []

    assert everything() == before
    assert set(ImportRun.objects.values_list("state", flat=True)) == {"undone"}


def test_undo_leaves_what_was_edited_since_and_names_it(ana, welding, palomar):
    cooking = make_program("Cooking", slug="cooking", institution=palomar)
    run = applied(
        ana,
        csv_of(
            "programs",
            {"slug": "welding", "title_en": "Welding II"},
            {"slug": "cooking", "title_en": "Cooking II"},
        ),
    )
    cooking.refresh_from_db()
    cooking.title_en = "Culinary Arts"
    cooking.save()

    runs.take_back(run, by=ana)

    assert said(run, "undo") == [
        "programs.csv!3: Cooking – Palomar College: changed since: Title (English)"
    ]
    assert dict(Program.objects.values_list("slug", "title_en")) == {
        "welding": "Welding", "cooking": "Culinary Arts",
    }  # fmt: skip


def test_undo_keeps_a_new_program_that_somebody_has_built_on(ana, palomar):
    run = applied(ana, csv_of("programs", {"slug": "d", "title_en": "D", "institution": "palomar"}))
    program = Program.objects.get()
    make_link(from_program=program)

    runs.take_back(run, by=ana)

    assert said(run, "undo") == [
        "programs.csv!2: D – Palomar College: something has been added to it since"
    ]
    assert Program.objects.get() == program


def test_undo_of_a_new_program_takes_its_computed_careers_along(ana, palomar):
    run = applied(ana, csv_of("programs", {"slug": "d", "title_en": "D", "institution": "palomar"}))
    leads_to(Program.objects.get(), make_occupation())

    runs.take_back(run, by=ana)

    assert (Program.objects.count(), ProgramOccupation.objects.count()) == (0, 0)


# --- Two at once, and processes that end badly ----------------------------------------------------


def test_a_row_that_somebody_changed_after_the_preview_is_left_out_and_named(ana, welding, palomar):
    make_program("Cooking", slug="cooking", institution=palomar)
    rows = [{"slug": "welding", "title_en": "W"}, {"slug": "cooking", "title_en": "C"}]
    run = uploaded(ana, csv_of("programs", *rows))
    welding.title_en = "Welding, by hand"
    welding.save()

    runs.apply(run, by=ana)

    assert said(run, "apply") == [
        "programs.csv!2: Welding – Palomar College: changed since the preview"
    ]
    assert dict(Program.objects.values_list("slug", "title_en")) == {
        "welding": "Welding, by hand", "cooking": "C",
    }  # fmt: skip


def test_who_lost_a_school_since_the_preview_changes_nothing_there(ana, welding):
    rows = [
        {"slug": slug, "title_en": "New", "institution": "palomar"} for slug in ("welding", "d")
    ]
    run = uploaded(ana, csv_of("programs", *rows))
    ana.assignments.all().delete()
    before = everything()

    runs.apply(run, by=ana)

    assert [row.split(": ")[-1] for row in said(run, "apply")] == [
        "this row is not one of yours any more"
    ] * 2
    assert everything() == before


def test_a_run_is_applied_once(ana, welding):
    run = applied(ana, csv_of("programs", {"slug": "welding", "title_en": "W"}))

    with pytest.raises(runs.Busy):
        runs.apply(run, by=ana)


def test_nobody_works_on_a_run_that_is_being_worked_on(ana, welding):
    from imports import locks

    run = uploaded(ana, csv_of("programs", {"slug": "welding", "title_en": "W"}))

    with locks.holding(run) as mine:
        assert mine
        with pytest.raises(runs.Busy):
            runs.apply(run, by=ana)
    welding.refresh_from_db()
    assert welding.title_en == "Welding"


def test_an_error_in_the_last_table_undoes_the_first(ana, welding, monkeypatch):
    run = uploaded(ana, csv_of("programs", {"slug": "welding", "title_en": "W"}))
    before = everything()

    def fails(*args, **kwargs):
        raise IntegrityError("disk full")

    monkeypatch.setattr("imports.write.catalogue.bump", fails)
    runs.apply(run, by=ana)

    run.refresh_from_db()
    assert (run.state, "disk full" in run.problem) == ("ready", True)
    assert everything() == before


@pytest.mark.parametrize(
    ("left", "found"), [("reading", "failed"), ("applying", "ready"), ("undoing", "applied")]
)
def test_a_run_whose_process_was_killed_is_set_right(ana, welding, left, found):
    run = uploaded(ana, csv_of("programs", {"slug": "welding", "title_en": "W"}))
    ImportRun.objects.update(state=left)

    runs.recover()

    run.refresh_from_db()
    assert run.state == found
    assert "interrupted" in run.problem


def test_a_run_killed_after_its_transaction_is_only_finished(ana, welding):
    run = applied(ana, csv_of("programs", {"slug": "welding", "title_en": "W"}))
    ImportRun.objects.update(state="applying")

    runs.recover()

    run.refresh_from_db()
    assert (run.state, run.problem) == ("applied", "")


def test_an_administrators_file_may_change_published_facts(palomar):
    admin = make_administrator()
    make_sector(title_en="Manufacturing")

    run = applied(admin, csv_of("sectors", {"code": "MF", "title_en": "Making"}))

    assert said(run) == []
    assert BY_NAME["sectors"].rows()[0]["title_en"] == "Making"


def test_an_import_that_was_taken_back_makes_no_spanish_stale(ana, welding):
    Program.objects.update(title_es="Soldadura")
    run = applied(ana, csv_of("programs", {"slug": "welding", "title_en": "Welding II"}))
    assert list(Program.objects.with_stale_spanish()) == [welding]

    runs.take_back(run, by=ana)

    assert list(Program.objects.with_stale_spanish()) == []
