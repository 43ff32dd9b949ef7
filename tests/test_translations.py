"""Spanish is complete: no word is missing, none is English, and the file is the one the code needs."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from django.conf import settings

from imports import region
from reference.models import GlossaryTerm, Occupation, Pathway, ProgramCode, Sector

PO = settings.LOCALE_PATHS[0] / "es" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
}  # fmt: skip
SAME_IN_BOTH = {"Sector", "sector", "CTID", "no", "No", "%(title)s, %(school)s"}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|%d")


def catalog():
    with PO.open("rb") as file:
        return read_po(file, locale="es")


def texts(value):
    return value if isinstance(value, tuple | list) else (value,)


def test_every_word_of_the_code_and_the_templates_is_in_the_file():
    with Path(settings.BASE_DIR / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(
        settings.BASE_DIR, method_map=methods, options_map=options, keywords=KEYWORDS
    )
    words = {texts(message)[0] for _file, _line, message, _comments, _context in found}

    assert words - {texts(message.id)[0] for message in catalog()} == set()


def test_every_word_is_translated_and_none_is_english():
    faults = [
        message.id
        for message in catalog()
        if message.id
        and (
            not all(texts(message.string))
            or (texts(message.id)[0] == texts(message.string)[0] and message.id not in SAME_IN_BOTH)
            or message.fuzzy
        )
    ]

    assert faults == []


def test_translations_keep_the_placeholders():
    faults = [
        message.id
        for message in catalog()
        if message.id
        and any(
            set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(texts(message.id)[-1]))
            for text in texts(message.string)[-1:]
        )
    ]

    assert faults == []


@pytest.mark.django_db
def test_the_regions_own_texts_are_in_both_languages():
    region.load(settings.REGION_PACK)
    columns = [
        (Sector, "title"), (Sector, "description"), (Pathway, "title"), (Pathway, "description"),
        (Occupation, "title"), (Occupation, "description"), (Occupation, "everyday"),
        (GlossaryTerm, "term"), (GlossaryTerm, "definition"),
    ]  # fmt: skip
    same = {"Radio", "Multimedia"}

    faults = [
        (model.__name__, getattr(row, f"{name}_en"))
        for model, name in columns
        for row in model.objects.all()
        if not getattr(row, f"{name}_es")
        or (
            getattr(row, f"{name}_es") == getattr(row, f"{name}_en")
            and getattr(row, f"{name}_en") not in same
        )
    ]

    assert faults == []


@pytest.mark.django_db
def test_every_college_code_that_is_taught_has_a_spanish_title():
    region.load(settings.REGION_PACK)

    lacking = ProgramCode.objects.filter(system="TOP", title_es="", pk__in=_taught()).values_list(
        "code", flat=True
    )

    assert list(lacking) == []


def _taught():
    from programs.models import Program

    return Program.objects.values("top_code")
