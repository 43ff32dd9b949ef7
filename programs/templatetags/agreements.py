"""The agreements of a program's whole school or district, for its page in the admin."""

from django import template
from django.urls import reverse

from programs import steps

register = template.Library()


@register.simple_tag
def wider_agreements(program, part):
    """(how many, the list of just these), at the side of the program that the inline `part` is about."""
    end = part.fk_name.removesuffix("_program")
    pks = [str(link.pk) for link in steps.wider_links(program, end)]
    everybodys = reverse("admin:programs_programlink_changelist") + "?whose=all&id__in="
    return len(pks), everybodys + ",".join(pks)
