"""The usual education of a job, as the Bureau of Labor Statistics groups it, least study first."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Education(models.TextChoices):
    """Values as the Centers of Excellence and the state's EDD print them, labels in plain words."""

    NONE = "No formal educational credential", _("No diploma needed")
    DIPLOMA = "High school diploma or equivalent", _("High school diploma or equivalent")
    SOME_COLLEGE = "Some college, no degree", _("Some college, no degree")
    CERTIFICATE = "Postsecondary nondegree award", _("Certificate after high school")
    ASSOCIATE = "Associate's degree", _("Associate degree")
    BACHELOR = "Bachelor's degree", _("Bachelor’s degree")
    MASTER = "Master's degree", _("Master’s degree")
    DOCTORAL = "Doctoral or professional degree", _("Doctoral or professional degree")

    @classmethod
    def order(cls, category):
        """The place of a category among them, from 0; None for one that is not known."""
        return cls.values.index(category) if category in cls.values else None

    @classmethod
    def beyond_college(cls):
        """What asks for more study than the programs listed here give."""
        return {cls.BACHELOR, cls.MASTER, cls.DOCTORAL}

    @classmethod
    def of_a_degree(cls):
        return {cls.ASSOCIATE, *cls.beyond_college()}

    @classmethod
    def without_college(cls):
        return {cls.NONE, cls.DIPLOMA}
