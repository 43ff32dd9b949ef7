"""Which jobs a program's title names."""

import pytest

from programs.fits import Fit, JobNames
from programs.models import ProgramOccupation

MEDICAL, NURSES, VOCATIONAL, AIDES, AUTO, SALES = range(6)
NAMES = JobNames(
    [
        (MEDICAL, "Medical Assistants", "medical assistant; clinic assistant"),
        (NURSES, "Registered Nurses", "nurse; RN; nursing"),
        (VOCATIONAL, "Licensed Vocational Nurses", "LVN"),
        (AIDES, "Nursing Assistants", "CNA; nurse's aide"),
        (AUTO, "Automotive Service Technicians and Mechanics", "car mechanic"),
        (SALES, "Sales Workers, Except Nursing", ""),
    ]
)


@pytest.mark.parametrize(
    ("title", "jobs"),
    [
        ("Clinical and administrative medical assistant", {MEDICAL}),
        ("Medical Assisting", {MEDICAL}),
        ("Phlebotomy and medical lab assistant", set()),
        ("Dental assistant", set()),
        ("Operating Room Nursing", {NURSES}),
        ("Certified nursing assistant", {AIDES}),
        ("LVN to RN step-up", {NURSES}),
        ("LVN program", {VOCATIONAL}),
        ("Automotive Technology", {AUTO}),
        ("Kinesiology", set()),
        ("", set()),
    ],
)
def test_the_longest_name_in_a_title_is_the_job(title, jobs):
    assert NAMES.named(title) == jobs


@pytest.mark.parametrize(
    ("basis", "is_named", "fit"),
    [
        ("confirmed", False, Fit.CONFIRMED),
        ("codes", True, Fit.CODE_AND_NAME),
        ("codes", False, Fit.CODE_OR_NAME),
        ("pathway", True, Fit.CODE_OR_NAME),
        ("pathway", False, Fit.FIELD),
    ],
)
def test_the_regions_word_then_code_and_name_then_one_of_them_then_the_pathway(
    basis, is_named, fit
):
    assert Fit.of(ProgramOccupation.Basis(basis), is_named) == fit
