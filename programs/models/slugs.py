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
        rows = type(self).objects.filter(slug__startswith=stem)
        taken = set(rows.values_list("slug", flat=True))
        numbered = (f"{stem}-{number}" for number in count(2))
        return next(slug for slug in chain([stem], numbered) if slug not in taken)
