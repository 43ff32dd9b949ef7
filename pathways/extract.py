"""How Babel finds the words of Django's templates: as Django itself does, by way of Python."""

from io import BytesIO

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def django_templates(fileobj, keywords, comment_tags, options):
    source = templatize(fileobj.read().decode("utf-8"))
    return extract_python(BytesIO(source.encode("utf-8")), keywords, comment_tags, options)
