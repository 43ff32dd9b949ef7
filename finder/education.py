"""Education and preparation in plain words, both languages."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reference.translated import pick

# The Bureau of Labor Statistics' categories, as the Centers of Excellence and EDD print them.
EDUCATION = {
    "No formal educational credential": _("No diploma needed"),
    "High school diploma or equivalent": _("High school diploma or equivalent"),
    "Some college, no degree": _("Some college, no degree"),
    "Postsecondary nondegree award": _("Certificate after high school"),
    "Associate's degree": _("Associate degree"),
    "Bachelor's degree": _("Bachelor’s degree"),
    "Master's degree": _("Master’s degree"),
    "Doctoral or professional degree": _("Doctoral or professional degree"),
}

# O*NET's five job zones, in our own words.
PREPARATION = {
    1: _("You can start with little or no preparation."),
    2: _("You need some preparation: often a diploma and a few months of training on the job."),
    3: _("You need medium preparation: a certificate, an associate degree or an apprenticeship."),
    4: _("You need considerable preparation: most people who do this have a bachelor’s degree."),
    5: _(
        "You need extensive preparation: most people who do this studied after a bachelor’s degree."
    ),
}


def education_words(category):
    """The category in the reader's language; an unknown one as the source writes it, in English."""
    return EDUCATION.get(category) or pick(get_language(), en=category)


def preparation(job_zone):
    return PREPARATION.get(job_zone, "")
