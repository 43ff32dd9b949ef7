from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from reference.models import GlossaryTerm

HEAD = """# Words

The region's common language: what each term means, in both languages. These are the same texts as the
site's glossary; change them there, export the region pack and run `manage.py write_words`.

| English | Español | In plain words | En palabras sencillas |
|---|---|---|---|
"""


def words():
    """The glossary as a Markdown table, in the order of the English terms."""
    rows = [
        f"| {term.term_en} | {term.term_es} | {term.definition_en} | {term.definition_es} |\n"
        for term in sorted(GlossaryTerm.objects.all(), key=lambda term: term.term_en.casefold())
    ]
    return HEAD + "".join(rows)


class Command(BaseCommand):
    help = "Write docs/words.md from the glossary."

    def handle(self, **options):
        path = Path(settings.BASE_DIR) / "docs" / "words.md"
        path.write_text(words(), encoding="utf-8")
        self.stdout.write(f"Written: {path}")
