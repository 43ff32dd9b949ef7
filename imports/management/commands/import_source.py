from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from imports import sources
from imports.batch import apply, preview
from imports.sources.reading import SourceError


class Command(BaseCommand):
    help = "Read an official release and show what it would change; --apply writes it."

    def add_arguments(self, parser):
        parser.add_argument("source", choices=sources.ORDER)
        parser.add_argument("path", help="the file, or the folder for sources of several files")
        parser.add_argument("--apply", action="store_true", help="write, in one transaction")
        parser.add_argument("--rejected", action="store_true", help="list every rejected row")

    def handle(self, source, path, **options):
        try:
            batch = sources.module(source).read(path)
        except (SourceError, OSError) as error:
            raise CommandError(error) from error
        outcome = apply(batch, is_recorded=True) if options["apply"] else preview(batch)
        for table, count in outcome.counts.items():
            self.stdout.write(f"{table}: {_words(count)}")
        self.stdout.write(f"rejected: {len(outcome.rejected)}")
        self._explain(outcome.rejected, options["rejected"])

    def _explain(self, rejected, every):
        if every:
            self.stdout.writelines(f"  {row}\n" for row in rejected)
        else:
            for reason, count in Counter(row.reason for row in rejected).most_common():
                self.stdout.write(f"  {count} × {reason}")


def _words(count):
    return ", ".join(f"{count[name]} {name}" for name in ("new", "changed", "unchanged"))
