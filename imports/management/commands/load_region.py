import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from imports import region
from reference.models import Region


class Command(BaseCommand):
    help = (
        "Load a region pack (a folder of CSV files and a region.toml), all of it or nothing."
        " Rows that the database has and the pack lacks stay, unless --prune is given."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", default=settings.REGION_PACK)
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when a region is there already"
        )
        parser.add_argument(
            "--prune",
            action="store_true",
            help="the pack is the whole truth: also delete what it does not hold (a missing file is"
            " an empty table), with what editors have added or confirmed here since it was written;"
            " export_region keeps that",
        )

    def handle(self, folder, if_empty, prune, **options):
        if if_empty and Region.objects.exists():
            self.stdout.write("A region is loaded already.")
            return
        start = time.perf_counter()
        try:
            outcome = region.load(folder, prune=prune)
        except region.PackError as error:
            raise CommandError(error) from error
        rows = sum(sum(count.values()) for count in outcome.counts.values())
        seconds = time.perf_counter() - start
        self.stdout.write(f"{rows} rows read, {outcome.changes} changed, in {seconds:.1f} s")
        if outcome.strays:
            self.stdout.write(_strays(outcome.strays, prune))


def _strays(counts, pruned):
    total = sum(counts.values())
    if pruned:
        tables = ", ".join(f"{name} {count}" for name, count in counts.items())
        return f"{total} {'row' if total == 1 else 'rows'} removed that this pack lacks: {tables}"
    if total == 1:
        return "1 row is in the database but not in this pack; --prune removes it"
    return f"{total} rows are in the database but not in this pack; --prune removes them"
