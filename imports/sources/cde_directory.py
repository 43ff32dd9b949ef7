"""Districts, middle schools, high schools and adult schools: the state's school directory.

Publisher: California Department of Education (CDE). `path` is a folder (or one file) with

* the directory search's export (`Record Type, CDS Code, …`): what is open today, public and
  private, with city and ZIP code and nothing more;
* the public schools directory `pubschls` (tab-separated or a workbook): addresses, grades and
  coordinates. Two layouts are read: the 49 columns of 2018, where an unknown value is blank, and
  the current 46 columns, where it is "No Data". Where the current layout is there and no export,
  it also says what is open today; the 2018 file never does.

Oddities. The two files join on the 14-digit CDS code, which is text. A school whose ZIP code has
changed since the directory has moved: its old street and point are left out and the middle of its
new ZIP code stands in. Names leave out the last word ("Hoover High", "Poway Adult"), so the longer
forms, and the names of 2018 that have changed since ("Serra High"), enter as other names unless two
schools would share one. Web addresses have no scheme, and no equals signs after a question mark.
One school of a college district is listed, SDCCE, under a name it no longer uses.
"""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify
from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources import colleges
from imports.sources.reading import SourceError, read_table
from programs.models import District, Institution, InstitutionName
from reference.models import County, ZipCode

RELEASE = {
    "slug": "cde-directory-2026-04",
    "publisher": "California Department of Education",
    "name": "California School Directory, search export",
    "vintage": "April 2026",
    "as_of": "2026-04",
    "licence": "",
    "url": "https://www.cde.ca.gov/schooldirectory/",
    "note_en": "The schools and districts that are open, with their type, city and ZIP code; it "
    "has no coordinates, so some schools are placed in the middle of their ZIP code.",
    "note_es": "Las escuelas y los distritos abiertos, con su tipo, ciudad y código postal; no "
    "trae coordenadas, por lo que algunas escuelas se ubican en el centro de su código postal.",
}
ADDRESSES = {
    "slug": "cde-pubschls-2018-06",
    "publisher": "California Department of Education",
    "name": "Public Schools and Districts data file",
    "vintage": "June 2018",
    "as_of": "2018-06",
    "licence": "",
    "url": "https://www.cde.ca.gov/ds/si/ds/pubschls.asp",
    "note_en": "Streets, phones, web addresses, grades and coordinates of public schools; a "
    "school that has moved since is not placed by it.",
    "note_es": "Calles, teléfonos, direcciones web, grados y coordenadas de las escuelas "
    "públicas; no se usa para ubicar una escuela que se haya mudado desde entonces.",
}
HEADINGS = (
    "Record Type", "CDS Code", "County", "District", "School", "Status", "Entity Type",
    "Public Yes/No", "Street City", "Street Zip",
)  # fmt: skip
DIRECTORY_HEADINGS = (
    "CDSCode", "StatusType", "County", "District", "School", "Street", "City", "Zip", "Phone",
    "WebSite", "Charter", "DOCType", "SOCType", "EILCode", "GSserved", "Latitude", "Longitude",
)  # fmt: skip
ONLY_CURRENT = "Multilingual"  # a heading of the current layout that 2018 lacks
PAGE = "https://www.cde.ca.gov/schooldirectory/details?cdscode="

MIDDLE = {"Intermediate/Middle Schools (Public)", "Junior High Schools (Public)"}
HIGH = {
    "High Schools (Public)", "High Schools In 1 School Dist. (Public)", "K-12 Schools (Public)",
    "Continuation High Schools", "County Community", "Juvenile Court Schools",
    "Opportunity Schools", "ROC/ROP",
}  # fmt: skip
ALTERNATIVE = "Alternative Schools of Choice"
BY_GRADES = {"District Community Day Schools", "Special Education Schools (Public)"}
ADULT = "Adult Education Centers"
# Of these a name without a level word may be followed by "High School".
NAMED_HIGH = {
    "High Schools (Public)", "High Schools In 1 School Dist. (Public)", "Continuation High Schools",
}  # fmt: skip

# The directory's own name is out of date: the school calls itself a college now. One
# institution, under the name the public knows; the directory's name stays as another name.
RENAMED = {"37735283736808": colleges.SDCCE}

LEVEL_WORD = re.compile(
    r"\b(High|HS|Middle|Intermediate|Junior|Elementary|Secondary|Schools?|Academy|Centers?|Charter"
    r"|Adult|Program|ROP|Prep|Preparatory|Campus|Institute|College|Community Day|K-12)\b"
)


class Entry(NamedTuple):
    """A row of the list of what is open today."""

    place: str
    cds: str
    county: str
    district: str
    school: str
    status: str
    kind: str
    public: bool
    city: str
    zip_code: str


def read(path):
    """Districts, institutions and their other names. Raises SourceError where nothing says what is
    open today."""
    entries, details = _open_files(Path(path))
    batch = Batch()
    batch.add("releases", **RELEASE)
    if details:
        batch.add("releases", **ADDRESSES)
    counties = dict(County.objects.values_list("name", "fips"))
    districts = _add_districts(batch, entries, counties)
    schools = _in_scope(batch, entries, details)
    slugs = _slugs([entry for entry, _segment in schools])
    _add_schools(batch, schools, details, slugs, counties, districts)
    _add_names(batch, schools, details, slugs)
    return batch


# --- files -------------------------------------------------------------------------------------


def _open_files(path):
    """([Entry], {CDS code: row of the public schools directory})."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    lists, directories = {}, {}
    for file in files:
        if file.suffix.lower() not in {".csv", ".txt", ".tsv", ".xlsx"}:
            continue
        if "CDSCode" in _headings(file):
            directories[file] = _read(file, DIRECTORY_HEADINGS)
        elif path.is_file() or "Record Type" in _headings(file):
            lists[file] = _read(file, HEADINGS)
    current = {file: rows for file, rows in directories.items() if ONLY_CURRENT in rows[0][1]}
    if not lists and not current:
        raise SourceError(_("no file here says which schools are open today"))
    entries = [
        entry(file.name, line, row)
        for found, entry in ([(lists, _listed)] if lists else [(current, _in_directory)])
        for file, rows in found.items()
        for line, row in rows
    ]
    in_order = [*(file for file in directories if file not in current), *current]
    details = {row["CDSCode"]: row for file in in_order for _line, row in directories[file]}
    return entries, details


def _headings(file):
    """The first line of a text file; for a workbook, its headings."""
    if file.suffix.lower() == ".xlsx":
        rows = read_table(file, ())
        return list(rows[0][1]) if rows else []
    with file.open(encoding="utf-8-sig", errors="replace") as text:
        return re.split(r'[",\t\r\n]+', text.readline())


def _read(file, headings):
    if file.suffix.lower() == ".xlsx":
        rows = read_table(file, headings)
    else:
        with file.open(encoding="utf-8-sig", errors="replace") as text:
            separator = "\t" if "\t" in text.readline() else ","
        try:
            rows = read_table(file, headings, separator=separator)
        except UnicodeDecodeError:  # older editions are in Windows' own encoding
            rows = read_table(file, headings, separator=separator, encoding="cp1252")
    if not rows:
        raise SourceError(_("%(file)s has no rows") % {"file": file.name})
    return rows


def _listed(name, line, row):
    return Entry(
        f"{name}:{line}",
        row["CDS Code"],
        row["County"],
        row["District"],
        "" if row["Record Type"] == "District" else row["School"],
        row["Status"],
        row["Entity Type"],
        row["Public Yes/No"] != "N",
        row["Street City"],
        row["Street Zip"][:5],
    )


def _in_directory(name, line, row):
    return Entry(
        f"{name}:{line}",
        row["CDSCode"],
        row["County"],
        row["District"],
        row["School"],
        row["StatusType"],
        row["SOCType"] or row["DOCType"],
        True,
        row["City"],
        row["Zip"][:5],
    )


# --- which rows enter --------------------------------------------------------------------------


def _in_scope(batch, entries, details):
    """[(Entry, segment)]; every other school is rejected, those of other levels in one count."""
    kept, elsewhere = [], Counter()
    for entry in entries:
        if not entry.school:
            continue
        file = entry.place.rpartition(":")[0]
        segment, reason = _segment(entry, details.get(entry.cds))
        if segment:
            kept.append((entry, segment))
        elif reason:
            batch.reject(entry.place, f"{entry.school}: {reason}")
        else:
            elsewhere[file] += 1
    for file, count in elsewhere.items():
        batch.reject(
            file,
            _("%(count)s private, elementary, preschool or closed schools are not for this site")
            % {"count": count},
        )
    return kept


def _segment(entry, detail):
    """(segment or None, reason or None): both None where the whole kind is out of scope."""
    if not entry.public or entry.status in {"Closed", "Merged"}:
        return None, None
    if entry.kind not in {*MIDDLE, *HIGH, *BY_GRADES, ALTERNATIVE, ADULT}:
        return None, None
    if entry.status != "Active":
        return None, _("not open yet (status “%(status)s”)") % {"status": entry.status}
    if entry.kind == ALTERNATIVE and detail and detail["EILCode"] == "ELEM":
        return None, _("an alternative school of elementary level")
    if entry.kind in BY_GRADES and not detail:
        return None, _("the directory does not say which grades it serves")
    if entry.kind in BY_GRADES and top_grade(detail["GSserved"]) < 9:
        return None, _("serves no high school grade (%(grades)s)") % {"grades": detail["GSserved"]}
    if entry.kind == ADULT:
        return "adult_education", None
    return ("middle_school" if entry.kind in MIDDLE else "high_school"), None


def top_grade(grades):
    """The highest grade of `K-8` or `9-12`: 8, 12; adults count as 13, nothing as 0."""
    last = grades.rpartition("-")[2]
    return 13 if last == "Adult" else int(last) if last.isdecimal() else 0


# --- rows --------------------------------------------------------------------------------------


def _add_districts(batch, entries, counties):
    """{district as the file writes it: slug}; adds a row for each."""
    old = dict(District.objects.exclude(cds_code="").values_list("cds_code", "slug"))
    slugs = {}
    for entry in entries:
        if entry.school or entry.status != "Active":
            continue
        if entry.county not in counties:
            batch.reject(entry.place, _unknown_county(entry.county))
            continue
        slug = slugs[entry.district] = old.get(entry.cds) or slugify(entry.district)
        batch.add(
            "districts",
            slug=slug,
            name=entry.district,
            cds_code=entry.cds,
            county=counties[entry.county],
            segment="high_school",
        )
    for entry in entries:
        # The college district has no row of its own here.
        if (college := RENAMED.get(entry.cds)) and entry.county in counties:
            slugs[entry.district] = slugify(college.district)
            batch.add(
                "districts",
                slug=slugs[entry.district],
                name=college.district,
                county=counties[entry.county],
                segment="community_college",
            )
    return slugs


def _add_schools(batch, schools, details, slugs, counties, districts):
    points = {
        code: (latitude, longitude)
        for code, latitude, longitude in ZipCode.objects.values_list(
            "code", "latitude", "longitude"
        )
    }
    placed = set(
        Institution.objects.filter(point_source="address").values_list("cds_code", flat=True)
    )
    for entry, segment in schools:
        if entry.county not in counties:
            batch.reject(entry.place, _unknown_county(entry.county))
        elif entry.district not in districts:
            batch.reject(entry.place, _("unknown district “%(name)s”") % {"name": entry.district})
        else:
            row = {
                "slug": slugs[entry.cds],
                "name": official_name(entry),
                "segment": segment,
                "kind": entry.kind,
                "district": districts[entry.district],
                "county": counties[entry.county],
                "cds_code": entry.cds,
                "city": entry.city,
                "zip_code": entry.zip_code,
                "status": "active",
                "release": RELEASE["slug"],
                "source_url": PAGE + entry.cds,
                "as_of": RELEASE["as_of"],
                **_details(details.get(entry.cds), entry),
            }
            if "latitude" not in row and entry.zip_code in points and entry.cds not in placed:
                row["latitude"], row["longitude"] = points[entry.zip_code]
                row["point_source"] = "zip"
            batch.add("institutions", **filled(row))


def _details(detail, entry):
    """What only the public schools directory says: nothing where it lacks the school."""
    if entry.cds in RENAMED:
        own = {"url": colleges.SDCCE_URL}
    else:
        own = {"url": web_address(detail["WebSite"])} if detail else {}
    if not detail:
        return own
    found = {
        "charter": {"Y": "yes", "N": "no"}.get(detail["Charter"], ""),
        "grades": detail["GSserved"],
        "phone": detail["Phone"],
        **own,
    }
    if detail["Zip"][:5] == entry.zip_code:
        found["street"] = detail["Street"]
        if detail["Latitude"] and detail["Longitude"]:
            found |= {
                "latitude": detail["Latitude"],
                "longitude": detail["Longitude"],
                "point_source": "address",
            }
    return found


def filled(row):
    """The row without its blanks, so that what an editor has filled in is left alone."""
    return {name: value for name, value in row.items() if value not in ("", None)}


def web_address(text):
    """A whole web address, or an empty text where there is none that could work.

    >>> web_address("www.sandi.net/kearny"), web_address("no web page")
    ('http://www.sandi.net/kearny', '')
    """
    text = text.strip()
    if not text:
        return ""
    address = text if re.match(r"https?://", text, re.I) else f"http://{text}"
    if "?" in address and "=" not in address:  # the file has lost the equals signs
        address = "/".join(address.split("/")[:3])
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        return ""
    return address


def official_name(entry):
    return RENAMED[entry.cds].name if entry.cds in RENAMED else entry.school


def _unknown_county(name):
    return _("“%(name)s” is not a county of this region") % {"name": name}


# --- slugs and other names ---------------------------------------------------------------------


def _slugs(entries):
    """{CDS code: slug}. A known school keeps its slug; a new one whose name is not the only one of
    its kind gets its city, and then its code, behind it."""
    slugs = dict(Institution.objects.exclude(cds_code="").values_list("cds_code", "slug"))
    taken = set(Institution.objects.values_list("slug", flat=True))
    forms = {entry.cds: _slug_forms(entry) for entry in entries}
    times = Counter(form for each in forms.values() for form in each)
    for cds, each in forms.items():
        if cds not in slugs:
            free = (form for form in each if times[form] == 1 and form not in taken)
            slugs[cds] = next(free, each[-1])
    return slugs


def _slug_forms(entry):
    name = slugify(official_name(entry))
    return list(dict.fromkeys([name, f"{name}-{slugify(entry.city)}", f"{name}-{entry.cds[-7:]}"]))


def _add_names(batch, schools, details, slugs):
    """Other names, each of one school only, none the official name of another."""
    official = {official_name(entry).casefold() for entry, _segment in schools}
    others = dict(InstitutionName.objects.values_list("name", "institution__slug"))
    owners = {name.casefold(): slug for name, slug in others.items()}
    names = {
        entry.cds: _other_names(entry, segment, details.get(entry.cds))
        for entry, segment in schools
    }
    times = Counter(name for each in names.values() for name in {n.casefold() for n in each})
    for cds, each in names.items():
        for name in sorted(each):
            key = name.casefold()
            mine = owners.get(key, slugs[cds]) == slugs[cds]
            if times[key] == 1 and key not in official and mine:
                batch.add("institution_names", name=name, institution=slugs[cds])


def _other_names(entry, segment, detail):
    if entry.cds in RENAMED:
        return {entry.school, *RENAMED[entry.cds].nicknames}
    names = longer_names(entry.school, segment, entry.kind)
    if detail and detail["School"] not in {"", entry.school}:
        names |= {detail["School"], *longer_names(detail["School"], segment, entry.kind)}
    return names - {entry.school}


def longer_names(name, segment, kind):
    """What else a school of this official name is called.

    >>> sorted(longer_names("Hilltop Senior High", "high_school", "High Schools (Public)"))
    ['Hilltop High', 'Hilltop High School', 'Hilltop Senior High School']
    """
    plain = re.sub(r"\s*\((Continuation|Alternative)\)$", "", name)
    plain = re.sub(r"\bJr\. High\b", "Junior High", plain)
    names = {plain, re.sub(r"\bHS\b", "High School", plain), plain.replace(" Senior High", " High")}
    for ending in (" High", " Middle", " Intermediate", " Adult"):
        names |= {f"{each} School" for each in list(names) if each.endswith(ending)}
    if not LEVEL_WORD.search(plain):
        if kind in MIDDLE:
            names |= {f"{plain} Middle School", f"{plain} Middle"}
        elif segment == "high_school" and kind in NAMED_HIGH:
            names |= {f"{plain} High School", f"{plain} High"}
    return names - {name}
