"""Programs: what is taught where, for whom, and which occupations it leads to."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from programs.models import spanish
from programs.models.grades import GradesField
from programs.models.institutions import Institution, Segment
from programs.models.ownership import OwnedQuerySet
from programs.models.slugs import Slugged
from programs.models.sourced import Sourced, SourcedQuerySet
from reference.fields import WebField
from reference.models import (
    CodeCrosswalk,
    CodeOccupation,
    Occupation,
    OccupationPathway,
    Pathway,
    ProgramCode,
    Sector,
)
from reference.translated import Translated


def new_ctid():
    """A random Credential Transparency identifier, made once and kept for ever."""
    return f"ce-{uuid.uuid4()}"


def program_slug(title_en, institution_slug):
    """The address of a program: its title and its institution, at most 170 characters."""
    return f"{slugify(title_en)[:80]}-{institution_slug}"[:170].strip("-")


def of_published(path=""):
    """What is asked of published programs; of rows that point at them, with the `path` there: joined, for
    PostgreSQL may look a subquery through once for each row."""
    return {
        f"{path}status": Program.Status.PUBLISHED,
        f"{path}institution__status": Institution.Status.ACTIVE,
    }


class ProgramQuerySet(SourcedQuerySet):
    def published(self):
        return self.filter(**of_published())

    def drafts(self):
        return self.filter(status=Program.Status.DRAFT)

    def kept(self):
        """Whatever somebody still works on: all but the retired."""
        return self.exclude(status=Program.Status.RETIRED)

    def to_verify(self):
        return super().to_verify().published()

    def without_pathway(self):
        return self.published().filter(pathway=None)

    def untranslated(self):
        """The English stands there, the Spanish does not."""
        description = ~models.Q(description_en="") & models.Q(description_es="")
        return self.kept().filter(models.Q(title_es="") | description)

    def with_stale_spanish(self):
        """The English was changed after the Spanish was last written or looked at."""
        return self.kept().filter(spanish.is_stale("title") | spanish.is_stale("description"))

    def possible_duplicates(self):
        from programs import duplicates  # reads programs itself

        return self.filter(pk__in=duplicates.programs())

    def in_segments(self, segments):
        return self.filter(institution__segment__in=segments) if segments else self

    def with_place(self):
        return self.select_related(
            "institution__district", "institution__county", "sector", "pathway"
        )


class Program(Slugged, Sourced):
    """A program of study at one institution.

    A college has one program per TOP code, with its awards listed; a high school one per pathway or
    academy, with its courses in sequence.
    """

    owners = ("institution",)

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        RETIRED = "retired", _("retired")

    class Audience(models.TextChoices):
        """Who may attend."""

        SCHOOL = "school", _("Students of this school")
        DISTRICT = "district", _("High school students of the district or county")
        ADULTS = "adults", _("Adults (18 or older)")
        ANYONE = (
            "anyone",
            _("Anyone with a diploma or 18 or older; high school students with permission"),
        )

    class Cost(models.TextChoices):
        FREE = "free", _("Free")
        FEE = "fee", _("A fee is charged")

    class Delivery(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        HYBRID = "hybrid", _("Partly online")
        ONLINE = "online", _("Online")

    class Schedule(models.TextChoices):
        DAY = "day", _("Daytime")
        EVENING = "evening", _("Evening or weekend")

    class Language(models.TextChoices):
        """Of instruction."""

        ENGLISH = "en", _("English")
        SPANISH = "es", _("Spanish")
        BILINGUAL = "en-es", _("English and Spanish")
        ARABIC = "ar", _("Arabic")
        CHINESE = "zh", _("Chinese")
        TAGALOG = "tl", _("Tagalog")
        VIETNAMESE = "vi", _("Vietnamese")
        SIGN = "ase", _("American Sign Language")

    slug = models.SlugField(max_length=180, unique=True)
    # PostgreSQL keeps the column name `ctid` for itself.
    ctid = models.CharField(
        "CTID", max_length=39, unique=True, default=new_ctid, editable=False, db_column="ctdl_id"
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="programs", verbose_name=_("institution")
    )
    title_en = models.CharField(_("title (English)"), max_length=200)
    title_es = models.CharField(_("title (Spanish)"), max_length=200, blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    description_es = models.TextField(_("description (Spanish)"), blank=True)
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, verbose_name=_("sector")
    )
    pathway = models.ForeignKey(
        Pathway, models.PROTECT, null=True, blank=True, verbose_name=_("pathway")
    )
    top_code = models.ForeignKey(
        ProgramCode,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"system": "TOP"},
        verbose_name=_("TOP code"),
    )
    cip_code = models.ForeignKey(
        ProgramCode,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"system": "CIP"},
        verbose_name=_("CIP code"),
    )
    audience = models.CharField(_("who may attend"), max_length=10, choices=Audience, blank=True)
    grades = GradesField(_("grades"), max_length=20, blank=True)
    cost = models.CharField(_("cost"), max_length=6, choices=Cost, blank=True)
    cost_note = models.CharField(_("cost, as the source says it"), max_length=200, blank=True)
    delivery = models.CharField(_("delivery"), max_length=10, choices=Delivery, blank=True)
    schedule = models.CharField(_("time of day"), max_length=10, choices=Schedule, blank=True)
    language = models.CharField(
        _("language of instruction"), max_length=5, choices=Language, blank=True
    )
    length = models.CharField(_("length, as the source says it"), max_length=120, blank=True)
    url = WebField(_("web page"), max_length=500, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, db_index=True
    )
    changed_in = models.PositiveBigIntegerField(default=0, editable=False, db_index=True)
    occupations = models.ManyToManyField(
        Occupation, through="ProgramOccupation", verbose_name=_("occupations")
    )

    title = Translated()
    description = Translated()

    objects = ProgramQuerySet.as_manager()

    class Meta:
        ordering = ["title_en", "slug"]
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "top_code"],
                condition=models.Q(top_code__isnull=False),
                name="program_institution_top_unique",
                violation_error_message=_(
                    "This school or college already has a program with this TOP code."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.institution.name}"

    def get_absolute_url(self):
        return reverse("program", args=[self.slug])

    @property
    def segment(self):
        return Segment(self.institution.segment)

    @property
    def district_id(self):
        return self.institution.district_id

    def make_slug(self):
        return program_slug(self.title_en, self.institution.slug)


class ProgramOccupationQuerySet(OwnedQuerySet):
    def shown(self):
        """What the region has not hidden."""
        return self.exclude(basis=ProgramOccupation.Basis.HIDDEN)

    def foremost_first(self):
        """What is shown, with its occupation, a program's foremost first: confirmed ones, then by rank."""
        confirmed = models.Q(basis=ProgramOccupation.Basis.CONFIRMED)
        order = models.Case(models.When(confirmed, then=0), default=1)
        return self.shown().select_related("occupation").order_by("program", order, "rank")

    def with_strength(self):
        """With what speaks for each candidate: `colleges`, how many colleges pair the program's TOP code
        with a CIP code that leads to the occupation; `is_direct`, whether the program's own CIP code
        leads there; `pathway_rank`, the place of the program's pathway among those of the occupation."""
        its_codes = CodeOccupation.objects.filter(
            occupation=models.OuterRef(models.OuterRef("occupation"))
        )
        pairs = CodeCrosswalk.objects.filter(
            top=models.OuterRef("program__top_code"), cip__in=its_codes.values("cip")
        )
        colleges = pairs.order_by().values("top").annotate(all=models.Sum("colleges")).values("all")
        direct = CodeOccupation.objects.filter(
            cip=models.OuterRef("program__cip_code"), occupation=models.OuterRef("occupation")
        )
        pathway = OccupationPathway.objects.filter(
            pathway=models.OuterRef("program__pathway"), occupation=models.OuterRef("occupation")
        )
        return self.annotate(
            colleges=models.Subquery(colleges),
            is_direct=models.Exists(direct),
            pathway_rank=models.Subquery(pathway.values("rank")[:1]),
        )


class ProgramOccupation(models.Model):
    """An occupation a program leads to.

    Candidates are computed from the crosswalks and the region's pathways (see `programs.careers`);
    an editor's word (`confirmed`, `hidden`) is kept when they are computed again.
    """

    owners = ("program",)

    class Basis(models.TextChoices):
        CODES = "codes", _("by its program code")
        PATHWAY = "pathway", _("by its pathway")
        CONFIRMED = "confirmed", _("confirmed by the region")
        HIDDEN = "hidden", _("hidden by the region")

    program = models.ForeignKey(Program, models.CASCADE, related_name="occupation_links")
    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="program_links")
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)
    rank = models.PositiveSmallIntegerField(default=0)

    objects = ProgramOccupationQuerySet.as_manager()

    class Meta:
        ordering = ["program", "rank"]
        verbose_name = _("occupation of a program")
        verbose_name_plural = _("occupations of a program")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "occupation"], name="program_occupation_unique"
            ),
        ]

    def __str__(self):
        return f"{self.program} → {self.occupation}"
