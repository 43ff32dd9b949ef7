"""Education and preparation in plain words, both languages."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reference.models import Education
from reference.translated import pick

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
    if category in Education.values:
        return Education(category).label
    return pick(get_language(), en=category)


def preparation(job_zone):
    return PREPARATION.get(job_zone, "")
