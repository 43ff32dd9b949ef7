import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from imports import official, sources
from imports.sources.reading import SourceError


class Command(BaseCommand):
    help = "Read an official release and write its rows as JSON lines, for an import's own process."

    def add_arguments(self, parser):
        parser.add_argument("source", choices=sources.ORDER)
        parser.add_argument("path")
        parser.add_argument("language", nargs="?", default="en")

    def handle(self, source, path, language, **options):
        official.limit()
        with translation.override(language):
            try:
                batch = sources.module(source).read(path)
            except FileNotFoundError as error:
                told = _("This file is missing: %(name)s") % {"name": Path(error.filename).name}
                self._refuse(told)
            except (SourceError, OSError, UnicodeDecodeError, ValueError) as error:
                self._refuse(error)
        self.stdout.writelines(f"{line}\n" for line in official.lines(batch))

    def _refuse(self, why):
        self.stderr.write(str(why))
        sys.exit(2)
