"""A coordinator's file: previewed, applied as a whole, and taken back."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, OperationalError
from django.utils import timezone
from django.utils.formats import date_format
from openpyxl import load_workbook

from accounts.changes import acting
from accounts.models import Change
from imports import preview, runs
from imports.management.commands import work
from imports.models import ImportRun
from imports.tables import BY_NAME, TABLES
from imports.uploads import writing
from programs import actions, careers, catalogue
from programs.models import (
    Course,
    Institution,
    InstitutionEditor,
    InstitutionName,
    Program,
    ProgramLink,
    ProgramOccupation,
)
from reference.models import OccupationPathway
from tests.factories import (
    leads_to,
    make_administrator,
    make_course,
    make_institution,
    make_link,
    make_occupation,
    make_pathway,
    make_program,
    make_sector,
    make_user,
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


def test_who_gives_a_row_away_is_told_to_whom(ana, welding):
    make_institution("Grossmont College", slug="grossmont-college")
    rows = [
        {"slug": "welding", "institution": "grossmont-college", "title_en": "Welding"},
        {"slug": "new", "institution": "grossmont-college", "title_en": "New"},
    ]

    run = uploaded(ana, csv_of("programs", *rows))

    reason = "“grossmont-college” is not one of your schools"
    assert said(run) == [f"programs.csv!2: {reason}", f"programs.csv!3: {reason}"]


def test_a_course_of_somebody_elses_program_names_the_program(ana, palomar):
    make_program("Theirs", slug="theirs")

    run = uploaded(ana, csv_of("courses", {"program": "theirs", "code": "", "title_en": "X"}))

    assert said(run) == ["courses.csv!2: “theirs” is not one of your programs"]


def test_a_code_that_is_not_known_is_answered_with_those_that_are(ana, welding):
    make_sector("MF", "Manufacturing")
    make_sector("HL", "Health")

    run = uploaded(ana, csv_of("programs", {"slug": "welding", "sector": "Welding"}))

    assert said(run) == ["programs.csv!2: sector: “Welding” is not known; write one of: HL, MF"]


def test_of_many_keys_the_nearest_is_named(ana, welding):
    for number in range(30):
        make_pathway(f"Pathway {number}")
    make_pathway("Welding and Materials Joining")
    make_program("Cooking", slug="cooking", institution=welding.institution)
    rows = [
        {"slug": "welding", "pathway": "Welding & Material Joining", "title_en": "W"},
        {"slug": "cooking", "pathway": "Xyz", "title_en": "C"},
    ]

    run = uploaded(ana, csv_of("programs", *rows))

    assert said(run) == [
        "programs.csv!2: pathway: “Welding & Material Joining” is not known; did you mean"
        " “welding-and-materials-joining”?",
        "programs.csv!3: pathway: “Xyz” is not known",
    ]


def test_what_a_program_has_is_named_with_the_program_and_its_school(ana, welding):
    rows = [
        {"program": "welding", "credential": "associate", "level": "", "title": "", "control_number": ""},
        {
            "program": "welding", "credential": "associate", "level": "A.S. Degree", "title": "",
            "control_number": "",
        },
    ]  # fmt: skip

    run = uploaded(ana, csv_of("awards", *rows))

    assert list(
        Change.objects.filter(run=run.pk).order_by("pk").values_list("name", flat=True)
    ) == [
        "Associate degree – Welding, Palomar College",
        "A.S. Degree – Welding, Palomar College",
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


def test_a_coordinators_file_closes_no_school(ana, palomar):
    other = make_institution("Palomar Annex", slug="annex")
    InstitutionEditor.objects.create(user=ana, institution=other)
    row = {"slug": "palomar", "name": "Palomar College"}

    run = applied(ana, csv_of("institutions", row), retire_missing=True)

    assert run.counts == {"institutions": {"unchanged": 1}}
    assert set(Institution.objects.values_list("status", flat=True)) == {"active"}


def test_a_row_with_a_former_address_is_the_row_that_has_moved(ana, welding):
    welding.slug = "welding-technology"
    welding.save()
    actions.keep_former(welding, "welding")
    file = csv_of("programs", {"slug": "welding", "title_en": "Welding Technology"})

    run = applied(ana, file, retire_missing=True)

    assert run.counts == {"programs": {"changed": 1}}
    assert list(Program.objects.values_list("slug", "title_en", "status")) == [
        ("welding-technology", "Welding Technology", "published")
    ]


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


def test_undo_gives_a_verification_back_to_who_had_made_it(ana, welding, monkeypatch):
    bea = make_user(email="bea@example.org", keeps=[welding.institution])
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 1, 1))
    actions.verify([welding], by=bea)
    run = applied(ana, csv_of("programs", {"slug": "welding", "verified_on": "2025-12-20"}))
    assert Program.objects.get().verified_by == ana

    runs.take_back(run, by=ana)

    row = Program.objects.get()
    assert (row.verified_on, row.verified_by) == (date(2026, 1, 1), bea)


# --- What has changed between the preview and the click --------------------------------------------


def test_a_course_that_was_filled_in_since_the_preview_is_not_removed(ana, welding):
    course = make_course(welding, "Old one", code="W 1")
    row = {"program": "welding", "code": "W 2", "title_en": "New one"}
    run = uploaded(ana, csv_of("courses", row), retire_missing=True)
    Course.objects.update(title_es="La de antes")

    runs.apply(run, by=ana)

    assert Course.objects.filter(pk=course.pk).exists()
    assert "changed since the preview" in said(run, "apply")[0]


def test_a_file_that_comes_whole_or_not_at_all_waits_for_a_new_preview(ana, palomar, welding):
    make_program("Cooking", slug="cooking", institution=palomar)
    rows = [{"slug": "welding", "length": "1"}, {"slug": "cooking", "length": "2"}]
    run = uploaded(ana, csv_of("programs", *rows), all_or_nothing=True)
    Program.objects.filter(slug="welding").update(length="9")

    runs.apply(run, by=ana)

    run.refresh_from_db()
    assert (run.state, Program.objects.get(slug="cooking").length) == ("ready", "")
    assert "as not every row can be" in run.problem


def test_who_removes_their_word_on_a_job_by_a_file_gets_the_suggestion_again(ana, palomar):
    pathway = make_pathway()
    make_program("Welding", slug="welding", institution=palomar, pathway=pathway)
    for soc in ("51-4121", "51-4122"):
        job = make_occupation(f"Job {soc}", soc=soc)
        OccupationPathway.objects.create(occupation=job, pathway=pathway, rank=1)
    careers.suggest()
    ProgramOccupation.objects.update(basis="confirmed")
    row = {"program": "welding", "occupation": "51-4121", "basis": "confirmed"}

    applied(ana, csv_of("program_occupations", row), retire_missing=True)

    found = ProgramOccupation.objects.values_list("occupation__soc", "basis")
    assert sorted(found) == [("51-4121", "confirmed"), ("51-4122", "pathway")]


# --- A workbook that is older than the site -------------------------------------------------------


@pytest.fixture
def downloaded(ana, welding):
    """Ana's workbook, with or without a change in it, as it was when the test began."""
    data = writing.workbook(ana)

    def downloaded(**changed):
        book = load_workbook(io.BytesIO(data))
        heads = [cell.value for cell in book["Programs"][1]]
        for name, text in changed.items():
            book["Programs"].cell(2, heads.index(name) + 1).value = text
        file = io.BytesIO()
        book.save(file)
        return SimpleUploadedFile("mine.xlsx", file.getvalue())

    return downloaded


def test_an_older_workbook_says_which_rows_it_takes_back(ana, welding, downloaded):
    with acting(make_user(email="carla@example.org", first_name="Carla")):
        welding.status = "retired"
        welding.save()

    run = uploaded(ana, downloaded(title_en="Welding Technology"))

    assert run.counts["programs"] == {"changed": 1, "takes_back": 1}
    (section,) = preview.sections(run)
    (row,) = section.few
    day = date_format(timezone.localdate(), "MONTH_DAY_FORMAT")
    assert row.takes_back == [f"Status: changed on {day} by Carla, after this file was downloaded"]


def test_what_was_changed_before_the_download_or_is_not_in_the_file_is_not_taken_back(
    ana, welding, downloaded
):
    Change.objects.update(at=timezone.now() - timedelta(days=1))
    with acting(ana):
        make_program("Cooking", slug="cooking", institution=make_institution())

    run = uploaded(ana, downloaded(title_en="Welding Technology"))

    assert run.counts["programs"] == {"changed": 1}
    assert [row.takes_back for one in preview.sections(run) for row in one.few] == [[]]


def test_a_workbook_that_is_corrected_and_brought_again_takes_nothing_back(ana, downloaded):
    applied(ana, downloaded(title_en="Weldin Technology"))

    run = uploaded(ana, downloaded(title_en="Welding Technology"))

    assert run.counts["programs"] == {"changed": 1}


def test_a_row_that_was_added_after_the_download_is_not_retired_in_silence(
    ana, welding, downloaded
):
    with acting(ana):
        make_program("Cooking", slug="cooking", institution=welding.institution)

    run = uploaded(ana, downloaded(), retire_missing=True)

    assert run.counts["programs"] == {"unchanged": 1, "retired": 1, "takes_back": 1}


def test_a_row_that_was_removed_after_the_download_does_not_come_back_in_silence(ana, welding):
    make_course(welding, "Arcs")
    data = writing.workbook(ana)
    with acting(ana):
        Course.objects.get().delete()

    run = uploaded(ana, SimpleUploadedFile("mine.xlsx", data))

    assert run.counts["courses"] == {"new": 1, "takes_back": 1}
    (section,) = preview.sections(run)
    (told,) = section.few[0].takes_back
    assert told.startswith("removed on ")
    assert told.endswith(" by Ana Díaz, after this file was downloaded")


def test_an_empty_cell_never_takes_back_a_verification(ana, welding, downloaded):
    actions.verify([welding], by=ana)

    run = applied(ana, downloaded(title_en="Welding Technology", verified_on=None))

    (change,) = Change.objects.filter(run=run.pk)
    assert change.after == {"title_en": "Welding Technology"}
    welding.refresh_from_db()
    assert (welding.verified_on, welding.verified_by) == (timezone.localdate(), ana)


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
    assert run.state == "ready"
    assert everything() == before


def test_who_lost_a_school_since_takes_nothing_back_there(ana, welding):
    run = applied(ana, csv_of("programs", {"slug": "welding", "title_en": "W"}))
    ana.assignments.all().delete()

    runs.take_back(run, by=ana)

    assert said(run, "undo") == [
        "programs.csv!2: Welding – Palomar College: this row is not one of yours any more"
    ]
    assert (run.state, run.problem) == (
        "applied", "Nothing was undone: the row stays as it is, see below.",
    )  # fmt: skip
    assert Program.objects.get().title_en == "W"
    runs.take_back(run, by=make_administrator())
    assert (said(run, "undo"), Program.objects.get().title_en) == ([], "Welding")


def test_an_outdated_preview_changes_nothing_and_says_so(ana, welding):
    older = uploaded(ana, csv_of("programs", {"slug": "welding", "title_en": "A"}))
    newer = uploaded(ana, csv_of("programs", {"slug": "welding", "title_en": "B"}))
    runs.apply(newer, by=ana)

    for _twice in range(2):
        runs.apply(older, by=ana)

    older = ImportRun.objects.get(pk=older.pk)
    assert (older.state, older.applied_at) == ("ready", None)
    assert older.problem == (
        "Nothing was applied: the row was left out, see below. Read the file again."
    )
    assert said(older, "apply") == [
        "programs.csv!2: Welding – Palomar College: changed since the preview"
    ]
    assert Program.objects.get().title_en == "B"
    runs.read(older)
    runs.apply(older, by=ana)
    assert (older.state, Program.objects.get().title_en) == ("applied", "A")


def test_rows_left_out_are_not_counted_as_written(ana, welding, palomar):
    make_program("Cooking", slug="cooking", institution=palomar)
    gone = make_program("Baking", slug="baking", institution=palomar)
    rows = [{"slug": "welding", "title_en": "W"}, {"slug": "cooking", "title_en": "C"}]
    run = uploaded(ana, csv_of("programs", *rows), retire_missing=True)
    Program.objects.filter(pk=welding.pk).update(title_en="By hand")
    Program.objects.filter(pk=gone.pk).update(status="draft")

    runs.apply(run, by=ana)

    assert ImportRun.objects.get().counts == {
        "programs": {"changed": 1, "retired": 0, "left_out": 2}
    }


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


def test_a_job_that_was_taken_back_by_hand_does_not_come_back_in_silence(ana, welding):
    leads_to(welding, make_occupation("Welders", soc="51-4121"), basis="confirmed")
    data = writing.workbook(ana)
    with acting(ana):
        ProgramOccupation.objects.get().delete()

    run = uploaded(ana, SimpleUploadedFile("mine.xlsx", data))

    assert run.counts["program_occupations"] == {"new": 1, "takes_back": 1}


def test_what_is_saved_while_a_workbook_is_made_is_later_than_it(ana, welding, monkeypatch):
    read = writing.own_rows

    def slowly(table, user):
        rows = read(table, user)
        if table.name == "programs":
            welding.length = "saved meanwhile"
            welding.save()
        return rows

    monkeypatch.setattr(writing, "own_rows", slowly)
    data = writing.workbook(ana)
    monkeypatch.undo()

    run = uploaded(ana, SimpleUploadedFile("mine.xlsx", data))

    assert run.counts["programs"] == {"changed": 1, "takes_back": 1}


# --- The worker ------------------------------------------------------------------------------------


def test_the_worker_goes_on_when_the_database_answers_again(monkeypatch):
    asked = []

    def handle(_command, **_options):
        asked.append(len(asked))
        if len(asked) < 3:
            raise OperationalError("the server closed the connection")

    monkeypatch.setattr(work.db_worker.Command, "handle", handle)
    monkeypatch.setattr(work, "PAUSE", 0)
    monkeypatch.setattr(work.connections, "close_all", lambda: None)  # it is the test's own

    call_command("work")

    assert asked == [0, 1, 2]


def test_a_run_that_has_ended_meanwhile_is_not_called_interrupted(ana, welding):
    run = uploaded(ana, csv_of("programs", {"slug": "welding", "length": "1"}))

    runs._recover(run)

    assert (run.state, run.problem) == ("ready", "")
