"""Visits the web addresses in our rows and notes which no longer answer; for a nightly or weekly cron."""

import time
from collections import Counter

from django.core.management.base import BaseCommand

from programs import linkcheck


class Command(BaseCommand):
    help = "Visit the web addresses in programs, schools and agreements: alive, dead or not to be judged."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=1000, help="at most so many addresses")
        parser.add_argument(
            "--older-than", type=int, default=7, metavar="DAYS", help="not visited for"
        )
        parser.add_argument("--host", default="", help="only addresses of this host")
        parser.add_argument("--minutes", type=int, default=60, help="stop after so long")

    def handle(self, *, limit, older_than, host, minutes, **options):
        forgotten = linkcheck.forget_unused()
        urls = linkcheck.due(older_than=older_than, host=host, limit=limit)
        checks = linkcheck.check(urls, until=time.monotonic() + 60 * minutes)
        counts = Counter(check.outcome for check in checks)
        told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in linkcheck.Outcome.values)
        self.stdout.write(f"{len(urls)} due, {len(checks)} judged: {told}; {forgotten} forgotten")
        for check in checks:
            if check.outcome == linkcheck.Outcome.DEAD:
                self.stdout.write(f"dead: {check.url} ({check.reason})")
        if urls and not checks:
            self.stderr.write("Nobody answered: is this machine online? Nothing was written down.")
