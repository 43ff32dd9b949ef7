"""Texts in two languages, kept as plain columns `title_en` and `title_es`.

A model declares `title = Translated()` beside its two columns; reading `program.title` gives the
text in the active language. Where that text is empty the English one stands in, and says so in
its `lang`, so that a page can mark it `lang="en"` for screen readers (WCAG 3.1.2).
"""

from django.utils.translation import get_language

FALLBACK = "en"


class Text(str):
    """A string that knows its language when it is not the one the reader asked for."""

    __slots__ = ("lang",)

    def __new__(cls, value, lang=None):
        text = super().__new__(cls, value)
        text.lang = lang
        return text


def pick(language, **texts):
    """The text in `language`, else the English one marked with its `lang`.

    >>> pick("es", en="Welding", es="").lang
    'en'
    """
    value = texts.get(language)
    if value:
        return Text(value)
    fallback = texts.get(FALLBACK) or ""
    return Text(fallback, FALLBACK if fallback and language != FALLBACK else None)


class Translated:
    """Reads `<name>_<language>` of its instance; read-only."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        language = (get_language() or FALLBACK)[:2]
        return self.in_language(instance, language)

    def in_language(self, instance, language):
        """The text of `instance` in a given language, whatever the active one is."""
        return pick(
            language,
            **{
                FALLBACK: getattr(instance, f"{self.name}_{FALLBACK}"),
                language: getattr(instance, f"{self.name}_{language}", ""),
            },
        )
