"""Plain functions that make one thing each, with honest defaults. Names and slugs are unique by default."""

from itertools import count

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from accounts.models import Role, User
from programs.models import (
    Award,
    Course,
    Credential,
    District,
    Institution,
    InstitutionEditor,
    InstitutionName,
    LinkCheck,
    LinkKind,
    Opportunity,
    Program,
    ProgramLink,
    ProgramOccupation,
    Segment,
    Suggestion,
)
from reference.models import (
    County,
    LaborFigure,
    LivingWage,
    Occupation,
    Pathway,
    ProgramCode,
    Region,
    Release,
    Sector,
    Synonym,
    ZipCode,
)

_numbers = count(1)


def make_region(**values):
    defaults = {
        "slug": "two-valleys",
        "name_en": "Two Valleys",
        "name_es": "Dos Valles",
        "site_name_en": "Two Valleys Pathways",
        "site_name_es": "Rutas de Dos Valles",
        "state": "CA",
    }
    return Region.objects.create(**defaults | values)


def make_release(slug="directory", **values):
    defaults = {"publisher": "Department of Education", "name": "School directory", "as_of": "2026"}
    return Release.objects.get_or_create(slug=slug, defaults=defaults | values)[0]


def make_county(name="San Diego", **values):
    slug = name.lower().replace(" ", "-")
    defaults = {"slug": slug, "fips": f"{County.objects.count() + 6001:05}"}
    return County.objects.get_or_create(name=name, defaults=defaults | values)[0]


def make_zip_code(
    code="92101", city="San Diego", county=None, latitude="32.72", longitude="-117.16"
):
    return ZipCode.objects.create(
        code=code,
        city=city,
        county=county or make_county(),
        latitude=latitude,
        longitude=longitude,
        release=make_release("zip"),
    )


def make_sector(code="MF", title_en="Manufacturing", title_es="Manufactura", **values):
    slug = title_en.lower().replace(",", "").replace(" ", "-")
    defaults = {"slug": slug, "title_en": title_en, "title_es": title_es}
    return Sector.objects.get_or_create(code=code, defaults=defaults | values)[0]


def make_pathway(title_en="Welding and Materials Joining", sector=None, **values):
    slug = title_en.lower().replace(",", "").replace(" ", "-")
    defaults = {"sector": sector or make_sector(), "title_en": title_en, "title_es": title_en}
    return Pathway.objects.get_or_create(slug=slug, defaults=defaults | values)[0]


def make_district(name="Coast Unified", county=None, **values):
    slug = name.lower().replace(" ", "-")
    defaults = {"slug": slug, "county": county or make_county()}
    return District.objects.get_or_create(name=name, defaults=defaults | values)[0]


def make_institution(name=None, segment=Segment.COLLEGE, **values):
    number = next(_numbers)
    name = name or f"College {number}"
    defaults = {
        "slug": f"{name.lower().replace(' ', '-')}-{number}",
        "segment": segment,
        "county": values.pop("county", None) or make_county(),
        "city": "San Diego",
        "release": make_release(),
        "as_of": "2026",
    }
    if "latitude" in values:
        defaults["point_source"] = Institution.PointSource.ADDRESS
    return Institution.objects.create(name=name, **defaults | values)


def make_institution_name(institution, name):
    return InstitutionName.objects.create(institution=institution, name=name)


def make_program(title="Welding", **values):
    """A published program of its own college, from a source of this year's directory."""
    defaults = {
        "slug": f"program-{next(_numbers)}",
        "title_en": title,
        "status": Program.Status.PUBLISHED,
        "release": make_release(),
        "as_of": "2026",
    }
    if "institution" not in values:
        defaults["institution"] = make_institution()
    return Program.objects.create(**defaults | values)


def make_course(program, title="Introduction to Welding", **values):
    return Course.objects.create(program=program, title_en=title, **values)


def make_award(program, credential=Credential.CERTIFICATE, **values):
    return Award.objects.create(program=program, credential=credential, **values)


def make_occupation(title="Welders", soc=None, everyday="", everyday_es="", **values):
    number = next(_numbers)
    defaults = {
        "soc": soc or f"51-{number:04}",
        "slug": f"{title.lower().replace(' ', '-')}-{number}",
        "everyday_en": everyday,
        "everyday_es": everyday_es,
        "release": make_release("soc"),
    }
    return Occupation.objects.create(title_en=title, **defaults | values)


def make_figure(occupation, **values):
    """The region's own figures of an occupation, those of a job with nothing special."""
    defaults = {
        "area": LaborFigure.Area.REGION,
        "period": "2024-2029",
        "pay_period": "2024",
        "jobs": 1000,
        "growth": 4,
        "openings": 100,
        "hourly": 25,
        "annual": 52000,
        "release": make_release("demand", publisher="Centers", name="Occupational demand"),
    }
    return LaborFigure.objects.create(occupation=occupation, **defaults | values)


def make_living_wage(county=None, **values):
    """One adult without children, by default."""
    defaults = {
        "household": "1a0c",
        "hourly": "30",
        "vintage": "2026",
        "release": make_release("living-wage", publisher="MIT", name="Living Wage Calculator"),
    }
    row = LivingWage.objects.create(county=county or make_county(), **defaults | values)
    row.refresh_from_db()
    return row


def leads_to(program, *occupations, basis=ProgramOccupation.Basis.CODES):
    """The program leads to these occupations, the first one foremost."""
    for rank, occupation in enumerate(occupations):
        ProgramOccupation.objects.create(
            program=program, occupation=occupation, rank=rank, basis=basis
        )


def make_code(code="095650", system=ProgramCode.System.TOP, title="Welding Technology", **values):
    return ProgramCode.objects.create(
        system=system, code=code, title_en=title, release=make_release("codes"), **values
    )


def make_synonym(term, means, language="en"):
    return Synonym.objects.create(term=term, means=means, language=language)


def make_link(kind=LinkKind.ARTICULATION, to=None, **values):
    """A link to a college; say where it comes from with from_program, from_institution or from_district."""
    if "from_program" in values:
        values.setdefault("from_institution", values["from_program"].institution)
    return ProgramLink.objects.create(
        slug=f"link-{next(_numbers)}",
        kind=kind,
        to_institution=to or make_institution(),
        release=make_release("agreements"),
        **values,
    )


PASSWORD = "a-Long-passw0rd"


def make_user(role=Role.COORDINATOR, email=None, password=PASSWORD, *, keeps=(), **values):
    """Somebody who signs in; without a password (`None`), somebody who is invited.

    `keeps`: the institutions and districts of a coordinator.
    """
    email = email or f"{role}-{next(_numbers)}@example.org"
    user = User.objects.create_user(email, password, role=role, **values)
    for place in keeps:
        InstitutionEditor.objects.create(user=user, **{place._meta.model_name: place})
    return user


def make_administrator(email=None, password=PASSWORD, **values):
    """A regional administrator who has a second factor, as every administrator must."""
    user = make_user(Role.ADMINISTRATOR, email, password, **values)
    TOTP.activate(user, generate_totp_secret())
    return user


def sign_in(client, user=None):
    """Signs in without asking for anything; an administrator when nobody is named."""
    user = user or make_administrator()
    client.force_login(user)
    return user


def make_opportunity(title="Visit to a shipyard", **values):
    defaults = {"stage": "awareness", "kind": "visit", "release": make_release("wbl")}
    return Opportunity.objects.create(title_en=title, **defaults | values)


def make_suggestion(**values):
    defaults = {"page": "/en/programs/welding/", "topic": "wrong", "language": "en"}
    return Suggestion.objects.create(**defaults | values)


def make_check(url, outcome=LinkCheck.Outcome.DEAD, reason="status 404", **values):
    now = timezone.now()
    defaults = {"outcome": outcome, "reason": reason, "checked_at": now, "since": now}
    return LinkCheck.objects.create(url=url, **defaults | values)
