"""Reading other people's tables: every cell as text, headings checked, blanks made blank."""

from pathlib import Path

import pandas as pd
from django.utils.translation import gettext as _

BLANKS = {"No Data", "N/A", "NA", "n/a", "nan", "None", "—"}


class SourceError(Exception):
    """The file is not what its name promises; says which headings are missing."""


def read_table(path, headings, *, separator=",", encoding="utf-8-sig", sheet=0, blanks=BLANKS):
    """[(line number, {heading: text})] of a CSV, TSV or XLSX file.

    Codes keep their zeros (nothing is parsed as a number), cells are stripped, and what the source
    writes for "no value" becomes an empty text. Raises SourceError when a heading is missing.
    """
    path = Path(path)
    if path.suffix.lower() in {".xlsx", ".xls"}:
        frame = pd.read_excel(
            path, sheet_name=sheet, dtype=str, engine="calamine", keep_default_na=False
        )
    else:
        frame = pd.read_csv(
            path, sep=separator, dtype=str, encoding=encoding, keep_default_na=False
        )
    frame.columns = [" ".join(str(name).split()) for name in frame.columns]
    missing = [name for name in headings if name not in frame.columns]
    if missing:
        raise SourceError(
            _("%(file)s lacks the headings: %(names)s")
            % {"file": path.name, "names": ", ".join(missing)}
        )
    return [
        (line, {name: _clean(value, blanks) for name, value in row.items()})
        for line, row in enumerate(frame.to_dict("records"), start=2)
    ]


def _clean(value, blanks):
    text = " ".join(str(value).split())
    return "" if text in blanks else text
