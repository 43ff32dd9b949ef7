"""The record of every change: who, when, what stood before and what stands after."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeQuerySet(models.QuerySet):
    def made(self):
        """What has been written; a change that an import only proposes has no time yet."""
        return self.filter(at__isnull=False)

    def standing(self):
        """What has been written and not taken back with its import."""
        return self.made().filter(undone_at__isnull=True)

    def of(self, instance):
        return self.made().filter(model=instance._meta.label_lower, object_id=str(instance.pk))


class Change(models.Model):
    """One row created, changed or deleted: by hand, by an action or by an import.

    `before` and `after` are {column: text} of the columns that differ, foreign keys written as natural
    keys. There are no foreign keys to what was changed, so that a change outlives its row. An import
    proposes its changes first (`at` is empty) and dates them when it writes them.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")

    model = models.CharField(_("kind of row"), max_length=60)  # "programs.program"
    object_id = models.CharField(max_length=20, blank=True)
    key = models.TextField(blank=True)  # the natural key, for imports
    name = models.CharField(_("name"), max_length=300, blank=True)
    kind = models.CharField(_("change"), max_length=8, choices=Kind)
    before = models.JSONField(_("before"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), default=dict, encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), null=True)
    run = models.PositiveBigIntegerField(_("import"), null=True)
    place = models.CharField(_("place in the file"), max_length=60, blank=True)
    undone_at = models.DateTimeField(_("taken back at"), null=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = [
            models.Index(fields=["model", "object_id", "-at"], name="change_of_a_row"),
            models.Index(fields=["run", "model", "kind"], name="change_of_a_run"),
        ]

    def __str__(self):
        return f"{self.name}: {self.get_kind_display()}"

    @property
    def columns(self):
        """[(column, text before, text after)] in the order of the row."""
        names = dict.fromkeys([*self.before, *self.after])
        return [(name, self.before.get(name, ""), self.after.get(name, "")) for name in names]
