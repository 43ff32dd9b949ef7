"""The community colleges of the region: IPEDS, the federal survey of colleges.

Publisher: National Center for Education Statistics. `path` is a folder with the directory
(`hd2024…csv`: names, addresses, coordinates) and the completions (`c2024_a…csv`: awards by CIP code,
see `completions`), or the directory alone.

Oddities. A college that grants a bachelor's degree counts as a four-year college, so colleges are
found by their number (`colleges.COLLEGES`), not by sector; universities, private schools and
district offices are out of scope. County codes have lost their zero (`6073`), phone numbers are
digits with an extension run on, web addresses have no scheme.
"""

from collections import defaultdict
from pathlib import Path

from django.utils.text import slugify
from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources.cde_directory import filled, web_address
from imports.sources.colleges import COLLEGES
from imports.sources.reading import SourceError, read_table
from programs.models import InstitutionName
from reference.models import County

RELEASE = {
    "slug": "ipeds-2024",
    "publisher": "National Center for Education Statistics",
    "name": "IPEDS: institutional characteristics and completions",
    "vintage": "2024",
    "as_of": "2024",
    "licence": "",
    "url": "https://nces.ed.gov/ipeds/",
    "note_en": "Addresses and coordinates of colleges, and the fields in which they gave degrees "
    "and certificates; the San Diego College of Continuing Education is not in it.",
    "note_es": "Direcciones y coordenadas de los colegios universitarios, y los campos en que "
    "otorgaron títulos y certificados; no incluye el San Diego College of Continuing Education.",
}
HEADINGS = (
    "UNITID", "INSTNM", "ADDR", "CITY", "ZIP", "GENTELE", "WEBADDR", "CYACTIVE", "COUNTYCD",
    "LONGITUD", "LATITUDE",
)  # fmt: skip
COMPLETIONS_HEADINGS = ("UNITID", "CIPCODE", "CTOTALT")
ENCODING = "cp1252"  # the official file; the same as UTF-8 for these columns
PAGE = "https://nces.ed.gov/collegenavigator/?id="


def read(path):
    """Districts, institutions and their other names."""
    file = _directory(Path(path))
    batch = Batch()
    batch.add("releases", **RELEASE)
    counties = set(County.objects.values_list("fips", flat=True))
    owners = dict(InstitutionName.objects.values_list("name", "institution__slug"))
    elsewhere = 0
    for line, row in _rows(file, HEADINGS):
        college = COLLEGES.get(row["UNITID"])
        place, county = f"{file.name}:{line}", row["COUNTYCD"].zfill(5)
        if not college:
            elsewhere += 1
        elif row["CYACTIVE"] != "1":
            batch.reject(place, _("%(name)s is not active") % {"name": row["INSTNM"]})
        elif county not in counties:
            batch.reject(place, _("“%(name)s” is not a county of this region") % {"name": county})
        else:
            _add(batch, college, row, county, owners)
    if elsewhere:
        batch.reject(
            file.name,
            _("%(count)s universities, private schools and offices are not for this site")
            % {"count": elsewhere},
        )
    return batch


def _directory(path):
    files = [path] if path.is_file() else sorted(path.glob("hd[0-9]*.csv"))
    if not files:
        raise SourceError(_("no IPEDS directory (hd….csv) among these files"))
    return files[-1]


def _rows(file, headings):
    """The official file begins with a byte-order mark in some years, in others not."""
    try:
        return read_table(file, headings)
    except UnicodeDecodeError:
        return read_table(file, headings, encoding=ENCODING)


def _add(batch, college, row, county, owners):
    district = slugify(college.district)
    if all(each["slug"] != district for each in batch.rows["districts"]):
        batch.add(
            "districts",
            slug=district,
            name=college.district,
            county=county,
            segment="community_college",
        )
    batch.add(
        "institutions",
        **filled(
            {
                "slug": college.slug,
                "name": college.name,
                "segment": "community_college",
                "district": district,
                "county": county,
                "ipeds_id": row["UNITID"],
                "street": row["ADDR"],
                "city": row["CITY"],
                "zip_code": row["ZIP"][:5],
                "phone": phone(row["GENTELE"]),
                "url": web_address(row["WEBADDR"]),
                "latitude": row["LATITUDE"],
                "longitude": row["LONGITUD"],
                "point_source": "address",
                "status": "active",
                "release": RELEASE["slug"],
                "source_url": PAGE + row["UNITID"],
                "as_of": RELEASE["as_of"],
            }
        ),
    )
    for name in sorted({*college.nicknames, row["INSTNM"]} - {college.name}):
        if owners.get(name, college.slug) == college.slug:
            batch.add("institution_names", name=name, institution=college.slug)


def phone(digits):
    """`6196604000` -> `(619) 660-4000`; what follows the ten digits is an extension."""
    if len(digits) < 10 or not digits.isdecimal():
        return digits
    extension = f" ext. {digits[10:]}" if digits[10:] else ""
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:10]}{extension}"


def completions(folder):
    """{college slug: {CIP code}} with at least one award, of the newest completions in a folder."""
    found = defaultdict(set)
    files = sorted(Path(folder).glob("c[0-9]*_a*.csv"))
    for _line, row in _rows(files[-1], COMPLETIONS_HEADINGS) if files else ():
        if row["UNITID"] in COLLEGES and row["CTOTALT"] not in {"", "0"}:
            found[COLLEGES[row["UNITID"]].slug].add(row["CIPCODE"])
    return found
