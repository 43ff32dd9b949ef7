"""Which school, college or district a compiled row means by the name it writes.

A name is compared without capitals, punctuation, parentheses and the word "school". What that does
not find stands in `region_data/names.csv`, written by hand, with a note on why:

* `name`, and `title` where one name means different schools for different programs;
* `institutions`: slugs, several where the text names several schools; `district`: a slug;
* `scope`: `group` where the text names a group of schools as a whole: good enough for an agreement,
  which holds for all of them, but not for a program, which one of them teaches.

A name with "District", or with "schools" in the plural, is a district's and never a school's.
"""

import csv
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from programs.models import District, Institution, InstitutionName

TABLE = Path(__file__).parent / "region_data" / "names.csv"
OF_A_DISTRICT = re.compile(r"\bdistrict\b|\bschools\b", re.I)
DISTRICT_WORDS = re.compile(r"\b(school district|district|high schools|schools)\b", re.I)
PARENTHESES = re.compile(r"\([^)]*\)")


class Found(NamedTuple):
    """Slugs: the institutions a name means (none where it is a district's), and the district."""

    institutions: tuple[str, ...] = ()
    district: str = ""
    group: bool = False


NOTHING = Found()


def fold(text):
    """Words in small letters: `Building & Trades (CTE)` -> `building and trades cte`."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("&", " and ")))


def bare(name):
    """A school's name without what sources add or leave out.

    >>> bare("The Hoover High School (AOIT)"), bare("Hoover High")
    ('hoover high', 'hoover high')
    """
    words = fold(PARENTHESES.sub(" ", name)).split()
    return " ".join(word for word in words if word not in {"school", "the"})


class Names:
    """Every name we know, read once: three queries and a file."""

    def __init__(self):
        self._institutions = _institutions()
        self._districts = {
            bare(name): slug for name, slug in District.objects.values_list("name", "slug")
        }
        known = set().union(*self._institutions.values(), self._districts.values())
        self._written = _written(known)

    def find(self, name, *, title=""):
        """What `name` means: a Found, empty where we do not know."""
        written = self._written.get((fold(name), fold(title))) or self._written.get(
            (fold(name), "")
        )
        return written or self._by_name(name) or NOTHING

    def _by_name(self, name):
        if OF_A_DISTRICT.search(PARENTHESES.sub(" ", name)):
            return self._district(name)
        # "Southwestern College - Higher Education Center National City" is a site of the college.
        for part in (name, name.partition(" - ")[0]):
            slugs = self._institutions.get(bare(part), set())
            if len(slugs) == 1:
                return Found(tuple(slugs))
        return self._district(name)

    def _district(self, name):
        plain = bare(name)
        without = bare(DISTRICT_WORDS.sub(" ", PARENTHESES.sub(" ", name)))
        slug = self._districts.get(plain) or self._districts.get(without)
        return Found(district=slug) if slug else None


def _written(known):
    """{(folded name, folded title or ""): Found} of the table written by hand, as far as the
    slugs are `known`: a school that has closed since is nobody."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (fold(row["name"]), fold(row["title"])): Found(
                tuple(slug for slug in row["institutions"].split(";") if slug in known),
                row["district"] if row["district"] in known else "",
                row["scope"] == "group",
            )
            for row in csv.DictReader(file)
        }


def _institutions():
    """{bare name: {slug}}; a name that two schools share means neither."""
    found = defaultdict(set)
    for name, slug in Institution.objects.values_list("name", "slug"):
        found[bare(name)].add(slug)
    official = set(found)
    for name, slug in InstitutionName.objects.values_list("name", "institution__slug"):
        if bare(name) not in official:
            found[bare(name)].add(slug)
    return found
