"""The pages of an import, as a coordinator and an administrator meet them."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook

from accounts.changes import acting
from accounts.models import Change
from imports import keeping, official, runs, tasks
from imports.models import ImportRun
from imports.tables import BY_NAME
from imports.uploads import dated
from programs.models import Program
from reference.models import Release
from tests.factories import make_institution, make_program, make_user, sign_in
from tests.imports.runs import applied, csv_of, read_here, uploaded
from tests.imports.spreadsheets import book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]

ADD = "/en/admin/imports/importrun/add/"


def page_of(run, step="change"):
    return f"/en/admin/imports/importrun/{run.pk}/{step}/"


@pytest.fixture
def ana(client, ana):
    return sign_in(client, ana)


@pytest.fixture
def renamed():
    """A file that gives the program "welding" another title."""
    return csv_of("programs", {"slug": "welding", "title_en": "Welding Technology"})


def post_file(client, file, **options):
    """The page that an upload leads to."""
    return client.post(ADD, {"files": file, **options}, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


# --- The way of a file ------------------------------------------------------------------------------


def test_a_fetched_workbook_is_changed_uploaded_previewed_applied_and_undone(client, ana, welding):
    fetched = client.get("/en/admin/imports/importrun/workbook.xlsx")
    workbook = load_workbook(io.BytesIO(fetched.content))
    sheet = workbook["Programs"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("title_en") + 1).value = "Welding Technology"
    changed = io.BytesIO()
    workbook.save(changed)

    preview = post_file(client, SimpleUploadedFile("mine.xlsx", changed.getvalue()))
    run = ImportRun.objects.get()
    assert [str(row) for row in run.rejected.all()] == []
    assert "Programs: changed rows (1)" in preview.content.decode()
    assert Program.objects.get().title_en == "Welding"

    result = client.post(page_of(run, "apply"), follow=True)
    assert said(result) == ["The import was applied. It can be undone as a whole."]
    assert Program.objects.get().title_en == "Welding Technology"

    result = client.post(page_of(run, "undo"), follow=True)
    assert said(result) == ["The import was undone."]
    assert Program.objects.get().title_en == "Welding"


def test_the_preview_shows_old_beside_new_by_label_and_only_what_differs(client, ana, welding):
    row = {"slug": "welding", "title_en": "Welding", "status": "draft"}

    page = post_file(client, csv_of("programs", row)).content.decode()

    assert "<dt>Status</dt>" in page
    assert "<del>published</del>" in page
    assert "<ins>draft</ins>" in page
    assert "Title (English)" not in page


def test_a_row_that_is_pointed_at_is_named_and_not_coded(client, ana, palomar):
    file = csv_of("programs", {"slug": "robots", "title_en": "Robots", "institution": "palomar"})

    page = post_file(client, file).content.decode()

    assert "<dt>Institution</dt><dd>Palomar College</dd>" in page


def test_a_rows_name_leads_to_its_page_as_long_as_there_is_one(client, ana, palomar):
    name = "Robots – Palomar College"
    row = {"slug": "robots", "title_en": "Robots", "institution": "palomar"}
    page = post_file(client, csv_of("programs", row))
    run = ImportRun.objects.get()
    assert f"<b>{name}</b>" in page.content.decode()

    page = client.post(page_of(run, "apply"), follow=True).content.decode()
    address = f"/en/admin/programs/program/{Program.objects.get().pk}/change/"
    assert f'<b><a href="{address}">{name}</a></b>' in page
    assert client.get(address).status_code == 200

    page = client.post(page_of(run, "undo"), follow=True).content.decode()
    assert f"<b>{name}</b>" in page


def test_counts_lead_to_their_rows_and_unchanged_rows_are_only_counted(client, ana, welding):
    make_program("Baking", slug="baking", institution=welding.institution)
    file = csv_of(
        "programs",
        {"slug": "welding", "title_en": "Welding Technology"},
        {"slug": "baking", "title_en": "Baking"},
    )

    page = post_file(client, file).content.decode()

    assert 'href="#changed.programs"' in page
    assert 'id="changed.programs"' in page
    assert "1 row is the same on the site already and is not listed." in page
    assert "Baking" not in page


def test_a_rejected_row_has_its_place_its_reason_and_the_cell_at_fault(client, ana, welding):
    page = post_file(client, csv_of("programs", {"slug": "welding", "cost": "-5"})).content.decode()

    assert "programs.csv, row 2" in page
    assert "none of these: free, fee" in page
    assert '<div class="import-fault"><dt>cost</dt><dd>-5</dd></div>' in page


def test_rejected_rows_are_fetched_corrected_and_uploaded_again(client, ana, welding):
    post_file(client, csv_of("programs", {"slug": "welding", "cost": "-5"}))
    first = ImportRun.objects.get()

    fetched = client.get(f"/en/admin/imports/importrun/{first.pk}/rejected.xlsx").content
    workbook = load_workbook(io.BytesIO(fetched))
    sheet = workbook["Programs"]
    heads = [cell.value for cell in sheet[1]]
    assert "none of these" in sheet.cell(2, heads.index("reason") + 1).value
    sheet.cell(2, heads.index("cost") + 1).value = "free"
    corrected = io.BytesIO()
    workbook.save(corrected)
    post_file(client, SimpleUploadedFile("corrected.xlsx", corrected.getvalue()))

    assert ImportRun.objects.first().counts == {"programs": {"changed": 1}}


def test_wrong_column_names_are_told_apart_from_rejected_rows(client, ana, welding):
    file = SimpleUploadedFile(
        "mine.xlsx", book(["ID", "tittle_en"], ["welding", "One"], ["baking", "Two"])
    )

    response = post_file(client, file, all_or_nothing="on")
    page = response.content.decode()
    run = ImportRun.objects.get()

    assert "<h2>programs: the column names</h2>" in page
    assert "these columns are missing, rows are recognized by them: slug" in page
    assert "“ID” is not a column of this table; did you mean “slug”?" in page
    assert "<code>slug</code>, <code>ctid</code>" in page
    assert response.context["rejected"] == 0
    assert "rejected rows" not in page
    assert f"{run.pk}/rejected.xlsx" not in page
    assert "there is nothing to apply" not in page
    answer = client.post(page_of(run, "apply"), follow=True)
    assert said(answer) == ["A row was rejected, so nothing in this file is applied."]


def test_a_date_that_could_be_two_stands_open_above_the_counts(client, ana, welding):
    row = {"slug": "welding", "verified_on": "3/4/2026", "title_en": "Welding "}

    page = post_file(client, csv_of("programs", row)).content.decode()

    told = "verified_on: “3/4/2026” was read as month/day/year: 2026-03-04."
    warning = page.index(f"<strong>programs.csv, row 2</strong>: {told}")
    assert warning < page.index("import-overview") < page.index("1 note on how the file was read")


def test_what_a_row_takes_back_is_told_at_the_row_and_above_the_counts(client, ana, welding):
    fetched = client.get("/en/admin/imports/importrun/workbook.xlsx").content
    with acting(make_user(first_name="Carla")):
        welding.contact = "Ms. Lee"
        welding.save()

    page = post_file(client, SimpleUploadedFile("mine.xlsx", fetched)).content.decode()

    assert "1 row takes back what was changed on the site since this file was downloaded" in page
    assert '<p class="import-since">Contact: changed on ' in page
    assert "by Carla, after this file was downloaded" in page


def test_what_the_site_knows_better_is_left_out_at_a_click(client, ana, welding, palomar):
    make_program("Cooking", slug="cooking", institution=palomar)
    Change.objects.update(at=timezone.now() - timedelta(hours=1))
    fetched = client.get("/en/admin/imports/importrun/programs.csv").content.decode()
    with acting(make_user(first_name="Carla")):
        welding.contact = "Ms. Lee"
        welding.save()
    name = dated.name(BY_NAME["programs"], timezone.now() - timedelta(minutes=1))
    mine = fetched.replace("Cooking", "Cookery").encode()
    post_file(client, SimpleUploadedFile(name, mine))
    run = ImportRun.objects.get()
    assert run.counts["programs"] == {"changed": 2, "takes_back": 1}

    page = client.post(page_of(run, "spare"), follow=True).content.decode()
    assert "Left as on the site" in page
    client.post(page_of(run, "apply"))

    welding.refresh_from_db()
    assert welding.contact == "Ms. Lee"
    assert Program.objects.get(slug="cooking").title_en == "Cookery"


def test_a_file_that_the_disk_cannot_hold_leaves_nothing_and_says_so(
    client, ana, settings, monkeypatch
):
    def full(_file, path):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"half of it")
        raise OSError

    monkeypatch.setattr(keeping, "_keep", full)

    page = post_file(client, csv_of("programs", {"slug": "welding"})).content.decode()

    assert "The server could not keep this file. Its disk may be full." in page
    assert list((settings.MEDIA_ROOT / "imports").iterdir()) == []
    assert not ImportRun.objects.exists()


def test_a_csv_file_knows_by_its_name_how_old_it_is(client, ana, welding):
    answer = client.get("/en/admin/imports/importrun/programs.csv")
    name = answer["Content-Disposition"].partition("filename=")[2].strip('"')
    with acting(make_user(email="carla@example.org", first_name="Carla")):
        welding.title_en = "Welding Technology"
        welding.save()

    twice = name.replace(".csv", " (1).csv")  # as a browser calls the second download
    page = post_file(client, SimpleUploadedFile(twice, answer.content)).content.decode()

    assert "by Carla, after this file was downloaded" in page


@pytest.mark.parametrize("is_downloaded", [False, True])
def test_a_page_of_thirty_changed_rows_costs_what_a_page_of_one_costs(
    client, ana, palomar, is_downloaded
):
    def queries_of(count):
        for n in range(count):
            make_program(f"P {count} {n}", slug=f"p-{count}-{n}", institution=palomar)
        moment = timezone.now() if is_downloaded else None
        for program in Program.objects.all():
            program.length = f"{count} years"
            program.save()
        rows = [
            {"slug": program.slug, "title_en": "New", "length": "1 year"}
            for program in Program.objects.all()
        ]
        run = uploaded(ana, csv_of("programs", *rows))
        ImportRun.objects.filter(pk=run.pk).update(downloaded_at=moment)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(page_of(run)).content.decode()
        assert page.count("import-since") == (min(len(rows), 20) if is_downloaded else 0)
        return len(queries)

    client.get(ADD)  # what a process reads once is read

    assert queries_of(1) == queries_of(29) < 20


def test_there_is_no_file_of_rejected_rows_where_none_was_rejected(client, ana, renamed, welding):
    post_file(client, renamed)
    run = ImportRun.objects.get()

    answer = client.get(f"/en/admin/imports/importrun/{run.pk}/rejected.xlsx")

    assert answer.status_code == 404


def test_the_uploaded_file_is_given_back_as_it_came(client, ana, welding):
    content = b"slug,title_en\nwelding,Welding Technology\n"
    post_file(client, SimpleUploadedFile("mine, and yours.csv", content))

    answer = client.get(page_of(ImportRun.objects.get(), "file"))

    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Disposition"] == 'attachment; filename="mine, and yours.csv"'
    assert client.get(page_of(ImportRun.objects.get(), "file") + "?number=1").status_code == 404


def test_a_long_section_has_pages_of_its_own(client, ana, palomar):
    rows = [
        {"slug": f"p-{n:03}", "title_en": f"Robots {n:03}", "institution": "palomar"}
        for n in range(130)
    ]
    post_file(client, csv_of("programs", *rows))
    address = page_of(ImportRun.objects.get())

    first = client.get(address).content.decode()
    second = client.get(f"{address}?show=new.programs&page=2").content.decode()

    assert ("Robots 019" in first, "Robots 020" in first) == (True, False)
    assert "Show all 130" in first
    assert ("Robots 099" in second, "Robots 129" in second) == (False, True)


# --- Wrong clicks -----------------------------------------------------------------------------------


def test_looking_changes_nothing_whatever_the_address(client, ana, renamed, welding):
    run = uploaded(ana, renamed)

    answers = [client.get(page_of(run, step)).status_code for step in ("read", "apply", "undo")]

    assert answers == [405, 405, 405]
    run.refresh_from_db()
    assert (run.state, Program.objects.get().title_en) == ("ready", "Welding")


def test_a_post_without_the_token_of_the_page_is_refused(ana, renamed, welding):
    run, strict = uploaded(ana, renamed), Client(enforce_csrf_checks=True)
    strict.force_login(ana)

    assert strict.post(page_of(run, "apply")).status_code == 403
    assert strict.post(ADD, {"files": csv_of("programs", {"slug": "welding"})}).status_code == 403
    assert Program.objects.get().title_en == "Welding"


def test_who_applies_twice_is_told_and_nothing_happens_again(client, ana, renamed, welding):
    run = uploaded(ana, renamed)

    client.post(page_of(run, "apply"))
    once = Program.objects.get().version
    again = client.post(page_of(run, "apply"), follow=True)

    assert said(again)[-1] == "This import is already being worked on, or is finished."
    assert Program.objects.get().version == once


def test_an_outdated_preview_is_not_called_applied(client, ana, renamed, welding):
    run = uploaded(ana, renamed)
    Program.objects.update(title_en="By hand")

    answer = client.post(page_of(run, "apply"), follow=True)

    assert said(answer) == []
    page = answer.content.decode()
    assert "Nothing was applied: the row was left out, see below." in page
    assert "Welding – Palomar College: changed since the preview" in page
    assert "Preview ready" in page


def test_rows_that_are_left_out_or_stay_are_counted_in_the_answer(client, ana, welding, palomar):
    baking = make_program("Baking", slug="baking", institution=palomar)
    make_program("Cooking", slug="cooking", institution=palomar)
    rows = [{"slug": slug, "title_en": "New"} for slug in ("welding", "baking", "cooking")]
    run = uploaded(ana, csv_of("programs", *rows))
    Program.objects.filter(pk=welding.pk).update(title_en="By hand")

    applied = client.post(page_of(run, "apply"), follow=True)
    Program.objects.filter(pk=baking.pk).update(title_en="By hand")
    undone = client.post(page_of(run, "undo"), follow=True)

    assert said(applied) == ["2 of 3 rows were applied. The others were left out, see below."]
    assert '<th scope="col">Left out</th>' in applied.content.decode()
    assert said(undone) == ["1 of 2 rows were undone. The others stay as they are, see below."]
    assert "Baking – Palomar College: changed since: Title (English)" in undone.content.decode()


def test_an_import_that_was_never_applied_cannot_be_undone(client, ana, renamed, welding):
    run = uploaded(ana, renamed)

    answer = client.post(page_of(run, "undo"), follow=True)

    assert said(answer) == ["This import is already being worked on, or is finished."]
    assert Program.objects.get().title_en == "Welding"


def test_nothing_chosen_and_nothing_in_the_file_are_said_on_the_form(client, ana):
    nothing = client.post(ADD, {})
    empty = client.post(ADD, {"files": SimpleUploadedFile("empty.csv", b"")})

    assert nothing.context["form"].errors == {"files": ["This field is required."]}
    assert empty.context["form"].errors == {"files": ["The submitted file is empty."]}
    assert not ImportRun.objects.exists()


def test_a_file_that_is_too_large_is_refused_on_the_form(client, ana, settings):
    settings.UPLOAD_MAX_MB = 1

    answer = client.post(ADD, {"files": SimpleUploadedFile("big.csv", b"x" * (2**20 + 1))})

    assert answer.context["form"].errors == {"__all__": ["That is more than 1 MB."]}


def test_a_picture_is_no_workbook_and_the_page_says_so(client, ana):
    page = post_file(client, SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(300)))

    assert ImportRun.objects.get().state == "failed"
    assert "This file could not be read" in page.content.decode()
    assert "Read the file again" in page.content.decode()


def test_several_files_are_no_workbook(client, ana):
    two = [csv_of("programs", {"slug": "a"}), csv_of("courses", {"title_en": "b"})]

    answer = client.post(ADD, {"files": two})

    assert "Choose one file" in str(answer.context["form"].errors)


def test_two_files_of_a_release_with_one_name_are_refused_on_the_form(client):
    sign_in(client)
    two = [SimpleUploadedFile("table.csv", b"a"), SimpleUploadedFile("table.csv", b"b")]

    answer = client.post(ADD, {"files": two, "source": "coe_demand"})

    assert answer.context["form"].errors == {"__all__": ["Two of these files have the same name."]}
    assert not ImportRun.objects.exists()


def test_a_file_whose_uploader_is_gone_says_so_when_it_is_read_again(client, ana, renamed, welding):
    run = uploaded(ana, renamed)
    sign_in(client)
    ana.delete()

    page = client.post(page_of(run, "read"), follow=True).content.decode()

    assert "Whoever uploaded this file has no account any more." in page
    assert ImportRun.objects.get().state == "failed"


def test_a_letter_that_is_called_a_workbook_is_told_what_it_is_not(client, ana):
    file = SimpleUploadedFile("programs list.xlsx", b"Dear Carla,\nhere they are.\n")

    page = post_file(client, file).content.decode()

    assert "It is not an Excel or CSV file." in page
    assert "None of its sheets" not in page


def test_a_table_of_something_else_is_told_what_our_sheets_are_called(client, ana):
    page = post_file(client, SimpleUploadedFile("pets.csv", b"pet,age\nRex,3\n")).content.decode()

    assert "one of these: Institutions, Other names, Programs" in page


def test_html_in_a_cell_is_shown_as_text(client, ana, welding):
    file = csv_of("programs", {"slug": "welding", "cost": "<script>alert(1)</script>"})

    page = post_file(client, file).content.decode()

    assert "<script>alert" not in page


# --- Questions before much is lost ------------------------------------------------------------------


def test_one_wrong_row_stops_a_file_of_which_every_row_must_be_right(client, ana, welding):
    file = csv_of(
        "programs",
        {"slug": "welding", "title_en": "Welding Technology", "cost": ""},
        {"slug": "other", "title_en": "Other", "cost": "-5"},
    )
    page = post_file(client, file, all_or_nothing="on").content.decode()
    run = ImportRun.objects.get()

    answer = client.post(page_of(run, "apply"), follow=True)

    assert "You asked for every row to be right." in page
    assert said(answer) == ["A row was rejected, so nothing in this file is applied."]
    assert Program.objects.get().title_en == "Welding"


def test_to_retire_more_than_a_tenth_needs_a_second_yes(client, ana, palomar):
    for n in range(5):
        make_program(f"Program {n}", slug=f"p-{n}", institution=palomar)
    file = csv_of("programs", *({"slug": f"p-{n}", "title_en": f"Program {n}"} for n in range(4)))
    page = post_file(client, file, retire_missing="on").content.decode()
    run = ImportRun.objects.get()

    refused = client.post(page_of(run, "apply"), follow=True)
    assert "Programs: 1 of 5" in page
    assert said(refused) == ["Check the box that says what would be retired, or upload again."]
    assert not Program.objects.filter(status="retired").exists()

    client.post(page_of(run, "apply"), {"retire": "yes"})
    assert [program.slug for program in Program.objects.filter(status="retired")] == ["p-4"]


# --- Whose import ------------------------------------------------------------------------------------


def test_somebody_elses_import_is_not_found_at_any_address(client, ana, renamed, welding):
    run = uploaded(ana, renamed)
    sign_in(client, make_user(keeps=[make_institution("Other College")]))
    base = f"/en/admin/imports/importrun/{run.pk}/"

    got = [
        client.get(f"{base}{step}").status_code for step in ("change/", "file/", "rejected.xlsx")
    ]
    posted = [client.post(page_of(run, step)).status_code for step in ("read", "apply", "undo")]

    assert (got, posted) == ([404, 404, 404], [404, 404, 404])
    assert Program.objects.get().title_en == "Welding"
    assert "programs.csv" not in client.get("/en/admin/imports/importrun/").content.decode()


def test_an_administrator_sees_every_import_and_may_take_it_back(client, ana, renamed, welding):
    run = applied(ana, renamed)
    sign_in(client)

    client.post(page_of(run, "undo"))

    run.refresh_from_db()
    assert (run.state, Program.objects.get().title_en) == ("undone", "Welding")
    page = client.get("/en/admin/imports/importrun/").content.decode()
    assert '<td class="field-person">Ana Díaz</td>' in page
    assert "ana@example.org" not in page
    assert "Ana Díaz" in client.get(page_of(run)).content.decode()


def test_readers_and_planners_bring_no_files(client):
    for role in ("reader", "planner"):
        sign_in(client, make_user(role))
        assert client.get(ADD).status_code == 403
        assert client.get("/en/admin/imports/importrun/workbook.xlsx").status_code == 403


def test_a_coordinator_is_offered_no_official_release_and_can_forge_none(client, ana, renamed):
    page = client.get(ADD).content.decode()

    client.post(ADD, {"files": renamed, "source": "coci", "vintage": "2030"})

    assert "Official releases" not in page
    run = ImportRun.objects.get()
    assert (run.source, run.vintage) == ("workbook", "")


# --- Big files ---------------------------------------------------------------------------------------


def test_a_big_file_waits_for_the_worker_and_its_page_tells_how_far_it_is(
    client, ana, renamed, welding, monkeypatch
):
    monkeypatch.setattr(tasks, "INLINE_BYTES", 10)

    page = post_file(client, renamed)
    run = ImportRun.objects.get()

    assert (run.state, page["Refresh"]) == ("waiting", "2")
    assert "You may close this page" in page.content.decode()
    assert DBTaskResult.objects.get().args_kwargs["args"] == ["read", run.pk, ana.pk]
    runs.read(run)
    ImportRun.objects.update(state="reading", total=4000, done=1000)
    with runs.locks.holding(run):
        page = client.get(page_of(run)).content.decode()
    assert "1000 of 4000 rows" in page
    assert 'value="1000" max="4000"' in page


def test_what_waits_to_be_applied_is_asked_for_once_and_shows_no_button(
    client, ana, renamed, welding, monkeypatch
):
    run = uploaded(ana, renamed)
    monkeypatch.setattr(tasks, "INLINE", 0)

    first = client.post(page_of(run, "apply"), follow=True)
    second = client.post(page_of(run, "apply"), follow=True)

    assert "Waiting for its turn" in first.content.decode()
    assert "Apply 1 row" not in first.content.decode()
    assert said(second) == ["This import is already being worked on, or is finished."]
    assert DBTaskResult.objects.count() == 1


# --- Official releases -------------------------------------------------------------------------------


CROSSWALK = (
    b"CIP2020Code,CIP2020Title,SOC2018Code,SOC2018Title\n"
    b"48.0508,Welding Technology/Welder.,51-4121,Welders\n"
    b"99.9999,Nothing of ours.,51-4121,Welders\n"
)


def test_a_release_is_previewed_with_its_vintage_and_what_it_passes_over_is_told_by_reason(
    client, monkeypatch
):
    monkeypatch.setattr(official, "_read", read_here)
    sign_in(client)
    file = SimpleUploadedFile("CIP2020_SOC2018_Crosswalk_CIP-SOC.csv", CROSSWALK)

    page = post_file(client, file, source="cip_soc", vintage="2030", licence="CC0").content.decode()
    run = ImportRun.objects.get()

    assert "2 lines of the release were not taken" in page
    assert "<td>no program here has this CIP code</td><td>2</td>" in page
    client.post(page_of(run, "apply"))
    release = Release.objects.get(slug="cip-soc-2020")
    assert (release.vintage, release.licence) == ("2030", "CC0")
    assert "Vintage 2030" in client.get(ADD).content.decode()


def test_a_file_of_another_kind_is_refused_with_the_columns_that_it_lacks(client, monkeypatch):
    monkeypatch.setattr(official, "_read", read_here)
    sign_in(client)
    file = SimpleUploadedFile("wrong.xlsx", book(["slug", "title_en"], ["welding", "Welding"]))

    page = post_file(client, file, source="cip_soc").content.decode()

    assert ImportRun.objects.get().state == "failed"
    assert "wrong.xlsx lacks the headings: CIP2020Code" in page


def test_a_release_is_read_by_a_process_of_its_own_whose_words_reach_the_page(client):
    sign_in(client)
    file = SimpleUploadedFile("codes.json", b"{}")

    page = post_file(client, file, source="top_codes").content.decode()

    assert "codes.json is not the list of TOP codes" in page


def test_the_page_says_which_files_each_release_needs(client):
    sign_in(client)

    page = client.get(ADD).content.decode()

    assert (
        "The program export of the Curriculum Inventory: one CSV file or workbook (XLSX)." in page
    )
    assert "not loaded yet" in page


def test_a_file_that_nobody_reads_any_more_can_be_read_again(client, ana, welding):
    """The server was stopped between the upload and the reading."""
    run = keeping.upload([csv_of("programs", {"slug": "welding", "length": "1"})], by=ana)

    page = client.get(page_of(run)).content.decode()
    assert page_of(run, "read") in page
    page = client.post(page_of(run, "read"), follow=True).content.decode()

    assert "Programs: changed rows (1)" in page
