"""What a fact was read from: a public body's release, or the region's own work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.fields import WebField


class Release(models.Model):
    """One edition of one publication, as cited on the page "About the data"."""

    slug = models.SlugField(_("key"), unique=True)
    publisher = models.CharField(_("publisher"), max_length=200)
    name = models.CharField(_("name"), max_length=200)
    vintage = models.CharField(
        _("vintage"), max_length=60, blank=True, help_text=_("The period the figures are about.")
    )
    as_of = models.CharField(_("as of"), max_length=20, blank=True)
    licence = models.CharField(_("license"), max_length=120, blank=True)
    url = WebField(_("address"), max_length=500, blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)
    note_es = models.TextField(_("note (Spanish)"), blank=True)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")

    def __str__(self):
        return f"{self.publisher}, {self.name}" + (f" ({self.vintage})" if self.vintage else "")

    @classmethod
    def own(cls):
        """What the region's own people keep current here, without another publication behind it."""
        return cls.objects.get_or_create(
            slug="coordinators",
            defaults={
                "publisher": "The region",
                "name": "Kept current by the region's coordinators",
                "note_en": "Entered or confirmed by the coordinators of schools, districts and "
                "colleges; each row tells when it was last verified.",
                "note_es": "Registrado o confirmado por los coordinadores de escuelas, distritos y "
                "colegios; cada dato dice cuándo se verificó por última vez.",
            },
        )[0]
