"""For somebody who lost their phone and their recovery codes: the password alone signs them in again.

    manage.py reset_second_factor ana@example.org

An administrator is then led to set up a new one.
"""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from accounts import audit
from accounts.models import User


class Command(BaseCommand):
    help = "Removes somebody's passkeys, authenticator app and recovery codes."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody here has the address {email}.")
        Authenticator.objects.filter(user=user).delete()
        audit.note("second factor removed", None, of=user.pk)
        self.stdout.write(f"{user.email} has no second factor any more.")
