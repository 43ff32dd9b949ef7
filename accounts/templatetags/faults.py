"""What a form of the admin was sent back for, told at its top."""

from django import template
from django.utils.text import capfirst

register = template.Library()


@register.simple_tag(takes_context=True)
def boxes_at_fault(context):
    """[(name of the box, its id in the page, what is wrong with it)], the parts after the form's own."""
    found = _at_fault(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        for number, form in enumerate(inline.formset.forms, 1):
            found += _at_fault(form, f"{capfirst(inline.opts.verbose_name_plural)}, {number}: ")
    return found


def _at_fault(form, where=""):
    return [
        (where + capfirst(box.label), box.id_for_label or box.auto_id, box.errors[0])
        for box in form.visible_fields()
        if box.errors
    ]
