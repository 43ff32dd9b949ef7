"""Who signs in, for tests of the admin: a region with coordinators of two schools."""

from types import SimpleNamespace

from programs.models import Segment
from tests.factories import make_institution, make_program, make_region, make_user


def make_two_schools():
    """`ana` keeps `school` with its `program`; `bea` keeps `other` with `foreign`."""
    make_region()
    school, other = (make_institution(name, Segment.HIGH) for name in ("Coast High", "Valley High"))
    return SimpleNamespace(
        school=school,
        other=other,
        program=make_program("Welding", institution=school),
        foreign=make_program("Baking", institution=other),
        ana=make_user(email="ana@example.org", keeps=[school], first_name="Ana", last_name="Ruiz"),
        bea=make_user(email="bea@example.org", keeps=[other], first_name="Bea", last_name="Lee"),
    )


def filled(page):
    """What a browser would send back from a form of the admin, untouched."""
    form = page.context["adminform"].form
    data = {"seen": page.context.get("seen", "")}
    data |= {form[name].html_name: _sent(form[name].value()) for name in form.fields}
    for inline in page.context["inline_admin_formsets"]:
        management = inline.formset.management_form
        data |= {management[name].html_name: management[name].value() for name in management.fields}
        for part in inline.formset.forms:
            data |= {part[name].html_name: _sent(part[name].value()) for name in part.fields}
    return {name: value for name, value in data.items() if value is not None}


def _sent(value):
    return "" if value is None else value
