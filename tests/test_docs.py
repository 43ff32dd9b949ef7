"""What a newcomer reads first is true."""

import re

import pytest
from django.conf import settings
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


@pytest.mark.parametrize("name", ["README.md", "docs/architecture.md", "docs/decisions.md"])
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
