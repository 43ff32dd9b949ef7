"""Jinja2 for the public pages: what every template may use, and `render` with what each page needs."""

import datetime
import re
from functools import cache, lru_cache, partial
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.template import engines
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, translation
from django.utils.timezone import template_localtime
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment
from markupsafe import Markup

from finder import snippets, vocabulary
from finder.awards import award_size
from reference.translated import Text

PLACEHOLDER = re.compile(r"%\(\w+\)")
ENGLISH = re.compile(r"[A-Za-z]*[a-z]{2}")  # words, not a grade or a number
DAY_OR_MONTH = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
LONGEST_QUERY = 2000  # characters of a query string that the way to the other language carries
COUNT = "\0"  # stands where an option's count will
NAMES = {"en": "English", "es": "Español"}  # each language in its own words


def environment(**options):
    """For settings.TEMPLATES: the environment whose templates follow the active language."""
    options |= {
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.i18n"],
    }
    env = Environment(**options)  # noqa: S701
    env.install_gettext_callables(gettext, ngettext, newstyle=True)
    env.globals |= {"url": url, "static": static if settings.DEBUG else lru_cache(static)}
    env.filters |= {
        "number": number,
        "money": money,
        "tagged": tagged,
        "said": said,
        "isolated": isolated,
        "award_size": award_size,
        "on_paper": on_paper,
        "page_title": snippets.page_title,
        "description": snippets.description,
        "shortened": snippets.shortened,
    }
    env.filters |= {"date": date, "when": when, "px": px}
    return env


@cache
def environment_in(language):
    """The same for one language: asking which is active for every text would cost a page a tenth."""
    env = engines["jinja2"].env.overlay()
    texts = partial(translated, language)
    env.globals = env.globals | {
        "gettext": texts,
        "_": texts,
        "url": partial(_reverse, language),
        "kept": partial(kept, language),
        "options": partial(options, language),
    }
    return env


def translated(language, message, **values):
    """Jinja2's new-style gettext, with what does not change from page to page done once."""
    text = _markup(language, message)
    return text % values if values else text


@lru_cache(maxsize=5000)
def _markup(language, message):
    with translation.override(language):
        text = Markup(gettext(message))  # noqa: S704 (our own messages, as in Jinja2)
    # As Jinja2 has it: a percent sign is doubled in every message, whether it takes values or not.
    return text if PLACEHOLDER.search(message) else text % {}


# --- Parts that do not change from page to page ------------------------------------------------


@cache
def kept(language, template, name):
    """A macro that renders the same values once and then remembers the HTML.

    Its arguments must be hashable and all that it depends on besides the language.
    """
    macro = getattr(environment_in(language).get_template(template).module, name)
    return lru_cache(maxsize=10_000)(macro)


def options(language, group):
    """A facet's options as HTML. Each is rendered once; only its count changes with the search."""
    return Markup(  # noqa: S704 (the template escaped it)
        "".join(
            [
                _option(language, group.name, value, label, label_lang, checked, badge).replace(
                    COUNT, str(count)
                )
                for value, label, label_lang, count, checked, badge in group.options
            ]
        )
    )


@lru_cache(maxsize=20_000)
def _option(language, *values):
    return str(kept(language, "components/facet.html", "option")(*values, COUNT))


# --- Globals and filters -----------------------------------------------------------------------


def url(name, *args):
    """The address of a page in the active language."""
    return _reverse(get_language(), name, *args)


@lru_cache(maxsize=10_000)
def _reverse(language, name, *args):
    with translation.override(language):
        return reverse(name, args=args)


def number(value):
    """1234 -> 1,234 (both languages, as written in California)."""
    return f"{value:,}"


def money(value):
    """Whole dollars without cents, 17.5 -> $17.50."""
    return f"${value:,.0f}" if value == int(value) else f"${value:,.2f}"


def px(value):
    """A length in a drawing, to a tenth: 236.5, also in Spanish."""
    return f"{value:.1f}".removesuffix(".0")


def tagged(text):
    """A text marked with its language where that is not the page's."""
    language = getattr(text, "lang", None)
    return Markup('<span lang="{}">{}</span>').format(language, text) if language else text


def said(text):
    """A source's own English words: marked, and quoted where the page is not English."""
    if not ENGLISH.search(text):
        return text
    words = tagged(Text(text, "en"))
    return words if get_language()[:2] == "en" else Markup("“{}”").format(words)


def isolated(text):
    """What a reader typed, kept from turning the direction of the words around it."""
    return Markup("<bdi>{}</bdi>").format(text)


def date(value):
    """A day in the words of the active language; of a moment, the day that it was here."""
    return _date(get_language(), template_localtime(value))


def when(text):
    """`as_of` as its source writes it, but a day or a month in words: "2023-09-14" -> "Sept. 14, 2023".

    A year, and a school year such as 2020-21, stay as they are.
    """
    return _when(get_language(), text)


@lru_cache
def _when(language, text):
    if not DAY_OR_MONTH.fullmatch(text):
        return text
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 2 and parts[1] == (parts[0] + 1) % 100:
        return text
    try:
        day = datetime.date(*parts, *[1] * (3 - len(parts)))
    except ValueError:
        return text
    with translation.override(language):
        style = "DATE_FORMAT" if len(parts) == 3 else "YEAR_MONTH_FORMAT"
        return formats.date_format(day, style)


@lru_cache
def _date(language, value):
    with translation.override(language):
        return formats.date_format(value, "DATE_FORMAT")


# --- Pages -------------------------------------------------------------------------------------


def render(request, template, context, status=200):
    """A public page. Costs no query: the region is known since the catalogue last changed."""
    values = page_globals(request) | context
    html = environment_in(values["lang"]).get_template(template).render(values)
    return HttpResponse(html, status=status)


def page_globals(request):
    """What every page is given: its language, its twin in the other one, the region, its name."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    version = getattr(request, "catalogue", None)
    words = vocabulary.current(version and version[0])
    match = request.resolver_match
    codes = [code for code, _ in settings.LANGUAGES]
    addresses = {code: in_language(request.path, code) for code in codes}
    other = next(code for code in codes if code != language)
    query = request.META.get("QUERY_STRING", "")
    query = query if len(query) <= LONGEST_QUERY else ""
    return {
        "lang": language,
        "other": SimpleNamespace(
            code=other,
            name=NAMES[other],
            url=addresses[other] + (f"?{query}" if query else ""),
        ),
        "region": words.region,
        "canonical": settings.SITE_URL + addresses[language],
        "alternates": [(code, settings.SITE_URL + path) for code, path in addresses.items()],
        "catalogue_date": words.changed_on,
        "page": match.url_name if match else "",
        "here": request.path + (f"?{query}" if query else ""),
        "paper_address": on_paper(settings.SITE_URL + request.path)
        + (f"?{query}" if query else ""),
    }


def on_paper(address):
    """An address as somebody types it from paper: example.org/en/programs/welding/."""
    return address.partition("//")[2].removeprefix("www.")


def in_language(path, language):
    """The same page below another language: /en/programs/ -> /es/programs/."""
    first, _, rest = urlsplit(path).path.removeprefix("/").partition("/")
    return f"/{language}/{rest}" if first in dict(settings.LANGUAGES) else f"/{language}/"
