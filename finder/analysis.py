"""From text to the terms that the index holds, in both languages.

A word is indexed folded (`enfermería` -> `enfermeria`) and as the stems of its own language, marked
with that language, so that the Spanish stem of an English word never matches another English word
(Spanish would stem `care` to `car`). A word of a query has the stems of both languages, because
nobody says in which one they search.

Snowball's Spanish needs accents (`enfermeria` -> `enfermeri`, `enfermería` -> `enferm`), and people
leave them out: so each stem is taken twice, before and after folding.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

LANGUAGES = ("en", "es")
STEMMERS = {"en": snowballstemmer.stemmer("english"), "es": snowballstemmer.stemmer("spanish")}
MAX_QUERY = 120  # characters; nobody types more, and every word costs time

# A run of letters and digits (C++ and C# keep their signs), or several tied together: x-ray, A-G,
# CAD/CAM, O'Farrell, 48.0508, R&D.
WORD = re.compile(r"[^\W_]+(?:\+\+|#(?!\w))?(?:[-'’/&.][^\W_]+(?:\+\+|#(?!\w))?)*")
TIES = re.compile(r"[-'’/&.]")
AGENT = re.compile(r"\w{3,}[^e\W]er")  # a stem such as welder, not career
POSSESSIVE = re.compile(r"['’]s\b")

# Said in a search without naming anything: dropped.
STOP_WORDS = """
    a about an and are as at be become becoming by can close do does for from get getting go going
    how i im in into is it like looking me my near nearby need of on or our some that the their
    there these they this to wanna want we what where which who with you your around
    offered offering offer find best
    al aqui busca buscar busco cerca como con convertirme cual cuales de del donde e el ella
    ellas ellos en es esta estan este esto fin gusta gustaria hacerme la las lo los llegar me mi mis
    necesito o para pero por puedo que quien quiero quisiera se sea ser si sin soy su sus tu
    u un una unas uno unos volverme y ya yo
"""
# Said of nearly everything: they lift a result that has them and are asked of none.
SOFT_WORDS = """
    academy career careers certificate certificates certification certifications class classes
    college colleges county course courses degree degrees district education free help job jobs
    learn learning lesson lessons program programme programmes programs school schools study
    studying training work working
    aprender capacitacion carrera carreras certificado certificados clase clases colegio colegios
    condado curso cursos distrito empleo empleos entrenamiento escuela escuelas estudiar estudio
    estudios formacion gratis programa programas titulo titulos trabajar trabajo trabajos
"""
STOP, SOFT = frozenset(STOP_WORDS.split()), frozenset(SOFT_WORDS.split())


@lru_cache(maxsize=100_000)
def fold(text):
    """Lower case without accents: `Ñandú` -> `nandu`."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=100_000)
def stems(word, language):
    """The stems of a lower-case word in one language: `enfermería` -> enferm, enfermeri.

    Snowball keeps the English `welder` apart from `weld` and `welding`: here it is both.
    """
    stem = STEMMERS[language].stemWord
    found = [fold(stem(word)), stem(fold(word))]
    if language == "en" and AGENT.fullmatch(found[-1]):
        found.append(found[-1].removesuffix("er"))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=20_000)
def query_terms(word):
    """Every term by which a word of a query may be found, its folded self first."""
    word = word.lower()
    return (
        fold(word),
        *(f"{language}:{stem}" for language in LANGUAGES for stem in stems(word, language)),
    )


def tokens(text):
    """The words of a text as written, lower case; tied words stay tied: `["x-ray", "tech"]`."""
    text = (text if text.isascii() else unicodedata.normalize("NFC", text)).lower()
    if "'s" in text or "’s" in text:
        text = POSSESSIVE.sub("", text)
    return WORD.findall(text)


def parts(token):
    """A token's words: itself, or for a tied one its pieces and all of them as one.

    >>> parts("cad/cam")
    ['cad', 'cam', 'cadcam']
    """
    pieces = TIES.split(token)
    return pieces if len(pieces) == 1 else [*pieces, "".join(pieces)]


class Terms(dict):
    """What the index holds of a token of a text in one language, as one string, made when asked for.

    >>> Terms("en")["nurses"]
    'nurses en:nurs'

    A dict, because the build of an index asks millions of times.
    """

    MOST = 200_000

    def __init__(self, language):
        super().__init__()
        self.language = language

    def __missing__(self, token):
        if len(self) > self.MOST:
            self.clear()
        self[token] = terms = " ".join(
            f"{fold(word)} "
            + " ".join(f"{self.language}:{stem}" for stem in stems(word, self.language))
            for word in parts(token)
        )
        return terms


TERMS = {language: Terms(language) for language in LANGUAGES}


def analyse(text, language):
    """What the index holds of a text: terms parted by blanks."""
    return " ".join(map(TERMS[language].__getitem__, tokens(text))) if text else ""


def spoken_words(text):
    """All words of a short text. A tied token with a letter standing alone is one: x-ray, A-G, A/C."""
    words = []
    for token in tokens(text):
        pieces = TIES.split(token)
        words += pieces if min(map(len, pieces)) > 1 else ["".join(pieces)]
    return words


def naming(words):
    """Those of some words that name something; all of them when none does."""
    return [word for word in words if fold(word) not in STOP] or words


def content_words(text):
    """The words of a short text that carry its meaning."""
    return naming(spoken_words(text))


def phrase_key(words, language):
    """One term for a whole phrase, the same for its word forms: car mechanics -> `en:car_mechan`."""
    return f"{language}:" + "_".join(stems(word, language)[-1] for word in words)


@lru_cache(maxsize=100_000)
def keys(text, language):
    """The keys of a phrase: by the words that carry its meaning, and by all of its words.

    >>> keys("Clases de inglés", "es")
    ('es:clas_ingl', 'es:clas_de_ingl')
    """
    words = spoken_words(text)
    return tuple(dict.fromkeys((phrase_key(naming(words), language), phrase_key(words, language))))
