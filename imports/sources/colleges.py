"""The region's colleges under the names their sources use: the one place for it.

IPEDS knows a college by its UNITID, the Centers of Excellence and the Data Mart by a short name
("San Diego Mesa", "San Diego Adult"), the Curriculum Inventory by capitals ("MIRA COSTA"). The San
Diego College of Continuing Education (SDCCE) is not in IPEDS; it comes from the school directory,
where it is an adult school of the San Diego Community College district.
"""

from typing import NamedTuple

from django.utils.text import slugify

from programs.models import Program

LONGEST_SLUG = 180


class College(NamedTuple):
    """`sources` are the names in other people's files, `nicknames` what people say."""

    name: str
    district: str
    sources: tuple[str, ...]
    nicknames: tuple[str, ...]

    @property
    def slug(self):
        return slugify(self.name)


COLLEGES = {
    "122339": College(
        "San Diego City College",
        "San Diego Community College District",
        ("San Diego City",),
        ("San Diego City", "City College", "SD City"),
    ),
    "122375": College(
        "San Diego Mesa College",
        "San Diego Community College District",
        ("San Diego Mesa",),
        ("San Diego Mesa", "Mesa", "Mesa College"),
    ),
    "122384": College(
        "San Diego Miramar College",
        "San Diego Community College District",
        ("San Diego Miramar",),
        ("San Diego Miramar", "Miramar", "Miramar College"),
    ),
    "115296": College(
        "Grossmont College",
        "Grossmont-Cuyamaca Community College District",
        ("Grossmont",),
        ("Grossmont",),
    ),
    "113218": College(
        "Cuyamaca College",
        "Grossmont-Cuyamaca Community College District",
        ("Cuyamaca",),
        ("Cuyamaca",),
    ),
    "123800": College(
        "Southwestern College",
        "Southwestern Community College District",
        ("Southwestern",),
        ("Southwestern", "Southwestern Community College", "SWC"),
    ),
    "120971": College(
        "Palomar College",
        "Palomar Community College District",
        ("Palomar",),
        ("Palomar",),
    ),
    "118912": College(
        "MiraCosta College",
        "MiraCosta Community College District",
        ("MiraCosta", "Mira Costa"),
        ("MiraCosta", "Mira Costa", "Mira Costa College"),
    ),
    # "Imperial" alone is the state's name for the college, and a city, a county and a high school.
    "115861": College(
        "Imperial Valley College",
        "Imperial Community College District",
        ("Imperial", "Imperial Valley"),
        ("IVC", "Imperial Valley", "Imperial Valley Community College"),
    ),
}

SDCCE = College(
    "San Diego College of Continuing Education",
    "San Diego Community College District",
    # To the state's college offices "San Diego Adult" is SDCCE; in the school directory it is
    # another school, of San Diego Unified. So it stands here and never among the nicknames.
    (
        "San Diego Adult", "San Diego Continuing Education", "San Diego Continuing Ed",
        "San Diego Cont. Ed.", "San Diego CE", "San Diego Adult Credit",
    ),
    ("SDCCE", "SDCE", "Continuing Ed", "San Diego Continuing Education"),
)  # fmt: skip
SDCCE_URL = "https://sdcce.edu"

EVERY = (*COLLEGES.values(), SDCCE)


def find(name):
    """The College a source means by `name`, whatever its capitals, dots and blanks; None if none."""
    return _BY_NAME.get(_bare(name))


def _bare(name):
    return "".join(letter for letter in name.casefold() if letter.isalnum())


_BY_NAME = {_bare(name): each for each in EVERY for name in (each.name, *each.sources)}


def audience(college):
    """Who may attend: continuing education is for adults, a college for anyone it admits."""
    return "adults" if college == SDCCE else "anyone"


# Noncredit instruction has no enrollment fee in California; for credit it is charged by the unit.
FREE = {"cost": "free"}
FEE = {"cost": "fee"}
WITHOUT_CREDIT = {"noncredit", "other"}


def cost(credentials):
    """The cost columns of a program that ends in these credentials."""
    return FREE if set(credentials) <= WITHOUT_CREDIT else FEE


# `cost_note` is for a source's words. This sentence of ours stood there once, and is taken back.
OUR_NOTE = "Enrollment fee per unit; many students pay nothing"


def take_back_note(batch, release):
    """Clear `OUR_NOTE` from the programs of a release's publisher, in the batch's rows or new ones."""
    rows = {row["slug"]: row for row in batch.rows.get("programs", ())}
    noted = Program.objects.filter(release__publisher=release["publisher"], cost_note=OUR_NOTE)
    for slug in noted.values_list("slug", flat=True):
        if slug in rows:
            rows[slug]["cost_note"] = ""
        else:
            batch.add("programs", slug=slug, cost_note="")


def program_slug(title, college, top, taken):
    """`welding-palomar-college`, with the TOP code when that is `taken`; at most 180 letters."""
    for ending in (college.slug, f"{top}-{college.slug}"):
        room = LONGEST_SLUG - len(ending) - 1
        slug = f"{slugify(title)[:room].rstrip('-')}-{ending}"
        if slug not in taken:
            break
    return slug
