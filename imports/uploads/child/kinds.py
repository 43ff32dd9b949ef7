"""What a file is, by its bytes: its name proves nothing."""

import struct
import zipfile

from refused import Refused

MOST_PARTS = 1000  # a workbook of ours has a dozen
SNIFFED = 8192
TELLTALE = [  # a part that only this kind of package has
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "binary_excel"),
    ("Index/Document.iwa", "numbers"),
    ("Index.zip", "numbers"),
    ("content.xml", "opendocument"),
]
BINARY = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "other"),
    (b"\x89PNG", "other"),
    (b"\xff\xd8\xff", "other"),
    (b"\x1f\x8b", "other"),
    (b"7z\xbc\xaf", "other"),
    (b"Rar!", "other"),
    (b"SQLite format 3", "other"),
    (b"PAR1", "other"),
]
PAGE = (b"<!doctype", b"<html", b"<head", b"<table", b"<meta", b"<?xml")


def kind_of(file):
    """`xlsx` or `text`; raises Refused with what else it is. Leaves the file at its start."""
    start = file.read(SNIFFED)
    file.seek(0)
    if not start.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise Refused("empty")
    if start.startswith(b"PK"):
        return _package(file)
    for mark, code in BINARY:
        if start.startswith(mark):
            raise Refused(code)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(PAGE):
        raise Refused("web_page")
    return "text"


def _package(file):
    if _parts(file) > MOST_PARTS:
        raise Refused("too_many_parts", most=MOST_PARTS)
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise Refused("damaged") from error
    finally:
        file.seek(0)
    if any(".." in name.split("/") or name.startswith("/") or "\\" in name for name in names):
        raise Refused("strange_parts")
    for part, kind in TELLTALE:
        if part in names:
            if kind == "xlsx":
                return kind
            raise Refused(kind)
    raise Refused("other")


def _parts(file):
    """How many parts the package says it has, before anything makes a list of them."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    mark = tail.rfind(b"PK\5\6")
    if mark < 0 or len(tail) < mark + 12:
        raise Refused("damaged")
    return struct.unpack_from("<H", tail, mark + 10)[0]
