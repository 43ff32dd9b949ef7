"""Links from where a student is to where the student goes: stored once, in that direction."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from programs.models.institutions import District, Institution
from programs.models.programs import Program
from programs.models.slugs import LONGEST, Slugged
from programs.models.sourced import Freshness, Sourced, SourcedQuerySet, not_to_come
from programs.models.validity import ends_before_it_begins, last_days, tells_units
from reference.dates import HoldsField
from reference.models import Pathway, Sector
from reference.translated import Translated


class LinkKind(models.TextChoices):
    ARTICULATION = "articulation", _("Articulation")
    CREDIT_BY_EXAM = "credit_by_exam", _("Credit by exam")
    DUAL_ENROLLMENT = "dual_enrollment", _("Dual enrollment")
    CONCURRENT_ENROLLMENT = "concurrent_enrollment", _("Concurrent enrollment")
    NONCREDIT_TO_CREDIT = "noncredit_to_credit", _("Noncredit to credit")
    BRIDGE = "bridge", _("Bridge")
    FEEDER = "feeder", _("Feeder school")
    RECOMMENDED = "recommended", _("Recommended next")

    @classmethod
    def early_credit(cls):
        """The kinds by which a student earns college credit before college."""
        return [
            cls.ARTICULATION,
            cls.CREDIT_BY_EXAM,
            cls.DUAL_ENROLLMENT,
            cls.CONCURRENT_ENROLLMENT,
        ]


def _open(end, shown=None):
    """The program and the institution of an end, where it names them, are public, or are `shown`."""
    program = models.Q(**{f"{end}_program": None}) | models.Q(
        **{f"{end}_program__status": Program.Status.PUBLISHED}
    )
    if shown:
        program |= models.Q(**{f"{end}_program": shown})
    institution = models.Q(**{f"{end}_institution": None}) | models.Q(
        **{f"{end}_institution__status": Institution.Status.ACTIVE}
    )
    return program & institution


def _is_over(earliest, latest):
    return latest < timezone.localdate()


def _ends_soon(earliest, latest, within):
    today = timezone.localdate()
    return latest >= today and earliest <= today + timedelta(days=within)


def _texts(test, *values):
    """The texts in `valid_until` that pass: one query for the few there are, read in one place."""
    texts = ProgramLink.objects.order_by().exclude(valid_until="").values_list("valid_until")
    read = ((text, last_days(text)) for (text,) in texts.distinct())
    return [text for text, days in read if days and test(*days, *values)]


class ProgramLinkQuerySet(SourcedQuerySet):
    def published(self, shown=None):
        """Links whose ends a reader may visit: no draft, no closed school. `shown`: the program whose
        page is looked at before it is public."""
        return self.filter(_open("from", shown), _open("to", shown))

    def current(self):
        """Links that have not expired."""
        return self.exclude(valid_until__in=_texts(_is_over))

    def expired(self):
        return self.published().filter(valid_until__in=_texts(_is_over))

    def expiring(self, within=90):
        """In force, and perhaps not any more in so many days."""
        return self.published().filter(valid_until__in=_texts(_ends_soon, within))

    def to_verify(self):
        return super().to_verify().published().current()

    def early_credit(self):
        return self.filter(kind__in=LinkKind.early_credit())

    def with_ends(self):
        return self.select_related(
            "from_district", "from_institution__district", "from_program__institution__district",
            "to_district", "to_institution__district", "to_program__institution__district",
            "sector", "pathway", "release",
        )  # fmt: skip


class ProgramLink(Slugged, Sourced):
    """An agreement or a step, as fine as its source says it: district, school, program, course.

    Each end names at least a district or an institution. Years in `valid_from` and `valid_until` are
    written as the source writes them.
    """

    owners = (
        "from_district", "from_institution", "from_program",
        "to_district", "to_institution", "to_program",
    )  # fmt: skip

    slug = models.SlugField(_("key"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=24, choices=LinkKind)
    from_district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="links_out",
        verbose_name=_("from district"),
    )
    from_institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="links_out",
        verbose_name=_("from institution"),
    )
    from_program = models.ForeignKey(
        Program,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="links_out",
        verbose_name=_("from program"),
    )
    from_course = models.CharField(_("from course"), max_length=200, blank=True)
    to_district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="links_in",
        verbose_name=_("to district"),
    )
    to_institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="links_in",
        verbose_name=_("to institution"),
    )
    to_program = models.ForeignKey(
        Program,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="links_in",
        verbose_name=_("to program"),
    )
    to_course_code = models.CharField(_("college course number"), max_length=60, blank=True)
    to_course = models.CharField(_("college course"), max_length=200, blank=True)
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, verbose_name=_("sector")
    )
    pathway = models.ForeignKey(
        Pathway, models.PROTECT, null=True, blank=True, verbose_name=_("pathway")
    )
    units = models.CharField(
        _("college units"), max_length=60, blank=True, validators=[tells_units]
    )
    min_grade = models.CharField(_("grade needed"), max_length=120, blank=True)
    valid_from = HoldsField(_("valid from"), max_length=10, blank=True)
    valid_until = HoldsField(_("valid until"), max_length=10, blank=True)
    todo_en = models.TextField(_("what the student must do (English)"), blank=True)
    todo_es = models.TextField(_("what the student must do (Spanish)"), blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_on = models.DateField(
        _("confirmed on"), null=True, blank=True, validators=[not_to_come]
    )

    todo = Translated()

    objects = ProgramLinkQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(
                name="program_link_has_both_ends",
                condition=(
                    models.Q(from_district__isnull=False) | models.Q(from_institution__isnull=False)
                )
                & (models.Q(to_district__isnull=False) | models.Q(to_institution__isnull=False)),
                violation_error_message=_(
                    "Choose an institution or a district at each end, under From and under To."
                ),
            ),
            models.CheckConstraint(
                name="program_link_confirmed_whole",
                condition=models.Q(confirmed_on__isnull=True, confirmed_by__isnull=True)
                | models.Q(confirmed_on__isnull=False),
            ),
        ]

    def clean(self):
        """A program at an end is one of the school or college that stands there: whose link it is, is
        read off both."""
        for end in ("from", "to"):
            program, place = getattr(self, f"{end}_program"), getattr(self, f"{end}_institution_id")
            if program and place is None:
                setattr(self, f"{end}_institution", program.institution)
            elif program and place != program.institution_id:
                told = _("This is not a program of the school or college chosen for this end.")
                raise ValidationError({f"{end}_program": told})
        if ends_before_it_begins(self.valid_from, self.valid_until):
            raise ValidationError({"valid_until": _("The agreement would end before it begins.")})

    def __str__(self):
        ends = f"{self.get_kind_display()}: {self.origin} → {self.destination}"
        return f"{ends} ({self.courses})" if self.courses else ends

    def make_slug(self):
        ends = self.from_institution or self.from_district, self.to_institution or self.to_district
        return slugify(f"{self.kind} {ends[0]} {ends[1]}")[:LONGEST]

    @property
    def courses(self):
        """What tells apart two agreements between the same ends; "" where the source names no course."""
        return " → ".join(filter(None, [self.from_course, self.to_course_code or self.to_course]))

    @property
    def origin(self):
        return self.from_program or self.from_institution or self.from_district

    @property
    def destination(self):
        return self.to_program or self.to_institution or self.to_district

    @property
    def is_early_credit(self):
        return self.kind in LinkKind.early_credit()

    @property
    def is_verified(self):
        """Whether anybody vouches for it: a person, or a source of the last years."""
        return bool(self.confirmed_on) or self.freshness != Freshness.NOT_VERIFIED

    @property
    def gives_credit(self):
        """Whether every program that it reaches can say "early college credit".

        It names the program or its field; or it is about all of a school, and somebody vouches for it.
        Of any other ("some courses of this school", "this district, undated") the most that can be said
        of one program is "perhaps". This is the one rule: the finder, the maps and the routes ask it.
        """
        if not self.is_early_credit or self.has_expired:
            return False
        names_field = self.from_program_id or self.pathway_id or self.sector_id
        return bool(names_field) or (self.is_verified and not self.courses)

    @property
    def may_give_credit(self):
        """In force, but only "perhaps" early college credit of a program that it reaches."""
        return self.is_early_credit and not self.has_expired and not self.gives_credit

    @property
    def has_expired(self):
        """True when the source names an end, and it is over however one reads it."""
        days = last_days(self.valid_until)
        return days is not None and _is_over(*days)
