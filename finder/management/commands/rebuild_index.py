"""Builds the search index anew. Never needed for correctness: every process catches up by itself."""

import time

from django.core.management.base import BaseCommand

from finder import index


class Command(BaseCommand):
    help = "Build the search index anew, so that no reader has to wait for it."

    def handle(self, **options):
        started = time.perf_counter()
        snapshot = index.get().rebuild()
        self.stdout.write(
            f"{snapshot.searcher.num_docs} programs in {time.perf_counter() - started:.1f} s, "
            f"catalogue version {snapshot.version}"
        )
