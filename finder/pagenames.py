"""How a public page is called where another one speaks of it."""

from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from programs.models import Institution, Program
from reference.models import Occupation, Pathway, Sector

ABOUT_ONE = {
    "program": (Program.objects.published, "{0.title}, {0.institution.name}"),
    "institution": (Institution.objects.active, "{0.name}"),
    "career": (Occupation.objects.all, "{0.title}"),
    "pathway": (Pathway.objects.all, "{0.title}"),
    "sector": (Sector.objects.all, "{0.title}"),
    "gap_report": (Sector.objects.all, "{0.title}"),
}
NAMES = {
    "home": _("Find a career program near you"),
    "programs": _("Find programs"),
    "sectors": _("Sectors"),
    "routes": _("Plan a route"),
    "institutions": _("Schools and colleges"),
    "careers": _("Careers"),
    "glossary": _("Glossary"),
    "about_the_data": _("About the data"),
    "gaps": _("For partners: gaps"),
    "gap": _("For partners: gaps"),
}


def page_name(path):
    """The title of a page, in the active language; the path itself where it is none of ours."""
    with override(get_language_from_path(path)):
        try:
            match = resolve(path)
        except Resolver404:
            return path
    if match.url_name not in ABOUT_ONE:
        return NAMES.get(match.url_name, path)
    rows, name = ABOUT_ONE[match.url_name]
    row = rows().filter(slug=match.kwargs["slug"]).first()
    return name.format(row) if row else path
