"""The region pack: a folder of CSV files, one a table, and a `region.toml`."""

import csv
import io
import json
import tomllib
from pathlib import Path

from django.db import transaction

from imports.batch import Batch, apply
from imports.tables import TABLES
from programs import catalogue
from reference.models import Region, Release

TEXTS = (
    "slug", "name_en", "name_es", "site_name_en", "site_name_es", "about_en", "about_es",
    "state",
    "state_name", "contact_url",
)  # fmt: skip


class PackError(Exception):
    """The folder is not a region pack, or a row of it is wrong; says where."""


def load(folder):
    """Load a pack: all of it or, with a PackError naming the first faults, nothing."""
    folder = Path(folder)
    with transaction.atomic():
        _load_region(folder / "region.toml")
        outcome = apply(read(folder))
        if outcome.rejected:
            first = "\n".join(map(str, outcome.rejected[:20]))
            raise PackError(f"{len(outcome.rejected)} rows are wrong, nothing was loaded:\n{first}")
    return outcome


def read(folder):
    """The pack's rows as a Batch; a missing file is an empty table, a strange heading an error."""
    batch = Batch()
    for table in TABLES:
        path = Path(folder) / f"{table.name}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                batch.rows[table.name] = _rows(table, csv.DictReader(file), path)
    return batch


def _rows(table, reader, path):
    strange = set(reader.fieldnames or ()) - set(table.columns)
    if strange:
        raise PackError(f"{path.name}: unknown column {', '.join(sorted(map(str, strange)))}")
    return list(reader)


def _load_region(path):
    if not path.exists():
        raise PackError(f"{path} is missing: this folder is not a region pack")
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    slug = facts.pop("slug")
    Region.objects.exclude(slug=slug).delete()
    before = Region.objects.filter(slug=slug).values(*facts).first()
    Region.objects.update_or_create(slug=slug, defaults=facts)
    if before != facts:
        catalogue.bump()


def export(folder):
    """Write the whole database as a pack; loading it and exporting again gives the same bytes."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    region = Region.objects.get()
    lines = [
        f"{name} = {json.dumps(getattr(region, name), ensure_ascii=False)}\n" for name in TEXTS
    ]
    _write(folder / "region.toml", "".join(lines))
    for table in TABLES:
        _write(folder / f"{table.name}.csv", as_csv(table.columns, table.rows()))
    _write(folder / "README.md", _readme(region))


def as_csv(columns, rows):
    """CSV text with Unix line ends."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _write(path, text):
    path.write_bytes(text.encode("utf-8"))


def _readme(region):
    """The pack's own README: each file, its rows, and where they come from."""
    lines = [
        f"# Region pack: {region.name_en}\n\n",
        "One CSV file a table (UTF-8, natural keys, an empty cell is an unknown value); load it\n"
        "with `manage.py load_region`, write it with `manage.py export_region`. Each row names the\n"
        "release it was read from; sentences, everyday words and the mapping to pathways are the\n"
        "region's own.\n\n",
        "| file | rows | read from |\n|---|---|---|\n",
    ]
    for table in TABLES:
        rows = table.rows()
        releases = sorted({row["release"] for row in rows}) if "release" in table.columns else []
        lines.append(
            f"| {table.name}.csv | {len(rows)} | {', '.join(releases) or 'the region'} |\n"
        )
    lines.append(
        "\n| release | publisher | name | vintage | as of | licence |\n|---|---|---|---|---|---|\n"
    )
    for release in Release.objects.all():
        cells = (
            release.slug,
            release.publisher,
            release.name,
            release.vintage,
            release.as_of,
            release.licence,
        )
        lines.append(f"| {' | '.join(cells)} |\n")
    return "".join(lines)
