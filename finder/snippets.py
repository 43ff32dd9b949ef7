"""What a search engine and a tab show of a page: a title and a description that are not cut in mid-word.

Both are filters around a block: they take the HTML that it rendered, and what they give is escaped anew,
because Jinja2 does not escape what a filter block gives.
"""

import re

from markupsafe import Markup, escape

LONGEST_TITLE = 70
LONGEST_DESCRIPTION = 160
SHORTEST_DESCRIPTION = 70  # shorter sentences alone say too little
SENTENCE = re.compile(r"[.!?](?=\s)")
ASIDE = re.compile(r"\s*\([^()]*\)")


def page_title(heading, site):
    """The heading with the site's name, or alone where both are too long."""
    heading = shortened(_plain(heading), LONGEST_TITLE + 20)
    whole = f"{heading} – {site}"
    return escape(whole if len(whole) <= LONGEST_TITLE else heading)


def description(html):
    """As many whole sentences as fit, else as many words."""
    return escape(_fitting(_plain(html)))


def _fitting(text):
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    ends = [found.end() for found in SENTENCE.finditer(text[: LONGEST_DESCRIPTION + 1])]
    if ends and ends[-1] >= SHORTEST_DESCRIPTION:
        return text[: ends[-1]]
    return _cut(text, LONGEST_DESCRIPTION)


def shortened(text, longest):
    """Without what stands in brackets when it is too long, then without its last words."""
    if len(text) > longest:
        text = ASIDE.sub("", text)
    return text if len(text) <= longest else _cut(text, longest)


def _cut(text, longest):
    words = text[:longest].rpartition(" ")[0] or text[: longest - 1]
    return words.rstrip(" ,;:–-(") + "…"


def _plain(html):
    """The text of what a block of a template has rendered."""
    return " ".join(Markup(html).striptags().split())  # noqa: S704 (its tags are taken out)
