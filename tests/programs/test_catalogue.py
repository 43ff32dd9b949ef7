"""Every published change raises the catalogue version; what it touched is remembered."""

import pytest

from programs import actions, catalogue
from programs.models import Program
from tests.factories import (
    make_administrator,
    make_course,
    make_institution,
    make_link,
    make_program,
    make_sector,
)  # fmt: skip

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


def test_what_is_done_to_many_rows_is_one_step():
    programs = [make_program(title) for title in ("Welding", "Baking", "Nursing")]
    version, rebuilt = catalogue.current()

    actions.verify(programs, by=make_administrator())

    assert catalogue.current() == (version + 1, rebuilt)
    assert set(Program.objects.values_list("changed_in", flat=True)) == {version + 1}


def test_what_fails_counts_for_nothing():
    program = make_program()
    version = catalogue.current()

    def save_and_fail():
        with catalogue.once():
            program.save()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()

    program.save()
    assert catalogue.current()[0] == version[0] + 1


def test_a_verified_agreement_is_shown_anew_and_asks_for_no_new_index():
    link = make_link(from_institution=make_institution())
    version, rebuilt = catalogue.current()

    actions.verify([link], by=make_administrator())

    assert catalogue.current() == (version + 1, rebuilt)
