"""Words of a search that say what it costs, when or how it is taught: "free", "at night", "online".

They name no program. Where the data say such a thing, the words become its filter, as a ZIP code
among them becomes a place; where no source says it, the reader is told, and the rest is searched.
"""

import re
from typing import NamedTuple

from finder.analysis import STOP, content_words, fold, spoken_words
from finder.query import clean, take_zip_codes

LONGEST_NAME = 3  # words

# {(filter, its value): the words for it}; no filter knows how dear a program is.
SAID = {
    ("cost", "free"): r"free of charge|free|(?:at )?no[- ]cost|gratis|gratuit[oa]s?|sin costo",
    ("schedule", "evening"): (
        r"(?:at |in the )?(?:nights?|evenings?)|(?:on )?(?:weekends?|saturdays?)|after work"
        r"|(?:(?:de|por la|en la|en las) )?(?:noches?|tardes?)|nocturn[oa]s?"
        r"|(?:en )?(?:el |los )?(?:fin(?:es)? de semana|s[aá]bados?)"
    ),
    ("delivery", "online"): (
        r"on-?line|distance (?:learning|education)|en l[ií]nea|por internet|(?:educaci[oó]n )?a distancia"
    ),
    ("price", ""): r"cheap(?:er|est)?|affordable|inexpensive|low[- ]cost|barat[oa]s?|de bajo costo",
}
PATTERNS = {what: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I) for what, words in SAID.items()}
# What is left of "free classes" names nothing either.
LESSON_WORDS = (
    "class classes course courses program programs clase clases curso cursos programa programas"
)
PLACE_WORDS = "school schools college colleges training escuela escuelas colegio colegios"
LESSONS = frozenset(LESSON_WORDS.split())
GENERAL = STOP | LESSONS | frozenset(PLACE_WORDS.split())


class Taken(NamedTuple):
    typed: str  # without the words that became filters
    words: str  # without those that no source speaks of, either
    filters: dict  # {filter: values}
    unstated: dict  # {filter: the word}


def take_conditions(text, facets, words):
    """Taken of a query. `facets`: {filter: {value: count}} of all programs; `words`: a Vocabulary."""
    typed, left, filters, unstated = text, text, {}, {}
    for (name, value), pattern in PATTERNS.items():
        found = pattern.search(text)
        if not found or _is_part_of_a_name(found[0], text, words):
            continue
        left = pattern.sub(" ", left)
        if value in facets.get(name, ()):
            filters[name] = [value]
            typed = pattern.sub(" ", typed)
        else:
            unstated[name] = found[0]
    if not (filters or unstated):
        return Taken(text, text, {}, {})
    return Taken(_naming(typed), _naming(_bare(left)), filters, unstated)


def _bare(text):
    """A text without its lessons, and without the small words that were tied to what was taken.

    >>> _bare("classes in welding")
    'welding'
    """
    words = [word for word in text.split() if fold(word) not in LESSONS]
    naming = [place for place, word in enumerate(words) if fold(word) not in STOP]
    return " ".join(words[naming[0] : naming[-1] + 1]) if naming else ""


def _naming(text):
    """A text, or nothing where no word of it names anything."""
    general = all(fold(word) in GENERAL for word in spoken_words(take_zip_codes(text)[0]))
    return " ".join(take_zip_codes(text)[1]) if general else clean(text)


def _is_part_of_a_name(found, text, words):
    """Whether it stands in an everyday phrase for something else: an online store."""
    last, spoken = spoken_words(found)[-1], content_words(text)
    return any(
        last in spoken[start:end] and words.is_everyday(spoken[start:end])
        for start in range(len(spoken))
        for end in range(start + 2, start + LONGEST_NAME + 1)
    )
