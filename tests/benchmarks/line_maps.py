"""How long a sector's map takes to read, connect, word and place, and how that grows with its programs.

    LOCAL=1 python -m tests.benchmarks.line_maps

An in-memory database holds one sector of six pathways with N programs: three quarters at schools of one
district for every eight programs, the rest at nine colleges, and an agreement for every tenth program. The
last column is the growth against n log n: 1 means just so, more is worse. Every branch stands open.
"""

import gc
import os
from itertools import pairwise
from math import log
from statistics import median
from time import perf_counter

SIZES = (500, 1000, 2000, 4000, 8000)
ROUNDS = 7
STEPS = ("read", "connect", "word", "place")


def main():
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pathways.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(
        f"{'programs':>9}"
        + "".join(f"{step:>10}" for step in STEPS)
        + f"{'connect to place':>18}{'/ n log n':>11}"
    )
    before = None
    for size in SIZES:
        sector = make_sector(size)
        times = [
            median(round_) for round_ in zip(*(measure(sector) for _ in range(ROUNDS)), strict=True)
        ]
        ours = sum(times[1:])
        growth = (
            ""
            if before is None
            else f"{ours / before[1] / ((size * log(size)) / (before[0] * log(before[0]))):.2f}"
        )
        print(
            f"{size:>9}"
            + "".join(f"{time:>7.1f} ms" for time in times)
            + f"{ours:>15.1f} ms{growth:>11}"
        )
        before = (size, ours)


def measure(sector):
    """Milliseconds of each of STEPS."""
    from finder.layout import lay_out
    from finder.linemap import View, sector_map
    from programs import network

    gc.collect()  # of what the round before has left
    pathways = list(sector.pathways.all())
    opened = frozenset(pathway.slug for pathway in pathways)
    marks = [perf_counter()]
    read = network.of_sector(sector, pathways)
    marks.append(perf_counter())
    branches = read.branches()
    marks.append(perf_counter())
    lines = sector_map(branches, {}, View("/", None, opened), sector)
    marks.append(perf_counter())
    lay_out(lines)
    marks.append(perf_counter())
    return [(end - start) * 1000 for start, end in pairwise(marks)]


def make_sector(size):
    """The Sector with `size` programs, in place of the one before."""
    from programs.models import District, Institution, LinkKind, Program, ProgramLink, Segment
    from reference.models import County, Pathway, Release, Sector

    for model in (ProgramLink, Program, Institution, District, Pathway, Sector, County, Release):
        model.objects.all().delete()
    county = County.objects.create(fips="06073", slug="c", name="County")
    release = Release.objects.create(slug="r", publisher="P", name="N")
    sector = Sector.objects.create(code="MF", slug="mf", title_en="Making", title_es="Hacer")
    pathways = [
        Pathway.objects.create(
            slug=f"p{n}", sector=sector, title_en=f"Pathway {n}", title_es=f"P {n}"
        )
        for n in range(6)
    ]
    common = {"county": county, "release": release}
    districts = District.objects.bulk_create(
        District(slug=f"d{n}", name=f"District {n}", county=county)
        for n in range(max(size // 8, 1))
    )
    schools = Institution.objects.bulk_create(
        Institution(
            slug=f"s{n}", name=f"School {n}", segment=Segment.HIGH,
            district=districts[n % len(districts)], **common,
        )
        for n in range(max(size // 4, 1))
    )  # fmt: skip
    colleges = Institution.objects.bulk_create(
        Institution(slug=f"c{n}", name=f"College {n}", segment=Segment.COLLEGE, **common)
        for n in range(9)
    )
    programs = Program.objects.bulk_create(
        Program(
            slug=f"program-{n}", title_en=f"Program {n}", sector=sector, pathway=pathways[n % 6],
            institution=colleges[n % 9] if n % 4 == 0 else schools[n % len(schools)],
            release=release, status=Program.Status.PUBLISHED,
        )
        for n in range(size)
    )  # fmt: skip
    starts = [one for one in programs if one.institution.segment == Segment.HIGH]
    ProgramLink.objects.bulk_create(
        ProgramLink(
            slug=f"link-{n}", kind=LinkKind.ARTICULATION, from_program=one,
            from_institution=one.institution, to_institution=colleges[n % 9], pathway=one.pathway,
            release=release,
        )
        for n, one in enumerate(starts[::10])
    )  # fmt: skip
    return sector


if __name__ == "__main__":
    main()
