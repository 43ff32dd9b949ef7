"""What many pages are made of and only a change of the catalogue changes, kept in the process.

    @remembered(maxsize=100)
    def facts_of(slug): ...

    facts_of(request.catalogue, "welding")

The catalogue's version is part of the key, so that nothing needs to be thrown away; so is the day, by which
facts grow old.
"""

from functools import lru_cache, wraps

from django.utils import timezone

_kept = []


def remembered(maxsize):
    """For functions of hashable arguments; without a catalogue (no database) nothing is kept."""

    def decorate(read):
        @lru_cache(maxsize)
        def of(_catalogue, _day, *args):
            return read(*args)

        @wraps(read)
        def latest(catalogue, *args):
            return of(catalogue, timezone.localdate(), *args) if catalogue else read(*args)

        _kept.append(of)
        return latest

    return decorate


def forget():
    """For tests, whose databases come and go within one process."""
    for function in _kept:
        function.cache_clear()
