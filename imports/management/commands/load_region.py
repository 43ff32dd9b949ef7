import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from imports import region
from reference.models import Region


class Command(BaseCommand):
    help = "Load a region pack (a folder of CSV files and a region.toml), all of it or nothing."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", default=settings.REGION_PACK)
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when a region is there already"
        )

    def handle(self, folder, if_empty, **options):
        if if_empty and Region.objects.exists():
            self.stdout.write("A region is loaded already.")
            return
        start = time.perf_counter()
        try:
            outcome = region.load(folder)
        except region.PackError as error:
            raise CommandError(error) from error
        rows = sum(sum(count.values()) for count in outcome.counts.values())
        seconds = time.perf_counter() - start
        self.stdout.write(f"{rows} rows read, {outcome.changes} changed, in {seconds:.1f} s")
