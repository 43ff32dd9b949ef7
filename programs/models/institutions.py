"""Districts and institutions: who teaches."""

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from programs.models.grades import GradesField
from programs.models.ownership import OwnedQuerySet
from programs.models.slugs import LONGEST, Slugged
from programs.models.sourced import Sourced, SourcedQuerySet
from reference.fields import WebField
from reference.models import County


class Segment(models.TextChoices):
    """School levels, in the order students meet them."""

    MIDDLE = "middle_school", _("Middle school")
    HIGH = "high_school", _("High school")
    ADULT = "adult_education", _("Adult education")
    COLLEGE = "community_college", _("Community college")

    @classmethod
    def rank(cls, value):
        return cls.values.index(value)


class District(Slugged):
    owners = ()

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=160, unique=True)
    cds_code = models.CharField(_("CDS code"), max_length=14, blank=True)
    county = models.ForeignKey(County, models.PROTECT, verbose_name=_("county"))
    segment = models.CharField(
        _("level"),
        max_length=20,
        choices=Segment,
        default=Segment.HIGH,
        help_text=_("Agreements of the whole district are about its institutions of this level."),
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        constraints = [
            models.UniqueConstraint(
                fields=["cds_code"],
                condition=~models.Q(cds_code=""),
                name="district_cds_unique",
                violation_error_message=_("Another district has this CDS code."),
            ),
        ]

    def __str__(self):
        return self.name

    def make_slug(self):
        return slugify(self.name)[:LONGEST]


class InstitutionQuerySet(SourcedQuerySet):
    def active(self):
        return self.filter(status=Institution.Status.ACTIVE)

    def to_verify(self):
        return super().to_verify().active()


class Institution(Slugged, Sourced):
    """A school, an adult school or a college. CDS codes (14 digits) and IPEDS ids are text."""

    owners = ("district",)
    # What the directory of the state says: only administrators change it.
    KEPT_BY_REGION = (
        "segment", "kind", "district", "county", "cds_code", "ipeds_id", "charter", "status",
    )  # fmt: skip

    class Status(models.TextChoices):
        ACTIVE = "active", _("open")
        CLOSED = "closed", _("closed")

    class PointSource(models.TextChoices):
        """How precise the point is."""

        ADDRESS = "address", _("its address in the official directory")
        ZIP = "zip", _("the middle of its ZIP code")

    slug = models.SlugField(max_length=140, unique=True)
    name = models.CharField(_("name"), max_length=160)
    segment = models.CharField(_("level"), max_length=20, choices=Segment)
    kind = models.CharField(_("kind, as the directory says it"), max_length=80, blank=True)
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="institutions",
        verbose_name=_("district"),
    )
    county = models.ForeignKey(County, models.PROTECT, verbose_name=_("county"))
    cds_code = models.CharField(_("CDS code"), max_length=14, blank=True)
    ipeds_id = models.CharField(_("IPEDS id"), max_length=6, blank=True)
    charter = models.BooleanField(_("charter school"), null=True)
    grades = GradesField(_("grades served"), max_length=10, blank=True)
    street = models.CharField(_("street"), max_length=160, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    zip_code = models.CharField(_("ZIP code"), max_length=5, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    url = WebField(_("web address"), max_length=500, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    point_source = models.CharField(
        _("where the point comes from"), max_length=8, choices=PointSource, blank=True
    )
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.ACTIVE, db_index=True
    )

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["name", "slug"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        constraints = [
            models.UniqueConstraint(
                fields=["cds_code"],
                condition=~models.Q(cds_code=""),
                name="institution_cds_unique",
                violation_error_message=_("Another school or college has this CDS code."),
            ),
            models.UniqueConstraint(
                fields=["ipeds_id"],
                condition=~models.Q(ipeds_id=""),
                name="institution_ipeds_unique",
                violation_error_message=_("Another school or college has this IPEDS id."),
            ),
            models.CheckConstraint(
                name="institution_point_whole_and_sourced",
                condition=models.Q(latitude=None, longitude=None, point_source="")
                | models.Q(latitude__isnull=False, longitude__isnull=False)
                & ~models.Q(point_source=""),
                violation_error_message=_(
                    "Give latitude, longitude and where the point comes from, or none of the three."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("institution", args=[self.slug])

    def make_slug(self):
        return slugify(self.name)[:LONGEST]

    @property
    def point(self):
        """(latitude, longitude), each None where unknown."""
        return self.latitude, self.longitude


class InstitutionName(models.Model):
    """Another name people or sources use: `IVC`, `Mesa`, `San Diego Adult`. Unique across the region."""

    owners = ("institution",)

    institution = models.ForeignKey(
        Institution, models.CASCADE, related_name="names", verbose_name=_("institution")
    )
    name = models.CharField(_("name"), max_length=160, unique=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("other name")
        verbose_name_plural = _("other names")

    def __str__(self):
        return self.name
