"""Who came, who was refused and who took data along stands in the log, a line each."""

import json

import pytest

from accounts.models import Role
from tests.accounts.scenes import enter
from tests.factories import make_institution, make_program, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(caplog):
    """told() -> [(event, user)] of the log so far."""
    caplog.set_level("INFO", "audit")

    def lines():
        found = [json.loads(one.getMessage()) for one in caplog.records if one.name == "audit"]
        return [(line["event"], line["user"]) for line in found]

    return lines


def test_signing_in_and_out_and_failing_to(client, told):
    ana = make_user(Role.READER, "ana@example.org")

    enter(client, "ana@example.org", password="not hers at all")
    enter(client, ana.email)
    client.post("/en/admin/account/logout/")

    assert told() == [("sign-in failed", None), ("signed in", ana.pk), ("signed out", ana.pk)]


def test_a_refusal_and_a_file(client, told):
    own, other = make_institution(), make_institution()
    ana = sign_in(client, make_user(keeps=[own]))
    foreign = make_program(institution=other)

    client.post(f"/en/admin/programs/program/{foreign.pk}/delete/", {"post": "yes"})
    client.get("/en/admin/imports/importrun/workbook.xlsx")

    assert told()[1:] == [("refused", ana.pk), ("took along", ana.pk)]


def test_what_is_typed_begins_no_line_of_its_own_and_is_not_kept(client, caplog, told):
    email = 'x@example.org\n{"event": "signed in", "user": 1}'

    enter(client, email, password="nothing")
    enter(client, "nobody@example.org", password="nothing")

    assert set(told()) == {("sign-in failed", None)}
    assert "example.org" not in "".join(
        one.getMessage() for one in caplog.records if one.name == "audit"
    )
