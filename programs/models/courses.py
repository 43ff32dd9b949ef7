"""Courses in sequence, and the awards a program ends in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models.ownership import OwnedQuerySet
from programs.models.programs import Program
from reference.dates import AsOfField
from reference.fields import WebField
from reference.translated import Translated


class Course(models.Model):
    """A course of a program. `sequence` is the state's level within a pathway, empty where unknown."""

    owners = ("program",)

    class Sequence(models.TextChoices):
        INTRODUCTORY = "introductory", _("Introductory")
        CONCENTRATOR = "concentrator", _("Concentrator")
        CAPSTONE = "capstone", _("Capstone")

    program = models.ForeignKey(
        Program, models.CASCADE, related_name="courses", verbose_name=_("program")
    )
    code = models.CharField(_("number"), max_length=60, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=200)
    title_es = models.CharField(_("title (Spanish)"), max_length=200, blank=True)
    sequence = models.CharField(_("level"), max_length=12, choices=Sequence, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    units = models.DecimalField(
        _("college units"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    length = models.CharField(_("length"), max_length=20, blank=True)
    a_g = models.CharField(
        _("UC a-g subject"), max_length=1, blank=True, help_text=_("A letter from A to G.")
    )
    source_url = WebField(_("source address"), max_length=500, blank=True)
    as_of = AsOfField(_("as of"), max_length=10, blank=True)

    title = Translated()

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["program", "position", "title_en"]
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.UniqueConstraint(fields=["program", "code", "title_en"], name="course_unique"),
        ]

    def __str__(self):
        return self.title_en


class Credential(models.TextChoices):
    """What a student leaves with, from the least to the most college work."""

    COMPLETION = "completion", _("High school pathway completion")
    INDUSTRY = "industry", _("Industry certification or license")
    NONCREDIT = "noncredit", _("Noncredit certificate")
    SHORT = "short", _("Short certificate (under 16 units)")
    CERTIFICATE = "certificate", _("Certificate of achievement")
    ASSOCIATE = "associate", _("Associate degree")
    TRANSFER = "transfer", _("Associate degree for transfer")
    BACHELOR = "bachelor", _("Bachelor’s degree")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    OTHER = "other", _("Other award")

    @classmethod
    def degrees(cls):
        return {cls.ASSOCIATE, cls.TRANSFER, cls.BACHELOR}


class Award(models.Model):
    """A degree, certificate or certification at the end of a program.

    `level` is the source's own wording (`Certificate (16<30 semester units)`); `conferred` is the mean
    number a year over `conferred_period`, empty where the source does not say.
    """

    owners = ("program",)

    program = models.ForeignKey(
        Program, models.CASCADE, related_name="awards", verbose_name=_("program")
    )
    credential = models.CharField(_("credential"), max_length=16, choices=Credential)
    level = models.CharField(_("as the source says it"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    control_number = models.CharField(_("state control number"), max_length=20, blank=True)
    units = models.CharField(_("units"), max_length=40, blank=True)
    hours = models.CharField(_("hours"), max_length=40, blank=True)
    conferred = models.DecimalField(
        _("awards a year"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    conferred_period = models.CharField(_("period"), max_length=30, blank=True)
    source_url = WebField(
        _("source address"),
        max_length=500,
        blank=True,
        help_text=_("Only where it is not the program's own source."),
    )
    as_of = AsOfField(_("as of"), max_length=10, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["program", "credential", "level", "title", "control_number"]
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "credential", "level", "title", "control_number"],
                name="award_unique",
            ),
        ]

    def __str__(self):
        return self.title or self.level or self.get_credential_display()
