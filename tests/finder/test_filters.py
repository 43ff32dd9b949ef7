"""Each filter's two meanings, for the database and for the index, select the same programs."""

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finder import vocabulary
from finder.filters import DISTANCES, GROUPS, ProgramFilters
from finder.search import Search
from programs.models import Credential, LinkKind, Program, Segment
from tests.factories import (
    make_award,
    make_county,
    make_district,
    make_institution,
    make_link,
    make_pathway,
    make_program,
    make_sector,
    make_zip_code,
)

pytestmark = pytest.mark.django_db

LAST_YEAR = str(timezone.localdate().year - 1)


def by_database(data):
    programs = ProgramFilters(data, queryset=Program.objects.published()).qs
    return sorted(programs.values_list("pk", flat=True))


def by_index(data):
    return sorted(Search(data).program_ids("en"))


@pytest.fixture
def catalogue():
    """Programs that differ in every filter, some of which say nothing."""
    coast, valley = make_county("San Diego"), make_county("Imperial")
    welding, nursing = make_pathway("Welding"), make_pathway("Nursing", make_sector("HM", "Health"))
    districts = [make_district("Coast Unified", coast), make_district("Valley Unified", valley)]
    schools = [
        make_institution(
            f"School {number}",
            segment,
            county=(coast, valley)[number % 2],
            district=districts[number % 2] if number < 6 else None,
            zip_code="92101" if number == 5 else "92243",
            **({"latitude": f"32.{number}", "longitude": "-117"} if number < 6 else {}),
        )
        for number, segment in enumerate([*Segment, *Segment])
    ]
    for number in range(24):
        program = make_program(
            f"Program {number}",
            institution=schools[number % 8],
            sector=(welding.sector, nursing.sector, None)[number % 3],
            pathway=(welding, nursing, None)[number % 3],
            audience=["", *Program.Audience.values][number % 5],
            cost=["", *Program.Cost.values][number % 3],
            delivery=["", *Program.Delivery.values][number % 4],
            schedule=["", *Program.Schedule.values][number % 3],
            status="draft" if number == 23 else "published",
        )
        for credential in Credential.values[number % 4 : number % 7]:
            make_award(program, credential)
            make_award(program, credential, title="Another")
    make_link(LinkKind.ARTICULATION, from_institution=schools[1], pathway=welding)
    make_link(LinkKind.CREDIT_BY_EXAM, from_institution=schools[1], valid_until=LAST_YEAR)
    make_link(LinkKind.DUAL_ENROLLMENT, from_district=districts[0])
    make_link(LinkKind.DUAL_ENROLLMENT, from_district=districts[1], sector=nursing.sector)
    make_link(LinkKind.CONCURRENT_ENROLLMENT, from_program=Program.objects.first())
    make_link(LinkKind.FEEDER, from_district=districts[0])
    make_zip_code("92101", county=coast)


def searches():
    """Query strings with any of the values in use, some that are not, and some repeated."""
    labels = vocabulary.current().labels("en")
    values = {
        name: st.lists(st.sampled_from([*labels[name], "no-such-thing"]), max_size=3)
        for name in GROUPS
    }
    values["zip"] = st.sampled_from([[], ["92101"], ["99999"]])
    values["distance"] = st.sampled_from([[], ["7"], *([str(miles)] for miles in DISTANCES)])
    return st.fixed_dictionaries({}, optional=values)


def as_data(values):
    data = QueryDict(mutable=True)
    for name, chosen in values.items():
        data.setlist(name, chosen)
    return data


@pytest.mark.usefixtures("catalogue")
def test_the_database_and_the_index_select_the_same_programs():
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(searches())
    def same(values):
        data = as_data(values)
        assert by_database(data) == by_index(data)

    same()


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("name", GROUPS)
def test_every_value_of_a_filter_selects_the_same_programs_and_is_counted_right(name):
    counts = Search(QueryDict()).facets[name]

    for value in vocabulary.current().labels("en")[name]:
        data = as_data({name: [value]})
        assert by_database(data) == by_index(data)
        assert len(by_index(data)) == counts.get(value, 0)


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("school", ["anyone", "district", "school"]),
        ("district", ["anyone", "district"]),
        ("adults", ["adults", "anyone"]),
        ("anyone", ["anyone"]),
    ],
)
def test_who_says_who_they_are_finds_all_that_they_may_attend(who, found):
    for audience in ["", *Program.Audience.values]:
        make_program(audience or "not stated", audience=audience)
    data = QueryDict(f"audience={who}")
    programs = Program.objects.filter(pk__in=by_index(data))

    assert sorted(programs.values_list("title_en", flat=True)) == found
    assert by_database(data) == by_index(data)
    assert Search(QueryDict()).facets["audience"][who] == len(found)


def test_a_program_with_several_matching_awards_is_found_once():
    program = make_program()
    for title in ("One", "Two", "Three"):
        make_award(program, Credential.CERTIFICATE, title=title)

    assert by_database(QueryDict("credential=certificate")) == [program.pk]


def test_an_agreement_that_ran_out_gives_no_credit():
    school = make_institution(segment=Segment.HIGH)
    make_program(institution=school)
    make_link(LinkKind.ARTICULATION, from_institution=school, valid_until=LAST_YEAR)

    assert by_index(QueryDict("credit=articulation")) == []


def test_an_agreement_of_another_school_gives_this_school_no_credit():
    district = make_district()
    this, other = (make_institution(segment=Segment.HIGH, district=district) for _ in range(2))
    make_program(institution=this)
    make_link(LinkKind.ARTICULATION, from_institution=other, from_district=district)

    assert by_index(QueryDict("credit=articulation")) == []


def test_an_agreement_of_a_program_gives_its_neighbours_no_credit():
    school = make_institution(segment=Segment.HIGH)
    mine, _ = make_program(institution=school), make_program(institution=school)
    make_link(LinkKind.ARTICULATION, from_program=mine)

    assert by_index(QueryDict("credit=articulation")) == [mine.pk]


def test_credit_that_is_only_perhaps_is_not_counted_and_the_card_says_so(client):
    district = make_district(segment=Segment.HIGH)
    school = make_institution(segment=Segment.HIGH, district=district)
    make_program("Welding", institution=school)
    make_link(LinkKind.DUAL_ENROLLMENT, from_district=district)
    make_link(LinkKind.CREDIT_BY_EXAM, from_institution=school, from_course="some courses")

    assert by_index(QueryDict("credit=dual_enrollment&credit=credit_by_exam")) == []
    card = client.get("/en/programs/").content.decode()
    assert "Perhaps early college credit: ask a counselor" in card
    assert "Early college credit:</span>" not in card


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ({"pathway": True}, "Articulation (not verified)"),
        ({"as_of": str(timezone.localdate().year)}, "Articulation"),
    ],
)
def test_an_agreement_of_a_field_or_a_dated_one_of_the_whole_school_gives_credit(
    client, says, kind
):
    school = make_institution(segment=Segment.HIGH)
    pathway = make_pathway()
    program = make_program(institution=school, pathway=pathway, sector=pathway.sector)
    make_link(from_institution=school, **says | ({"pathway": pathway} if "pathway" in says else {}))

    assert by_index(QueryDict("credit=articulation")) == [program.pk]
    assert by_database(QueryDict("credit=articulation")) == [program.pk]
    card = client.get("/en/programs/").content.decode()
    assert f"Early college credit:</span> {kind}<" in card
