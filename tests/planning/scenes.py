"""What the gaps' tests need besides tests/factories.py: programs, and a region with one of each thing."""

from types import SimpleNamespace

from programs.models import Segment
from tests.factories import (
    leads_to,
    make_award,
    make_code,
    make_county,
    make_district,
    make_figure,
    make_institution,
    make_living_wage,
    make_occupation,
    make_pathway,
    make_program,
    make_region,
    make_sector,
)

# About 7 miles apart, and about 90 from both.
HERE = {"latitude": "32.72", "longitude": "-117.16"}
NEAR = {"latitude": "32.82", "longitude": "-117.16"}
FAR = {"latitude": "32.80", "longitude": "-115.60"}


def make_school_program(title="Metal Shop", place=HERE, **values):
    """A high school program of welding in a district of its own county."""
    district = values.pop("district", None) or make_district("Coast Unified")
    school = values.pop("institution", None) or make_institution(
        "Coast High",
        Segment.HIGH,
        district=district,
        county=district.county,
        point_source="address",
        **place,
    )
    pathway = values.pop("pathway", make_pathway())
    defaults = {"sector": make_sector(), "pathway": pathway, "institution": school}
    return make_program(title, **defaults | values)


def make_college_program(title="Welding Technology", place=NEAR, **values):
    """A college program of welding with its TOP code, in a college district."""
    district = make_district("Bay College District", segment=Segment.COLLEGE)
    college = values.pop("institution", None) or make_institution(
        "Bay College", district=district, county=district.county, point_source="address", **place
    )
    pathway = values.pop("pathway", make_pathway())
    defaults = {"sector": make_sector(), "pathway": pathway, "institution": college}
    return make_program(title, **defaults | values)


def make_region_of_work():
    """A region where one college gives 10 awards a year toward one job of 500 openings at $40 an hour."""
    region = make_region()
    county, other = make_county("San Diego"), make_county("Imperial")
    make_living_wage(county, hourly="30.00")
    make_living_wage(other, hourly="20.00")
    job = make_occupation("Welders", education="High school diploma or equivalent")
    figure = make_figure(job, openings=500, hourly="40.00")
    program = make_college_program(top_code=make_code())
    award = make_award(program, conferred="10.00", conferred_period="2020-21 to 2022-23")
    leads_to(program, job)
    return SimpleNamespace(
        region=region,
        county=county,
        other=other,
        job=job,
        figure=figure,
        program=program,
        award=award,
    )
