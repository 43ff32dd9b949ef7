"""The index follows the database, whatever happens to its folder. Two Index objects stand for two
processes: they share nothing but the folder and the database."""

import json
import shutil

import pytest
from django.db import connection
from django.http import QueryDict

from finder import index
from finder.index import Index
from finder.search import Search
from programs import catalogue
from programs.models import Program
from tests.factories import make_course, make_institution, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def titles(process):
    """The titles that a process finds, sorted."""
    searcher = process.snapshot(catalogue.current()).searcher
    found = searcher.search(all_programs(), limit=100)
    cards = [json.loads(searcher.doc(address)["card"][0]) for _, address in found.hits]
    return sorted(card[1] for card in cards)


def all_programs():
    from tantivy import Query

    return Query.all_query()


def generations(folder):
    return [path.name for path in folder.iterdir() if path.is_dir()]


def test_a_program_saved_in_one_process_is_found_in_another(folder):
    one, other = Index(folder), Index(folder)
    make_program("Welding")
    assert titles(one) == titles(other) == ["Welding"]

    make_program("Nursing")

    assert titles(one) == ["Nursing", "Welding"]
    assert titles(other) == ["Nursing", "Welding"]


def test_changed_programs_are_written_anew_and_unpublished_ones_go(folder):
    process = Index(folder)
    institution = make_institution()
    welding, nursing = (make_program(title, institution=institution) for title in ("Weld", "Nurse"))
    titles(process)
    before = generations(folder)

    welding.title_en = "Welding"
    welding.save()
    nursing.status = Program.Status.RETIRED
    nursing.save()

    assert titles(process) == ["Welding"]
    assert generations(folder) == before


def test_a_new_course_makes_its_program_findable():
    program = make_program("Manufacturing")
    assert Search(QueryDict("q=robotics"), catalogue.current()).count() == 0

    make_course(program, "Robotics I")

    assert Search(QueryDict("q=robotics"), catalogue.current()).count() == 1


def test_a_changed_institution_rebuilds_everything(folder):
    process = Index(folder)
    institution = make_institution("Old College")
    make_program("Welding", institution=institution)
    titles(process)
    before = generations(folder)

    institution.name = "New College"
    institution.save()

    assert titles(process) == ["Welding"]
    assert generations(folder) != before
    assert len(generations(folder)) == 1


def test_an_update_gives_the_same_documents_as_a_rebuild(folder, tmp_path):
    updated = Index(folder)
    programs = [make_program(f"Program {number}") for number in range(5)]
    titles(updated)
    programs[1].title_en = "Changed"
    programs[1].save()
    programs[2].delete()
    make_program("Late")

    assert titles(updated) == titles(Index(tmp_path / "fresh"))


def test_a_database_that_went_back_in_time_is_believed(folder):
    process = Index(folder)
    make_program("Welding")
    titles(process)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programs_program SET title_en = 'Older'")
        cursor.execute("UPDATE programs_catalogue SET version = version - 1, rebuilt = 1")

    assert titles(process) == ["Older"]


@pytest.mark.parametrize("damage", ["empty", "nonsense", "no generation", "broken generation"])
def test_a_damaged_folder_is_built_anew(folder, damage):
    make_program("Welding")
    titles(Index(folder))
    generation = folder / generations(folder)[0]
    if damage == "empty":
        shutil.rmtree(folder)
    elif damage == "nonsense":
        (folder / "state.json").write_text("{{{")
    elif damage == "no generation":
        shutil.rmtree(generation)
    else:
        for file in generation.iterdir():
            file.write_bytes(b"nonsense")

    assert titles(Index(folder)) == ["Welding"]


def test_a_half_written_generation_is_left_aside_and_removed(folder):
    """What kill -9 in the middle of a rebuild leaves behind."""
    make_program("Welding")
    titles(Index(folder))
    (folder / "half").mkdir()
    (folder / "half" / "meta.json").write_text("{")
    catalogue.bump()

    assert titles(Index(folder)) == ["Welding"]
    assert "half" not in generations(folder)


def test_a_folder_that_cannot_be_written_is_replaced_by_memory(tmp_path):
    (tmp_path / "file").write_text("a file where the folder should be")
    process = Index(tmp_path / "file" / "index")
    make_program("Welding")
    assert titles(process) == ["Welding"]

    make_program("Nursing")

    assert titles(process) == ["Nursing", "Welding"]


def test_while_another_process_writes_the_older_index_is_served(folder):
    process, writer = Index(folder), Index(folder)
    make_program("Welding")
    titles(process)
    make_program("Nursing")

    with writer._writing(0) as mine:
        assert mine
        assert titles(process) == ["Welding"]
    assert titles(process) == ["Nursing", "Welding"]


def test_an_unknown_version_is_answered_from_what_there_is(folder, django_assert_num_queries):
    process = Index(folder)
    make_program("Welding")
    titles(process)

    with django_assert_num_queries(0):
        assert process.snapshot(None).searcher.num_docs == 1


def test_two_databases_never_share_an_index(monkeypatch):
    before = index.fingerprint()
    monkeypatch.setitem(connection.settings_dict, "NAME", "another")

    assert index.fingerprint() != before
