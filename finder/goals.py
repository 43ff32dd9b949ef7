"""Where a reader wants to go: a job, a pathway or a program, from what was typed or an address carries.

    read("registered-nurses").goal   ->  Goal("career", "registered-nurses", ...)
    read("enfermera").goal           ->  the same: an everyday word of one job
    read("weld").choices             ->  the jobs, pathways and programs that start so

Read from the vocabulary and from an index of titles and everyday words that is built once per
catalogue version, so that a warm process spends no query.
"""

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from finder import vocabulary
from finder.analysis import LANGUAGES, content_words, fold, keys, query_terms
from finder.query import clean
from programs.models import Program
from reference.models import Occupation
from reference.translated import pick

MOST = 8  # choices
MOST_PROGRAMS = 4  # of them, where there are as many jobs and pathways
KINDS = ("career", "pathway", "program")  # the names of their pages, those of most readers first


class Goal(NamedTuple):
    kind: str  # one of KINDS
    key: str  # its slug: what the address carries
    pk: int
    title_en: str
    title_es: str
    place: str = ""  # of a program: its institution
    education: str = ""  # of a job: the usual one, as its source says it

    def title(self, language):
        return pick(language, en=self.title_en, es=self.title_es)


class Goals(NamedTuple):
    """One goal that is meant, or several that may be, the likeliest first; neither where none is."""

    goal: Goal | None = None
    choices: tuple = ()


class Index(NamedTuple):
    by_key: dict  # {slug: Goal}
    by_words: dict  # {folded text: [Goal]}
    by_forms: dict  # {the same in any word form: [Goal]}
    by_terms: tuple  # of (set of every term of its words, Goal)


def read(text, words=None):
    """The Goals of a text; `words` is the Vocabulary to read from, by default the latest."""
    words = words or vocabulary.current()
    text = clean(text)
    index = _index(words)
    if text in index.by_key:
        return Goals(index.by_key[text])
    found = {}
    for fit, goals in enumerate(_fits(text, words, index)):
        for goal in goals:
            found.setdefault(goal, fit)
    order = sorted(found, key=lambda goal: (found[goal], KINDS.index(goal.kind), *goal[3:6]))
    best = [goal for goal in order if found[goal] == found[order[0]]]
    return Goals(best[0]) if len(best) == 1 else Goals(choices=_choices(order))


def _choices(order):
    """The likeliest, jobs and pathways before programs, which share a title at many places."""
    programs = [goal for goal in order if goal.kind == "program"]
    others = [goal for goal in order if goal.kind != "program"]
    few = others[: MOST if not programs else MOST - MOST_PROGRAMS]
    return tuple(few + programs[: MOST - len(few)])


def _fits(text, words, index):
    """Lists of goals, from those called so to those that only hold every word."""
    spoken = content_words(text)
    yield index.by_words.get(fold(text), ())
    yield _in_any_form(text, index)
    meanings = words.meanings(tuple(spoken)) if spoken else ()
    yield [goal for meaning in meanings for goal in _in_any_form(meaning, index)]
    yield _holding(spoken, index)
    yield _starting(text, words, index) if spoken else ()
    yield [goal for meaning in meanings for goal in _holding(content_words(meaning), index)]


def _in_any_form(text, index):
    forms = {key for language in LANGUAGES for key in keys(text, language)}
    return [goal for key in sorted(forms) for goal in index.by_forms.get(key, ())]


def _holding(spoken, index):
    terms = [set(query_terms(word)) for word in spoken]
    if not terms:
        return []
    return [goal for have, goal in index.by_terms if all(have & wanted for wanted in terms)]


def _starting(text, words, index):
    """What the search box would suggest; a program's title may be taught at several places."""
    for one in words.suggest(text, MOST):
        if one.kind == "program":
            named = index.by_words.get(fold(one.key), ())
            yield from (goal for goal in named if goal.kind == "program")
        elif one.kind in KINDS and one.key in index.by_key:
            yield index.by_key[one.key]


# --- The index ---------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _index(words):
    by_key, by_words, by_forms, by_terms = {}, defaultdict(list), defaultdict(list), []
    for goal, texts in _goals(words):
        by_key.setdefault(goal.key, goal)
        for name in {fold(text) for _language, text in texts}:
            by_words[name].append(goal)
        for form in {key for language, text in texts for key in keys(text, language)}:
            by_forms[form].append(goal)
        by_terms.append((_terms([*texts, ("en", goal.place)]), goal))
    return Index(by_key, dict(by_words), dict(by_forms), tuple(by_terms))


def _goals(words):
    """(Goal, [(language, text)]) of every job, pathway and published program."""
    columns = ("pk", "slug", "title_en", "title_es", "everyday_en", "everyday_es", "education")
    for pk, slug, en, es, *everyday, education in Occupation.objects.values_list(*columns):
        texts = [("en", en), ("es", es)]
        for language, phrases in zip(LANGUAGES, everyday, strict=True):
            texts += [(language, phrase.strip()) for phrase in phrases.split(";")]
        yield Goal("career", slug, pk, en, es, education=education), _said(texts)
    for row in words.pathways:
        texts = [("en", row.title_en), ("es", row.title_es)]
        yield Goal("pathway", row.slug, row.pk, row.title_en, row.title_es), _said(texts)
    columns = ("pk", "slug", "title_en", "title_es", "institution__name")
    for pk, slug, en, es, place in Program.objects.published().values_list(*columns):
        yield Goal("program", slug, pk, en, es, place), _said([("en", en), ("es", es)])


def _said(texts):
    return [(language, text) for language, text in texts if text]


def _terms(texts):
    """Every term that finds a word of some texts, in either language."""
    return {
        term
        for _language, text in texts
        for word in content_words(text)
        for term in query_terms(word)
    }
