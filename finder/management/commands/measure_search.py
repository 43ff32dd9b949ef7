"""How well the search finds what people look for.

Reads a CSV with the columns query, lang, kind, expect. `expect` is what a good result is:
alternatives parted by " | ", each a conjunction parted by " & " of `field=value`:

    top=095650 or top=1230* (a prefix)    pathway=<slug>    sector=<badge>    segment=<value>
    city=<name>    zip=<code>    title=<part of the English title>
    institution=<part of its name or of another name of it>

Prints, for each kind and in all, how many searches have a good result among the first ten, and the
mean reciprocal rank of the first one.
"""

import csv
from collections import defaultdict
from pathlib import Path

from django.core.management.base import BaseCommand
from django.http import QueryDict
from django.utils import translation

from finder.search import Search
from programs.models import Program

FIRST = 10


class Command(BaseCommand):
    help = "Measure the search against a list of searches and what each must find."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, file, verbosity, **options):
        ranks, misses = defaultdict(list), []
        with file.open(newline="", encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                programs = first_programs(row["query"], row["lang"])
                rank = rank_of_first_good(programs, row["expect"])
                ranks[row["kind"]].append(rank)
                if rank is None:
                    misses.append((row, programs))
        self.print_figures(ranks)
        if verbosity > 1:
            self.print_misses(misses)

    def print_figures(self, ranks):
        everything = [rank for kind in ranks.values() for rank in kind]
        self.stdout.write(f"{'kind':12} {'searches':>8} {'found':>7} {'MRR':>6}")
        for kind, found in [*sorted(ranks.items()), ("all", everything)]:
            share = sum(rank is not None for rank in found) / len(found)
            reciprocal = sum(1 / rank for rank in found if rank) / len(found)
            self.stdout.write(f"{kind:12} {len(found):8} {share:7.1%} {reciprocal:6.3f}")

    def print_misses(self, misses):
        for row, programs in misses:
            self.stdout.write(f"\n{row['query']} ({row['lang']}, {row['kind']}): {row['expect']}")
            for program in programs[:3] or ["nothing"]:
                self.stdout.write(f"    {program}")


def first_programs(query, language):
    data = QueryDict(mutable=True)
    data["q"] = query
    with translation.override(language):
        search = Search(data)
        _, addresses = search.window(language, 0, FIRST)
        ids = search.searcher.fast_field_values("pk", addresses) if addresses else []
    rows = (
        Program.objects.with_place()
        .select_related("top_code")
        .prefetch_related("institution__names")
        .in_bulk(ids)
    )
    return [rows[pk] for pk in ids if pk in rows]


def rank_of_first_good(programs, expect):
    """1 for the first; None when none of them is what was expected."""
    for rank, program in enumerate(programs, start=1):
        if any(is_good(program, either.split(" & ")) for either in expect.split(" | ")):
            return rank
    return None


def is_good(program, conditions):
    return all(holds(program, *condition.strip().split("=", 1)) for condition in conditions)


def holds(program, field, value):
    """Whether `field=value` is true of a program."""
    institution, value = program.institution, value.strip()
    if field == "top":
        code = program.top_code.code if program.top_code else ""
        return code.startswith(value[:-1]) if value.endswith("*") else code == value
    if field == "title":
        return value.casefold() in program.title_en.casefold()
    if field == "institution":
        names = [institution.name, *(other.name for other in institution.names.all())]
        return any(value.casefold() in name.casefold() for name in names)
    actual = {
        "pathway": program.pathway and program.pathway.slug,
        "sector": program.sector and program.sector.code,
        "segment": institution.segment,
        "city": institution.city,
        "zip": institution.zip_code,
    }[field]
    return (actual or "").casefold() == value.casefold()
