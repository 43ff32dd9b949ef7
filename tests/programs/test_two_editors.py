"""Two people edit one page: nothing is overwritten silently."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from programs import actions
from programs.models import Course, Opportunity, Program, ProgramOccupation
from reference.models import GlossaryTerm
from tests.factories import (
    leads_to,
    make_administrator,
    make_award,
    make_course,
    make_district,
    make_occupation,
    sign_in,
)
from tests.programs.people import filled, make_two_schools

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """Ana and the region's administrator Carla have the same page open."""
    scene = make_two_schools()
    scene.carla = make_administrator("carla@example.org", first_name="Carla", last_name="Soto")
    scene.url = reverse("admin:programs_program_change", args=[scene.program.pk])
    scene.one, scene.two = Client(), Client()
    sign_in(scene.one, scene.ana)
    sign_in(scene.two, scene.carla)
    return scene


def both_open(scene):
    return filled(scene.one.get(scene.url)), filled(scene.two.get(scene.url))


def title(scene):
    return Program.objects.get(pk=scene.program.pk).title_en


def test_the_second_save_is_stopped_and_told_who_changed_what(scene):
    hers, mine = both_open(scene)
    scene.one.post(scene.url, hers | {"title_en": "Welding and Joining"})

    answer = scene.two.post(scene.url, mine | {"title_en": "Metalwork", "grades": "9-12"})
    page = answer.content.decode()

    assert title(scene) == "Welding and Joining"
    assert "Somebody else has saved this page since you opened it." in page
    assert "Ana Ruiz," in page
    assert "Title (English): “Welding” → “Welding and Joining”" in page
    assert 'value="Metalwork"' in page  # what was typed stays
    assert "Saved now: Welding and Joining" in page  # beside what is saved
    assert 'value="9-12"' in page


def test_saving_again_overwrites_on_purpose(scene):
    hers, mine = both_open(scene)
    scene.one.post(scene.url, hers | {"title_en": "Welding and Joining"})

    again = filled(scene.two.post(scene.url, mine | {"title_en": "Metalwork"}))
    answer = scene.two.post(scene.url, again)

    assert answer.status_code == 302
    assert title(scene) == "Metalwork"


def test_who_saved_in_another_window_is_told_that_it_was_they(scene):
    older = filled(scene.two.get(scene.url))
    newer = filled(scene.two.get(scene.url))
    scene.two.post(scene.url, newer | {"title_en": "Welding and Joining"})

    page = scene.two.post(scene.url, older | {"grades": "9-12"}).content.decode()

    assert "Not saved yet: this page has changed since you opened it." in page
    assert "You have saved this page in another window" in page
    assert "You, in another window," in page
    assert "Somebody else" not in page
    assert "Please correct the error" not in page


def test_what_a_third_person_saves_in_between_stops_the_second_try_too(scene):
    hers, mine = both_open(scene)
    scene.one.post(scene.url, hers | {"title_en": "Welding and Joining"})
    again = filled(scene.two.post(scene.url, mine | {"title_en": "Metalwork"}))
    actions.retire([Program.objects.get(pk=scene.program.pk)], by=scene.ana)

    page = scene.two.post(scene.url, again).content.decode()

    assert "Status: “published” → “retired”" in page
    assert title(scene) == "Welding and Joining"


def test_a_changed_course_counts_as_a_change_of_its_program(scene):
    make_course(scene.program, "Welding I")
    hers, mine = both_open(scene)
    scene.one.post(scene.url, hers | {"courses-0-title_en": "Welding and Safety"})

    page = scene.two.post(scene.url, mine | {"title_en": "Metalwork"}).content.decode()

    assert "Course: Welding and Safety" in page
    assert "“Welding I” → “Welding and Safety”" in page
    assert title(scene) == "Welding"
    assert Course.objects.get().title_en == "Welding and Safety"


def test_an_older_page_of_a_person_does_not_give_a_school_back(scene):
    """The first of two administrators takes a school away; the other has the page open."""
    page = reverse("admin:accounts_user_change", args=[scene.ana.pk])
    olga, carla = Client(), scene.two
    sign_in(olga, make_administrator("olga@example.org", first_name="Olga"))
    hers, mine = filled(olga.get(page)), filled(carla.get(page))
    olga.post(page, hers | {"assignments-0-DELETE": "on"})
    assert not scene.ana.assignments.exists()

    answer = carla.post(page, mine | {"first_name": "Anna"})

    assert "Somebody else has saved this page" in answer.content.decode()
    assert not scene.ana.assignments.exists()


def test_of_two_who_have_read_the_same_version_each_save_counts(scene):
    one, other = (Program.objects.get(pk=scene.program.pk) for _ in range(2))
    before = one.version

    one.save()
    other.save()

    assert other.version == before + 2


@pytest.mark.parametrize("where", ["list", "page"])
def test_a_word_on_a_job_counts_as_a_change_of_its_program(scene, where):
    leads_to(scene.program, make_occupation(), basis="pathway")
    job = ProgramOccupation.objects.get()
    mine = filled(scene.two.get(scene.url))
    if where == "list":
        jobs = reverse("admin:programs_programoccupation_changelist")
        scene.one.post(jobs, {"action": "hide", "_selected_action": [job.pk]})
    else:
        page = reverse("admin:programs_programoccupation_change", args=[job.pk])
        scene.one.post(page, filled(scene.one.get(page)) | {"basis": "hidden"})

    answer = scene.two.post(scene.url, mine | {"title_en": "Metalwork"})

    assert "Somebody else has saved this page" in answer.content.decode()
    assert ProgramOccupation.objects.get().basis == "hidden"


def test_a_deleted_award_stops_the_other_save_without_an_error_page(scene):
    make_award(scene.program, title="Certificate")
    hers, mine = both_open(scene)
    scene.one.post(scene.url, hers | {"awards-0-DELETE": "on"})

    answer = scene.two.post(scene.url, mine | {"title_en": "Metalwork"})

    assert answer.status_code == 200
    assert "Award: Certificate" in answer.content.decode()
    assert title(scene) == "Welding"


def test_who_deletes_the_same_row_may_then_save(scene):
    make_award(scene.program, title="Certificate")
    hers, mine = both_open(scene)
    scene.one.post(scene.url, hers | {"awards-0-DELETE": "on"})
    again = filled(scene.two.post(scene.url, mine | {"title_en": "Metalwork"}))

    scene.two.post(scene.url, again | {"awards-0-DELETE": "on"})

    assert title(scene) == "Metalwork"


def test_a_save_that_changes_nothing_disturbs_nobody(scene):
    hers, mine = both_open(scene)
    scene.one.post(scene.url, hers)

    scene.two.post(scene.url, mine | {"title_en": "Metalwork"})

    assert title(scene) == "Metalwork"


@pytest.mark.parametrize("seen", ["", "x", "2", "@", "2@2026-99-99", "99999999999999999999@", "\0"])
def test_a_page_that_does_not_say_what_it_showed_saves_nothing(scene, seen):
    _hers, mine = both_open(scene)

    answer = scene.two.post(scene.url, mine | {"title_en": "Metalwork", "seen": seen})

    assert answer.status_code == 200
    assert title(scene) == "Welding"


def test_what_others_wrote_is_shown_as_text(scene):
    hers, mine = both_open(scene)
    scene.one.post(scene.url, hers | {"contact": "<script>alert(1)</script>"})

    page = scene.two.post(scene.url, mine | {"contact": "Room 7"}).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


AT_ONCE = """
import django; django.setup()
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from accounts.models import User
from programs.models import Opportunity
from tests.programs.people import filled

setup_test_environment()
user, row = User.objects.get(email="carla@example.org"), Opportunity.objects.get()
url = f"/en/admin/programs/opportunity/{row.pk}/change/"

def reader():
    client = Client()
    client.force_login(user)
    return client

form, ready = filled(reader().get(url)), Barrier(20)

def save(number):
    client = reader()
    ready.wait()
    answer = client.post(url, form | {"audience": f"word {number}"})
    connection.close()
    return number, answer.status_code

with ThreadPoolExecutor(20) as pool:
    answers = list(pool.map(save, range(20)))
saved = [f"word {number}" for number, status in answers if status == 302]
before, row = row.version, Opportunity.objects.get()
print(len(saved), sum(status == 200 for _, status in answers), row.version - before,
      saved == [row.audience])
"""


@pytest.mark.django_db(transaction=True)
def test_of_twenty_saves_at_once_one_is_written_and_nineteen_are_told(scene, tmp_path):
    """In a process of its own, for threads do not share an SQLite database in memory."""
    Opportunity.objects.create(
        title_en="Visit", kind="visit", stage="awareness", institution=scene.school,
        release=scene.program.release,
    )  # fmt: skip

    assert _at_once(tmp_path) == "1 19 1 True"


def _at_once(folder):
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{folder / 'copy.sqlite3'}"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / "copy.sqlite3")])
    else:
        login = f"{database['USER']}:{database['PASSWORD']}"
        place = f"{database['HOST'] or 'localhost'}:{database['PORT'] or 5432}"
        url = f"postgres://{login}@{place}/{database['NAME']}"
    done = subprocess.run(
        [sys.executable, "-c", AT_ONCE],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "pathways.settings", "LOCAL": "1",
            "DEBUG": "1", "ALLOWED_HOSTS": "testserver", "LOG_LEVEL": "CRITICAL",
        },
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("what", ["user", "district", "term"])
def test_what_counts_no_versions_is_not_overwritten_either(scene, what):
    term = GlossaryTerm.objects.create(
        slug="a", term_en="A", term_es="A", definition_en="B", definition_es="B"
    )
    row, column = {
        "user": (scene.ana, "first_name"),
        "district": (make_district("Coast Union"), "name"),
        "term": (term, "definition_en"),
    }[what]
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    url = reverse(name, args=[row.pk])
    first, second = filled(scene.two.get(url)), filled(scene.two.get(url))
    scene.two.post(url, first | {column: "The first"})

    page = scene.two.post(url, second | {column: "The second"}).content.decode()

    row.refresh_from_db()
    assert getattr(row, column) == "The first"
    assert "Saved now: The first" in page

    again = second | {column: "The second", "seen": scene.two.get(url).context["seen"]}
    scene.two.post(url, again)
    row.refresh_from_db()
    assert getattr(row, column) == "The second"


def test_who_is_told_twice_saves_what_counts_no_versions_all_the_same(scene):
    url = reverse("admin:programs_district_change", args=[make_district("Coast Union").pk])
    first, second = filled(scene.two.get(url)), filled(scene.two.get(url))
    scene.two.post(url, first | {"name": "The first"})
    refused = scene.two.post(url, second | {"name": "The second"})

    answer = scene.two.post(url, filled(refused) | {"name": "The second"})

    assert answer.status_code == 302


def test_a_mistake_of_ones_own_is_no_other_editor(scene):
    url = reverse("admin:programs_district_change", args=[make_district("Coast Union").pk])
    wrong = scene.two.post(url, filled(scene.two.get(url)) | {"name": ""})

    answer = scene.two.post(url, filled(wrong) | {"name": "Coast Union High"})

    assert answer.status_code == 302
