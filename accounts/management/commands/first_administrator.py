"""The first administrator of a fresh site, or a way back in for one: prints a one-time link.

    manage.py first_administrator ana@example.org

Whoever opens the link chooses a password, signs in by it and sets up a second factor. Run again, it makes
a new link; an account that is there becomes an administrator's, open again.
"""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts import links
from accounts.models import Role, User


class Command(BaseCommand):
    help = "Makes a regional administrator and prints a one-time link to choose a password."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email}: {error.messages[0]}") from error
        user = User.objects.filter(email__iexact=email).first() or User(email=email)
        if user.pk is None:
            user.set_unusable_password()
        user.role, user.is_active = Role.ADMINISTRATOR, True
        user.save()
        self.stdout.write(f"{user.email} is an administrator. Open this link to choose a password;")
        self.stdout.write(f"it works once, for {links.days(user)} day(s):\n\n{links.link(user)}")
