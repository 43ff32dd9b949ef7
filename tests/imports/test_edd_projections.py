import csv
import os
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from finder.pay import places
from imports.batch import apply
from imports.sources import edd_projections
from imports.sources.coe_demand import FIGURES
from imports.sources.reading import SourceError
from reference.models import County, LaborFigure, Occupation, Region, Release

pytestmark = pytest.mark.django_db
OFFICIAL = os.environ.get("OFFICIAL_DATA_DIR")
# The portal's own headings, two blanks and all.
BY_AREA = (
    "Area Type,Area Name,Period,SOC Level,Standard Occupational Classification (SOC),"
    "Occupational Title,Base Year Employment Estimate,Projected Year Employment Estimate,"
    "Numeric Change,Percentage Change,Exits,Transfers,Total  Job Openings,Median Hourly Wage,"
    "Median Annual Wage,Entry Level Education,Work Experience,Job Training"
)
STATEWIDE = [
    "SOC Level", "SOC Code", "Occupational Title", "Base Year Employment Estimate 2023",
    "Projected Year Employment Estimate 2033", "Numeric Change 2023-2033",
    "Percent-age Change 2023-2033", "Exits", "Transfers", "Total Job Openings",
    "Median Hourly Wages", "Median Annual Wages", "Entry Level Education", "Work Experience",
    "On-the-Job Training",
]  # fmt: skip
MSA = "Metropolitan Area"
NURSE = "4,29-1141,Registered Nurses,27040.0,29390.0,2350.0,8.7,,,16884.0,65.73,136707.0,Bachelor's degree"


@pytest.fixture(autouse=True)
def _places():
    County.objects.create(fips="06073", slug="san-diego", name="San Diego")
    County.objects.create(fips="06025", slug="imperial", name="Imperial")
    Region.objects.create(slug="r", name_en="Region", state="CA", state_name="California")
    make_occupation("29-1141", "Registered Nurses")


def make_occupation(soc, title):
    release, _created = Release.objects.get_or_create(slug="own", publisher="We", name="Ours")
    return Occupation.objects.create(soc=soc, slug=soc, title_en=title, release=release)


def by_area(tmp_path, *lines):
    path = tmp_path / "edd_projections.csv"
    path.write_text(BY_AREA + "\n" + "".join(f"{line},None,None\n" for line in lines))
    return path


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/{}"'
WORKBOOK_PARTS = {
    "[Content_Types].xml": (
        f"<Types {PACKAGE.format('content-types')}>"
        '<Default Extension="rels" ContentType="application/xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships {PACKAGE.format("relationships")}><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Occupational" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships {PACKAGE.format("relationships")}><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def workbook(tmp_path, *rows):
    """The state's workbook: three lines of title, headings with footnotes, a last line."""
    title = ["2023-2033 Occupational Employment Projections"], ["California"], ["Statewide"]
    headings = [f"{name}\n[7]" for name in STATEWIDE]
    lines = "".join(
        f"<row>{''.join(map(cell, row))}</row>"
        for row in (*title, headings, *rows, ["End of worksheet."])
    )
    path = tmp_path / "edd_long_term_occ_projections_2023-2033_california.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        for name, text in WORKBOOK_PARTS.items():
            file.writestr(name, text)
        sheet = f"<worksheet {MAIN}><sheetData>{lines}</sheetData></worksheet>"
        file.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


def cell(value):
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def figures():
    """{(area, county, period): (jobs, growth, openings, hourly, annual)}"""
    names = ("area", "county__fips", "period", *FIGURES)
    return {row[:3]: row[3:] for row in LaborFigure.objects.values_list(*names)}


def test_counties_are_found_under_both_namings_of_their_metropolitan_area(tmp_path):
    path = by_area(
        tmp_path,
        f"{MSA},San Diego-Carlsbad MSA,2021-2031,{NURSE}",
        f"{MSA},San Diego-Chula Vista-Carlsbad MSA (San Diego County),2023-2033,{NURSE}",
        f"{MSA},El Centro MSA (Imperial County),2023-2033,{NURSE}",
        f"State,California,2024-2034,{NURSE}",
    )
    outcome = apply(edd_projections.read(path))
    assert outcome.rejected == []
    said = (27040, Decimal("8.7"), 1688, Decimal("65.73"), 136707)
    assert figures() == {
        ("county", "06073", "2021-2031"): said,
        ("county", "06073", "2023-2033"): said,
        ("county", "06025", "2023-2033"): said,
        ("state", None, "2024-2034"): said,
    }


def test_pay_is_dated_by_what_the_projection_says_not_by_its_base_year(tmp_path):
    path = by_area(
        tmp_path,
        f"{MSA},El Centro MSA (Imperial County),2023-2033,{NURSE}",
        f"State,California,2024-2034,{NURSE}",
    )
    apply(edd_projections.read(path))
    assert dict(LaborFigure.objects.values_list("period", "pay_period")) == {
        "2023-2033": "2025",
        "2024-2034": "",
    }
    assert [pay["year"] for pay in places(Occupation.objects.get())] == ["2025", ""]


def test_pay_of_0_is_not_reported_and_education_is_written_one_way(tmp_path):
    nurse = NURSE.replace("65.73,136707.0,Bachelor's degree", "0,0,Postsecondary non-degree award")
    apply(edd_projections.read(by_area(tmp_path, f"State,California,2024-2034,{nurse}")))
    row = LaborFigure.objects.get()
    assert (row.hourly, row.annual, row.missing) == (None, None, "not_reported")
    assert row.education == "Postsecondary nondegree award"


def test_the_states_workbook_gives_growth_in_percent_and_openings_a_year(tmp_path):
    aides = make_occupation("31-1128", "Home Health and Personal Care Aides")
    path = workbook(
        tmp_path,
        [1, "00-0000", "Total", 100, 110, 10, 0.1, 1, 1, 20, 28, 58000, "N/A", "N/A", "N/A"],
        [4, "31-1120", "Home Health and Personal Care Aides", 800, 1000, 200, 0.2501, 1, 1, 1795,
         17.106, 35583.6, "N/A", "None", "None"],
    )  # fmt: skip
    batch = edd_projections.read(path)
    apply(batch)
    assert figures() == {
        ("state", None, "2023-2033"): (800, Decimal("25.0"), 180, Decimal("17.11"), 35584)
    }
    assert LaborFigure.objects.get().occupation == aides
    assert [str(row) for row in batch.rejected] == [
        f"{path.name}:5: a group of occupations, not an occupation",
        f"{path.name}:7: the line holds no figures",
    ]


def test_rows_that_stay_out_say_why(tmp_path):
    make_occupation("31-1128", "Home Health and Personal Care Aides")
    path = by_area(
        tmp_path,
        f"{MSA},Fresno MSA (Fresno County),2023-2033,{NURSE}",
        f"State,California,2023-2033,{NURSE.replace('29-1141', '11-1011')}",
        f"State,California,2023-2033,{NURSE.replace('29-1141', '31-1121')}",
        f"State,California,2023-2033,{NURSE.replace('27040.0', '***')}",
    )
    assert [str(row) for row in edd_projections.read(path).rejected] == [
        "edd_projections.csv:2: the figures are about another region",
        "edd_projections.csv:3: the occupation is not in this site's list",
        "edd_projections.csv:4: the occupation is not in this site's list",
        "edd_projections.csv:5: a figure is not a number",
    ]


def test_a_file_of_neither_layout_names_the_headings_it_lacks(tmp_path):
    path = tmp_path / "edd_projections.csv"
    path.write_text("Area Name,Period\nCalifornia,2023-2033\n")
    with pytest.raises(SourceError, match="SOC Level"):
        edd_projections.read(path)


@pytest.mark.skipif(not OFFICIAL, reason="needs the official files")
def test_the_official_files_enter_once_and_the_workbook_says_the_same_as_the_csv():
    folder = Path(OFFICIAL) / "labor"
    with (folder / "coe_occupational_demand_2024-2029_sdi.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["SOC"] != "29-1141":
                make_occupation(row["SOC"], row["Description"])
    first = apply(edd_projections.read(folder))
    areas = [figure.area for figure in LaborFigure.objects.all()]
    assert {area: areas.count(area) for area in set(areas)} == {"county": 87, "state": 648 + 56}
    dates = LaborFigure.objects.values_list("period", "pay_period").distinct()
    assert set(dates) == {("2023-2033", "2025"), ("2024-2034", "")}
    assert sum("group" in row.reason for row in first.rejected) == 117
    assert apply(edd_projections.read(folder)).changes == 0
    name = "edd_long_term_occ_projections_2023-2033_california"
    csv_rows = edd_projections.read(folder / f"{name}.csv").rows
    assert edd_projections.read(folder / f"{name}.xlsx").rows == csv_rows
