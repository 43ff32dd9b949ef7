"""A new school year: what a sheet is preset to, what it asks before it saves, and what it writes."""

import datetime
import re

import pytest

from accounts.models import Change
from programs import rollover
from programs.models import Program
from tests.factories import make_institution, make_link, make_program, sign_in
from tests.programs.people import make_two_schools

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(client):
    scene = make_two_schools()
    sign_in(client, scene.ana)
    return scene


@pytest.fixture
def sheet(client, scene):
    """sheet(**choices) -> the page after them; the rest is sent as the page has it."""
    address = f"/en/admin/programs/institution/{scene.school.pk}/rollover/"

    def send(**choices):
        form = client.get(address).context["form"]
        data = {name: form[name].value() for name in form.fields}
        return client.post(address, data | choices)

    return send


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def chosen(page, *programs):
    return [page.context["form"][f"program_{program.pk}"].value() for program in programs]


@pytest.mark.parametrize(
    ("day", "year"),
    [("2026-03-31", "2025-26"), ("2026-04-01", "2026-27"), ("2099-12-31", "2099-00")],
)
def test_the_year_to_plan_begins_in_april(day, year):
    assert rollover.school_year(datetime.date.fromisoformat(day)) == year


# --- Before anything is saved -------------------------------------------------------------------


def test_an_untouched_sheet_saves_nothing_and_says_so(scene, sheet):
    make_link(from_institution=scene.school, valid_until="2024-25")
    before = Change.objects.count()

    page = sheet(_confirmed="Yes, save it")

    assert "Nothing to save: each line still says “decide later”." in words(page)
    assert Change.objects.count() == before


def test_what_the_choices_come_to_is_shown_before_it_is_saved(scene, sheet):
    ending = make_program("Typing", institution=scene.school)
    make_program("Robots", institution=scene.school)
    link = make_link(from_institution=scene.school, valid_until="2024-25")
    before = Change.objects.count()

    page = sheet(
        **{f"program_{scene.program.pk}": "goes_on", f"program_{ending.pk}": "ends"},
        **{f"link_{link.pk}": "goes_on", f"until_{link.pk}": "2027-28"},
    )

    told, year = words(page), rollover.school_year()
    assert "Nothing is saved yet." in told
    assert f"verified with today’s date and dated {year}: 1" in told
    assert "Programs that end and are retired: 1 Typing" in told
    assert f"Agreements renewed: 1 {link} (2027-28)" in told
    assert "To decide later, nothing changes: 1" in told
    assert Change.objects.count() == before


def test_the_way_back_from_the_question_keeps_the_choices(scene, sheet):
    page = sheet(**{f"program_{scene.program.pk}": "ends", "_back": "Back to the sheet"})

    assert chosen(page, scene.program) == ["ends"]
    assert "Save the new school year" in page.content.decode()
    assert fresh(scene.program).status == "published"


def test_one_button_sets_the_undecided_public_programs_and_saves_nothing(scene, sheet):
    ending = make_program("Typing", institution=scene.school)
    draft = make_program("Robots", institution=scene.school, status=Program.Status.DRAFT)

    page = sheet(**{f"program_{ending.pk}": "ends", "_others": "All the others go on unchanged"})

    assert chosen(page, scene.program, ending, draft) == ["goes_on", "ends", "later"]
    assert "Save the new school year" in page.content.decode()
    assert fresh(scene.program).verified_on is None


def test_enter_in_a_text_box_asks_before_it_saves(client, scene):
    """A browser presses the first button of the form then."""
    address = f"/en/admin/programs/institution/{scene.school.pk}/rollover/"

    page = client.get(address).content.decode()

    form = page[page.index('class="rollover"') :]
    first = re.search(r'<input type="submit"[^>]*>', form)[0]
    assert "Save the new school year" in first
    assert "name=" not in first  # what is sent says neither "_confirmed" nor "_others"


# --- What is written ----------------------------------------------------------------------------


def test_the_sheet_writes_the_new_year_and_doubles_nothing(scene, sheet):
    ending = make_program("Typing", institution=scene.school)
    editing = make_program("Robots", institution=scene.school)
    renewed, over, later = (
        make_link(from_institution=scene.school, valid_until=year)
        for year in ("2024-25", "2020-21", "2025-26")
    )

    page = sheet(
        _confirmed="Yes, save it",
        **{
            f"program_{scene.program.pk}": "goes_on", f"program_{ending.pk}": "ends",
            f"program_{editing.pk}": "to_edit",
            f"link_{renewed.pk}": "goes_on", f"until_{renewed.pk}": "2027-28",
            f"link_{over.pk}": "ends",
        },
    ).content.decode()  # fmt: skip

    program = fresh(scene.program)
    assert "The new school year is saved." in page
    assert (program.as_of, program.verified_by) == (rollover.school_year(), scene.ana)
    assert fresh(ending).status == "retired"
    assert fresh(editing).verified_on is None
    assert [f"/program/{row.pk}/change/" in page for row in (ending, editing)] == [True, True]
    assert [fresh(link).valid_until for link in (renewed, over, later)] == [
        "2027-28", "2020-21", "2025-26",
    ]  # fmt: skip
    assert Program.objects.count() == 4
    assert fresh(scene.foreign).verified_on is None


def test_another_schools_rows_are_left_alone_whatever_is_sent(scene, sheet):
    link = make_link(from_institution=make_institution(), valid_until="2024-25")

    sheet(
        _confirmed="Yes, save it",
        **{f"program_{scene.program.pk}": "goes_on", f"program_{scene.foreign.pk}": "ends"},
        **{f"link_{link.pk}": "goes_on", f"until_{link.pk}": "2027-28"},
    )

    assert fresh(scene.program).verified_on is not None
    assert fresh(scene.foreign).status == "published"
    assert fresh(link).valid_until == "2024-25"


@pytest.mark.parametrize("until", ["2099", "06/30/2099"])
def test_an_agreement_that_ends_gets_the_last_school_year_however_its_end_was_written(
    scene, sheet, until
):
    link = make_link(from_institution=scene.school, valid_until=until)

    sheet(**{f"link_{link.pk}": "ends", "_confirmed": "Yes, save it"})

    assert fresh(link).valid_until == rollover.previous(rollover.school_year())


@pytest.mark.parametrize("until", ["soon", "next May", "June 2027"])
def test_a_sheet_with_a_last_year_that_nobody_can_read_writes_nothing(scene, sheet, until):
    link = make_link(from_institution=scene.school, valid_until="2024-25")

    page = sheet(
        _confirmed="Yes, save it",
        **{f"program_{scene.program.pk}": "goes_on"},
        **{f"link_{link.pk}": "goes_on", f"until_{link.pk}": until},
    )

    assert "Write a school year such as 2026-27, or a date such as 2027-06-30." in words(page)
    assert f'<a href="#id_until_{link.pk}">Last year of: ' in page.content.decode()
    assert f' id="id_until_{link.pk}"' in page.content.decode()
    assert fresh(scene.program).verified_on is None
    assert fresh(link).valid_until == "2024-25"
