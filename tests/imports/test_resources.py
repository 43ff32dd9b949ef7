"""The lists' Import and Export buttons, and the library's own door."""

from datetime import timedelta

import pytest
import tablib
from django.urls import reverse
from django.utils import timezone
from import_export.formats.base_formats import XLSX

from accounts.models import Change, Role
from imports.resources import resource_of
from imports.tables import BY_NAME
from imports.uploads import reading
from programs.models import Program
from tests.factories import make_program, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def programs():
    return resource_of(BY_NAME["programs"])()


def dataset(*rows):
    return tablib.Dataset(*(list(row.values()) for row in rows), headers=list(rows[0]))


def test_export_gives_the_list_as_it_is_filtered_in_the_packs_own_columns(
    client, ana, palomar, tmp_path
):
    make_program("Welding", slug="welding", institution=palomar, contact="=1+1")
    make_program("Baking", slug="baking", institution=palomar, status="draft")
    sign_in(client, ana)

    response = client.get(reverse("admin:programs_program_export"), {"status__exact": "published"})

    rows = XLSX().create_dataset(response.content).dict
    assert [row["slug"] for row in rows] == ["welding"]
    path = tmp_path / "list.xlsx"
    path.write_bytes(response.content)
    with reading.read(path, "list.xlsx") as upload:
        assert timezone.now() - upload.downloaded_at < timedelta(minutes=1)
        assert upload.tables == ["programs"]
    assert list(rows[0]) == list(BY_NAME["programs"].columns)
    assert (rows[0]["institution"], rows[0]["contact"]) == ("palomar", "=1+1")


@pytest.mark.parametrize("model", ["program", "programlink", "institution", "opportunity"])
def test_import_leads_to_where_files_are_uploaded(client, ana, model):
    sign_in(client, ana)
    page = client.get(reverse(f"admin:programs_{model}_changelist")).content.decode()
    address = reverse(f"admin:programs_{model}_import")

    assert f"href='{address}" in page
    assert client.get(address).url == reverse("admin:imports_importrun_add")


def test_who_only_reads_gets_no_import_button(client, ana):
    sign_in(client, make_user(Role.READER))

    page = client.get(reverse("admin:programs_program_changelist")).content.decode()

    assert reverse("admin:programs_program_export") in page
    assert reverse("admin:programs_program_import") not in page


def test_the_librarys_own_import_is_compared_checked_and_recorded_like_an_upload(
    programs, ana, palomar
):
    welding = make_program("Welding", slug="welding", institution=palomar)
    make_program("Baking", slug="baking", institution=palomar)
    make_program("Theirs", slug="theirs")
    data = dataset(
        {"slug": "welding", "title_en": "Welding II", "institution": "palomar"},
        {"slug": "baking", "title_en": "Baking", "institution": "palomar"},
        {"slug": "theirs", "title_en": "Mine", "institution": "palomar"},
    )

    dry = programs.import_data(data, dry_run=True, user=ana)
    welding.refresh_from_db()
    assert welding.title_en == "Welding"
    result = programs.import_data(data, user=ana)

    assert dict(dry.totals) == dict(result.totals)
    assert {name: count for name, count in result.totals.items() if count} == {
        "update": 1, "skip": 1, "invalid": 1,
    }  # fmt: skip
    assert str(result.invalid_rows[0].error.message) == "this row is not one of yours"
    welding.refresh_from_db()
    change = Change.objects.of(welding).first()
    assert (welding.title_en, change.by) == ("Welding II", ana)
    assert change.columns == [("title_en", "Welding", "Welding II")]
    assert Program.objects.get(slug="theirs").title_en == "Theirs"
