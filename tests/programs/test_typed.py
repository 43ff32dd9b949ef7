"""What is typed into a box, or stands in a cell: taken, tidied, or refused in plain words."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from imports import cells
from programs.models import LinkKind, Program, ProgramLink
from reference.models.codes import undotted
from tests.factories import make_institution, make_link, make_program, sign_in
from tests.programs.people import filled, make_two_schools

TODAY = date(2026, 11, 26)
AS_OF, UNITS = Program._meta.get_field("as_of"), ProgramLink._meta.get_field("units")
GRADES, URL = Program._meta.get_field("grades"), Program._meta.get_field("url")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        (AS_OF, "10/12/2026", "2026-10-12"),
        (AS_OF, "11/2026", "2026-11"),
        (AS_OF, "2026–27", "2026-27"),
        (AS_OF, "2026/27", "2026-27"),
        (AS_OF, "2026", "2026"),
        (AS_OF, "2015-2019", "2015-2019"),
        (UNITS, "1.5", "1.5"),
        (UNITS, "3-5", "3-5"),
        (UNITS, "45+", "45+"),
        (UNITS, "up to 15 credits in total", "up to 15 credits in total"),
        (GRADES, "k – 12", "K-12"),
        (GRADES, "10,12", "10, 12"),
        (URL, "https://www.example.edu/welding", "https://www.example.edu/welding"),
    ],
)
def test_it_is_taken_and_tidied(field, typed, stored):
    assert cells.canonical(field, typed) == stored
    assert field.clean(typed, None) == stored


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        *(
            (AS_OF, text, "Write a year such as 2026")
            for text in ("26-27", "2026-13-01", "2027-26")
        ),
        (AS_OF, "last year", "Write a year such as 2026"),
        (AS_OF, "2019-2015", "Write a year such as 2026"),
        (AS_OF, "1890", "Nothing here is older than 1990"),
        *((AS_OF, text, "This is still to come") for text in ("2035", "2026-12", "2027-28")),
        *((UNITS, text, "Write a number such as 3") for text in ("three", "-2", "300", "5-3", "0")),
        *((GRADES, text, "Write grades") for text in ("twelve", "12-9", "13", "9-", "9-9")),
        (URL, "http://localhost/", "A web address needs a full name"),
    ],
)
def test_it_is_refused_in_plain_words(field, typed, told):
    with pytest.raises(ValidationError, match=told):
        cells.canonical(field, typed)


def test_a_school_year_may_be_named_while_it_is_planned(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2026, 4, 1))
    assert cells.canonical(AS_OF, "2026-27") == "2026-27"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("begins", "ends", "is_refused"),
    [("2028-29", "2026-27", True), ("2026", "2026-27", False), ("2027-01", "2026-27", False)],
)
def test_an_agreement_does_not_end_before_it_begins(begins, ends, is_refused):
    link = make_link(from_institution=make_institution(), valid_from=begins, valid_until=ends)
    if is_refused:
        with pytest.raises(ValidationError, match="would end before it begins"):
            link.clean()
    else:
        link.clean()


def test_a_top_code_is_found_with_its_dot_and_a_cip_code_keeps_it():
    assert undotted("0956.50 welding") == "095650 welding"
    assert undotted("48.0508") == "48.0508"


# --- In the form ----------------------------------------------------------------------------------


@pytest.fixture
def scene(client):
    scene = make_two_schools()
    sign_in(client, scene.ana)
    return scene


def change(program, language="en"):
    return f"/{language}/admin/programs/program/{program.pk}/change/"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_typed_day_is_the_same_day_in_both_languages(client, scene, language):
    address = change(scene.program, language)
    client.post(address, filled(client.get(address)) | {"verified_on": "03/04/2026"})

    scene.program.refresh_from_db()
    assert scene.program.verified_on == date(2026, 3, 4)
    assert 'value="2026-03-04"' in client.get(address).content.decode()


@pytest.mark.django_db
def test_each_box_at_fault_is_named_at_the_top_and_led_to(client, scene):
    address = change(scene.program)
    data = filled(client.get(address)) | {"as_of": "last year", "verified_on": "31/12/2025"}
    page = client.post(address, data).content.decode()

    assert '<li><a href="#id_as_of">As of</a>: Write a year such as 2026' in page
    assert '<li><a href="#id_verified_on">Verified on</a>: Write the day as 2026-11-25' in page


@pytest.mark.django_db
def test_a_copy_is_not_published_under_its_working_name(client, scene):
    copy = make_program("Baking (copy)", institution=scene.school, status="draft")
    plain = make_program("Sewing", institution=scene.school, status="draft")
    address = change(copy)

    page = client.post(address, filled(client.get(address)) | {"status": "published"})
    assert "Give the copy a name of its own first." in page.content.decode()

    data = {"action": "publish", "_selected_action": [copy.pk, plain.pk]}
    told = client.post("/en/admin/programs/program/", data, follow=True).content.decode()
    assert "still says that it is a copy: Baking (copy), Coast High" in told
    statuses = Program.objects.filter(pk__in=[copy.pk, plain.pk]).order_by("title_en")
    assert list(statuses.values_list("status", flat=True)) == ["draft", "published"]


@pytest.mark.django_db
def test_a_program_names_the_agreements_of_its_whole_school(client, scene):
    assert "None for this program alone." not in client.get(change(scene.program)).content.decode()

    link = make_link(LinkKind.FEEDER, from_institution=scene.school, to=scene.other)

    page = client.get(change(scene.program)).content.decode()
    wider = f"/en/admin/programs/programlink/?whose=all&amp;id__in={link.pk}"
    assert f'<a href="{wider}">1 for the whole school or district</a>' in page
    assert client.get(wider.replace("&amp;", "&")).context["cl"].result_count == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came_from", "goes_back"),
    [
        ("/en/admin/programs/suggestion/1/change/", True),
        ("https://evil.example/en/admin/", False),
        ("//evil.example/en/admin/", False),
        ("/en/programs/", False),
    ],
)
def test_saving_leads_back_to_the_page_of_the_workshop_one_came_from(
    client, scene, came_from, goes_back
):
    address = change(scene.program)
    data = filled(client.get(address)) | {"title_en": "Welding 2", "_save": "Save"}

    sent = client.post(f"{address}?next={came_from}", data)

    assert sent.url == (came_from if goes_back else reverse("admin:programs_program_changelist"))


@pytest.mark.django_db
def test_who_only_reads_it_is_told_in_words_that_a_charter_is_not_known(client, scene):
    page = client.get(f"/en/admin/programs/institution/{scene.school.pk}/change/")
    assert '<div class="readonly">Not known</div>' in page.content.decode()
