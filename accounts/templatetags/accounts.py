"""For the pages about signing in."""

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.html import format_html_join
from django.utils.translation import get_language, get_language_info

register = template.Library()


@register.simple_tag(takes_context=True)
def other_languages(context):
    """Links to this page in the site's other languages, each named in itself."""
    path = context["request"].get_full_path()
    others = [code for code, _ in settings.LANGUAGES if code != get_language()]
    return format_html_join(
        " ",
        '<a href="{}" lang="{}" hreflang="{}">{}</a>',
        (
            (
                translate_url(path, code),
                code,
                code,
                get_language_info(code)["name_local"].capitalize(),
            )
            for code in others
        ),
    )
