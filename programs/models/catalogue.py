"""The version of everything published: one row that every change raises.

Pages carry it in their ETag, and the search index remembers which one it was built from.
"""

from django.db import models


class Catalogue(models.Model):
    """`version` counts changes; `rebuilt` is the last one that a search index cannot catch up with
    program by program (a reference row changed, or a row went away)."""

    version = models.PositiveBigIntegerField(default=1)
    rebuilt = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return str(self.version)
