"""Addresses: former ones of our own pages, and whether those we link to answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.institutions import Institution
from programs.models.programs import Program


class FormerSlug(models.Model):
    """An address that a program's or an institution's page once had: it redirects."""

    slug = models.SlugField(max_length=180)
    program = models.ForeignKey(
        Program, models.CASCADE, null=True, blank=True, related_name="former_slugs"
    )
    institution = models.ForeignKey(
        Institution, models.CASCADE, null=True, blank=True, related_name="former_slugs"
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=models.Q(program__isnull=False),
                name="former_slug_of_a_program_unique",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=models.Q(institution__isnull=False),
                name="former_slug_of_an_institution_unique",
            ),
            models.CheckConstraint(
                name="former_slug_of_one",
                condition=models.Q(program__isnull=False, institution__isnull=True)
                | models.Q(program__isnull=True, institution__isnull=False),
            ),
        ]

    def __str__(self):
        return self.slug


class LinkCheck(models.Model):
    """What the last visit to a web address found (`manage.py check_links`)."""

    class Outcome(models.TextChoices):
        ALIVE = "alive", _("answers")
        DEAD = "dead", _("does not answer any more")
        UNCLEAR = "unclear", _("cannot be judged")

    url = models.URLField(_("address"), max_length=500, unique=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, db_index=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    checked_at = models.DateTimeField(_("checked"))
    since = models.DateTimeField(_("so since"))

    class Meta:
        ordering = ["url"]
        verbose_name = _("checked address")
        verbose_name_plural = _("checked addresses")

    def __str__(self):
        return self.url
