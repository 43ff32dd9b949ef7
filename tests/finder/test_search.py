"""What a reader sees when searching the programs."""

import csv
import io
import re

import pytest
from django.http import QueryDict

from finder.search import Search
from finder.views.search import context
from programs import catalogue
from programs.models import Credential, Program, Segment
from tests.factories import (
    leads_to,
    make_award,
    make_county,
    make_course,
    make_institution,
    make_institution_name,
    make_occupation,
    make_pathway,
    make_program,
    make_region,
    make_release,
    make_sector,
    make_synonym,
    make_zip_code,
)

pytestmark = pytest.mark.django_db


def look(query, language="en"):
    """The context of the page for a query string."""
    return context(Search(QueryDict(query), catalogue.current()), language)


def titles(query):
    return [card.title for card in look(query)["results"]]


def group(page, name):
    return next((group for group in page["facets"] if group.name == name), None)


def counts(page, name):
    return {value: count for value, _, _, count, _, _ in group(page, name).options}


# --- Words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "q", ["welding", "weld", "WELDERS", "how+to+become+a+welder", "weld%20class"]
)
def test_word_forms_and_questions_find_the_program(q):
    make_program("Welding")
    make_program("Nursing")

    assert titles(f"q={q}") == ["Welding"]


@pytest.mark.parametrize("q", ["enfermería", "enfermeria", "quiero ser enfermera", "ENFERMERÍA"])
def test_spanish_words_find_the_program_on_either_language_s_page(q):
    program = make_program("Nursing", title_es="Enfermería")
    leads_to(program, make_occupation("Registered Nurses", everyday_es="enfermera; enfermero"))
    make_program("Welding", title_es="Soldadura")

    assert titles(f"q={q}") == ["Nursing"]
    assert [card.title for card in look(f"q={q}", "es")["results"]] == ["Enfermería"]


def test_an_everyday_word_finds_what_it_means():
    make_synonym("cop", "law enforcement; police")
    make_program("Police Academy")
    make_program("Administration of Justice (law enforcement)")
    make_program("Nursing")

    assert sorted(titles("q=cop")) == [
        "Administration of Justice (law enforcement)",
        "Police Academy",
    ]


def test_a_title_stands_above_a_program_that_only_leads_to_the_job():
    welders = make_occupation("Welders")
    many = [make_occupation(f"Job {number}") for number in range(4)]
    leads_to(make_program("Manufacturing"), *many, welders)
    leads_to(make_program("Welding"), welders)

    assert titles("q=welder") == ["Welding", "Manufacturing"]


def test_an_exact_title_stands_first():
    make_program("Advanced Nursing Assistant Studies")
    make_program("Nursing Assistant")
    make_program("Nursing Assistant and Home Health Aide")

    assert titles("q=nursing+assistant")[0] == "Nursing Assistant"


def test_what_only_shares_the_sector_is_no_hit_and_is_offered_apart():
    sector = make_sector("MF", "Manufacturing", search_words_en="welding; printing")
    make_program("Welding", sector=sector)
    for number in range(2):
        make_program("Screen Printing", slug=f"printing-{number}", sector=sector)
    page = look("q=welding&zip=")

    assert (page["heading"], page["total"]) == ("1 program for “welding”", 1)
    assert counts(look("q=welding&sector=manufacturing"), "sector") == {"manufacturing": 1}
    assert page["same_sector"] == [
        ("2 more in the same sector: Manufacturing", "/en/programs/?sector=manufacturing")
    ]
    assert look("sector=manufacturing")["total"] == 3


def test_the_rest_of_the_sector_is_counted_under_the_other_filters():
    sector = make_sector("MF", "Manufacturing", search_words_en="welding")
    make_program("Welding", sector=sector, cost="free")
    make_program("Printing", sector=sector, cost="free")
    make_program("Machining", sector=sector, cost="fee")

    assert look("q=welding&cost=free")["same_sector"] == [
        ("1 more in the same sector: Manufacturing", "/en/programs/?cost=free&sector=manufacturing")
    ]


def test_where_nothing_speaks_of_it_the_page_says_so_and_shows_the_field(client):
    sector = make_sector("TR", "Transportation", search_words_en="truck driver")
    make_program("Aviation", sector=sector)
    make_program("Nursing", sector=make_sector("HM", "Health"))
    page = look("q=truck+driver")

    assert page["heading"] == "No program for “truck driver”, 1 program in the same field"
    assert [card.title for card in page["results"]] == ["Aviation"]
    assert page["notices"] == [
        "None of these programs is about “truck driver” itself: they share its pathway or its sector, "
        "or may also lead to a job of that name."
    ]
    assert len(list(client.get("/en/programs.csv?q=truck+driver"))) == 3


def test_a_pathway_speaks_for_a_program_that_is_named_like_it():
    pathway = make_pathway("Patient Care", search_words_en="nurse; x-ray")
    for title in ("Patient Care", "Sports Medicine"):
        make_program(title, pathway=pathway, sector=pathway.sector)

    assert titles("q=nurse") == ["Patient Care"]


def test_a_job_of_the_whole_pathway_is_not_a_job_of_each_program_in_it():
    nurses = make_occupation("Registered Nurses")
    leads_to(make_program("Sports Medicine"), nurses, basis="pathway")
    leads_to(make_program("Nursing Studies"), nurses, basis="codes")

    assert titles("q=registered+nurses") == ["Nursing Studies"]


def test_a_hospital_is_no_hotel():
    make_synonym("hotel", "hospitality")
    make_program("Hospitality")
    make_program("Hospital Services")

    assert titles("q=hotel") == titles("q=hospitality") == ["Hospitality"]


def test_a_school_or_a_city_in_the_words_narrows():
    here = make_institution("Palomar College", city="San Marcos")
    make_institution_name(here, "The Comet")
    there = make_institution("Southwestern College", city="Chula Vista")
    make_program("Welding", slug="here", institution=here)
    make_program("Welding", slug="there", institution=there)

    for q in ("welding palomar", "welding comet", "weld san marcos"):
        assert [card.slug for card in look(f"q={q}")["results"]] == ["here"]
    assert [card.slug for card in look("q=welding chula vista")["results"]] == ["there"]


def test_an_everyday_word_may_mean_a_place():
    make_synonym("south bay", "Chula Vista; San Ysidro")
    for city in ("Chula Vista", "San Ysidro", "Escondido"):
        make_program(f"Welding in {city}", institution=make_institution(city=city))

    assert sorted(titles("q=welding south bay")) == [
        "Welding in Chula Vista",
        "Welding in San Ysidro",
    ]


def test_a_city_with_a_small_word_is_not_the_school_of_the_same_name():
    college = make_institution("Mesa College", city="San Diego")
    make_institution_name(college, "Mesa")
    make_program("Art", institution=college)
    make_program("Music", institution=make_institution("Grove High", city="La Mesa"))

    assert titles("q=la mesa")[0] == "Music"
    assert titles("q=mesa")[0] == "Art"


def test_a_misspelt_word_is_repaired_and_the_reader_is_told():
    make_program("Welding")
    page = look("q=weldng")

    assert [card.title for card in page["results"]] == ["Welding"]
    assert page["corrected"] == ("welding", "weldng", "/en/programs/?q=weldng&exact=1")
    assert page["heading"] == "1 program for “welding”"


def test_the_reader_s_own_spelling_can_be_insisted_on():
    make_program("Welding")
    page = look("q=weldng&exact=1")

    assert (page["total"], page["corrected"]) == (0, None)


def test_a_word_that_is_found_is_never_repaired():
    make_program("Sewing")
    make_program("Welding")

    assert look("q=sewing")["corrected"] is None


def test_when_nothing_has_all_words_some_words_do_and_the_reader_is_told():
    make_program("Welding")
    make_program("Nursing")
    page = look("q=welding+nursing")

    assert sorted(card.title for card in page["results"]) == ["Nursing", "Welding"]
    assert page["heading"] == "No program for all of “welding nursing”, 2 programs for some of it"


def test_a_program_that_lacks_a_word_is_shown_when_it_is_far_better_than_all_that_have_it():
    for number in range(3):
        make_program("Printing", slug=f"p{number}", description_en="Welding certification by AWS")
    make_program("Welding Technology", title_es="Soldadura")
    page = look("q=welding+AWS")

    assert page["results"][0].title == "Welding Technology"
    assert page["total"] == 4
    assert "only some of your words" in page["notices"][0]


def test_a_place_narrows_however_good_the_programs_of_others_are():
    here = make_institution("Grove High", city="Holtville")
    make_program("Metals", institution=here, description_en="Some welding")
    make_program("Welding", institution=make_institution("Palomar College"))

    assert titles("q=welding holtville") == ["Metals"]


@pytest.mark.parametrize("q", ["free welding classes", "curso gratis de welding", "welding online"])
def test_words_of_how_it_is_taught_are_asked_of_none_and_never_repaired(q):
    make_program("Welding")
    make_program("Freelance Onlining")
    page = look(f"q={q}")

    assert [card.title for card in page["results"]] == ["Welding"]
    assert page["corrected"] is None


@pytest.mark.parametrize("q", ["free welding classes", "Welding GRATIS", "soldadura sin costo"])
def test_words_for_free_are_the_filter_and_can_be_taken_away(q):
    make_program("Welding", title_es="Soldadura", cost="free")
    make_program("Welding at College", title_es="Soldadura", cost="fee")
    page = look(f"q={q}")

    assert [card.title for card in page["results"]] == ["Welding"]
    assert [label for label, _, _ in page["chips"]] == ["Free"]
    assert "free" not in page["q"].lower()
    assert len(look(page["chips"][0][2].split("?")[1])["results"]) == 2


@pytest.mark.parametrize("q", ["free", "gratis", "free classes", "cursos gratuitos"])
def test_free_alone_is_all_that_is_free(q):
    make_program("Welding", cost="free")
    make_program("Nursing", cost="fee")
    page = look(f"q={q}")

    assert (page["q"], page["heading"]) == ("", "1 program · Free")
    assert counts(page, "cost") == {"free": 1, "fee": 1}


@pytest.mark.parametrize(
    ("q", "heading", "says"),
    [
        ("welding at night", "1 program for “welding”", "“at night” was left out"),
        (
            "welding los fines de semana",
            "1 program for “welding”",
            "“los fines de semana” was left",
        ),
        ("clases de noche", "2 programs", "what time of day"),
        ("night classes in welding", "1 program for “welding”", "“night” was left out"),
        ("online classes", "2 programs", "whether a program is online"),
        ("welding en línea", "1 program for “welding”", "whether a program is online"),
        ("cheap welding", "1 program for “welding”", "seldom what it costs"),
        ("free welding", "1 program for “welding”", "which of these programs are free"),
    ],
)
def test_what_no_source_speaks_of_is_left_out_and_the_reader_is_told(q, heading, says):
    make_program("Welding")
    make_program("Nursing")
    page = look(f"q={q}")

    assert (page["q"], page["heading"]) == (q, heading)
    assert says in page["notices"][0]


def test_where_the_data_say_it_words_of_time_and_place_are_filters():
    make_program("Welding", schedule="evening", delivery="online")
    make_program("Welding", schedule="day")
    page = look("q=welding+online+at+night")

    assert (page["q"], page["total"], page["notices"]) == ("welding", 1, [])
    assert [label for label, _, _ in page["chips"]] == ["Online", "Evening or weekend"]


def test_an_online_store_is_no_program_online():
    make_synonym("online store", "e-commerce")
    make_program("E-Commerce")
    page = look("q=online+store")

    assert ([card.title for card in page["results"]], page["notices"]) == (["E-Commerce"], [])


def test_the_very_word_counts_before_another_of_the_same_stem():
    """English stems animals like animation."""
    make_synonym("animals", "veterinary")
    make_synonym("animation", "cartoon")
    make_program("Veterinary Technician")
    make_program("Cartoon Design")

    assert titles("q=working with animals") == ["Veterinary Technician"]


def test_a_course_is_found_by_its_subject_without_its_number():
    make_course(make_program("Media"), "Sports Broadcasting 1,2 Honors (HP)")
    make_course(make_program("Games"), "Reports on Broadcasting of Sports")

    assert titles("q=sports broadcasting")[0] == "Media"


def test_near_a_city_without_schools_the_nearer_ones_come_first():
    make_region()
    make_zip_code("92024", city="Encinitas", latitude="33.00", longitude="-117.00")
    for name, latitude in (("Far", "33.12"), ("Near", "33.02"), ("Away", "34.00")):
        school = make_institution(name, latitude=latitude, longitude="-117.00")
        make_program(f"Art at {name}", institution=school)

    assert titles("q=encinitas") == ["Art at Near", "Art at Far"]


def test_a_lonely_city_is_no_misspelt_word_and_its_nearest_schools_are_shown():
    make_region()
    make_zip_code("92004", city="Borrego Springs", latitude="33.25", longitude="-116.40")
    for name, latitude in (
        ("One", "33.00"),
        ("Two", "33.01"),
        ("Three", "33.02"),
        ("Four", "32.00"),
    ):
        school = make_institution(name, latitude=latitude, longitude="-116.90")
        make_program(f"Correo at {name}", institution=school)
    make_institution("Without programs", latitude="33.25", longitude="-116.40")
    page = look("q=borrego+springs")

    assert page["corrected"] is None
    assert sorted(card.institution for card in page["results"]) == ["One", "Three", "Two"]


@pytest.mark.parametrize("q", ["", "   ", "%00", "the", "“”", "+-()[]{}^~*?:\\/", "x" * 5000])
def test_any_text_gives_a_page(client, q):
    make_region()
    make_program("Welding")

    assert client.get("/en/programs/", {"q": q}).status_code == 200


def test_drafts_and_programs_of_closed_schools_are_not_found():
    make_program("Welding", status=Program.Status.DRAFT)
    make_program("Welding", institution=make_institution(status="closed"))

    assert titles("") == []


# --- Filters -----------------------------------------------------------------------------------


def test_results_ignore_unknown_values_and_keep_the_known_ones():
    make_program("Welding", institution=make_institution(segment=Segment.HIGH))
    make_program("Nursing")

    assert titles("level=high_school&level=nonsense&sector=none&color=red") == ["Welding"]
    assert [label for label, _, _ in look("level=high_school&level=x")["chips"]] == ["High school"]


def test_several_values_of_a_filter_mean_any_and_several_filters_mean_all():
    for segment, cost in (
        ("high_school", "free"),
        ("high_school", "fee"),
        ("adult_education", "fee"),
    ):
        make_program(f"{segment} {cost}", cost=cost, institution=make_institution(segment=segment))

    assert titles("level=high_school&level=adult_education&cost=fee") == [
        "adult_education fee",
        "high_school fee",
    ]


def test_a_group_counts_under_all_other_filters_but_not_its_own():
    for segment, cost in (
        ("high_school", "free"),
        ("high_school", "fee"),
        ("adult_education", "fee"),
    ):
        make_program(cost=cost, institution=make_institution(segment=segment))
    page = look("level=high_school")

    assert counts(page, "level") == {"high_school": 2, "adult_education": 1}
    assert counts(page, "cost") == {"free": 1, "fee": 1}


def test_a_group_without_a_choice_is_hidden_until_it_is_in_use():
    make_program(cost="free")

    assert group(look(""), "cost") is None
    assert counts(look("cost=fee"), "cost") == {"free": 1, "fee": 0}


def test_sector_options_carry_their_badge():
    make_program(sector=make_sector("MF", "Manufacturing", "Manufactura"))
    make_program(sector=make_sector("HM", "Health", "Salud"))

    assert [(option[1], option[5]) for option in group(look("", "es"), "sector").options] == [
        ("Manufactura", "MF"),
        ("Salud", "HM"),
    ]


def test_a_long_group_shows_its_first_twelve_and_every_checked_one():
    schools = [make_institution(f"School {number:02}") for number in range(15)]
    for school in schools:
        make_program(institution=school)
    last = schools[-1].slug

    short = group(look(f"institution={last}"), "institution")
    full = group(look(f"institution={last}&more=institution"), "institution")

    assert len(short.options) == 13
    assert [option[0] for option in short.options if option[4]] == [last]
    assert short.more_url.endswith("more=institution")
    assert (len(full.options), full.more_url) == (15, None)


def test_a_chip_removes_its_value_and_keeps_the_rest():
    make_program()
    page = look("q=welding&cost=free&cost=fee&sort=name")

    assert page["chips"][0] == (
        "Free",
        "Remove filter: Free",
        "/en/programs/?q=welding&cost=fee&sort=name",
    )


def test_an_empty_result_says_what_each_filter_costs_the_most_helpful_first():
    for cost, delivery in (("free", "online"), ("free", "online"), ("fee", "in_person")):
        make_program("Welding", cost=cost, delivery=delivery)
    page = look("q=weld&cost=fee&delivery=online")

    assert page["total"] == 0
    assert page["empty"]["removals"] == [
        ("Without A fee is charged", 2, "/en/programs/?q=weld&delivery=online"),
        ("Without Online", 1, "/en/programs/?q=weld&cost=fee"),
    ]


def test_words_that_find_nothing_offer_only_to_start_again():
    make_program("Welding")
    empty = look("q=zzzzzz")["empty"]

    assert (empty["removals"], empty["clear_url"], empty["everything"]) == ([], "/en/programs/", 1)


def test_where_no_filter_alone_keeps_programs_out_several_may_go_and_every_way_leads_somewhere():
    make_program("Welding", cost="free", delivery="in_person", schedule="day")
    make_program("Nursing", cost="fee", delivery="online", schedule="evening")
    removals = look("q=welding&cost=fee&delivery=online&schedule=day")["empty"]["removals"]

    assert removals == [
        (
            "Without A fee is charged and Online",
            1,
            "/en/programs/?q=welding&schedule=day",
        ),
        (
            "Without “welding” and Daytime",
            1,
            "/en/programs/?cost=fee&delivery=online",
        ),
    ]
    for _, count, address in removals:
        assert look(address.split("?")[1])["total"] == count


# --- Places ------------------------------------------------------------------------------------


@pytest.fixture
def places():
    """One ZIP code and two schools, one and about fourteen miles north of it."""
    make_region()
    make_zip_code("92101", latitude="32.70", longitude="-117.00")
    for name, latitude in (("Near", "32.715"), ("Far", "32.900")):
        school = make_institution(name, latitude=latitude, longitude="-117.00")
        make_program(f"Welding at {name}", institution=school)
    make_program("Welding somewhere")


@pytest.mark.usefixtures("places")
def test_with_a_zip_code_the_nearest_come_first_and_unknown_places_last():
    page = look("zip=92101")

    assert [card.title for card in page["results"]] == [
        "Welding at Near",
        "Welding at Far",
        "Welding somewhere",
    ]
    assert [card.distance and round(card.distance) for card in page["results"]] == [1, 14, None]


@pytest.mark.usefixtures("places")
def test_no_radius_is_assumed_and_one_may_be_chosen():
    assert len(titles("zip=92101")) == 3
    assert titles("zip=92101&distance=5") == ["Welding at Near"]
    assert [chip[0] for chip in look("zip=92101&distance=5")["chips"]] == [
        "Within 5 miles of 92101"
    ]


@pytest.mark.usefixtures("places")
def test_an_empty_result_offers_to_drop_the_distance_and_keep_the_place():
    make_program("Nursing", institution=make_institution("Far"))
    removals = look("q=nursing&zip=92101&distance=5")["empty"]["removals"]

    assert removals[0] == ("Without the limit of 5 miles", 1, "/en/programs/?q=nursing&zip=92101")


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("q", ["welding 92101", "92101 welding", "welding zip code 92101"])
def test_a_zip_code_among_the_words_is_a_zip_code(q):
    page = look(f"q={q}")

    assert (page["sort"], page["total"]) == ("distance", 3)
    assert page["results"][0].title == "Welding at Near"
    assert page["chips"][0][2] == "/en/programs/?q=welding"


@pytest.mark.usefixtures("places")
def test_a_zip_code_of_elsewhere_is_said_to_be_and_ignored():
    page = look("zip=99999&distance=5&sort=distance")

    assert page["total"] == 3
    assert page["sort"] == "name"
    assert page["notices"] == ["99999 is not a ZIP code of Two Valleys, so distance was not used."]


@pytest.mark.usefixtures("places")
def test_a_distance_without_a_zip_code_is_ignored():
    assert look("distance=5")["total"] == 3


@pytest.mark.usefixtures("places")
def test_schools_of_the_zip_code_are_in_the_order_of_their_miles_and_those_of_unknown_place_first():
    there = make_institution("Inside", latitude="32.720", longitude="-117.00", zip_code="92101")
    make_program("Welding inside", institution=there)
    make_program("Welding unmapped", institution=make_institution("Unmapped", zip_code="92101"))

    assert titles("zip=92101")[:3] == ["Welding unmapped", "Welding at Near", "Welding inside"]


# --- Order and pages ---------------------------------------------------------------------------


def test_names_are_sorted_in_the_reader_s_language_without_minding_accents():
    make_program("Animals", title_es="Zoología")
    make_program("Zoning", title_es="Álgebra")

    assert [card.title for card in look("sort=name")["results"]] == ["Animals", "Zoning"]
    assert [card.title for card in look("sort=name", "es")["results"]] == ["Álgebra", "Zoología"]


def test_equal_results_keep_their_order_however_the_index_came_about():
    programs = [make_program("Welding", slug=f"welding-{number}") for number in range(30)]
    before = [card.slug for card in look("q=welding")["results"]]
    for program in programs[::3]:
        program.save()

    assert [card.slug for card in look("q=welding")["results"]] == before


def test_pages_follow_each_other_and_keep_everything():
    school = make_institution()
    for number in range(45):
        make_program(f"Welding {number:02}", cost="free", institution=school)
    query = "q=welding&cost=free&sort=name"
    first, last = look(query), look(f"{query}&page=3")

    assert first["pages"] == {
        "number": 1,
        "count": 3,
        "previous_url": None,
        "next_url": f"/en/programs/?{query}&page=2",
        "first": 1,
        "last": 20,
    }
    assert [card.title for card in last["results"]] == [f"Welding {n}" for n in range(40, 45)]
    assert (last["pages"]["first"], last["pages"]["last"]) == (41, 45)


@pytest.mark.parametrize("page", ["0", "-1", "99", "9" * 40, "two", "", "²", "1.5"])
def test_any_page_is_the_nearest_there_is(page):
    make_program()

    assert look(f"page={page}")["pages"]["number"] == 1


def test_thirty_results_cost_as_many_queries_as_one(client, django_assert_num_queries):
    """One: for the catalogue version. What the site knows by heart was read by the page before."""
    make_region()
    school = make_institution()
    for programs in (1, 30):
        for number in range(programs):
            make_award(make_program(f"Welding {number}", institution=school))
        client.get("/en/programs/?q=weld")
        with django_assert_num_queries(1):
            client.get("/en/programs/?q=welding&credential=certificate")


# --- The heading -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "2 programs"),
        ("sector=health", "1 program in Health"),
        ("county=imperial", "1 program in Imperial County"),
        ("sector=health&county=imperial", "1 program in Health, Imperial County"),
        ("q=nursing", "1 program for “nursing”"),
        (
            "q=nursing&sector=health&county=imperial",
            "1 program for “nursing” in Health, Imperial County",
        ),
        ("q=nursing&cost=fee", "0 programs for “nursing” · A fee is charged"),
        ("level=high_school", "1 high school program"),
        (
            "level=high_school&level=community_college",
            "2 programs · High school or Community college",
        ),
        (
            "county=imperial&level=high_school&cost=free",
            "0 high school programs in Imperial County · Free",
        ),
        (
            "cost=fee&delivery=online&schedule=day",
            "0 programs · A fee is charged · Online · 1 more filter",
        ),
        ("zip=92101", "2 programs, nearest to 92101 first"),
        ("zip=92101&sort=name", "2 programs"),
        ("q=nursing&zip=92101&distance=5", "0 programs for “nursing” within 5 miles of 92101"),
    ],
)
def test_the_heading_says_what_is_shown(query, heading):
    make_zip_code("92101")
    imperial = make_institution(county=make_county("Imperial"), segment=Segment.HIGH)
    make_program("Nursing", sector=make_sector("HM", "Health"), institution=imperial)
    make_program("Welding", sector=make_sector())

    assert look(query)["heading"] == heading


# --- The card ----------------------------------------------------------------------------------


def test_a_card_says_what_a_reader_needs():
    pathway = make_pathway("Welding and Materials Joining")
    program = make_program(
        "Welding",
        slug="welding",
        sector=pathway.sector,
        pathway=pathway,
        cost="free",
        audience="anyone",
        institution=make_institution("Palomar College", slug="palomar", city="San Marcos"),
        as_of="2019",
    )
    make_award(program, Credential.CERTIFICATE)
    make_award(program, Credential.ASSOCIATE)
    card = look("", "es")["results"][0]

    assert card.url == "/en/programs/welding/"
    assert (card.title, card.title_lang) == ("Welding", "en")
    assert (card.institution, card.city) == ("Palomar College", "San Marcos")
    assert (card.sector_badge, card.pathway_title) == ("MF", "Welding and Materials Joining")
    assert len(card.awards) == 2
    assert (card.freshness, card.as_of) == ("not_verified", "2019")


# --- The whole list as a file ------------------------------------------------------------------


def rows(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_holds_the_whole_result_in_its_order(client):
    make_region()
    for number in range(25):
        make_program(f"Welding {number:02}", title_es=f"Soldadura {number:02}")
    make_program("Nursing")
    found = rows(client.get("/en/programs.csv?q=welding&sort=name"))

    assert [row["Title (English)"] for row in found] == [f"Welding {n:02}" for n in range(25)]
    assert found[0]["Title (Spanish)"] == "Soldadura 00"
    assert found[0]["Source"] == str(make_release())
    assert found[0]["As of"] == "2026"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_the_file_is_a_formula(client, start):
    make_region()
    make_program(f"{start}1+1")

    assert rows(client.get("/en/programs.csv"))[0]["Title (English)"] == f"'{start}1+1"


def test_an_empty_result_is_a_file_with_its_heading(client):
    make_region()
    make_program("Welding")

    assert rows(client.get("/en/programs.csv?cost=free")) == []


# --- Suggestions -------------------------------------------------------------------------------


def suggestions(client, q, language="en"):
    return client.get(f"/{language}/suggest/", {"q": q}).json()


def test_suggestions_start_with_what_was_typed_in_either_language(client):
    make_program("Welding", title_es="Soldadura")

    expected = [{"label": "Welding", "kind": "Program", "url": "/en/programs/?q=Welding"}]
    assert suggestions(client, "we") == suggestions(client, "SOLD") == expected
    assert suggestions(client, "sold", "es")[0]["label"] == "Soldadura"


def test_suggestions_lead_to_schools_by_any_of_their_names(client):
    school = make_institution("Imperial Valley College", slug="ivc")
    make_institution_name(school, "IVC")

    expected = [
        {"label": "Imperial Valley College", "kind": "College", "url": "/en/institutions/ivc/"}
    ]
    assert suggestions(client, "ivc") == suggestions(client, "valley c") == expected


def test_suggestions_say_what_they_are_in_the_reader_s_language(client):
    pathway = make_pathway("Welding Pathway")
    make_sector("WE", "Welding Sector")
    leads_to(make_program("Welding Program", pathway=pathway), make_occupation("Welding Job"))
    make_institution("Welding High", segment=Segment.HIGH)

    def kinds(language):
        return sorted(found["kind"] for found in suggestions(client, "weld", language))

    assert kinds("en") == ["Industry sector", "Job", "Pathway", "Program", "School"]
    assert kinds("es") == ["Escuela", "Programa", "Sector industrial", "Trabajo", "Trayectoria"]


def test_titles_that_differ_only_in_capitals_are_suggested_once(client):
    make_program("Culinary Arts", title_es="Artes culinarias")
    make_program("Culinary arts")
    make_program("Culinary studies", title_es="Artes Culinarias")

    assert [found["label"] for found in suggestions(client, "culin")] == [
        "Culinary Arts",
        "Culinary studies",
    ]
    assert [found["label"] for found in suggestions(client, "artes", "es")] == ["Artes culinarias"]


def test_there_are_at_most_eight_suggestions_and_none_for_nothing(client):
    for number in range(12):
        make_program(f"Welding {number}")

    assert len(suggestions(client, "weld")) == 8
    assert suggestions(client, "  ") == suggestions(client, "xyz") == []


# --- As a page ---------------------------------------------------------------------------------


def test_an_unchanged_page_costs_one_query_and_no_view(client, django_assert_num_queries):
    make_region()
    make_program("Welding")
    tag = client.get("/en/programs/?q=weld")["ETag"]

    with django_assert_num_queries(1):
        response = client.get("/en/programs/?q=weld", headers={"If-None-Match": tag})
    assert response.status_code == 304
    assert response["ETag"] == tag


def test_a_change_makes_the_page_new(client):
    make_region()
    make_program("Welding")
    tag = client.get("/en/programs/")["ETag"]
    make_program("Nursing")

    response = client.get("/en/programs/", headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert "Nursing" in response.content.decode()


def test_a_page_may_be_kept_by_anyone_and_sets_no_cookie(client):
    make_region()
    response = client.get("/en/programs/")

    assert "public" in response["Cache-Control"]
    assert "max-age=300" in response["Cache-Control"]
    assert response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not response.cookies


def test_what_is_typed_is_never_markup(client):
    make_region()
    make_program("Welding")
    page = client.get("/en/programs/", {"q": '"><script>alert(1)</script>'}).content.decode()

    assert not re.search(r"<script>alert", page)
