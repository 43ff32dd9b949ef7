"""Sends each coordinator one mail a month about what waits for a look; for a daily or monthly cron."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from programs import monthly


class Command(BaseCommand):
    help = "Mail each coordinator what of theirs waits for a look. At most once a month."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="show the mails, send nothing")

    def handle(self, *, dry_run, **options):
        if not dry_run and not getattr(settings, "SENDS_MAIL", False):
            self.stdout.write("No mail server is set, so nothing is sent (see EMAIL_URL).")
            return
        failed = [user.email for user in monthly.readers() if not self._serve(user, dry_run)]
        if failed:
            raise CommandError(f"Not sent, to be tried again: {', '.join(failed)}")

    def _serve(self, user, dry_run):
        """False when the server refused; one address that fails does not stop the others."""
        mail = monthly.letter(user)
        if mail is None:
            self.stdout.write(f"{user.email}: nothing is open")
            return True
        if dry_run:
            self.stdout.write(f"--- {user.email}: {mail.subject}\n{mail.body}")
            return True
        try:
            sent = monthly.send(user, mail)
        except Exception as error:
            self.stderr.write(f"{user.email}: {error}")
            return False
        self.stdout.write(f"{user.email}: {'sent' if sent else 'has it already'}")
        return True
