import csv
import os
from pathlib import Path

import pytest
from django.utils.text import slugify

from imports.batch import apply
from imports.sources import cde_directory, ipeds, region_tables
from imports.sources.colleges import OUR_NOTE
from imports.sources.reading import SourceError, read_table
from imports.sources.region_names import TABLE
from imports.sources.region_rules import DATA, course_fields
from programs.models import (
    Award,
    Course,
    District,
    Institution,
    Opportunity,
    Program,
    ProgramLink,
)
from reference.models import County, Pathway, ProgramCode, Release, Sector, SourceLabel

pytestmark = pytest.mark.django_db

PAGE = "https://example.org/page"
SCHOOLS = (
    "county", "district", "institution", "segment", "sector", "pathway", "local_name", "grades",
    "hours", "credentials_or_certifications", "cost", "source_url", "as_of",
)  # fmt: skip
COLLEGES = (
    "institution", "program_title", "award", "units", "hours", "top_code", "cip_code", "sector",
    "pathway", "sector_inferred", "url", "source_url", "as_of",
)  # fmt: skip
COURSES = (
    "institution", "pathway_or_local_name", "course_title", "sequence", "grade", "a_g",
    "college_credit", "source_url", "as_of",
)  # fmt: skip
COLLEGE_COURSES = (
    "institution", "program_title", "course_code", "course_title", "units", "source_url", "as_of",
)  # fmt: skip
AGREEMENTS = (
    "kind", "district", "institution", "hs_course", "college", "college_course_code",
    "college_course_title", "units", "min_grade", "valid_from", "valid_to", "source_url", "as_of",
)  # fmt: skip
WBL = ("institution_or_district", "kind", "sector", "audience", "title", "source_url", "as_of")


@pytest.fixture
def region():
    """Two school districts, a few schools and colleges, two sectors."""
    release = Release.objects.create(slug="directory", publisher="State", name="Directory")
    county = County.objects.create(fips="06073", slug="san-diego", name="San Diego")
    make = {"county": county, "release": release}
    for name, schools in {
        "Escondido Union High": ("Escondido High", "Orange Glen High"),
        "San Diego Unified": ("Hoover High", "Clairemont High"),
    }.items():
        district = District.objects.create(slug=slugify(name), name=name, county=county)
        for school in schools:
            Institution.objects.create(
                slug=slugify(school), name=school, segment="high_school", district=district, **make
            )
    for name in ("Palomar College", "San Diego Mesa College"):
        Institution.objects.create(
            slug=slugify(name), name=name, segment="community_college", **make
        )
    for name in ("Chula Vista Adult", "Montgomery Adult", "National City Adult"):
        Institution.objects.create(slug=slugify(name), name=name, segment="adult_education", **make)
    make_labels(
        ("HT", "Hospitality, Tourism, and Recreation", "Food Service and Hospitality"),
        ("HM", "Health Science and Medical Technology", "Patient Care"),
        ("EA", "Engineering and Architecture", "Engineering Design"),
    )
    ProgramCode.objects.create(
        system="TOP", code="130630", title_en="Culinary Arts", title_es="Artes Culinarias",
        release=release,
    )  # fmt: skip
    return release


def make_labels(*labels):
    for code, sector_label, pathway_label in labels:
        sector, _new = Sector.objects.get_or_create(
            code=code, defaults={"slug": code.lower(), "title_en": sector_label, "title_es": "S"}
        )
        pathway, _new = Pathway.objects.get_or_create(
            slug=slugify(pathway_label.replace("/", " ")),
            defaults={"sector": sector, "title_en": pathway_label, "title_es": "Trayectoria"},
        )
        SourceLabel.objects.get_or_create(
            sector_label=sector_label, pathway_label="", defaults={"sector": sector}
        )
        if pathway_label:
            SourceLabel.objects.get_or_create(
                sector_label=sector_label,
                pathway_label=pathway_label,
                defaults={"sector": sector, "pathway": pathway},
            )


def write(folder, name, headings, *rows):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="") as text:
        writer = csv.DictWriter(text, headings, restval="")
        writer.writeheader()
        writer.writerows({"source_url": PAGE} | row for row in rows)
    return folder


def school(name, title, **values):
    return {
        "institution": name,
        "segment": "high_school",
        "sector": "Hospitality, Tourism, and Recreation",
        "local_name": title,
    } | values


def college(title, award="", **values):
    return {
        "institution": "Palomar College",
        "program_title": title,
        "award": award,
        "sector": "Hospitality, Tourism, and Recreation",
        "pathway": "Food Service and Hospitality",
    } | values


def agreement(**values):
    return {
        "kind": "articulation",
        "district": "Escondido Union High",
        "institution": "Orange Glen High School",
        "hs_course": "Culinary Arts 1 & 2",
        "college": "San Diego Mesa College",
    } | values


def load(folder):
    return apply(region_tables.read(folder))


def reasons(outcome):
    return [rejected.reason for rejected in outcome.rejected]


# --- programs ----------------------------------------------------------------------------------


def test_a_school_program_is_found_in_both_languages_with_its_pathway_and_source(region, tmp_path):
    load(
        write(
            tmp_path, "north/programs.csv", SCHOOLS,
            school("Orange Glen High School", "culinary", as_of="2014"),
        )
    )  # fmt: skip

    program = Program.objects.get()
    assert program.slug == "culinary-arts-orange-glen-high"
    assert (program.title_en, program.title_es) == ("Culinary arts", "Artes culinarias")
    assert program.pathway.slug == "food-service-and-hospitality"
    assert (program.audience, program.cost, program.status) == ("school", "free", "published")
    assert (program.release.slug, program.as_of) == ("regional-compilation", "2014")
    assert program.source_url == PAGE


def test_a_title_we_have_no_wording_for_gets_its_capital_and_no_spanish(region, tmp_path):
    row = school("Hoover High", "falconry of the coast")
    load(write(tmp_path, "programs.csv", SCHOOLS, row))

    program = Program.objects.get()
    assert (program.title_en, program.title_es) == ("Falconry of the coast", "")


def test_adult_programs_say_what_they_cost_how_long_they_take_and_what_they_end_in(
    region, tmp_path
):
    row = school(
        "Chula Vista Adult School", "Certified Nursing Assistant (CNA), 17 weeks",
        segment="adult_education", sector="Health Science and Medical Technology",
        pathway="Patient Care", hours="60 theory + 100 clinical", cost="free (2020-21)",
        credentials_or_certifications="CNA; OSHA-30",
    )  # fmt: skip
    load(write(tmp_path, "south/programs.csv", SCHOOLS, row))

    program = Program.objects.get()
    assert program.title_en == "Certified nursing assistant (CNA)"
    assert (program.cost, program.cost_note) == ("free", "free (2020-21)")
    assert program.length == "17 weeks; 60 theory + 100 clinical hours"
    assert program.audience == "adults"
    assert list(Award.objects.values_list("credential", "title")) == [
        ("industry", "Certified Nurse Assistant (CNA)"),
        ("industry", "OSHA-30"),
    ]


def test_a_text_that_names_several_schools_is_one_program_at_each(region, tmp_path):
    name = (
        "Sweetwater Adult Education (Chula Vista, Montgomery, San Ysidro and National City "
        "adult schools)"
    )
    row = school(name, "pastry chef", segment="adult_education")
    load(write(tmp_path, "south/programs.csv", SCHOOLS, row))

    # The fourth school is not in this directory.
    assert set(Program.objects.values_list("institution__slug", flat=True)) == {
        "chula-vista-adult", "montgomery-adult", "national-city-adult",
    }  # fmt: skip


def test_rows_that_name_no_school_no_program_or_a_plan_stay_out(region, tmp_path):
    outcome = load(
        write(
            tmp_path, "north/programs.csv", SCHOOLS,
            school("", "Culinary arts", district="San Diego Unified"),
            school("Escondido Union High School District", "Culinary arts"),
            school("South Bay Adult Education Consortium", "Culinary arts"),
            school("Hoover High School", "CTE courses (district enrollment count)"),
            school("Hoover High School", "", sector=""),
            school("Hoover High School", "Computer science: cybersecurity (being added)"),
        )
    )  # fmt: skip

    assert not Program.objects.exists()
    assert reasons(outcome) == [
        "names no school or college, only “San Diego Unified”",
        "“Escondido Union High School District” names a district or a group of schools, "
        "not one school",
        "“South Bay Adult Education Consortium” is not a school or college we know",
        "names no program",
        "names no program",
        "the source calls it planned or proposed",
    ]
    assert outcome.rejected[0].place == "north/programs.csv:2"


def test_a_program_without_a_name_is_called_by_its_pathway(region, tmp_path):
    row = school("Hoover High School", "", pathway="Food Service and Hospitality")
    load(write(tmp_path, "programs.csv", SCHOOLS, row))

    assert Program.objects.get().title_en == "Food Service and Hospitality"
    assert Program.objects.get().title_es == "Trayectoria"


def test_the_same_program_in_two_files_enters_once_with_the_newer_source(region, tmp_path):
    write(
        tmp_path, "north/programs.csv", SCHOOLS,
        school("Hoover High School", "Culinary arts", as_of="2009", grades="10-12"),
    )  # fmt: skip
    write(
        tmp_path, "south/programs.csv", SCHOOLS,
        school("Hoover High", "culinary", as_of="2021", source_url=f"{PAGE}/new"),
    )  # fmt: skip
    load(tmp_path)

    program = Program.objects.get()
    assert (program.as_of, program.source_url) == ("2021", f"{PAGE}/new")
    assert program.grades == "10-12"


def test_a_colleges_awards_come_together_in_one_program_with_their_names(region, tmp_path):
    load(
        write(
            tmp_path, "colleges/programs.csv", COLLEGES,
            college("Administration of Justice", "associate_degree", units="60"),
            college("Administration of Justice - Corrections emphasis", "associate_degree"),
            college("Administration of Justice for Transfer (AS-T)", "ADT"),
        )
    )  # fmt: skip

    program = Program.objects.get()
    assert (program.title_en, program.audience, program.cost) == (
        "Administration of Justice", "anyone", "fee",
    )  # fmt: skip
    assert list(program.awards.values_list("credential", "level", "title", "units")) == [
        ("associate", "Associate degree", "", "60"),
        ("associate", "Associate degree", "Administration of justice: corrections", ""),
        ("transfer", "Associate degree for transfer", "", ""),
    ]


def make_program(region, slug, title, institution, **values):
    return Program.objects.create(
        slug=slug, title_en=title, institution=Institution.objects.get(slug=institution),
        release=region, as_of="2023", status="published", **values,
    )  # fmt: skip


def test_a_college_program_we_have_gets_only_what_it_lacks(region, tmp_path):
    ours = make_program(
        region, "culinary", "Culinary Arts", "palomar-college",
        top_code=ProgramCode.objects.get(code="130630"), cost="fee",
    )  # fmt: skip
    Award.objects.create(program=ours, credential="associate", level="Associate Degree")
    load(
        write(
            tmp_path, "colleges/programs.csv", COLLEGES,
            college("Culinary Arts/Culinary Management", "associate_degree", url=f"{PAGE}/own"),
            college("Culinary Arts", "certificate_of_achievement"),
        )
    )  # fmt: skip

    program = Program.objects.get()
    assert (program.release, program.as_of, program.cost) == (region, "2023", "fee")
    assert program.url == f"{PAGE}/own"
    assert list(program.awards.values_list("credential", "level")) == [
        ("associate", "Associate Degree"),
        ("certificate", "Certificate of achievement"),
    ]


def test_a_school_row_joins_the_schools_pathway_but_an_academy_stands_beside_it(region, tmp_path):
    pathway = Pathway.objects.get(slug="engineering-design")
    make_program(
        region, "ed-clairemont-high", "Engineering Design", "clairemont-high", pathway=pathway
    )
    labels = {"sector": "Engineering and Architecture", "pathway": "Engineering Design"}
    load(
        write(
            tmp_path, "programs.csv", SCHOOLS,
            school("Clairemont High School", "Computer-aided drafting", **labels),
            school("Clairemont High School", "Academy of Engineering Design", **labels),
        )
    )  # fmt: skip

    assert set(Program.objects.values_list("title_en", "release__slug")) == {
        ("Engineering Design", "directory"),
        ("Academy of Engineering Design", "regional-compilation"),
    }


# --- courses -----------------------------------------------------------------------------------


def test_courses_go_to_their_program_and_the_rest_are_turned_away(region, tmp_path):
    row = school("Hoover High School", "Culinary Arts (ProStart)")
    write(tmp_path, "north/programs.csv", SCHOOLS, row)
    write(
        tmp_path, "north/courses.csv", COURSES,
        {
            "institution": "Hoover High School",
            "pathway_or_local_name": "Culinary Arts (ProStart)",
            "course_title": "Food Prep and Nutrition",
            "sequence": "introductory",
        },
        {"institution": "Hoover High School", "course_title": "Keyboarding"},
        {
            "institution": "Hoover High School",
            "pathway_or_local_name": "Falconry",
            "course_title": "Falconry 1",
        },
    )  # fmt: skip
    outcome = load(tmp_path)

    assert list(Course.objects.values_list("program__slug", "title_en", "sequence")) == [
        ("culinary-arts-prostart-hoover-high", "Food Prep and Nutrition", "introductory")
    ]
    assert reasons(outcome) == ["names no program", "no program “Falconry” at Hoover High"]


def test_courses_of_a_program_we_know_by_name_make_the_program(region, tmp_path):
    load(
        write(
            tmp_path, "courses.csv", COLLEGE_COURSES,
            {
                "institution": "Palomar College",
                "program_title": "Graphic Communications",
                "course_code": "GCIP 140",
                "course_title": "Digital Imaging",
                "units": "3",
                "as_of": "2020",
            },
        )
    )  # fmt: skip

    course = Course.objects.get()
    assert course.program.slug == "graphic-communications-palomar-college"
    assert (course.code, course.units, course.program.as_of) == ("GCIP 140", 3, "2020")


def test_a_course_another_source_has_is_not_added_again(region, tmp_path):
    pathway = Pathway.objects.get(slug="patient-care")
    ours = make_program(region, "pc", "Patient Care", "hoover-high", pathway=pathway)
    Course.objects.create(program=ours, title_en="Honors PLTW Human Body Systems")
    write(
        tmp_path, "courses.csv", COURSES,
        *(
            {
                "institution": "Hoover High School",
                "pathway_or_local_name": "Patient Care",
                "course_title": title,
            }
            for title in ("Human Body Systems", "Sports Medicine")
        ),
    )  # fmt: skip
    load(tmp_path)

    assert list(ours.courses.values_list("title_en", "position")) == [
        ("Honors PLTW Human Body Systems", 0),
        ("Sports Medicine", 101),
    ]


# --- agreements --------------------------------------------------------------------------------


def test_an_agreement_leads_from_the_schools_program_to_the_college(region, tmp_path):
    write(
        tmp_path, "north/programs.csv", SCHOOLS, school("Orange Glen High School", "Culinary arts")
    )
    write(tmp_path, "north/agreements.csv", AGREEMENTS, agreement(min_grade="B", units="3"))
    load(tmp_path)

    link = ProgramLink.objects.get()
    assert link.slug == "articulation-orange-glen-high-san-diego-mesa-college-culinary-arts-1-and-2"
    assert link.origin.slug == "culinary-arts-orange-glen-high"
    assert (link.from_institution.slug, link.destination.slug) == (
        "orange-glen-high", "san-diego-mesa-college",
    )  # fmt: skip
    assert (link.units, link.min_grade) == ("3", "B")
    assert link.pathway.slug == "food-service-and-hospitality"
    assert link.todo_en == "Finish the high school course with a grade of B or better."
    assert link.todo_es.startswith("Termina el curso de la preparatoria")


def test_courses_of_a_whole_sector_are_of_that_sector_only(region, tmp_path):
    name = "Sweetwater Union High School District adult education"
    load(
        write(
            tmp_path, "agreements.csv", AGREEMENTS,
            agreement(institution=name, hs_course="all adult medical courses"),
            agreement(institution=name, hs_course="articulated CTE courses (CTE Transitions)"),
        )
    )  # fmt: skip

    assert set(ProgramLink.objects.values_list("from_course", "sector__code", "pathway")) == {
        ("all adult medical courses", "HM", None),
        ("articulated CTE courses (CTE Transitions)", None, None),
    }


def test_every_course_written_by_hand_has_a_pathway_or_a_sector():
    assert all(bool(pathway) != bool(sector) for pathway, sector in course_fields().values())
    assert course_fields()["keyboarding a b"] == ("information-support-and-services", "")


def test_nothing_is_said_of_what_to_do_where_the_row_does_not_say_it(region, tmp_path):
    row = agreement(kind="dual_enrollment", min_grade="C", hs_course="")
    load(write(tmp_path, "agreements.csv", AGREEMENTS, row))

    assert ProgramLink.objects.get().todo_en == ""


def test_an_agreement_of_a_whole_district_starts_at_the_district(region, tmp_path):
    load(
        write(
            tmp_path, "agreements.csv", AGREEMENTS,
            agreement(institution="", hs_course=""),
            agreement(institution="San Diego Unified School District high schools", hs_course=""),
        )
    )  # fmt: skip

    assert set(ProgramLink.objects.values_list("from_district__slug", flat=True)) == {
        "escondido-union-high", "san-diego-unified",
    }  # fmt: skip


def test_one_agreement_told_twice_enters_once(region, tmp_path):
    write(
        tmp_path, "north/agreements.csv", AGREEMENTS,
        agreement(kind="credit_by_exam", min_grade="B in course and on final assessment"),
        agreement(institution="Hoover High School", hs_course="", as_of="2019", units="45+"),
    )  # fmt: skip
    write(
        tmp_path, "colleges/agreements.csv", AGREEMENTS,
        agreement(min_grade="B", valid_from="2025"),
        agreement(hs_course=""),
        agreement(
            institution="Hoover High", hs_course="", as_of="2024", source_url=f"{PAGE}/new"
        ),
    )  # fmt: skip
    load(tmp_path)

    told, newer = ProgramLink.objects.order_by("-slug")
    # One page: what one row lacks the other has, and the first knows the kind.
    assert (told.kind, told.valid_from) == ("credit_by_exam", "2025")
    assert told.min_grade == "B in course and on final assessment"
    # Two pages: the newer one alone.
    assert (newer.source_url, newer.as_of, newer.units) == (f"{PAGE}/new", "2024", "")


def test_agreements_without_both_ends_in_the_region_stay_out(region, tmp_path):
    outcome = load(
        write(
            tmp_path, "agreements.csv", AGREEMENTS,
            agreement(college=""),
            agreement(college="Rochester Institute of Technology"),
            agreement(district="", institution="area high schools and adult schools"),
        )
    )  # fmt: skip

    assert not ProgramLink.objects.exists()
    assert reasons(outcome) == [
        "names no college",
        "“Rochester Institute of Technology” is not a college of this region",
        "“area high schools and adult schools” is not a school or district we know",
    ]


# --- work-based learning -----------------------------------------------------------------------


def test_work_based_learning_has_its_stage_host_and_spanish_title(region, tmp_path):
    rows = [
        {
            "institution_or_district": "Hoover High School",
            "kind": "internship",
            "sector": "Health Science and Medical Technology",
            "audience": "students",
            "title": "Hospital Internship I",
            "as_of": "2024",
        },
        {"institution_or_district": "San Diego Unified", "kind": "tour", "title": "Field trips"},
    ]
    load(write(tmp_path, "north/wbl.csv", WBL, *rows))

    assert list(
        Opportunity.objects.values_list(
            "slug", "stage", "title_es", "institution__slug", "district__slug", "sector__code"
        )
    ) == [
        (
            "field-trips-san-diego-unified", "awareness", "Excursiones", None,
            "san-diego-unified", None,
        ),
        (
            "hospital-internship-i-hoover-high", "preparation", "Prácticas en un hospital I",
            "hoover-high", None, "HM",
        ),
    ]  # fmt: skip


def test_plans_ceremonies_and_unknown_hosts_are_no_opportunities(region, tmp_path):
    rows = [
        {"institution_or_district": host, "kind": kind, "title": title}
        for host, kind, title in (
            ("Hoover High School", "internship", "Internships at City Hall (planned)"),
            ("Hoover High School", "recognition", "25th ceremony"),
            ("Calexico (school not named)", "competition", "Culinary Skills"),
        )
    ]
    outcome = load(write(tmp_path, "wbl.csv", WBL, *rows))

    assert not Opportunity.objects.exists()
    assert reasons(outcome) == [
        "the source calls it planned or proposed",
        "is not work-based learning for students",
        "“Calexico (school not named)” is not a school or district we know",
    ]


# --- the rest ----------------------------------------------------------------------------------


def test_a_college_gets_the_district_its_row_names(region, tmp_path):
    row = {"name": "Palomar College", "district": "Palomar Community College District"}
    write(tmp_path, "colleges/institutions.csv", ("name", "district", "source_url"), row)
    load(tmp_path)

    district = Institution.objects.get(slug="palomar-college").district
    assert (district.slug, district.county.name) == (
        "palomar-community-college-district", "San Diego",
    )  # fmt: skip
    assert district.segment == "community_college"
    District.objects.filter(pk=district.pk).update(segment="high_school")
    load(tmp_path)
    district.refresh_from_db()
    assert district.segment == "community_college"
    assert load(tmp_path).changes == 0


def test_what_an_editor_has_written_outlives_another_import(region, tmp_path):
    row = school("Hoover High School", "Culinary arts", as_of="2014")
    write(tmp_path, "programs.csv", SCHOOLS, row)
    load(tmp_path)
    Program.objects.update(title_es="Cocina", cost_note="Materials", status="draft")

    outcome = load(tmp_path)

    assert outcome.changes == 0
    program = Program.objects.get()
    assert (program.title_es, program.cost_note, program.status) == ("Cocina", "Materials", "draft")


def test_a_sentence_of_ours_on_the_fee_is_taken_back(region, tmp_path):
    load(
        write(
            tmp_path, "colleges/programs.csv", COLLEGES,
            college("Culinary Arts", "certificate_of_achievement"),
        )
    )  # fmt: skip
    program = Program.objects.get()
    assert (program.cost, program.cost_note) == ("fee", "")
    Program.objects.update(cost_note=OUR_NOTE)

    load(tmp_path)

    assert Program.objects.get().cost_note == ""
    assert load(tmp_path).changes == 0


def test_a_folder_without_tables_is_an_error(region, tmp_path):
    with pytest.raises(SourceError, match="no compiled tables"):
        region_tables.read(tmp_path)


def test_every_title_written_by_hand_has_its_spanish_or_takes_an_official_one():
    with (DATA / "titles.csv").open(encoding="utf-8", newline="") as file:
        without = {row["title_en"] for row in csv.DictReader(file) if not row["title_es"]}

    assert without == {
        "Agriculture and Natural Resources", "Arts, Media, and Entertainment", "Biotechnology",
        "Business and Finance", "Education", "Education, Child Development, and Family Services",
        "Information and Communication Technologies", "Public Services", "Transportation",
    }  # fmt: skip


OFFICIAL = os.environ.get("OFFICIAL_DATA_DIR")


@pytest.mark.skipif(not OFFICIAL, reason="needs the official data (OFFICIAL_DATA_DIR)")
def test_the_whole_compilation_enters_and_a_second_import_changes_nothing():
    County.objects.create(fips="06073", slug="san-diego", name="San Diego")
    County.objects.create(fips="06025", slug="imperial", name="Imperial")
    apply(cde_directory.read(Path(OFFICIAL) / "schools"))
    apply(ipeds.read(Path(OFFICIAL) / "colleges"))
    make_labels(*_labels(Path(OFFICIAL) / "region"))

    first = load(Path(OFFICIAL) / "region")
    second = load(Path(OFFICIAL) / "region")

    assert all(":" in rejected.place or "events" in rejected.place for rejected in first.rejected)
    assert not any(rejected.values == {} for rejected in first.rejected[:-1])
    new = {table: count["new"] for table, count in first.counts.items()}
    assert new["links"] == 143
    assert new["opportunities"] == 150
    assert new["programs"] > 380  # without the official programs fewer are merged
    assert new["courses"] > 170
    assert second.changes == 0
    assert (
        not Program.objects.filter(title_es="")
        .exclude(institution__segment="")
        .exclude(title_en__in=_official_titles())
    )
    assert not Opportunity.objects.filter(title_es="").exists()
    assert not Program.objects.filter(title_en__iregex=r"planned|proposed").exists()
    with TABLE.open(encoding="utf-8", newline="") as file:
        named = {
            slug for row in csv.DictReader(file) for slug in row["institutions"].split(";") if slug
        }
    assert named <= set(Institution.objects.values_list("slug", flat=True))


def _labels(folder):
    """[(sector code, sector, pathway)] as the compilation writes them, and the pathways it lacks."""
    pairs, codes = {}, {}
    for file in sorted(folder.glob("*/programs.csv")):
        for _line, row in read_table(file, ("sector", "pathway")):
            if row["sector"] and row["pathway"]:
                pairs[row["sector"], row["pathway"]] = None
            if row["sector"]:
                codes.setdefault(row["sector"], f"{len(codes):02}")
    return [(codes[sector], sector, pathway) for sector, pathway in pairs]


def _official_titles():
    """Titles whose Spanish comes from the region's tables of sectors and TOP codes."""
    with (DATA / "titles.csv").open(encoding="utf-8", newline="") as file:
        return {row["title_en"] for row in csv.DictReader(file) if not row["title_es"]}
