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
GENDERED = re.compile(r"\w+[ao]s?")  # a Spanish word that loses its last vowel to the stemmer
SHORT_STEM = 3  # letters
# Kept whole, because their stem is that of another thing: hospital, animal, engineer.
WHOLE_WORDS = "hospitality hospitalidad animation animations animator animators engine engines"
WHOLE = frozenset(WHOLE_WORDS.split())
POSSESSIVE = re.compile(r"['’]s\b")

# Said in a search without naming anything: dropped.
STOP_WORDS = """
    a about am an and any are around as at be become becoming been being by can could do does doing
    enjoy find for from get getting go going good great have how i if im in interested into is it
    like liked likes looking love me much my near nearby need of offer offered offering on or our
    really should so some somebody someone something stuff than that the their them then there these
    they thing things this to top very wanna want wants we what when where which who will with would
    you your best
    a al algo alguien aqui busca buscar busco cerca como con conseguir convertirme cosa cosas cual
    cuales cuando cuanto de debo del desde donde e el ella ellas ellos en encanta encantan entre es
    esta estan estar este esto estoy fin gusta gustan gustaria hacerme hago hasta hay interesa
    interesan la las llegar lo los mas me mejor mejores mi mis mucho muy necesito o obtener otra otro
    para pero por puede pueden puedo que quien quiere quiero quisiera se ser si sin sobre solo
    son soy su sus tener tengo tu u un una uno unos volverme voy y ya yo
"""
# Said of nearly everything, or of how it is taught, or of what one does to a thing that the next word
# names: they lift a result that has them and are asked of none.
SOFT_WORDS = """
    academy adult adults advanced basic basics beginner beginners beginning bootcamp career careers
    center certificate certificates certification certifications certified class classes college
    colleges county course courses credential day degree degrees district education evening exam
    exams fast field fix fixing free full help helping high hs intro introduction job jobs kind lead
    learn learning lesson lessons level license licensed licenses licensing local make making new
    night nights online paid part pay pays people permit prep preparation program programme
    programmes programs quick school schools short start starting student students study studying
    teen teens tech technician technicians test time training units use using weekend weekends
    work working works
    academia adulto adultos aprender apoyo arreglar arreglo avanzado avanzada ayuda ayudar basica
    basico bueno buena capacitacion carrera carreras certificacion certificaciones certificada
    certificado certificados clase clases colegio colegios comenzar condado credencial curso cursos
    dia diplomado diplomados distancia distrito empezar empleo empleos entrenamiento escuela
    escuelas espanol estudiar estudiante estudiantes estudio estudios examen formacion gente gratis
    gratuita gratuitas gratuito gratuitos hacer haciendo horario introduccion jovenes licencia
    licencias linea nivel noche noches nocturna nocturnas nocturno nocturnos oficio
    permiso persona personas poner ponen practica preparacion preparatoria prepararme preparar
    principiante principiantes programa programas rapida rapido reparar sacar secundaria semana
    tarde tardes tarjeta tecnica tecnico tecnicos titulo titulos tomar trabajar trabajo trabajos usar
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

    Snowball keeps the English `welder` apart from `weld` and `welding`: here it is both. And it cuts
    the Spanish `ropa` to `rop`, which would be a ROP: so short a stem keeps a mark of its ending.
    """
    stem = STEMMERS[language].stemWord
    if fold(word) in WHOLE:
        return (fold(word),)
    found = [fold(stem(word)), stem(fold(word))]
    if language == "en" and AGENT.fullmatch(found[-1]):
        found.append(found[-1].removesuffix("er"))
    if language == "es" and GENDERED.fullmatch(fold(word)):
        found = [f"{part}-" if len(part) <= SHORT_STEM else part for part in found]
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
