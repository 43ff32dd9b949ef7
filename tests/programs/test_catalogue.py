"""Every published change raises the catalogue version; what it touched is remembered."""

import pytest

from programs import catalogue
from tests.factories import make_course, make_program, make_sector

pytestmark = pytest.mark.django_db


def test_an_edit_of_a_program_raises_the_version_and_marks_it():
    program = make_program()
    version, rebuilt = catalogue.current()

    program.title_en = "Pipe Welding"
    program.save()

    program.refresh_from_db()
    assert catalogue.current() == (version + 1, rebuilt)
    assert program.changed_in == version + 1


def test_a_new_course_marks_its_program():
    program = make_program()
    version, _ = catalogue.current()

    make_course(program)

    program.refresh_from_db()
    assert program.changed_in == version + 1


def test_a_change_of_a_sector_asks_for_a_new_index():
    sector = make_sector()
    version, _ = catalogue.current()

    sector.title_en = "Making"
    sector.save()

    assert catalogue.current() == (version + 1, version + 1)


def test_a_deleted_program_asks_for_a_new_index():
    program = make_program()
    version, _ = catalogue.current()

    program.delete()

    assert catalogue.current()[1] > version
