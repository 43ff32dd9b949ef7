from django.core.management.base import BaseCommand

from imports import sources
from imports.batch import apply


class Command(BaseCommand):
    help = (
        "Read every official release found in a folder, in order, on top of what is loaded."
        " With export_region this makes the region pack anew."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", help="official files, laid out as in OFFICIAL_DATA_DIR")

    def handle(self, folder, **options):
        for name in sources.ORDER:
            path = sources.place(name, folder)
            if path is None:
                self.stdout.write(f"{name}: not in this folder")
                continue
            outcome = apply(sources.module(name).read(path))
            rows = sum(sum(count.values()) for count in outcome.counts.values())
            self.stdout.write(
                f"{name}: {rows} rows, {outcome.changes} changed, {len(outcome.rejected)} rejected"
            )
