"""Recommendations travel in the region pack."""

from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command

from imports import region
from planning.models import Kind, Recommendation
from programs import catalogue
from reference.models import Sector

SAMPLE = settings.BASE_DIR / "fixtures" / "sample-region"
COLUMNS = ["gap", "sector__code", "text_en", "text_es", "status", "written_on"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    """The sample region with one recommendation for a sector, and a draft for all."""
    region.load(SAMPLE)
    own = Recommendation.objects.create(
        gap=Kind.DEMAND,
        sector=Sector.objects.first(),
        text_en="Open a shop.\r\n\r\nAsk “Sample, Inc.” first.",
        text_es="Abrir un taller.",
        status="published",
        written_on=date(2025, 6, 1),
    )
    draft = Recommendation.objects.create(gap=Kind.SUPPLY, text_en="=Wait")
    return [own, draft]


def rows():
    return list(Recommendation.objects.values_list(*COLUMNS))


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_another_server_gets_them_whole_and_writes_the_same_bytes(written, tmp_path):
    before = rows()
    call_command("export_region", tmp_path / "first")
    Recommendation.objects.all().delete()

    call_command("load_region", tmp_path / "first")
    call_command("export_region", tmp_path / "second")

    assert rows() == before
    assert files(tmp_path / "first") == files(tmp_path / "second")
    assert region.load(tmp_path / "first").changes == 0


def test_a_reload_keeps_them_and_prune_follows_the_pack(written, tmp_path):
    before = rows()
    call_command("export_region", tmp_path)

    call_command("load_region", SAMPLE)
    assert rows() == before
    call_command("load_region", tmp_path, prune=True)
    assert rows() == before
    call_command("load_region", SAMPLE, prune=True)
    assert rows() == []


def test_a_changed_text_changes_the_row_and_raises_the_version(written, tmp_path):
    call_command("export_region", tmp_path)
    file = tmp_path / "recommendations.csv"
    file.write_bytes(file.read_bytes().replace(b"Open a shop", b"Open two shops"))
    version, _rebuilt = catalogue.current()

    region.load(tmp_path)

    assert [text.split(".")[0] for _gap, _sector, text, *_ in rows()] == ["Open two shops", "=Wait"]
    assert catalogue.current()[0] > version


@pytest.mark.parametrize(
    ("cell", "fault"),
    [(b"demand", "recommendations:2: gap: "), (b"published", "recommendations:2: status: ")],
)
def test_a_wrong_cell_is_named_and_nothing_is_loaded(written, tmp_path, cell, fault):
    call_command("export_region", tmp_path)
    file = tmp_path / "recommendations.csv"
    file.write_bytes(file.read_bytes().replace(cell, b"nonsense"))

    with pytest.raises(region.PackError, match=fault):
        region.load(tmp_path)
