"""Schools, programs, agreements and work-based learning in the admin: one file per idea."""

from programs.admin import (  # noqa: F401 (each registers its pages)
    careers,
    links,
    opportunities,
    places,
    programs,
    suggestions,
)
