"""Who signs in: staff only. The public has no accounts."""

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does here; what each may do stands in `accounts/roles.py`."""

    ADMINISTRATOR = "administrator", _("Regional administrator")
    COORDINATOR = "coordinator", _("Coordinator of districts or institutions")
    PLANNER = "planner", _("Planner")
    READER = "reader", _("Reader")


class UserManager(BaseUserManager):
    """Makes users by e-mail address; there are no user names."""

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, **fields | {"role": Role.ADMINISTRATOR})

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractUser):
    """A coordinator, a planner, a reader or a regional administrator; signs in with an e-mail address.

    The role decides: Django's own flags `is_staff` and `is_superuser` follow from it.
    """

    username = None
    email = models.EmailField(_("e-mail address"), unique=True)
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.READER)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="en",
        help_text=_("Of the mails this person gets."),
    )
    wants_mail = models.BooleanField(
        _("monthly mail"), default=True, help_text=_("Once a month what there is to verify.")
    )

    mailed_on = models.DateField(_("last monthly mail"), null=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_whatever_case",
                violation_error_message=_("Somebody here has this e-mail address already."),
            ),
        ]

    def save(self, *args, **kwargs):
        self.email = self.email.lower()
        self.is_staff = True
        self.is_superuser = self.is_administrator
        super().save(*args, **kwargs)

    @property
    def called(self):
        """How colleagues see who it was: by name, or while there is none by address."""
        return self.get_full_name() or self.email

    @property
    def is_administrator(self):
        return self.role == Role.ADMINISTRATOR

    @property
    def is_coordinator(self):
        return self.role == Role.COORDINATOR
