"""How surely a program leads to a job: by the region's word, by its code, by its name.

The computed links (`programs.careers`) say which jobs a program's code or its pathway may lead to. A
pathway is a wide field: Patient Care holds Kinesiology and Medical Assisting alike. So a program that
has no code is believed only where it is named like the job.
"""

import re
from enum import IntEnum
from functools import cached_property

from programs.careers import SAYS_NOTHING, STEM
from programs.models import ProgramOccupation
from reference.models import Occupation

MAIN = 5  # a code's first occupations describe a program; the rest it may also lead to
JOINING = {"and", "or", "of", "the", "for", "in", "to", "with", "a", "an", "s"}
EXCEPT = re.compile(r", (?:Except|Including) .*|, All Other")
Basis = ProgramOccupation.Basis


class Fit(IntEnum):
    """How surely, the surest first."""

    CONFIRMED = 0
    CODE_AND_NAME = 1
    CODE_OR_NAME = 2
    FIELD = 3  # the pathway is the job's, no more

    @classmethod
    def of(cls, basis, is_named):
        if basis == Basis.CONFIRMED:
            return cls.CONFIRMED
        if basis == Basis.CODES:
            return cls.CODE_AND_NAME if is_named else cls.CODE_OR_NAME
        return cls.CODE_OR_NAME if is_named else cls.FIELD


class JobNames:
    """What jobs are called in English: their titles and everyday words, each as a run of stems.

    `jobs`: (primary key, title, everyday words parted by semicolons).
    """

    def __init__(self, jobs):
        self.jobs = list(jobs)
        self.known = {}

    def named(self, title):
        """The jobs that a program's title names: a set of primary keys.

        The longest name in it counts: a certified nursing assistant is no nurse. Of "LVN to RN" it is what
        stands behind the "to". Where it holds no whole
        name, it may be a good part of a job's title: Automotive Technology.

        >>> JobNames([(1, "Nurses", "nurse"), (2, "Nursing Assistants", "")]).named("Nursing Assistant")
        {2}
        """
        if title not in self.known:
            aim = title.rpartition(" to ")[2]
            self.known[title] = self._held(aim) or self._part(aim)
        return self.known[title]

    def _held(self, title):
        said = run(title)
        runs = {
            said[start:end] for start in range(len(said)) for end in range(start + 1, len(said) + 1)
        } & self.by_name.keys()
        best = [
            one for one in runs if not any(one != other and _holds(other, one) for other in runs)
        ]
        return {job for one in best for job in self.by_name[one]}

    def _part(self, title):
        said = set(run(title))
        if not said:
            return set()
        return {job for words, job in self.titles if said <= words and 2 * len(said) >= len(words)}

    @cached_property
    def by_name(self):
        """{name as a run of stems: [primary keys]}."""
        found = {}
        for pk, title, everyday in self.jobs:
            for name in {run(text) for text in (_head(title), *everyday.split(";"))} - {()}:
                found.setdefault(name, []).append(pk)
        return found

    @cached_property
    def titles(self):
        return [(set(run(_head(title))), pk) for pk, title, _everyday in self.jobs]


def job_names():
    """The names of all jobs: one query."""
    return JobNames(Occupation.objects.values_list("pk", "title_en", "everyday_en"))


def run(text):
    """The telling words of a text in order, each by its first letters.

    >>> run("Phlebotomy technician and medical lab assistant")
    ('phle', 'medi', 'lab', 'assi')
    """
    words = re.findall(r"[a-z]+", text.lower())
    stems = (word[:STEM] for word in words if word not in JOINING)
    return tuple(stem for stem in stems if stem not in SAYS_NOTHING)


def _head(title):
    """A title without what it leaves out: "Dispatchers, Except Police, Fire, and Ambulance"."""
    return EXCEPT.sub("", title)


def _holds(words, part):
    return any(
        words[start : start + len(part)] == part for start in range(len(words) - len(part) + 1)
    )
