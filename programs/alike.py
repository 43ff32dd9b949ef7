"""Titles that are alike: "Culinary Arts 1, 2" and "Culinary Arts", not "Design" and "Game Design"."""

import re
from collections import Counter, defaultdict
from functools import lru_cache

from rapidfuzz import fuzz

ALIKE = 88  # of 100, their weak words left out
# Words of a whole field: one of them alone does not make two titles alike.
WIDE = {
    "administration", "art", "business", "care", "child", "communication", "community", "computer",
    "design", "development", "digital", "education", "environmental", "health", "industrial",
    "information", "language", "management", "media", "medical", "office", "public", "safety",
    "social", "system",
}  # fmt: skip
# Words that say how a title is taught, not what: left out.
WEAK = {
    "a", "academy", "adv", "advanced", "an", "and", "ap", "applied", "associate", "basic", "basics",
    "beginning", "by", "california", "career", "careers", "certificate", "class", "college",
    "concentration", "conservatory", "course", "credit", "cte", "degree", "emphasis", "essential",
    "exploring", "for", "foundation", "from", "fundamental", "general", "high", "hon", "honors",
    "hp", "i", "ib", "ii", "iii", "in", "industry", "intermediate", "intro", "introduction",
    "introductory", "iv", "lab", "level", "noncredit", "occupation", "of", "operation",
    "operations", "option", "or", "other", "part", "partnership", "pathway", "pltw", "pre",
    "principle", "professional", "program", "programs", "related", "rop", "school", "science",
    "service", "skill", "specialist", "studies", "study", "survey", "tech", "technical",
    "technician", "technologies", "technology", "the", "to", "topic", "training", "transfer", "v",
    "with", "work", "worker",
}  # fmt: skip
WORD = re.compile(r"[a-z]{2,}")


@lru_cache(maxsize=10_000)
def words(text):
    """The telling words of a title, in the singular."""
    found = (_singular(word) for word in WORD.findall(text.lower()))
    return frozenset(word for word in found if word not in WEAK)


def _singular(word):
    if (
        word in WEAK
        or len(word) < 4
        or not word.endswith("s")
        or word.endswith(("ss", "ics", "us"))
    ):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


class Titles:
    """Titles to be found by others that are like them."""

    def __init__(self, titles):
        self.words = {title: found for title in set(titles) if (found := words(title))}
        self.with_word = defaultdict(list)
        for title, found in self.words.items():
            for word in found:
                self.with_word[word].append(title)
        self.known = {}

    def like(self, title):
        """{title: likeness of 100} of those that are like this one."""
        own = words(title)
        if own not in self.known:
            self.known[own] = self._like(own)
        return self.known[own]

    def _like(self, own):
        near = Counter(title for word in own for title in self.with_word.get(word, ()))
        text, found = " ".join(sorted(own)), {}
        for title in near:
            theirs = self.words[title]
            if self._says_enough(own, theirs):
                likeness = fuzz.token_set_ratio(text, " ".join(sorted(theirs)))
                if likeness >= ALIKE:
                    found[title] = round(likeness)
        return found

    def _says_enough(self, own, theirs):
        """Two words in common, or one that is not of a whole field, or nothing but the same one."""
        common = own & theirs
        return len(common) > 1 or own == theirs or not common <= WIDE
