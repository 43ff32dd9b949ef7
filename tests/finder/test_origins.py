"""Where a reader starts: what people type, and what an address carries."""

import pytest

from finder import vocabulary
from finder.origins import Origin, Origins, asking_adults, read
from programs.models import Institution, Segment
from tests.factories import (
    make_district,
    make_institution,
    make_institution_name,
    make_region,
    make_zip_code,
)

pytestmark = pytest.mark.django_db

POINT = {"latitude": "32.700000", "longitude": "-117.100000"}


@pytest.fixture
def hoover():
    school = make_institution(
        "Hoover High",
        slug="hoover-high",
        segment=Segment.HIGH,
        district=make_district("San Diego Unified"),
        **POINT,
    )
    make_institution_name(school, "Herbert Hoover High School")
    return school


@pytest.fixture
def grossmont():
    """A high school, an adult school and their district; a college, its nickname and its district."""
    union = make_district("Grossmont Union High")
    make_institution("Grossmont High", slug="g-high", segment=Segment.HIGH, district=union)
    make_institution("Grossmont Adult", slug="g-adult", segment=Segment.ADULT, district=union)
    college = make_institution(
        "Grossmont College",
        slug="g-college",
        district=make_district("Cuyamaca Community College District", segment=Segment.COLLEGE),
    )
    make_institution_name(college, "Grossmont")


def keys(origins):
    return [one.key for one in origins.choices]


@pytest.mark.parametrize(
    "text",
    [
        "hoover-high", "Hoover High", "HOOVER", "Hoover High School", "herbert hoover", "Höover  high",
        "escuela preparatoria Hoover", "hoov",
    ],
)  # fmt: skip
def test_a_school_is_known_by_slug_name_other_name_and_without_its_kind(hoover, text):
    assert read(text) == Origins(
        Origin(
            kind="institution",
            key="hoover-high",
            name="Hoover High",
            segment=Segment.HIGH,
            district="san-diego-unified",
            institution="hoover-high",
            point=(32.7, -117.1),
            county="san-diego",
        )
    )


@pytest.mark.parametrize("text", ["92101", " 92101-1234 ", "ZIP 92101", "código postal 92101"])
def test_a_zip_code_of_the_region_is_a_place(text):
    make_zip_code("92101", "San Diego")

    assert read(text) == Origins(
        Origin("zip", "92101", "San Diego", point=(32.72, -117.16), county="san-diego")
    )


def test_a_district_stands_in_the_middle_of_its_institutions(hoover):
    make_institution(
        segment=Segment.MIDDLE, district=hoover.district, latitude="32.800000", longitude="-117.3"
    )
    make_institution(segment=Segment.MIDDLE, district=hoover.district)

    found = read("San Diego Unified School District").origin

    assert found._replace(point=None) == Origin(
        kind="district",
        key="san-diego-unified",
        name="San Diego Unified",
        segment=Segment.HIGH,
        district="san-diego-unified",
        county="san-diego",
    )
    assert found.point == pytest.approx((32.75, -117.2))


def test_a_name_that_several_places_share_is_a_choice_schools_first(grossmont):
    found = read("Grossmont")

    assert found.origin is None
    assert keys(found) == ["g-high", "g-adult", "g-college", "grossmont-union-high"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Grossmont College", "g-college"),
        ("grossmont high", "g-high"),
        ("Grossmont Union High School District", "grossmont-union-high"),
    ],
)
def test_its_kind_decides_where_it_is_said(grossmont, text, key):
    assert read(text).origin.key == key


def test_a_kind_that_no_such_place_has_is_offered_never_taken(hoover):
    assert read("Hoover Middle School") == Origins(choices=(read("hoover-high").origin,))


def test_a_district_with_the_slug_of_a_school_has_a_key_of_its_own():
    district = make_district("Brawley Union High")
    make_institution(
        "Brawley Union High", slug="brawley-union-high", segment=Segment.HIGH, district=district
    )

    found = read("Brawley Union High")

    assert [(one.kind, one.key) for one in found.choices] == [
        ("institution", "brawley-union-high"),
        ("district", "brawley-union-high-district"),
    ]
    assert [read(one.key).origin for one in found.choices] == list(found.choices)


def test_a_district_without_an_institution_of_its_level_has_its_first_level():
    district = make_district("Brawley Elementary")
    make_institution(segment=Segment.MIDDLE, district=district)

    assert read("brawley-elementary").origin.segment == Segment.MIDDLE


def test_at_most_eight_choices():
    for number in range(12):
        make_institution(f"Mission {number} High", segment=Segment.HIGH)

    assert len(read("mission").choices) == 8


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "nowhere", "high school", "99999", "00000-0000", "'; drop", "\x00", "a" * 5000, "((",
        "Closed High", "Empty Unified",
    ],
)  # fmt: skip
def test_what_is_no_place_of_the_region_is_none(hoover, text):
    make_institution("Closed High", segment=Segment.HIGH, status=Institution.Status.CLOSED)
    make_district("Empty Unified")

    assert read(text) == Origins()


def test_a_warm_process_spends_no_query(hoover, django_assert_num_queries):
    words = vocabulary.current()
    read("hoover", words)
    make_zip_code()
    read("92101", words)

    with django_assert_num_queries(0):
        for text in ("hoover", "hoover-high", "92101", "nowhere", "Sán Diego"):
            read(text, words)


def test_a_city_is_offered_before_what_is_called_after_it_and_is_a_place_to_start():
    make_region()
    make_institution(segment=Segment.MIDDLE, district=make_district("El Centro Elementary"))
    make_zip_code("92243", "El Centro", latitude="32.79", longitude="-115.57")
    make_zip_code("92244", "El Centro", latitude="32.77", longitude="-115.55")

    city, district = read("El Centro").choices

    assert (city.kind, city.key, city.name) == ("city", "el-centro-ca", "El Centro, CA")
    assert city.point == pytest.approx((32.78, -115.56))
    assert district.name == "El Centro Elementary"
    assert read("el-centro-ca") == read("El Centro, CA") == Origins(city)


def test_a_city_that_no_school_is_called_after_is_where_its_reader_starts():
    make_region()
    make_zip_code("92249", "Heber")

    assert read("heber").origin.key == "heber-ca"


@pytest.mark.parametrize(
    ("text", "is_taken"), [("cajon", False), ("Cajon Valley", True), ("cajon-valley", True)]
)
def test_an_adult_is_never_put_into_an_elementary_district_unasked(text, is_taken):
    district = make_district("Cajon Valley")
    make_institution(segment=Segment.MIDDLE, district=district)

    found = asking_adults(read(text), text)

    assert bool(found.origin) == is_taken
    assert [one.name for one in found.choices or [found.origin]] == ["Cajon Valley"]
