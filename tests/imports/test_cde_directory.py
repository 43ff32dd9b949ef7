import os
from pathlib import Path

import pytest

from imports.batch import apply
from imports.sources import cde_directory
from imports.sources.reading import SourceError
from programs.models import District, Institution, InstitutionName
from reference.models import County, Release, ZipCode

pytestmark = pytest.mark.django_db

EXPORT = (
    "Record Type,CDS Code,County,District,School,Status,Entity Type,Public Yes/No,Street City,"
    "Street Zip\n"
)
DISTRICT = (
    "District,37680000000000,San Diego,Mar Unified,No Data,Active,Unified School District,"
    "No Data,Mar Vista,91910\n"
)
OLD = """
    CDSCode NCESDist NCESSchool StatusType County District School Street StreetAbr City Zip State
    MailStreet MailStrAbr MailCity MailZip MailState Phone Ext WebSite OpenDate ClosedDate Charter
    CharterNum FundingType DOC DOCType SOC SOCType EdOpsCode EdOpsName EILCode EILName GSoffered
    GSserved Virtual Magnet Latitude Longitude AdmFName1 AdmLName1 AdmEmail1 AdmFName2 AdmLName2
    AdmEmail2 AdmFName3 AdmLName3 AdmEmail3 LastUpDate
"""
CURRENT = """
    CDSCode NCESDist NCESSchool StatusType County District School Street StreetAbr City Zip State
    MailStreet MailStrAbr MailCity MailZip MailState Phone Ext FaxNumber WebSite OpenDate
    ClosedDate Charter CharterNum FundingType DOC DOCType SOC SOCType EdOpsCode EdOpsName EILCode
    EILName GSoffered GSserved Virtual Magnet YearRoundYN FederalDFCDistrictID Latitude Longitude
    AdmFName AdmLName LastUpDate Multilingual
"""


@pytest.fixture(autouse=True)
def places():
    release = Release.objects.create(slug="zip", publisher="p", name="n")
    county = County.objects.create(fips="06073", slug="san-diego", name="San Diego")
    County.objects.create(fips="06025", slug="imperial", name="Imperial")
    for code, latitude in (("91910", "32.600000"), ("91911", "32.700000")):
        ZipCode.objects.create(
            code=code, city="", county=county, latitude=latitude, longitude="-117", release=release
        )


def school(number, name, kind, city="Mar Vista", zip_code="91910", **other):
    public, status = other.get("public", "Y"), other.get("status", "Active")
    district = other.get("district", "Mar Unified")
    return (
        f"School,{code(number)},San Diego,{district},{name},{status},{kind},{public},"
        f"{city},{zip_code}\n"
    )


def code(number):
    return f"3768000{number:07}"


def directory(headings, *rows, blank=""):
    headings = headings.split()
    lines = ["\t".join(headings)]
    for row in rows:
        lines.append("\t".join(row.get(name) or blank for name in headings))
    return "\n".join(lines) + "\n"


def write(folder, export="", old="", current=""):
    for name, text in (("CDEExport.csv", export), ("pubschls.txt", old), ("new.txt", current)):
        if text:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_school_has_its_name_level_address_and_point(tmp_path):
    row = {
        "CDSCode": code(1), "StatusType": "Active", "School": "Hoover High",
        "Street": "4474 El Cajon Blvd.", "City": "Mar Vista", "Zip": "91910-1234",
        "Phone": "(619) 344-4500", "WebSite": "www.hoover.org", "Charter": "N",
        "GSserved": "9-12", "EILCode": "HS", "Latitude": "32.754870", "Longitude": "-117.09914",
    }  # fmt: skip
    export = EXPORT + DISTRICT + school(1, "Hoover High", "High Schools (Public)")

    outcome = apply(cde_directory.read(write(tmp_path, export, directory(OLD, row))))

    assert outcome.rejected == []
    found = Institution.objects.get(cds_code=code(1))
    assert (found.slug, found.name, found.segment) == ("hoover-high", "Hoover High", "high_school")
    assert (found.street, found.phone) == ("4474 El Cajon Blvd.", "(619) 344-4500")
    assert (found.url, found.charter, found.grades) == ("http://www.hoover.org", False, "9-12")
    assert (str(found.latitude), found.point_source) == ("32.754870", "address")
    assert found.district == District.objects.get(slug="mar-unified", cds_code="37680000000000")
    assert found.district.segment == "high_school"
    assert found.as_of == "2026-04"
    assert list(found.names.values_list("name", flat=True)) == ["Hoover High School"]


def test_a_school_that_has_moved_or_is_new_stands_in_its_zip_code(tmp_path):
    moved = {
        "CDSCode": code(1), "Street": "Old St.", "Zip": "91910", "Phone": "(619) 1",
        "Latitude": "32.1", "Longitude": "-117.1",
    }  # fmt: skip
    kind = "High Schools (Public)"
    export = (
        EXPORT
        + DISTRICT
        + school(1, "Moved High", kind, zip_code="91911-0001")
        + school(2, "New High", kind)
        + school(3, "Far High", kind, zip_code="99999")
    )

    apply(cde_directory.read(write(tmp_path, export, directory(OLD, moved))))

    rows = Institution.objects.order_by("cds_code").values_list(
        "street", "phone", "latitude", "point_source"
    )
    assert [(street, phone, str(latitude), source) for street, phone, latitude, source in rows] == [
        ("", "(619) 1", "32.700000", "zip"),
        ("", "", "32.600000", "zip"),
        ("", "", "None", ""),
    ]


def test_only_open_public_middle_high_and_adult_schools_enter(tmp_path):
    grades = [
        {"CDSCode": code(5), "EILCode": "ELEM", "GSserved": "K-8"},
        {"CDSCode": code(6), "EILCode": "INTMIDJR", "GSserved": "7-8"},
        {"CDSCode": code(7), "EILCode": "ELEMHIGH", "GSserved": "K-12"},
    ]
    export = EXPORT + DISTRICT + "".join(
        (
            school(1, "Bell Middle", "Intermediate/Middle Schools (Public)"),
            school(2, "Sea Adult", "Adult Education Centers"),
            school(3, "Mar ROP", "ROC/ROP"),
            school(4, "Little Elementary", "Elementary Schools (Public)"),
            school(5, "Home Learning", "Alternative Schools of Choice"),
            school(6, "Day Program", "District Community Day Schools"),
            school(7, "Riley", "Special Education Schools (Public)"),
            school(8, "Dawn", "Special Education Schools (Public)"),
            school(9, "Soon High", "High Schools (Public)", status="Pending"),
            school(10, "Private High", "High Schools (Private)", public="N"),
        )
    )  # fmt: skip

    outcome = apply(cde_directory.read(write(tmp_path, export, directory(OLD, *grades))))

    assert dict(Institution.objects.values_list("name", "segment")) == {
        "Bell Middle": "middle_school",
        "Sea Adult": "adult_education",
        "Mar ROP": "high_school",
        "Riley": "high_school",
    }
    assert [str(row) for row in outcome.rejected] == [
        "CDEExport.csv:7: Home Learning: an alternative school of elementary level",
        "CDEExport.csv:8: Day Program: serves no high school grade (7-8)",
        "CDEExport.csv:10: Dawn: the directory does not say which grades it serves",
        "CDEExport.csv:11: Soon High: not open yet (status “Pending”)",
        "CDEExport.csv: 2 private, elementary, preschool or closed schools are not for this site",
    ]


def test_schools_of_one_name_are_told_apart_and_share_no_other_name(tmp_path):
    kind = "Intermediate/Middle Schools (Public)"
    export = EXPORT + DISTRICT + "".join(
        (
            school(1, "Montgomery Middle", kind, city="El Cajon"),
            school(2, "Montgomery Middle", kind, city="San Diego"),
            school(3, "Montgomery Middle", kind, city="San Diego"),
            school(4, "Dana", kind),
        )
    )  # fmt: skip

    apply(cde_directory.read(write(tmp_path, export)))

    assert sorted(Institution.objects.values_list("slug", flat=True)) == [
        "dana",
        "montgomery-middle-0000002",
        "montgomery-middle-0000003",
        "montgomery-middle-el-cajon",
    ]
    names = InstitutionName.objects.values_list("name", flat=True)
    assert list(names) == ["Dana Middle", "Dana Middle School"]


def test_a_known_school_keeps_its_slug_and_what_editors_have_filled_in(tmp_path):
    export = EXPORT + DISTRICT + school(1, "Sea High", "High Schools (Public)")
    apply(cde_directory.read(write(tmp_path, export)))
    Institution.objects.update(url="https://sea.example.org", slug="sea")

    renamed = EXPORT + DISTRICT + school(1, "Ocean High", "High Schools (Public)")
    apply(cde_directory.read(write(tmp_path, renamed)))

    found = Institution.objects.get()
    assert (found.slug, found.name, found.url) == ("sea", "Ocean High", "https://sea.example.org")


def test_a_school_is_found_by_its_former_name(tmp_path):
    former = {"CDSCode": code(1), "School": "Serra High"}
    export = EXPORT + DISTRICT + school(1, "Canyon Hills High", "High Schools (Public)")

    apply(cde_directory.read(write(tmp_path, export, directory(OLD, former))))

    assert list(Institution.objects.get().names.values_list("name", flat=True)) == [
        "Canyon Hills High School",
        "Serra High",
        "Serra High School",
    ]


def test_continuing_education_has_its_public_name_and_district(tmp_path):
    export = EXPORT + (
        "School,37735283736808,San Diego,San Diego Community College,San Diego Continuing "
        "Education,Active,Adult Education Centers,Y,San Diego,91910\n"
    )

    apply(cde_directory.read(write(tmp_path, export)))

    found = Institution.objects.get()
    assert found.slug == "san-diego-college-of-continuing-education"
    assert found.name == "San Diego College of Continuing Education"
    assert found.url == "https://sdcce.edu"
    assert found.district.name == "San Diego Community College District"
    assert found.district.segment == "community_college"
    assert set(found.names.values_list("name", flat=True)) == {
        "SDCCE", "SDCE", "Continuing Ed", "San Diego Continuing Education",
    }  # fmt: skip


def test_the_current_layout_alone_is_enough(tmp_path):
    known = {"StatusType": "Active", "County": "San Diego", "District": "Mar Unified"}
    rows = [
        known | {"CDSCode": "37680000000000", "DOCType": "Unified School District"},
        known
        | {
            "CDSCode": code(1), "School": "Sea High", "SOCType": "High Schools (Public)",
            "City": "Mar Vista", "Zip": "91910-1111", "Street": "1 Sea St.", "GSserved": "9-12",
            "Latitude": "32.5", "Longitude": "-117.2", "Charter": "Y",
        },
        known
        | {
            "CDSCode": code(2), "School": "Gone High", "SOCType": "High Schools (Public)",
            "StatusType": "Closed",
        },
    ]  # fmt: skip

    batch = cde_directory.read(write(tmp_path, current=directory(CURRENT, *rows, blank="No Data")))
    apply(batch)

    found = Institution.objects.get()
    assert (found.name, found.street, found.url) == ("Sea High", "1 Sea St.", "")
    assert (found.charter, found.point_source) == (True, "address")


def test_the_directory_of_2018_alone_does_not_say_what_is_open(tmp_path):
    row = {"CDSCode": code(1), "School": "Sea High", "StatusType": "Active"}

    with pytest.raises(SourceError):
        cde_directory.read(write(tmp_path, old=directory(OLD, row)))


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("www.sandi.net/kearny", "http://www.sandi.net/kearny"),
        ("https://hhs.husd.net", "https://hhs.husd.net"),
        ("www.fuesd.org/apps/index.jsp?urec_id775631&typed", "http://www.fuesd.org"),
        ("none", ""),
        ("", ""),
    ],
)
def test_web_addresses_are_made_whole_or_dropped(written, address):
    assert cde_directory.web_address(written) == address


@pytest.mark.skipif("OFFICIAL_DATA_DIR" not in os.environ, reason="needs the official files")
def test_the_official_files():
    folder = Path(os.environ["OFFICIAL_DATA_DIR"]) / "schools"

    outcome = apply(cde_directory.read(folder))

    assert {name: count["new"] for name, count in outcome.counts.items()} == {
        "releases": 2, "districts": 67, "institutions": 350, "institution_names": 295,
    }  # fmt: skip
    assert len(outcome.rejected) == 15
    assert apply(cde_directory.read(folder)).changes == 0
