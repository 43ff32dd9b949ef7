"""Addresses and keys that are made once, from the row's own words, and then kept."""

from itertools import chain, count

from django.db import models

LONGEST = 110


class Slugged(models.Model):
    """A row whose empty `slug` is filled on the first save: `make_slug()`, numbered when taken."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def make_slug(self):
        raise NotImplementedError

    def _free_slug(self):
        stem = self.make_slug()
        taken = set(self._slugs(stem))
        numbered = (f"{stem}-{number}" for number in count(2))
        return next(slug for slug in chain([stem], numbered) if slug not in taken)

    def _slugs(self, stem):
        """Those that begin so, the addresses that a page of this kind once had among them."""
        others = type(self).objects.exclude(pk=self.pk).filter(slug__startswith=stem)
        yield from others.values_list("slug", flat=True)
        if former := getattr(type(self), "former_slugs", None):
            kind = {f"{self._meta.model_name}__isnull": False}
            found = former.rel.related_model.objects.filter(slug__startswith=stem, **kind)
            yield from found.values_list("slug", flat=True)
