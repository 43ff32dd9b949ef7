"""Who a reader is, for the filter "Who may attend": everyone finds all that they may attend.

An adult may attend what is for adults and what is open to anyone; so the filter asks who the reader
is, where a program says whom it is for.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from programs.models import Program


class Attendee(TextChoices):
    """The values are those of `Program.Audience`: what each adds stands first in `ATTEND`."""

    SCHOOL = "school", _("High school students, at their own school or elsewhere")
    DISTRICT = "district", _("High school students, outside of their own school")
    ADULTS = "adults", _("Adults (18 or older)")
    ANYONE = "anyone", _("Anyone with a diploma, at any age")


# What each may attend, as audiences of programs.
ATTEND = {
    Attendee.SCHOOL: (Program.Audience.SCHOOL, Program.Audience.DISTRICT, Program.Audience.ANYONE),
    Attendee.DISTRICT: (Program.Audience.DISTRICT, Program.Audience.ANYONE),
    Attendee.ADULTS: (Program.Audience.ADULTS, Program.Audience.ANYONE),
    Attendee.ANYONE: (Program.Audience.ANYONE,),
}
# The same by audience, as plain text, because every document asks.
WELCOME = {
    audience: [who.value for who, audiences in ATTEND.items() if audience in audiences]
    for audience in Program.Audience.values
}


def audiences(attendees):
    """The audiences of all that some attendees may attend."""
    return {audience for who in attendees for audience in ATTEND[who]}
