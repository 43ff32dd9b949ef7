"""What a newcomer reads first is true."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib import admin
from django.core.management import get_commands

from imports import region
from imports.management.commands.write_words import words


def read(name):
    return (settings.BASE_DIR / name).read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_words_are_those_of_the_glossary():
    region.load(settings.REGION_PACK)

    assert read("docs/words.md") == words()


def test_every_command_of_the_readme_exists():
    text = read("README.md")
    targets = set(re.findall(r"^(\w+):", read("Makefile"), re.MULTILINE))

    assert set(re.findall(r"^    manage\.py (\w+)", text, re.MULTILINE)) <= set(get_commands())
    assert set(re.findall(r"^    make (\w+)", text, re.MULTILINE)) <= targets


DOCUMENTS = [
    "README.md", "docs/architecture.md", "docs/decisions.md", "docs/coordinators.md",
    "docs/coordinadores.md",
]  # fmt: skip
# Words that the admin puts together, or a part of a longer label.
COMPOSED = {
    "Apply 40 rows", "Add program", "Add user", "Add another Assignment", "Saved now",
    "Send a link to choose a password", "Not the same program", "Aplicar 40 filas", "active",
    "Agregar usuario", "Agregar Asignación adicional", "Enviar un enlace para elegir contraseña",
    "No es el mismo programa", "activo",
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_a_document_names_is_there(name):
    text = re.sub(r"```.*?```", "", read(name), flags=re.DOTALL)
    paths = re.findall(
        r"`((?:finder|programs|reference|imports|accounts|tests|docs|pathways|templates|static)/[\w/.-]+)`",
        text,
    )
    links = re.findall(r"\]\((?!http)([^)#]+)", text)
    base = (settings.BASE_DIR / name).parent

    missing = [path for path in paths if not (settings.BASE_DIR / path).exists()]
    missing += [link for link in links if not (base / link).exists()]
    assert missing == []


def test_every_requirement_says_why():
    lines = [line for line in read("requirements.txt").splitlines() if not line.startswith("#")]

    assert [line for line in lines if "# " not in line] == []


@pytest.mark.parametrize(
    ("name", "side"), [("docs/coordinators.md", "id"), ("docs/coordinadores.md", "string")]
)
def test_what_the_guide_tells_to_press_is_there_in_these_words(name, side):
    pressed = set(re.findall(r"\*\*(.+?)\*\*", read(name)))

    missing = {words for words in pressed - COMPOSED if words.lower() not in labels(side)}
    assert missing == set()


def labels(side):
    """Every label of the admin, ours and Django's, in small letters: `id` English, `string` Spanish."""
    django = Path(admin.__file__).parent / "locale/es/LC_MESSAGES/django.po"
    ours = settings.BASE_DIR / "pathways/locale/es/LC_MESSAGES/django.po"
    messages = [m for file in (django, ours) for m in read_po(file.open("rb"), locale="es")]
    texts = [getattr(message, side) for message in messages]
    flat = [one for text in texts for one in ([text] if isinstance(text, str) else text)]
    return {text.lower() for text in flat}
