"""The region pack: a folder of CSV files, one a table, and a `region.toml`."""

import csv
import io
import json
import tomllib
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from imports.batch import Batch, apply
from imports.tables import BY_NAME, TABLES, to_text
from imports.write import delete
from programs import careers, catalogue
from programs.models import ProgramOccupation
from reference.models import Region, Release

# The columns of Region in region.toml, each written as text; an empty text is an unknown value.
SETTINGS = (
    "slug", "name_en", "name_es", "site_name_en", "site_name_es", "about_en", "about_es",
    "state", "state_name", "contact_url", "high_wage_household", "high_wage_hourly",
    "high_skill_education", "in_demand_openings", "in_demand_growth", "marks_note_en",
    "marks_note_es",
)  # fmt: skip


class PackError(Exception):
    """The folder is not a region pack, or a row of it is wrong; says where."""


def load(folder, *, prune=False):
    """Load a pack: all of it or, with a PackError naming the first faults, nothing.

    The Outcome's `strays` count the rows of the database that the pack does not hold. With `prune`
    they are deleted: the pack is then the whole truth, and what editors have added since it was
    written, occupations they confirmed or hid too, goes unless it was exported before.
    """
    folder = Path(folder)
    with transaction.atomic():
        _load_region(folder / "region.toml")
        outcome = apply(read(folder))
        if outcome.rejected:
            first = "\n".join(map(str, outcome.rejected[:20]))
            raise PackError(f"{len(outcome.rejected)} rows are wrong, nothing was loaded:\n{first}")
        strays = {table: pks for table in TABLES if (pks := _strays(table, outcome.keys))}
        outcome.strays = {table.name: len(pks) for table, pks in strays.items()}
        if prune and strays:
            _delete(strays)
    return outcome


def _strays(table, keys):
    """Primary keys of a table's rows that are not among the `keys` that were read: one query."""
    found = table.read(table.model.objects.filter(**table.only))
    return [pk for pk, row in found if table.key_of(row) not in keys[table.name]]


def _delete(strays):
    """Delete rows, children before what they point at; what follows from them is computed anew.

    Plain statements, no signal for each row: another region's are thousands, and one step of the
    catalogue version is enough. So nothing cascades, and a row that is still in use is an error.
    """
    computed = ProgramOccupation.objects.exclude(**BY_NAME["program_occupations"].only)
    computed._raw_delete(computed.db)
    for table in reversed(TABLES):
        delete(table, strays.get(table, []))
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise PackError(
            f"a row that the pack lacks is in use, nothing was loaded: {error}"
        ) from error
    careers.suggest()
    catalogue.bump()


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
    facts = _facts(tomllib.loads(path.read_text(encoding="utf-8")))
    slug = facts.pop("slug")
    Region.objects.exclude(slug=slug).delete()
    before = Region.objects.filter(slug=slug).values(*facts).first()
    Region.objects.update_or_create(slug=slug, defaults=facts)
    if before != facts:
        catalogue.bump()


def _facts(texts):
    """{column: value} of region.toml; what it does not name keeps the value it has."""
    if strange := set(texts) - set(SETTINGS):
        raise PackError(f"region.toml: unknown {', '.join(sorted(strange))}")
    facts = {}
    for name, text in texts.items():
        field = Region._meta.get_field(name)
        try:
            facts[name] = field.clean(None if text == "" and field.null else text, None)
        except ValidationError as error:
            raise PackError(f"region.toml: {name}: {'; '.join(error.messages)}") from error
    return facts


def export(folder):
    """Write the whole database as a pack; loading it and exporting again gives the same bytes."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    region = Region.objects.get()
    lines = [
        f"{name} = {json.dumps(to_text(getattr(region, name)), ensure_ascii=False)}\n"
        for name in SETTINGS
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
