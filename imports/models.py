"""One upload on its way from a file to the database, and back again."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def upload_path(run, filename):
    """Below MEDIA_ROOT, which is never served: `imports/<a folder of the run's own>/<name>`."""
    return f"imports/{run.folder}/{filename}"


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A coordinator sees their own uploads, an administrator all."""
        return self if getattr(user, "is_administrator", False) else self.filter(by=user)


class ImportRun(models.Model):
    """An uploaded workbook or official release: read, previewed, applied, perhaps undone.

    Its changes are `accounts.Change` rows with this run's number: proposed while the preview stands,
    dated when they are applied. The file is kept.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READING = "reading", _("being read")
        READY = "ready", _("preview ready")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        FAILED = "failed", _("could not be read")

    WORKING = (State.WAITING, State.READING, State.APPLYING, State.UNDOING)
    WORKBOOK = "workbook"

    source = models.CharField(_("kind of file"), max_length=40, default=WORKBOOK)
    file = models.FileField(_("file"), upload_to=upload_path, max_length=300)
    folder = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(_("file name"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    retire_missing = models.BooleanField(
        _("retire what is missing"),
        default=False,
        help_text=_("Rows of yours that a sheet of this file lacks are retired or removed."),
    )
    all_or_nothing = models.BooleanField(
        _("only if every row is right"),
        default=False,
        help_text=_("One rejected row then stops the whole file."),
    )
    language = models.CharField(_("language"), max_length=2, default="en")  # of reasons and notes
    counts = models.JSONField(default=dict)  # {table: {"new": 3, "changed": 2, …}}
    notes = models.JSONField(default=list)  # [[place, what was repaired on reading]]
    problem = models.TextField(_("problem"), blank=True)
    done = models.PositiveIntegerField(default=0)  # rows, of the step that runs
    total = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)  # the last sign of life of the step that runs
    vintage = models.CharField(_("vintage"), max_length=60, blank=True)
    licence = models.CharField(_("license"), max_length=120, blank=True)
    downloaded_at = models.DateTimeField(
        _("downloaded"), null=True
    )  # as our workbook says, or our CSV file's name
    applied_at = models.DateTimeField(_("applied"), null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+",
        verbose_name=_("applied by"),
    )  # fmt: skip
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+",
        verbose_name=_("undone by"),
    )  # fmt: skip

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self):
        return self.name

    @property
    def is_working(self):
        return self.state in self.WORKING

    @property
    def is_official(self):
        return self.source != self.WORKBOOK


class RejectedRow(models.Model):
    """A row that does not enter, with its place in the file and the reason in the uploader's language.

    At the step "sheet" it is a whole sheet: one of what is wrong with its column names.
    """

    class Step(models.TextChoices):
        SHEET = "sheet", _("on recognizing the sheet")
        READ = "read", _("on reading")
        APPLY = "apply", _("on applying")
        UNDO = "undo", _("on undoing")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rejected")
    step = models.CharField(max_length=5, choices=Step, default=Step.READ)
    table = models.CharField(max_length=40, blank=True)
    place = models.CharField(_("place in the file"), max_length=200)
    column = models.CharField(_("column"), max_length=60, blank=True)
    reason = models.TextField(_("reason"))
    values = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("rejected row")
        verbose_name_plural = _("rejected rows")

    def __str__(self):
        return f"{self.place}: {self.reason}"
