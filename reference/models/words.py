"""The region's common language, and the everyday words that lead to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.translated import Translated


class GlossaryTerm(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    term_en = models.CharField(_("term (English)"), max_length=120)
    term_es = models.CharField(_("term (Spanish)"), max_length=120)
    definition_en = models.TextField(_("definition (English)"))
    definition_es = models.TextField(_("definition (Spanish)"))
    also_en = models.CharField(_("other names (English)"), max_length=200, blank=True)
    also_es = models.CharField(_("other names (Spanish)"), max_length=200, blank=True)

    term = Translated()
    definition = Translated()
    also = Translated()

    class Meta:
        ordering = ["term_en"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")

    def __str__(self):
        return self.term_en


class Synonym(models.Model):
    """An everyday search word and the official words it means: `cop` -> `police; …`."""

    term = models.CharField(_("everyday word"), max_length=80)
    language = models.CharField(_("language"), max_length=2)
    means = models.CharField(_("means"), max_length=300, help_text=_("Separate with semicolons."))

    class Meta:
        ordering = ["language", "term"]
        verbose_name = _("everyday word")
        verbose_name_plural = _("everyday words")
        constraints = [
            models.UniqueConstraint(fields=["term", "language"], name="synonym_unique"),
        ]

    def __str__(self):
        return f"{self.term} → {self.means}"
