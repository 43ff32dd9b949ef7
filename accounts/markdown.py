"""The little Markdown of our own guide as HTML: headings, lists, tables, pictures, code, **bold**, links.

For texts of this repository alone. What it does not know stays as it is written.
"""

import re
from textwrap import dedent

from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import slugify

PICTURE = re.compile(r"!\[(.*)\]\(images/(.*)\)")


def html(text):
    """Blocks stand apart by an empty line, as everywhere in our documents."""
    return mark_safe("\n".join(_block(block) for block in re.split(r"\n{2,}", text.strip())))


def sections(text):
    """[(id, words)] of the main headings, as `html` writes them."""
    return [(slugify(words), words) for words in re.findall(r"^## (.+)", text, re.MULTILINE)]


def _block(block):
    lines = block.splitlines()
    heading = re.match(r"(#+) (.*)", block)
    picture = PICTURE.fullmatch(block)
    if heading:
        level, words = len(heading[1]), heading[2]
        return f'<h{level} id="{slugify(words)}">{_inline(words)}</h{level}>'
    if picture:
        return f'<p><img src="{static(f"guide/{picture[2]}")}" alt="{escape(picture[1])}"></p>'
    if block.startswith("    "):
        return f"<pre>{escape(dedent(block))}</pre>"
    if block.startswith("|"):
        return _table(lines)
    if re.match(r"- |\d+\. ", block):
        return _list(lines, "ul" if block.startswith("-") else "ol")
    return f"<p>{_inline(' '.join(lines))}</p>"


def _list(lines, tag):
    """An item may go on in the next, indented lines."""
    items = re.split(r"\n(?=- |\d+\. )", "\n".join(lines))
    words = [re.sub(r"^(- |\d+\. )", "", " ".join(item.split())) for item in items]
    return f"<{tag}>{''.join(f'<li>{_inline(one)}</li>' for one in words)}</{tag}>"


def _table(lines):
    head, _rule, *body = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    top = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in head)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in body
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>"


def _inline(text):
    text = escape(text)
    text = re.sub(r"`(.+?)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    return re.sub(r"\[(.+?)\]\((.+?)\)", r'<a href="\2">\1</a>', text)
