"""CPU of the gap pages beside a page of 20 rows with one query, in the same process and frame.

    LOCAL=1 .venv/bin/python -m tests.benchmarks.gap_pages

Reads the database as it is. A page is asked once before it is measured; each figure is the median of 60.
"Anew" is a question that the process has not answered before: the gap is computed from the rows in memory.
"""

import os
from statistics import median
from time import process_time

import django

REPEAT = 60
TEMPLATE = """{% extends "base.html" %}{% block title %}Programs{% endblock %}
{% block main %}<h1>Programs</h1><ul>{% for program in programs %}
<li><a href="{{ url('program', program.slug) }}">{{ program.title|tagged }}</a>
{{ program.institution.name }}</li>
{% endfor %}</ul>{% endblock %}"""


def floor(request):
    """Twenty rows, one query, the site's frame."""
    from django.http import HttpResponse

    from finder import jinja
    from programs.models import Program

    values = jinja.page_globals(request)
    programs = Program.objects.published().select_related("institution")[:20]
    template = _template(values["lang"])
    return HttpResponse(template.render(values | {"programs": list(programs)}))


def _template(language, kept={}):  # noqa: B006
    from finder import jinja

    if language not in kept:
        kept[language] = jinja.environment_in(language).from_string(TEMPLATE)
    return kept[language]


def cpu(client, path, *, anew=False):
    """Median milliseconds of CPU of a warm request."""
    from planning import facts

    client.get(path)
    times = []
    for _number in range(REPEAT):
        if anew:
            facts.current().found.clear()
        start = process_time()
        response = client.get(path)
        times.append(process_time() - start)
        assert response.status_code == 200, path
    return median(times) * 1000


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pathways.settings")
    django.setup()
    from django.test import Client
    from django.urls import path

    from pathways import urls
    from planning.models import Kind

    urls.urlpatterns.insert(0, path("en/floor/", floor, name="floor"))
    client = Client(headers={"host": "localhost"})
    least = cpu(client, "/en/floor/")
    print(f"{'floor, 20 rows':28} {least:6.2f} ms")
    pages = {kind.value: f"/en/gaps/{kind.value}/" for kind in Kind}
    pages["coverage, one sector"] = "/en/gaps/coverage/?sector=transportation"
    pages |= {"overview": "/en/gaps/", "report": "/en/gaps/report/transportation/"}
    for name, address in pages.items():
        spent = cpu(client, address)
        anew = cpu(client, address, anew=True)
        print(
            f"{name:28} {spent:6.2f} ms {spent / least:5.2f} times the floor; "
            f"anew {anew:6.2f} ms {anew / least:5.2f} times"
        )


if __name__ == "__main__":
    main()
