"""Where a row comes from and how old it is: the same columns on every fact we show."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.models.ownership import OwnedQuerySet
from reference.dates import AsOfField
from reference.fields import WebField
from reference.models import Release

STALE_AFTER_YEARS = 5
VERIFY_AFTER_DAYS = 365


class Freshness(models.TextChoices):
    VERIFIED = "verified", _("Verified")
    DATED = "dated", _("Has a date, not confirmed")
    NOT_VERIFIED = "not_verified", _("Not verified")


def freshness_of(as_of):
    """Of a source by its date alone: dated, or not verified (undated, or five years old)."""
    year = as_of[:4]
    return _unless_stale(Freshness.DATED, int(year)) if year.isdecimal() else Freshness.NOT_VERIFIED


def _unless_stale(kind, year):
    age = timezone.localdate().year - year
    return kind if age <= STALE_AFTER_YEARS else Freshness.NOT_VERIFIED


def not_to_come(day):
    """A validator: nobody has verified anything tomorrow."""
    if day > timezone.localdate():
        raise ValidationError(_("This day is still to come."))


class SourcedQuerySet(OwnedQuerySet):
    """Of rows with a source: what of them a person should look at again."""

    def to_verify(self):
        """Never verified by a person, or more than twelve months ago."""
        last_year = timezone.localdate() - timedelta(days=VERIFY_AFTER_DAYS)
        return self.filter(models.Q(verified_on=None) | models.Q(verified_on__lt=last_year))


class Sourced(models.Model):
    """A row with a source, the date of that source, and who last confirmed it.

    `as_of` is written as the source writes it (see `reference/dates.py`).
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="+", verbose_name=_("source"))
    source_url = WebField(_("source address"), max_length=500, blank=True)
    as_of = AsOfField(_("as of"), max_length=10, blank=True)
    verified_on = models.DateField(
        _("verified on"), null=True, blank=True, validators=[not_to_come]
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
    )

    # Rises with every save, so that two people who edit the same row notice it.
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        if is_there := not self._state.adding:
            self.version = F("version")  # as it stands: others may have saved the row meanwhile
        self.version += 1
        if update_fields is not None:
            update_fields = {*update_fields, "version"}
        super().save(*args, update_fields=update_fields, **kwargs)
        if is_there:
            self.refresh_from_db(fields=["version"])

    @property
    def freshness(self):
        """Verified by a person, dated by its source, or not verified (undated, or five years old)."""
        if self.verified_on:
            return _unless_stale(Freshness.VERIFIED, self.verified_on.year)
        return freshness_of(self.as_of)
