"""Programs of one institution that may be the same one, entered twice."""

import re
from functools import lru_cache
from itertools import combinations, groupby
from typing import NamedTuple

from rapidfuzz import fuzz

from programs import catalogue
from programs.models import Dismissal, Program

ALIKE = 90  # of 100, the words in any order
ALIKE_WITH_ONE_CODE = 80
# Words that tell two programs of one field apart no better than a comma.
FILLERS = {"a", "and", "academy", "cte", "in", "of", "pathway", "program", "the"}
NUMBER = re.compile(r"\d+|[ivx]+|[a-d]")


class Entry(NamedTuple):
    pk: int
    institution: int
    words: tuple  # of the title, sorted
    numbers: tuple  # those that count: Welding II is not Welding I
    top: int | None
    cip: int | None

    @property
    def text(self):
        return " ".join(self.words)


def programs():
    """The keys of the programs that stand in a pair nobody has dismissed."""
    return {pk for pair in pairs() for pk in pair}


def pairs():
    """{(pk, pk)}, the smaller first, without the dismissed ones."""
    return _alike(catalogue.current()) - _dismissed()


def partners(pks):
    """{pk: {pk of a program it resembles}} for these programs."""
    found = {pk: set() for pk in pks}
    for one, other in pairs():
        if one in found:
            found[one].add(other)
        if other in found:
            found[other].add(one)
    return found


def forget():
    _alike.cache_clear()


def _dismissed():
    rows = Dismissal.objects.filter(kind=Dismissal.Kind.DUPLICATE)
    return {tuple(sorted(pair)) for pair in rows.values_list("program", "other")}


@lru_cache(maxsize=2)
def _alike(version):
    """Compared once per catalogue version: some 45,000 pairs of titles in the region take 0.1 s."""
    entries = sorted(_entries(), key=lambda entry: entry.institution)
    return frozenset(
        tuple(sorted((one.pk, other.pk)))
        for _, group in groupby(entries, key=lambda entry: entry.institution)
        for one, other in combinations(group, 2)
        if is_alike(one, other)
    )


def _entries():
    rows = Program.objects.kept().order_by()
    for row in rows.values_list("pk", "institution", "title_en", "top_code", "cip_code"):
        yield entry(*row)


def entry(pk, institution, title, top=None, cip=None):
    words = sorted(set(re.findall(r"\w+", title.casefold())) - FILLERS)
    numbers = tuple(word for word in words if NUMBER.fullmatch(word))
    return Entry(pk, institution, tuple(words), numbers, top, cip)


def is_alike(one, other):
    """The same title but for order, fillers and a slip of the pen; less alike where the codes agree.

    Two TOP codes are two programs to the state, whatever they are called, unless the titles are the same.
    """
    if one.words == other.words:
        return True
    if one.numbers != other.numbers or (one.top and other.top):
        return False
    enough = ALIKE_WITH_ONE_CODE if one.cip and one.cip == other.cip else ALIKE
    return fuzz.ratio(one.text, other.text, score_cutoff=enough) > 0
