"""Takes out of a text what could lead to a person: e-mail and web addresses, phone numbers, streets.

As they are written in the United States and in Mexico. Each leaves a mark, so that whoever reads the text
knows that something stood there. Room and course numbers, codes (CDS, TOP, CIP, SOC), years and sums stay.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

DASH = r".·•*~_\-\u2010-\u2015"
SEP = rf"[ \u00a0{DASH}/]{{0,3}}"
WIDE = {
    wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)
}  # letters and digits of another width
# 619 555 0123, (619) 555-0123, +1 619.555.0123, 664 123 45 67, +52 1 664 123 4567, 55 1234 5678, 555-0123
PHONE = re.compile(
    rf"""(?<![\w$]) (?<!\d[.,\-]) (?:
        (?:\+?1{SEP} | \+?52{SEP}(?:1{SEP})? | 0(?:1|44|45){SEP})?
        (?: (?:\(\d{{3}}\)|\d{{3}}){SEP}\d{{3}}{SEP}(?:\d{{4}}|\d{{2}}{SEP}\d{{2}})
          | (?:\(\d{{2}}\)|\d{{2}}){SEP}\d{{4}}{SEP}\d{{4}} )
      | \d{{3}}[{DASH}](?:\d{{4}}|\d{{2}}[{DASH}]\d{{2}})
      | \d{{3}}([,|:])[ ]?\d{{3}}\1[ ]?\d{{4}} | \d\d(?:[ ]\d\d){{4}} | \d(?:[{DASH}]\d){{9}}
      | (?<!\d[ ])(?![01][ ][12][ ])\d(?:[ ]\d){{6,11}}
    ) (?:\s?(?i:x|ext\.?)\s?\d+)? (?!\w|[.,\-]\d)""",
    re.VERBOSE,
)
CALL = re.compile(
    r"\b(phone|tel[eé]?f?o?n?o?|cell?|cel|call|llam[ae]|text)[:.]?\d{7,12}\b", re.IGNORECASE
)
# A social security number, and Mexico's CURP.
OF_A_PERSON = re.compile(
    r"(?<![\w\-])(?:\d{3}[\- ]\d{2}[\- ]\d{4}|[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d)(?![\w\-])",
    re.IGNORECASE,
)
# ana@example.org, ana [at] example [dot] org, ana arroba example punto org, @ana_88
EMAIL = re.compile(
    r"""[\w.+%\-]+ \s?@\s? [\w\-]+ (?:\.[\w\-]+|\s\.\s[\w\-]+|,(?:com|org|net|edu|mx)\b)+
      | [\w.+%\-]+ \s*[(\[]\s*(?:at|arroba)\s*[)\]]\s* [\w\-]+
        (?:\s*(?:\.|[(\[]\s*(?:dot|punto)\s*[)\]])\s*[\w\-]+)+
      | [\w.+%\-]+ \s(?:at|arroba|en)\s [\w\-]+ (?:\s(?:dot|punto)\s[\w\-]+)*
        \s(?:dot|punto)\s(?:com|org|net|edu|gov|us|mx)\b
      | [\w.+\-]+_at_[\w\-]+(?:\.[\w\-]+)+
      | (?<!\w)@\w{3,}
      | \b(?:instagram|insta|ig|snap|snapchat|tiktok|whatsapp|facebook|fb)\s*[:=]\s*[\w.\-]{3,}""",
    re.VERBOSE | re.IGNORECASE,
)
ENDINGS = "com|org|net|edu|gov|info|biz|app|dev|xyz|club|shop|site|online|ru|cn|io|us|mx"
LINK = re.compile(
    r"(?:[a-z][a-z0-9+.\-]*://|www\.)\S*[^\s.,;:!?)\]]"
    r"|(?<![\w@.])(?:[a-z0-9\-]+\.)+(?:ly|me|tk|gg|link)/\S*[^\s.,;:!?)\]]"
    rf"|(?<![\w@.])(?!ASP\.NET)(?:[a-z0-9\-]+\.)+(?:{ENDINGS})\b(?:/(?:\S*[^\s.,;:!?)\]])?)?(?!\.?\w)",
    re.IGNORECASE,
)
SMALL = (
    "at|to|the|of|in|and|or|for|from|is|are|was|on|with|by|an?|courses?|class(?:es)?|students|units"
    "|en|y|que|cursos?|clases?|alumnos|unidades"
)
NAME = rf"(?!(?i:{SMALL})\b)[\w'’\-]+\.?\s+"
# 123 Main St, 4567 W. El Cajon Blvd. #12; 12 Oak Court where the name ends there, for courts are taught too.
STREET = re.compile(
    rf"""(?<![\w$.,\-])
    (?:\d{{2,6}}(?:½|[ ]?1/2|-?[A-Za-z])?|\d(?=\s+[A-ZÁÉÍÓÚÑ][\w'’]*\s+(?:St|Street|Ave|Avenue|Blvd|Rd|Road)\b))
    \s+ (?:{NAME}){{1,4}}?
    (?: (?i:st|street|ave|avenue|blvd|boulevard|rd|road|hwy|highway|pkwy|parkway)(?!\w)
      | (?i:dr|drive|ln|lane|way|ct|court|pl|place|cir|circle|ter|terrace|trl|trail|plaza|plz
          |sq|square|loop|row)(?!\w)
        (?=\.?\s*(?:[,;:!?)\n\#]|\.|$|(?i:apt|unit|suite|ste|in|en|is|es|and|y|near)\b)) )
    \.? (?:,?\s*(?:\#|(?i:apt|unit|suite|ste)\b\.?)\s*\w+)?""",
    re.VERBOSE,
)
# 12345 Highway 94, 1055 Broadway
ROUTE = re.compile(
    r"(?<![\w$.,\-])\d{2,6}\s+(?:(?:highway|hwy|route|rte)\.?\s+\d+|(?:[NSEW]\.?\s+)?broadway)\b",
    re.IGNORECASE,
)
# 2345 Camino del Rio South, 8890 Vía de la Valle, 890 Calle Primera: as streets are called here.
CAMINO = re.compile(
    rf"""(?<![\w$.,\-]) \d{{2,6}}(?:-?[A-Za-z])? \s+
    (?i:caminito|camino|paseo|calle|avenida|av|v[ií]a|corte)\b\.? \s+
    (?:(?i:de|del|la|las|los|el)\s+)* (?!(?i:{SMALL}|zoom|teams|canvas|google|skype|phone)\b)[A-ZÁÉÍÓÚÑ][\w'’]*
    (?:[ ]+(?:(?i:de|del|la|las|los|el|y)[ ]+)*(?!(?i:{SMALL})\b)[A-ZÁÉÍÓÚÑ][\w'’]*)*
    (?:,?\s*(?:\#|(?i:apt|unit|suite|ste)\b\.?)\s*\w+)?""",
    re.VERBOSE,
)
# Calle Juárez 123, Av. Revolución #1024, Blvd. Agua Caliente No. 10
CALLE = re.compile(
    rf"""(?<!\w) (?:(?i:calle|callejón|av|avenida|blvd|bulevar|boulevard|calz|calzada|cda)
      |(?:[cC]/|c\.|Priv\.?)(?=\s+[A-ZÁÉÍÓÚÑ])|C\.(?=\s+[A-ZÁÉÍÓÚÑ]\w*\s+\#?\d)|Paseo|Cerrada|Andador|Privada|Carretera)
    \.? \s+ (?:\d{{1,2}}\s+)? (?:{NAME}){{1,5}}?
    ,?\s* (?:(?:\#|(?i:no|núm|num|número)\b\.?)\s*)? \d{{1,6}}\b""",
    re.VERBOSE,
)
LOT = re.compile(r"\b(?:mz|manzana)\.?\s*\w{1,4},?\s+(?:lt|lote)\.?\s*\w{1,4}\b", re.IGNORECASE)
BOX = re.compile(r"\b(?:p\.?\s?o\.?\s*box|apartado(?:\s+postal)?)\s*#?\s*\d+", re.IGNORECASE)
# What stands in a building or in a catalogue: "room 204 Main Street wing", "código 555-0123".
OF_A_SCHOOL = re.compile(
    r"\b(?:rooms?|rm|building|bldg|course|class|code|sal[oó]n|aula|edificio|curso|clase|código)"
    r"\.?\s*#?\s*$",
    re.IGNORECASE,
)


def without_personal(text):
    """The text with marks, in the reader's language, in place of what was taken out."""
    text = EMAIL.sub(_("[e-mail address removed]"), text)
    text = LINK.sub(_("[link removed]"), text)
    for pattern in (STREET, ROUTE, CAMINO, CALLE, LOT, BOX):
        text = pattern.sub(_unless_of_a_school(_("[address removed]")), text)
    text = OF_A_PERSON.sub(_("[number removed]"), text)
    for pattern in (PHONE, CALL):
        text = pattern.sub(_unless_of_a_school(_("[phone number removed]")), text)
    return text


def _unless_of_a_school(mark):
    def replaced(found):
        is_of_a_school = OF_A_SCHOOL.search(found.string, max(0, found.start() - 20), found.start())
        return found[0] if is_of_a_school else mark

    return replaced


JOINERS = re.compile(
    "(?<=[!-~])[\u200c\u200d]+(?=[!-~])"
)  # other scripts need them, ours hides behind


def tidy(text):
    """Plain characters: no control codes, and no invisible ones that hide or turn what is written."""
    text = unicodedata.normalize("NFC", text).translate(WIDE)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = JOINERS.sub("", text)
    kept = (
        char for char in text if char in "\n\u200c\u200d" or unicodedata.category(char)[0] != "C"
    )
    return "".join(kept).strip()
