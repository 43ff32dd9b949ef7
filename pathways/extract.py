"""Babel collects the words of the admin's templates, which are Django's and not Jinja2's."""

import ast
import re

from django.utils.translation.template import templatize

TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(_|gettext|ngettext)\(({TEXT})(?:\s*,\s*({TEXT}))?")


def django_templates(fileobj, keywords, comment_tags, options):
    """(line, function, message or messages, comments), as Babel asks for them."""
    code = templatize(fileobj.read().decode())
    for found in CALL.finditer(code):
        function, *texts = found.groups()
        words = tuple(ast.literal_eval(text) for text in texts if text)
        line = code.count("\n", 0, found.start()) + 1
        yield line, function, words if len(words) > 1 else words[0], []
