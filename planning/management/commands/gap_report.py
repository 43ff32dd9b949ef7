"""Write the gap report of each sector as HTML files that open and print without the site.

manage.py gap_report DIR [--language es] [--sector HM]
"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from planning import facts, reports


class Command(BaseCommand):
    help = "Writes the gap report of each sector, in each language, into a folder: HM.en.html …"

    def add_arguments(self, parser):
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("folder", type=Path)
        parser.add_argument("--language", choices=languages, help="only this language")
        parser.add_argument("--sector", help="only the sector of this badge, e.g. HM")

    def handle(self, *, folder, language, sector, **options):
        known = facts.current()
        codes = [row.code for row in known.sectors]
        if sector and sector not in codes:
            raise CommandError(f"No sector {sector}; there are {', '.join(codes)}.")
        folder.mkdir(parents=True, exist_ok=True)
        for code in [language] if language else [code for code, _name in settings.LANGUAGES]:
            with translation.override(code):
                for row in known.sectors:
                    if sector in (None, row.code):
                        file = folder / f"{row.code}.{code}.html"
                        file.write_text(reports.standalone(known, row, code), encoding="utf-8")
                        self.stdout.write(str(file))
