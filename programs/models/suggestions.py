"""What the public says is wrong, and what a person has said no to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.institutions import Institution
from programs.models.ownership import OwnedQuerySet
from programs.models.programs import Program


class SuggestionQuerySet(OwnedQuerySet):
    def waiting(self):
        return self.filter(status=Suggestion.Status.NEW)


class Suggestion(models.Model):
    """ "Something wrong here?", as a reader of a public page wrote it.

    Nothing about the reader is kept: no name, no address, no network address. What looks like an
    e-mail address or a phone number is taken out before the text is stored. It belongs to whoever
    keeps the program or the institution the page is about; without one, to the administrators.
    """

    owners = ("program", "institution")

    class Status(models.TextChoices):
        NEW = "new", _("new")
        DONE = "done", _("done")
        DISMISSED = "dismissed", _("dismissed")

    class Topic(models.TextChoices):
        WRONG = "wrong", _("Something is wrong")
        OUTDATED = "outdated", _("It is no longer so")
        MISSING = "missing", _("Something is missing")
        LINK = "link", _("A link does not work")
        LANGUAGE = "language", _("The Spanish or English is wrong")

    page = models.CharField(_("page"), max_length=500)  # path, language prefix included
    topic = models.CharField(_("what"), max_length=10, choices=Topic)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=2)
    program = models.ForeignKey(
        Program, models.CASCADE, null=True, blank=True, related_name="suggestions",
        verbose_name=_("program"),
    )  # fmt: skip
    institution = models.ForeignKey(
        Institution, models.CASCADE, null=True, blank=True, related_name="suggestions",
        verbose_name=_("institution"),
    )  # fmt: skip
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.NEW, db_index=True
    )
    sent_on = models.DateField(_("sent on"), auto_now_add=True)
    answer = models.TextField(
        _("note"), blank=True, help_text=_("For colleagues: what was done about it.")
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False,
        related_name="+", verbose_name=_("handled by"),
    )  # fmt: skip
    handled_on = models.DateField(_("handled on"), null=True, blank=True, editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions from the public")

    def __str__(self):
        return f"{self.get_topic_display()}: {self.program or self.institution or self.page}"


class Dismissal(models.Model):
    """Two programs of which a person has said: no link here, or: no duplicates. It is not asked again."""

    class Kind(models.TextChoices):
        LINK = "link", _("no link")
        DUPLICATE = "duplicate", _("not the same program")

    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    program = models.ForeignKey(
        Program, models.CASCADE, related_name="dismissals", verbose_name=_("program")
    )
    other = models.ForeignKey(Program, models.CASCADE, related_name="+", verbose_name=_("program"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    on = models.DateField(_("on"), auto_now_add=True)

    class Meta:
        verbose_name = _("dismissal")
        verbose_name_plural = _("dismissals")
        constraints = [
            models.UniqueConstraint(fields=["kind", "program", "other"], name="dismissal_unique"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.program} / {self.other}"
