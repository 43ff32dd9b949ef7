"""Uploaded files are kept as they came, below MEDIA_ROOT, which no web server serves."""

import shutil
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils.translation import get_language

from imports.models import ImportRun, upload_path


def upload(files, *, by, source=ImportRun.WORKBOOK, **options):
    """An ImportRun of one file, or of the several files of an official release. OSError, and nothing is
    left, where they cannot be kept."""
    names = [_plain(file.name) for file in files]
    run = ImportRun(
        by=by, source=source, name=", ".join(names)[:200], language=get_language()[:2], **options
    )
    try:
        for file, name in zip(files, names, strict=True):
            _keep(file, Path(default_storage.path(upload_path(run, name))))
    except OSError:
        shutil.rmtree(Path(default_storage.path(upload_path(run, "x"))).parent, ignore_errors=True)
        raise
    run.file.name = upload_path(run, names[0])
    run.save()
    return run


def _keep(file, path):
    """Official files are recognized by their names, so the storage must not change them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as kept:
        kept.writelines(file.chunks())


def files(run):
    """The paths of what was uploaded, the first first; those that are still there."""
    first = Path(run.file.path)
    found = sorted(first.parent.iterdir()) if first.parent.is_dir() else []
    return sorted(found, key=lambda path: path != first)


def names(run):
    return [path.name for path in files(run)]


def _plain(name):
    """A file name without folders, control characters, or a length that a disk refuses."""
    kept = "".join(each for each in Path(name.replace("\\", "/")).name if each.isprintable())
    return kept.lstrip(".")[-120:] or "file"
