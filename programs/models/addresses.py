"""Addresses: former ones of our own pages, and whether those we link to answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.courses import Award, Course
from programs.models.institutions import Institution
from programs.models.links import ProgramLink
from programs.models.opportunities import Opportunity
from programs.models.programs import Program
from reference.fields import WebField


class FormerSlugQuerySet(models.QuerySet):
    def leading_to(self, model):
        """{former slug: the slug of today} of programs or institutions: one query.

        An address that another page has taken again leads to that one.
        """
        kind = model._meta.model_name
        found = self.filter(**{f"{kind}__isnull": False}).exclude(
            slug__in=model.objects.values("slug")
        )
        return dict(found.values_list("slug", f"{kind}__slug"))


class FormerSlug(models.Model):
    """An address that a program's or an institution's page once had: it redirects."""

    slug = models.SlugField(max_length=180)
    program = models.ForeignKey(
        Program, models.CASCADE, null=True, blank=True, related_name="former_slugs"
    )
    institution = models.ForeignKey(
        Institution, models.CASCADE, null=True, blank=True, related_name="former_slugs"
    )

    objects = FormerSlugQuerySet.as_manager()

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


def holders():
    """[(rows, [column])] of all rows that link to the web and the columns they do it in."""
    rows = [
        Program.objects.kept(), Institution.objects.active(), ProgramLink.objects.all(),
        Opportunity.objects.all(), Course.objects.all(), Award.objects.all(),
    ]  # fmt: skip
    return [(each, _columns(each.model)) for each in rows]


def _columns(model):
    return [field.name for field in model._meta.fields if isinstance(field, models.URLField)]


class LinkCheckQuerySet(models.QuerySet):
    def dead(self):
        return self.filter(outcome=LinkCheck.Outcome.DEAD)

    def editable_by(self, user):
        """The addresses in the rows that this user may change."""
        theirs = models.Q(pk__in=[])
        for rows, columns in holders():
            own = rows.editable_by(user).order_by()
            for column in columns:
                theirs |= models.Q(url__in=own.values(column))
        return self.filter(theirs)


class LinkCheck(models.Model):
    """What the last visit to a web address found (`manage.py check_links`)."""

    class Outcome(models.TextChoices):
        ALIVE = "alive", _("answers")
        DEAD = "dead", _("does not answer any more")
        UNCLEAR = "unclear", _("cannot be judged")

    # `reason` holds a key; "status 403" holds the number as well.
    REASONS = {
        "status": _("The server answers with error %(number)s."),
        "missing": _("The page itself says that it was not found."),
        "home": _("It leads to the home page now: look whether the page has moved."),
        "name": _("There is no server of this name."),
        "refused": _("The server takes no connection."),
        "slow": _("The server did not answer in time."),
        "certificate": _("The certificate of the server is not in order."),
        "broken": _("The server’s answer made no sense."),
        "robots": _("The site asks programs like ours not to visit."),
        "private": _("It is not an address of the public internet."),
        "insecure": _("It leads from a secure address to an insecure one."),
        "hops": _("It leads on and on."),
        "address": _("It is not a web address that can be visited."),
    }

    url = WebField(_("address"), max_length=500, unique=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, db_index=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    checked_at = models.DateTimeField(_("checked"))
    since = models.DateTimeField(_("so since"))

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ["url"]
        verbose_name = _("checked address")
        verbose_name_plural = _("checked addresses")

    def __str__(self):
        return self.url

    @property
    def why(self):
        """The reason in words."""
        key, _space, number = self.reason.partition(" ")
        return self.REASONS[key] % {"number": number} if key in self.REASONS else self.reason
