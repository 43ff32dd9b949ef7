"""Loads synthetic programs into an empty database and describes the site to a load generator.

    LOCAL=1 BENCH_DIR=/tmp/bench DATABASE_URL=sqlite:////tmp/bench/product-5000.sqlite3 \
        python -m tests.benchmarks.load_synthetic 5000

reads $BENCH_DIR/data/programs-N.csv and queries-N.json, and writes $BENCH_DIR/product-N.json: how to
start the site on that database, and the searches as paths. Our filters have values of their own, so
the synthetic labels are mapped onto them here, one to one where that is possible.
"""

import csv
import json
import os
import sys
from collections import defaultdict
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

import django
from django.core.management import call_command

BATCH = 5000
PORT = 8900
# The product has four levels: two of the five synthetic ones share one, and universities stand in
# for middle schools, so that the other levels keep their sizes.
SEGMENTS = {
    "Community College": "community_college",
    "High School CTE": "high_school",
    "Adult Education": "adult_education",
    "Apprenticeship": "adult_education",
    "University": "middle_school",
}
AUDIENCES = {
    "community_college": "anyone",
    "high_school": "school",
    "adult_education": "adults",
    "middle_school": "district",
}
CREDENTIALS = {
    "Certificate of Achievement": "certificate",
    "Associate of Science": "associate",
    "Associate of Arts": "transfer",
    "Course Sequence": "completion",
    "Certificate of Completion": "short",
    "Bachelor's Degree": "bachelor",
    "Journey Worker Certificate": "apprenticeship",
    "Industry Certification": "industry",
    "Noncredit Certificate": "noncredit",
}
MODES = {"In person": "in_person", "Hybrid": "hybrid", "Online": "online"}


def main(number):
    bench = Path(os.environ["BENCH_DIR"])
    os.environ.setdefault("STATIC_ROOT", str(bench / "static"))
    os.environ.setdefault("SEARCH_INDEX_DIR", str(bench / "search"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pathways.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from programs.models import Program

    if not Program.objects.exists():
        with (bench / "data" / f"programs-{number}.csv").open(newline="") as file:
            Loader().load(csv.DictReader(file))
    description = describe(json.loads((bench / "data" / f"queries-{number}.json").read_text()))
    (bench / f"product-{number}.json").write_text(json.dumps(description, indent=1))


class Loader:
    """Makes what the rows name as it comes along, and the programs in batches."""

    def __init__(self):
        from reference.models import Region, Release

        Region.objects.get_or_create(
            slug="bench", defaults={"name_en": "Bench", "site_name_en": "Bench"}
        )
        self.release = Release.objects.get_or_create(slug="synthetic")[0]
        self.made = defaultdict(dict)

    def load(self, rows):
        from programs import catalogue

        while batch := list(islice(rows, BATCH)):
            self._load(batch)
        catalogue.bump()

    def _load(self, rows):
        from programs.models import Award, Program, ProgramOccupation

        Program.objects.bulk_create([self.program(row) for row in rows])
        Award.objects.bulk_create(
            Award(program_id=int(row["id"]), credential=CREDENTIALS[row["credential"]])
            for row in rows
        )
        ProgramOccupation.objects.bulk_create(
            ProgramOccupation(
                program_id=int(row["id"]),
                occupation=self.occupation(title),
                rank=rank,
                basis="codes",
            )
            for row in rows
            for rank, title in enumerate(dict.fromkeys(row["occupations"].split("; ")))
        )

    def program(self, row):
        from programs.models import Program

        level = SEGMENTS[row["segment"]]
        return Program(
            pk=int(row["id"]),
            slug=row["slug"],
            title_en=row["title"],
            description_en=row["description"],
            institution=self.institution(row, level),
            sector=self.sector(row["sector"]),
            pathway=self.pathway(row),
            audience=AUDIENCES[level],
            cost="free" if int(row["cost"]) < 2000 else "fee",
            delivery=MODES.get(row["mode"], ""),
            schedule="" if row["mode"] in MODES else "evening",
            status="published",
            release=self.release,
            as_of="2026",
        )

    def _once(self, model, key, **values):
        made = self.made[model]
        if key not in made:
            made[key] = model.objects.create(**values)
        return made[key]

    def county(self, name):
        from reference.models import County

        number = len(self.made[County])
        return self._once(County, name, name=name, slug=slug(name), fips=f"{number:05}")

    def district(self, county):
        from programs.models import District

        name = f"{county.name} Unified"
        return self._once(District, name, name=name, slug=slug(name), county=county)

    def institution(self, row, level):
        from programs.models import Institution

        county, number = self.county(row["county"]), len(self.made[Institution])
        return self._once(
            Institution,
            row["institution"],
            name=row["institution"],
            slug=f"{slug(row['institution'])}-{number}",
            segment=level,
            county=county,
            district=self.district(county),
            city=row["city"],
            latitude=f"{32 + number % 97 / 97:.6f}",
            longitude=f"{-116 - number % 89 / 89:.6f}",
            point_source="zip",
            release=self.release,
        )

    def sector(self, title):
        from reference.models import Sector

        code = f"S{len(self.made[Sector]):X}"
        return self._once(
            Sector, title, code=code, slug=slug(title), title_en=title, title_es=title
        )

    def pathway(self, row):
        from reference.models import Pathway

        return self._once(
            Pathway,
            (row["sector"], row["pathway"]),
            sector=self.sector(row["sector"]),
            slug=f"{slug(row['pathway'])}-{len(self.made[Pathway])}",
            title_en=row["pathway"],
            title_es=row["pathway"],
        )

    def occupation(self, text):
        from reference.models import Occupation

        soc, _, title = text.partition(" ")
        return self._once(
            Occupation, soc, soc=soc, slug=slug(text)[:120], title_en=title, release=self.release
        )


def slug(text):
    from django.utils.text import slugify

    return slugify(text)


def describe(queries):
    """The server and what to ask of it, in the form that the load generator reads."""
    from django.conf import settings

    names = ("BENCH_DIR", "DATABASE_URL", "STATIC_ROOT", "SEARCH_INDEX_DIR")
    python = Path(sys.executable).parent
    return {
        "server": {
            "cmd": [
                str(python / "gunicorn"),
                "-w",
                "2",
                "-b",
                f"127.0.0.1:{PORT}",
                "pathways.wsgi",
            ],
            "cwd": str(settings.BASE_DIR),
            "env": {"LOCAL": "1", **{name: os.environ[name] for name in names}},
            "port": PORT,
            "pg": os.environ["DATABASE_URL"].startswith("postgres"),
        },
        "targets": {
            "search: product": {"paths": [path(query) for query in queries], "group": "browse"},
            "browse: product": {"paths": ["/en/programs/"], "group": "browse"},
        },
    }


def path(query):
    """A search of the yardsticks, in our parameters."""
    values = {
        "sector": ("sector", slug),
        "segment": ("level", SEGMENTS.get),
        "credential": ("credential", CREDENTIALS.get),
    }
    pairs = [("q", query["q"])]
    for name, label in query["filters"]:
        parameter, value_of = values[name]
        pairs.append((parameter, value_of(label)))
    return f"/en/programs/?{urlencode(pairs)}"


if __name__ == "__main__":
    main(int(sys.argv[1]))
