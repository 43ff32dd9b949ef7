"""TOP codes of the Taxonomy of Programs, 7th edition: `top_categories_7th_edition.json`.

`{"codes": {"0956.50": {"title": ..., "cte": true}, ...}}`, read out of the printed manual; this site
writes the code as six digits without the dot. What the region keeps on the same rows (Spanish
title, sector, pathway, note) is not in the manual and is left alone.

Oddities of the reading from print:

- Two codes ran together ("Student Government 2208.00 – Sociology") and are taken apart.
- Remarks and footnotes hang on titles: "(Program Only)", "Integrated2", "Disabled .".
- The manual marks career technical codes with an asterisk, which was lost on some codes below a
  marked one (`0952.10` Carpentry under `0952.00*`): there the mark is left unknown, and `top_cip`,
  which lists only career technical codes, sets it.
- Some codes of the state are missing altogether (`0506.50`); `top_cip` adds those it lists.
"""

import json
import re
from pathlib import Path

from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources.reading import SourceError

RELEASE = {
    "slug": "top-7th-edition",
    "publisher": "California Community Colleges Chancellor's Office",
    "name": "Taxonomy of Programs Manual, 7th Edition",
    "vintage": "2023",
    "as_of": "2023",
    "licence": "",
    "url": (
        "https://www.cccco.edu/About-Us/Chancellors-Office/Divisions/Research-Analytics-Data/"
        "data-resources"
    ),
    "note_en": (
        "The state's codes for college programs and which of them are career technical; Spanish "
        "titles, sectors and pathways of the codes are the region's own."
    ),
    "note_es": (
        "Los códigos estatales de los programas de los colegios y cuáles son de educación técnica; "
        "los títulos en español, los sectores y las trayectorias de los códigos son de la región."
    ),
}
HEADINGS = ("title", "cte")

CODE = re.compile(r"\d{4}\.\d{2}")
RUN_TOGETHER = re.compile(r"\s+(\d{4}\.\d{2})\s+[–-]\s+")
REMARK = re.compile(r"\s*\(Program Only\)|(?<=[a-z])\d$|\s+\.$")


def read(path):
    """`program_codes` rows of system TOP: code, English title, whether career technical."""
    path = Path(path)
    batch = Batch()
    batch.add("releases", **RELEASE)
    codes = _codes(path)
    for code, facts in codes.items():
        if reason := _fault(code, facts):
            batch.reject(f"{path.name}:{code}", reason, {"title": str(facts)})
            continue
        title, *others = RUN_TOGETHER.split(facts["title"])
        _add(batch, code, title, _cte(code, facts, codes))
        for lost, lost_title in zip(others[::2], others[1::2], strict=True):
            if lost not in codes:
                _add(batch, lost, lost_title, {})
    return batch


def _codes(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))["codes"]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(
            _("%(file)s is not the list of TOP codes: it has no “codes”") % {"file": path.name}
        ) from error


def _fault(code, facts):
    if not CODE.fullmatch(code):
        return _("a TOP code looks like 0956.50")
    if not isinstance(facts, dict) or not all(name in facts for name in HEADINGS):
        return _("the code lacks its title or its career technical mark")
    return "" if facts["title"].strip() else _("the code has no title")


def _cte(code, facts, codes):
    """{"is_cte": ...}, or nothing where the asterisk may have been lost."""
    if facts["cte"]:
        return {"is_cte": True}
    above = codes.get(f"{code[:4]}.00", {})
    return {} if above.get("cte") else {"is_cte": False}


def _add(batch, code, title, cte):
    batch.add(
        "program_codes",
        system="TOP",
        code=code.replace(".", ""),
        title_en=REMARK.sub("", title.strip()),
        release=RELEASE["slug"],
        **cte,
    )
