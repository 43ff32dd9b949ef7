"""Who may open and send what: every address of the workshop, six people, GET and POST.

A new address fails the first test until it has a line here: a model one in MODELS, any other in OTHERS.
"""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.core import signing
from django.core.files.base import ContentFile
from django.urls import get_resolver, reverse

from accounts import nomail
from accounts.models import Role
from imports.models import ImportRun
from planning.models import Recommendation
from reference.models import GlossaryTerm, SourceLabel
from tests.factories import (
    leads_to,
    make_administrator,
    make_check,
    make_code,
    make_district,
    make_figure,
    make_institution,
    make_link,
    make_living_wage,
    make_occupation,
    make_pathway,
    make_suggestion,
    make_synonym,
    make_user,
    make_zip_code,
)
from tests.programs.people import make_two_schools

pytestmark = pytest.mark.django_db

# Two coordinators are one person, before their own row and before another's.
PEOPLE = ("anonymous", "reader", "planner", "own", "other", "administrator")
ALL_STAFF, ADMINISTRATOR = set(PEOPLE[1:]), {"administrator"}
KEEPER, COORDINATOR = {"own", "administrator"}, {"own", "other", "administrator"}
PLANNER, NOBODY = {"planner", "administrator"}, set()

# Who may see, add, change and delete.
REGIONAL = (ALL_STAFF, ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR)
PUBLISHED = (ALL_STAFF, NOBODY, NOBODY, NOBODY)
OWN = (ALL_STAFF, COORDINATOR, KEEPER, KEEPER)
MODELS = {
    "accounts.user": (ADMINISTRATOR,) * 4,
    "imports.importrun": (COORDINATOR, COORDINATOR, KEEPER, NOBODY),
    "planning.recommendation": (ALL_STAFF, PLANNER, PLANNER, PLANNER),
    "programs.district": REGIONAL,
    "programs.institution": (ALL_STAFF, ADMINISTRATOR, KEEPER, ADMINISTRATOR),
    "programs.linkcheck": PUBLISHED,
    "programs.opportunity": OWN,
    "programs.program": (ALL_STAFF, COORDINATOR, KEEPER, ADMINISTRATOR),
    "programs.programlink": OWN,
    "programs.programoccupation": (ALL_STAFF, COORDINATOR, KEEPER, NOBODY),
    "programs.suggestion": (ALL_STAFF, NOBODY, KEEPER, ADMINISTRATOR),
    "reference.county": PUBLISHED,
    "reference.glossaryterm": REGIONAL,
    "reference.laborfigure": PUBLISHED,
    "reference.livingwage": PUBLISHED,
    "reference.occupation": REGIONAL,
    "reference.pathway": REGIONAL,
    "reference.programcode": (ALL_STAFF, NOBODY, ADMINISTRATOR, ADMINISTRATOR),
    "reference.region": REGIONAL,
    "reference.release": REGIONAL,
    "reference.sector": REGIONAL,
    "reference.sourcelabel": REGIONAL,
    "reference.synonym": REGIONAL,
    "reference.zipcode": PUBLISHED,
}
UNSEEN_BY_OTHERS = {"imports.importrun"}  # another's is not found
EVERYBODY = set(PEOPLE)
# {address: (whose row it is about, or what fills it; who may GET; who may POST)}
OTHERS = {
    "coordinators_guide": ([], ALL_STAFF, NOBODY),
    "program_preview": ("programs.program", ALL_STAFF, NOBODY),
    "admin:programs_program_copy": ("programs.program", COORDINATOR, COORDINATOR),
    "admin:programs_institution_rollover": ("programs.institution", KEEPER, KEEPER),
    "admin:programs_programlink_suggested": ([], COORDINATOR, COORDINATOR),
    "admin:imports_importrun_workbook": ([], COORDINATOR, COORDINATOR),
    "admin:imports_importrun_table_csv": (["programs"], COORDINATOR, COORDINATOR),
    "admin:imports_importrun_read": ("imports.importrun", NOBODY, KEEPER),
    "admin:imports_importrun_apply": ("imports.importrun", NOBODY, KEEPER),
    "admin:imports_importrun_spare": ("imports.importrun", NOBODY, KEEPER),
    "admin:imports_importrun_undo": ("imports.importrun", NOBODY, KEEPER),
    "admin:imports_importrun_file": ("imports.importrun", KEEPER, KEEPER),
    "admin:imports_importrun_rejected": ("imports.importrun", KEEPER, KEEPER),
    # Links of mails: one asks for a sign-in first, the other is signed and needs none.
    "work_list": (lambda scene: [signing.dumps("x", salt="of another")], ALL_STAFF, ALL_STAFF),
    "stop_mail": (
        lambda scene: [signing.dumps(scene.bea.pk, salt=nomail.SALT)],
        EVERYBODY,
        EVERYBODY,
    ),
    "account_login": ([], EVERYBODY, EVERYBODY),
    "account_logout": ([], ALL_STAFF, NOBODY),  # and on to the sign-in
    "account_inactive": ([], EVERYBODY, NOBODY),
    "account_reauthenticate": ([], ALL_STAFF, ALL_STAFF),
    "account_change_password": ([], ALL_STAFF, ALL_STAFF),
    "account_mail_language": ([], NOBODY, ALL_STAFF),
    "account_set_password": ([], ALL_STAFF, ALL_STAFF),
    "account_reset_password": ([], EVERYBODY, EVERYBODY),
    "account_reset_password_done": ([], EVERYBODY, NOBODY),
    "account_reset_password_from_key": (["1", "no-key"], EVERYBODY, EVERYBODY),  # says it is none
    "account_reset_password_from_key_done": ([], EVERYBODY, NOBODY),
    "mfa_index": ([], ALL_STAFF, NOBODY),
    "mfa_authenticate": ([], ALL_STAFF, ALL_STAFF),  # who has signed in goes home
    "mfa_reauthenticate": ([], ALL_STAFF, ALL_STAFF),
    "mfa_activate_totp": ([], ALL_STAFF, ALL_STAFF),
    # The administrator alone has a second factor and its codes here.
    "mfa_deactivate_totp": ([], ADMINISTRATOR, ADMINISTRATOR),
    "mfa_list_webauthn": ([], EVERYBODY, EVERYBODY),  # goes on to mfa_index
    "mfa_add_webauthn": ([], ALL_STAFF, ALL_STAFF),
    "mfa_login_webauthn": ([], ALL_STAFF, ALL_STAFF),  # others go on to the sign-in, or its answer
    "mfa_reauthenticate_webauthn": ([], ALL_STAFF, ALL_STAFF),
    "mfa_remove_webauthn": ([1], ALL_STAFF, ALL_STAFF),  # asks first who they are
    "mfa_view_recovery_codes": ([], ADMINISTRATOR, NOBODY),
    "mfa_generate_recovery_codes": ([], ALL_STAFF, ALL_STAFF),
    "mfa_download_recovery_codes": ([], ADMINISTRATOR, ADMINISTRATOR),
    "admin:index": ([], ALL_STAFF, ALL_STAFF),
    "admin:app_list": (["programs"], ALL_STAFF, ALL_STAFF),
    "admin:autocomplete": ([], NOBODY, NOBODY),  # without saying for which field
    "admin:jsi18n": ([], ALL_STAFF, NOBODY),
    "admin:view_on_site": ([1, 1], NOBODY, NOBODY),  # no such row
    "admin:login": ([], ALL_STAFF, ALL_STAFF),  # others go on to the sign-in
    "admin:logout": ([], {"anonymous"}, EVERYBODY),
    "admin:password_change": ([], EVERYBODY, EVERYBODY),  # goes on to account_change_password
    "admin:password_change_done": ([], ALL_STAFF, NOBODY),
}
SPREADSHEETS = ("program", "institution", "programlink", "opportunity", "programoccupation")
OTHERS |= {f"admin:programs_{name}_export": ([], ALL_STAFF, ALL_STAFF) for name in SPREADSHEETS}
OTHERS |= {f"admin:programs_{name}_import": ([], COORDINATOR, COORDINATOR) for name in SPREADSHEETS}
# Their history is Django's own page.
PLAIN = ("imports.importrun", "programs.linkcheck")
VERBS = ("changelist", "add", "change", "delete", "history")


@pytest.fixture
def scene(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    scene = make_two_schools()
    district, occupation = make_district(), make_occupation()
    make_zip_code()
    make_figure(occupation)
    make_living_wage()
    make_synonym("job", "work")
    make_code()
    make_check("https://example.org/")
    for person in (scene.ana, scene.bea):
        run = ImportRun(by=person, name="rows.csv", state=ImportRun.State.UNDONE)
        run.file.save("rows.csv", ContentFile(b"x"))
        run.rejected.create(table="programs", place="rows.csv, row 2", reason="No title.")
    GlossaryTerm.objects.create(slug="word", term_en="Word", definition_en="A word.")
    SourceLabel.objects.create(sector_label="A", pathway_label="B", pathway=make_pathway())
    Recommendation.objects.create(gap="demand", text_en="Teach it.")
    make_institution(district=district)
    for school, program in ((scene.school, scene.program), (scene.other, scene.foreign)):
        make_link(from_institution=school)
        leads_to(program, occupation)
        make_suggestion(program=program)
        school.opportunities.create(
            title_en="Visit", kind="visit", stage="awareness", release=program.release
        )
    scene.people = {
        "reader": make_user(Role.READER, "r@example.org"),
        "planner": make_user(Role.PLANNER, "p@example.org"),
        "own": scene.ana,
        "other": scene.ana,
        "administrator": make_administrator("a@example.org"),
    }
    RecoveryCodes.activate(scene.people["administrator"])
    return scene


def addresses():
    """The names of all addresses below /en/admin/, the routes of those without a name."""
    return set(_below(get_resolver(), "", ""))


def _below(resolver, route, namespace):
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from _below(pattern, here, inner)
        elif here.startswith("en/admin/"):
            yield f"{namespace}{pattern.name}" if pattern.name else f"route {here}"


def model_addresses():
    """{name: (label, verb)}"""
    return {
        f"admin:{label.replace('.', '_')}_{verb}": (label, verb)
        for label in MODELS
        for verb in VERBS
    }


def test_every_address_of_the_workshop_has_a_line():
    unnamed = {one for one in addresses() if one.startswith("route ")}
    known = set(model_addresses()) | set(OTHERS)

    assert addresses() - unnamed - known == set()
    assert known - addresses() == set()
    # Old ways to a row's page, one for each model, and to one's password; what answers "not found".
    assert {one.rsplit("/", 2)[-2] for one in unnamed} <= {
        "<path:object_id>", "admin", "password_change",
    }  # fmt: skip


@pytest.mark.parametrize("person", PEOPLE)
def test_each_person_opens_and_sends_what_the_table_says(client, scene, person):
    allowed = {}
    for name, (label, verb) in model_addresses().items():
        sees, adds, changes, deletes = (person in who for who in MODELS[label])
        looks = changes if label in UNSEEN_BY_OTHERS else sees or changes
        get, post = {
            "changelist": (sees, sees), "history": (looks, looks and label in PLAIN), "add": (adds, adds),
            "change": (looks, changes), "delete": (deletes, deletes),
        }[verb]  # fmt: skip
        args = [row_of(label, scene, person)] if verb not in ("changelist", "add") else []
        allowed[name] = (args, get, post)
    for name, (about, get, post) in OTHERS.items():
        args = [row_of(about, scene, person)] if isinstance(about, str) else about
        args = about(scene) if callable(about) else args
        allowed[name] = (args, person in get, person in post)

    found = {name: (args, *tried(client, scene, person, name, args)) for name, (args, *_) in
             allowed.items()}  # fmt: skip

    assert found == allowed


def row_of(label, scene, person):
    """The key of the coordinator's own row, or of another's; of any where nobody owns them."""
    model = apps.get_model(label)
    rows = model._default_manager.all()
    if hasattr(rows, "visible_to") or hasattr(model, "owners"):
        own = getattr(rows, "visible_to", None) or rows.editable_by
        own = own(scene.ana).values("pk")
        mine, others = rows.filter(pk__in=own), rows.exclude(pk__in=own)
        rows = (mine if person == "own" else others) if mine else others
    row = rows.first()
    return row.pk if row else 1  # not a page of a row that is there


def tried(client, scene, person, name, args):
    """(whether GET is let in, whether POST is)"""
    for method in ("get", "post"):
        if person != "anonymous":
            client.force_login(scene.people[person])
        answer = getattr(client, method)(reverse(name, args=args))
        to_login = answer.status_code == 302 and "/login/" in answer["Location"]
        assert answer.status_code < 500
        yield answer.status_code < 400 and not to_login
