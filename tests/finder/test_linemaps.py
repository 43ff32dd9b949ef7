"""The line maps as a reader meets them: the whole region's, from one school, as a list, as a file."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from finder import linemap, mapfile
from finder.layout import lay_out
from finder.linemap import View, pathway_map, sector_map
from imports import region
from programs import network, termini
from programs.models import Institution, LinkKind, ProgramLink, Segment
from reference.models import LaborFigure, OccupationPathway, Pathway, Sector
from tests.factories import (
    leads_to,
    make_district,
    make_institution,
    make_link,
    make_occupation,
    make_pathway,
    make_program,
    make_region,
    make_release,
    make_zip_code,
)
from tests.finder.geometry import faults

pytestmark = pytest.mark.django_db

SVG = re.compile(r'<svg class="linemap".*?</svg>', re.DOTALL)
TWIN = re.compile(r'<details class="map-twin">.*?</details>\n', re.DOTALL)
LIST_EVENTS = re.compile(r'data-(node|track|to)="([^"]*)"( data-expired)?')
TRACK = re.compile(
    r'<path class="lm-track lm-(\w+)( lm-expired)?" data-from="([^"]*)" data-to="([^"]*)"'
)


def drawn(page):
    """({nodes}, {(from, to, track, has_expired)}) of the drawing."""
    svg = SVG.search(page)[0]
    links = {
        (start, end, track, bool(expired)) for track, expired, start, end in TRACK.findall(svg)
    }
    return set(re.findall(r'data-node="([^"]*)"', svg)), links


def listed(page):
    """The same of the list."""
    nodes, links, track = [], set(), None
    twin = page[page.index('<details class="map-twin">') :]
    for kind, value, expired in LIST_EVENTS.findall(twin[: twin.index("</section>\n") + 1]):
        if kind == "node":
            nodes.append(value)
        elif kind == "track":
            track = (value, bool(expired))
        else:
            links.add((nodes[-1], value, *track))
    return set(nodes), links


def page_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture
def line():
    """A pathway taught in two districts, an adult school and four colleges, with two agreements."""
    make_region()
    pathway = make_pathway()
    common = {"pathway": pathway, "sector": pathway.sector}
    north = make_district("North Unified")
    schools = [
        make_institution(name, segment=Segment.HIGH, district=district, latitude=latitude, longitude="-117.1")
        for name, district, latitude in (
            ("Hoover High", north, "32.70"),
            ("Lincoln High", north, "32.80"),
            ("Calexico High", make_district("Border Unified"), "32.60"),
        )
    ]  # fmt: skip
    colleges = [
        make_institution(
            f"College {number}",
            slug=f"college-{number}",
            latitude=f"32.7{number}",
            longitude="-117.1",
        )
        for number in range(6)
    ]
    for school in (*schools, *colleges):
        make_program(f"Welding at {school.name}", institution=school, **common)
    make_link(from_institution=schools[0], to=colleges[5], pathway=pathway, units="6")
    make_link(
        LinkKind.DUAL_ENROLLMENT,
        from_institution=schools[2],
        to=colleges[0],
        pathway=pathway,
        valid_until="2018",
    )
    job = make_occupation("Welders", title_es="Soldadores")
    OccupationPathway.objects.create(occupation=job, pathway=pathway)
    LaborFigure.objects.create(
        occupation=job,
        area=LaborFigure.Area.REGION,
        period="2024-2029",
        openings=120,
        hourly="27.50",
        pay_period="2024",
        release=make_release("labor"),
    )
    return pathway


def url_of(pathway, **values):
    query = "&".join(f"{name}={value}" for name, value in values.items())
    return f"/en/pathways/{pathway.slug}/" + (f"?{query}" if query else "")


# --- The whole map -----------------------------------------------------------------------------


def test_the_drawing_and_the_list_hold_the_same_stops_and_links(client, line):
    page = page_of(client, url_of(line))
    nodes, links = drawn(page)

    assert (nodes, links) == listed(page)
    assert "high_school.north-unified-district" in nodes
    assert links == {
        ("high_school.north-unified-district", "community_college.college-5", "express", False),
        ("high_school.border-unified-district", "community_college.college-0", "express", True),
    }


def test_a_link_says_its_kind_its_units_and_when_it_ended(client, line):
    words = words_of(page_of(client, url_of(line)))

    assert "Articulation, 6 units" in words
    assert "Dual enrollment, ended 2018" in words
    assert "Same pathway, no agreement is listed: ride on to any later stop." in words


def test_a_sign_shows_the_pay_with_its_place_and_year(client, line):
    words = words_of(page_of(client, url_of(line)))

    assert "Welders $27.50 an hour 120 openings a year" in words
    assert "Typical pay in Two Valleys, 2024; openings a year, 2024-2029." in words


def test_a_figure_that_is_missing_says_why(client, line):
    LaborFigure.objects.update(hourly=None, openings=None, missing="withheld")

    words = words_of(page_of(client, url_of(line)))

    assert "Pay: withheld by the source to protect privacy" in words
    assert "Openings: withheld by the source to protect privacy" in words


def test_a_group_opens_in_place_and_closes_again(client, line):
    key = "high_school.north-unified-district"
    closed = SVG.search(page_of(client, url_of(line)))[0]
    opened = SVG.search(page_of(client, url_of(line, open=key)))[0]

    assert f'href="{url_of(line, open=key)}#at-{key}"' in closed
    assert "Welding at Hoover High" not in closed
    assert "Welding at Hoover High" in opened
    assert f'href="{url_of(line)}#at-{key}"' in opened
    assert f'id="at-{key}"' in opened


def test_more_than_eight_places_of_a_level_fold_until_asked_for(client, line):
    for number in range(12):
        school = make_institution(f"High {number}", segment=Segment.HIGH)
        make_program(institution=school, pathway=line, sector=line.sector)

    folded = page_of(client, url_of(line))
    whole = page_of(client, url_of(line, open="more.high_school"))

    assert "6 more places" in words_of(folded)
    assert sum(key.startswith("high_school") for key in drawn(folded)[0]) == 8
    assert sum(key.startswith("high_school") for key in drawn(whole)[0]) == 14


def test_schools_known_only_from_ended_agreements_fold(client, line):
    college = make_institution("Old College")
    for number in range(3):
        school = make_institution(
            f"Old High {number}", slug=f"old-high-{number}", segment=Segment.HIGH
        )
        make_link(from_institution=school, to=college, pathway=line, valid_until="2015")

    page = page_of(client, url_of(line))

    assert "3 more places" in words_of(page)
    assert not {"high_school.old-high-0"} & drawn(page)[0]
    assert drawn(page) == listed(page)


def test_a_dead_end_is_drawn_and_said(client):
    make_region()
    pathway = make_pathway()
    school = make_institution("Hoover High", segment=Segment.HIGH)
    make_program(institution=school, pathway=pathway, sector=pathway.sector)

    page = page_of(client, url_of(pathway))

    assert 'class="lm-end"' in SVG.search(page)[0]
    assert "No next step is listed yet" in words_of(SVG.search(page)[0])
    assert "End of the line: no next step is listed yet." in words_of(page)


def test_a_pathway_without_programs_has_a_map_that_says_so(client):
    make_region()

    words = words_of(page_of(client, url_of(make_pathway())))

    assert words.count("No program listed yet") >= 4


def test_a_bridge_and_a_feeder_have_lines_of_their_own_and_are_explained(client, line):
    adult = make_institution("Night School", segment=Segment.ADULT)
    college = ProgramLink.objects.first().to_institution
    make_link(LinkKind.NONCREDIT_TO_CREDIT, from_institution=adult, to=college, pathway=line)
    make_link(LinkKind.FEEDER, from_institution=adult, to=college, pathway=line)

    page = page_of(client, url_of(line))

    assert {track for *_ends, track, _expired in drawn(page)[1]} == {"express", "bridge", "feeder"}
    assert "A bridge from free noncredit classes to college credit." in words_of(page)
    assert "A school whose students usually go on there." in words_of(page)


def test_each_kind_of_a_link_says_by_itself_whether_somebody_vouches_for_it(client, line):
    """One dated agreement of one school, or one that ended, does not speak for the others."""
    hoover, lincoln = (
        Institution.objects.get(name=name) for name in ("Hoover High", "Lincoln High")
    )
    college, dated = ProgramLink.objects.first().to_institution, str(timezone.localdate().year)
    common = {"to": college, "pathway": line}
    make_link(LinkKind.DUAL_ENROLLMENT, from_institution=hoover, **common)
    make_link(LinkKind.DUAL_ENROLLMENT, from_institution=lincoln, as_of=dated, **common)
    make_link(LinkKind.CONCURRENT_ENROLLMENT, from_institution=lincoln, as_of=dated, **common)
    make_link(LinkKind.CREDIT_BY_EXAM, from_district=hoover.district, to=college)
    ended = {"as_of": dated, "valid_until": "2020"}
    make_link(LinkKind.ARTICULATION, from_institution=lincoln, **common, **ended)

    drawing = words_of(SVG.search(page_of(client, url_of(line)))[0])
    at_hoover = words_of(page_of(client, url_of(line, **{"from": hoover.slug})))

    for words in (
        "Concurrent enrollment; dual enrollment · partly not verified; "
        "articulation, 6 units · not verified; perhaps credit by exam",
    ):
        assert words in drawing.replace("  ", " ")
    assert "Articulation, 6 units; dual enrollment · not verified" in at_hoover


# --- From here ---------------------------------------------------------------------------------


def names_in(page, level):
    return {key.partition(".")[2] for key in drawn(page)[0] if key.startswith(level)}


def hoover(line):
    return line.program_set.get(institution__name="Hoover High").institution.slug


def test_from_a_school_its_own_route_is_shown_and_the_rest_folds(client, line):
    page = page_of(client, url_of(line, **{"from": hoover(line)}))

    assert names_in(page, "high_school") == {hoover(line)}
    # the college with an agreement, though farthest, and the two nearest
    assert names_in(page, "community_college") == {"college-5", "college-0", "college-1"}
    assert drawn(page) == listed(page)
    words = words_of(page)
    assert "The map shows the way from Hoover High." in words
    assert "You are here" in words
    assert "3 more places" in words


def test_the_view_from_a_school_can_be_shared_and_its_folds_open(client, line):
    page = page_of(client, url_of(line, **{"from": hoover(line), "open": "more.community_college"}))

    assert names_in(page, "community_college") == {f"college-{number}" for number in range(6)}
    assert f'href="{url_of(line)}#map"' in page


def test_a_name_is_understood_as_typed(client, line):
    page = page_of(client, url_of(line, **{"from": "hoover+high"}))

    assert "The map shows the way from Hoover High." in words_of(page)


def test_from_a_zip_code_the_nearest_of_each_level_are_shown(client, line):
    make_zip_code("92105", "San Diego", latitude="32.70", longitude="-117.10")

    page = page_of(client, url_of(line, **{"from": "92105"}))

    assert names_in(page, "community_college") == {"college-0", "college-1", "college-2"}
    assert "The map shows the way from 92105." in words_of(page)


def test_a_school_without_a_stop_on_the_line_is_told_and_sees_where_to_get_on(client, line):
    other = make_institution(
        "Mission High", segment=Segment.HIGH, latitude="32.7", longitude="-117.1"
    )

    page = page_of(client, url_of(line, **{"from": other.slug}))

    assert "Mission High lists no program in Welding and Materials Joining." in words_of(page)
    assert names_in(page, "community_college") == {"college-0", "college-1", "college-2"}


def test_a_name_of_several_places_offers_them(client, line):
    make_institution("Hoover Adult", segment=Segment.ADULT, slug="hoover-adult")

    page = page_of(client, url_of(line, **{"from": "hoover"}))

    assert "Which one do you mean by “hoover”?" in words_of(page)
    assert f"{url_of(line, **{'from': 'hoover-adult'})}#map" in page


@pytest.mark.parametrize(
    "query",
    [
        "from=Nowhere+High",
        "from=%00",
        "from=%20%20",
        "from=%E2%80%AEreversed",
        "from=<script>",
        "from=99999",
        "open=x&open=%C3%28",
        "open=" + "a" * 3000,
    ],
)
def test_what_is_not_known_is_ignored(client, line, query):
    page = page_of(client, f"{url_of(line)}?{query}")

    assert drawn(page)[0] >= {"high_school.north-unified-district", "community_college.college-5"}
    assert "<script>" not in page.replace('<script src="', "")


def test_blanks_name_no_place_and_marks_that_turn_a_text_around_are_left_out(client, line):
    blank = page_of(client, url_of(line, **{"from": "%20%20"}))
    turned = page_of(client, url_of(line, **{"from": "%E2%80%AEabc"}))

    assert "is called" not in blank
    assert "is called “abc”" in turned


def test_a_text_that_names_no_place_is_said_to_name_none(client, line):
    words = words_of(page_of(client, url_of(line, **{"from": "Nowhere+High"})))

    assert "No school, district or ZIP code of this region is called “Nowhere High”." in words


# --- Sectors, pieces, files --------------------------------------------------------------------


def test_a_sector_has_a_branch_for_each_pathway_and_opens_one_in_place(client, line):
    make_pathway("Machining", line.sector)
    path = f"/en/sectors/{line.sector.slug}/"
    closed, opened = page_of(client, path), page_of(client, f"{path}?open={line.slug}")

    assert drawn(closed)[0] >= {f"{line.slug}.high_school", f"{line.slug}.community_college"}
    assert drawn(closed)[1] == {
        (f"{line.slug}.high_school", f"{line.slug}.community_college", "express", False),
        (f"{line.slug}.high_school", f"{line.slug}.community_college", "express", True),
    }
    assert drawn(closed) == listed_branches(closed)
    assert f"{line.slug}.high_school.north-unified-district" in drawn(opened)[0]
    assert drawn(opened) == listed_branches(opened)


def listed_branches(page):
    """As `listed`, of a list with a section for each branch."""
    end = page.index('<div class="benchmark">') if '<div class="benchmark">' in page else len(page)
    return listed(page[:end].replace("</section>\n", "") + "</section>\n")


def test_a_programs_piece_shows_one_step_before_and_after(client, line):
    program = line.program_set.get(institution__name="Hoover High")

    nodes, links = drawn(page_of(client, f"/en/programs/{program.slug}/"))

    assert {key for key in nodes if key.startswith(("high", "more.high"))} == {
        f"high_school.{hoover(line)}"
    }
    assert links == {
        (f"high_school.{hoover(line)}", "community_college.college-5", "express", False)
    }


def test_a_schools_piece_shows_its_links_and_nearest_neighbors(client, line):
    nodes, links = drawn(page_of(client, f"/en/institutions/{hoover(line)}/"))

    assert nodes == {
        f"high_school.{hoover(line)}",
        "community_college.college-0",
        "community_college.college-1",
        "community_college.college-5",
    }
    assert len(links) == 1


def test_a_careers_piece_holds_the_first_steps_and_ends_in_its_sign(client, line):
    job = OccupationPathway.objects.get().occupation
    for program in line.program_set.filter(institution__name__in=["Hoover High", "College 5"]):
        leads_to(program, job)

    nodes, links = drawn(page_of(client, f"/en/careers/{job.slug}/"))

    assert nodes == {
        "high_school.north-unified-district",
        "high_school.border-unified-district",  # its program is a first step: the same pathway
        "community_college.college-5",
        f"career.{job.slug}",
    }
    assert links == {
        ("high_school.north-unified-district", "community_college.college-5", "express", False)
    }


@pytest.mark.parametrize(
    "path", ["pathways/{line.slug}/map.svg", "sectors/{line.sector.slug}/map.svg"]
)
def test_a_map_downloads_as_a_file_that_stands_for_itself(client, line, path):
    response = client.get("/es/" + path.format(line=line))
    text = response.content.decode()
    root = ElementTree.fromstring(text)

    assert response["Content-Type"] == "image/svg+xml"
    assert "attachment" in response["Content-Disposition"]
    assert root.tag.endswith("svg")
    assert "var(" not in text
    assert "Línea doble" in text
    assert f'href="{settings.SITE_URL}/es/' in text
    assert re.search(r'="\d+,\d', text) is None  # decimals stay points in Spanish


def test_home_shows_every_line_with_its_programs_at_each_level(client, line):
    make_program(
        "Carpentry", sector=line.sector, institution=make_institution(segment=Segment.HIGH)
    )

    svg = re.search(r'<svg class="linemap overview".*?</svg>', page_of(client, "/en/"), re.DOTALL)[
        0
    ]

    assert f'href="/en/sectors/{line.sector.slug}/"' in svg
    assert re.findall(r'class="lm-count"[^>]*>(\d+)<', svg) == ["4", "6"]


# --- The region's own --------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_pathway_and_sector_of_the_region_can_be_drawn_and_read(language):
    region.load(settings.REGION_PACK)
    pathways = list(Pathway.objects.select_related("sector"))
    jobs = termini.of_pathways(pathways)
    maps = {}
    with override(language):
        for pathway in pathways:
            (branch,) = network.of_pathway(pathway).branches()
            maps[pathway.slug] = pathway_map(branch, jobs.get(pathway.pk, []), View("/x/"))
        for sector in Sector.objects.prefetch_related("pathways"):
            branches = network.of_sector(sector, sector.pathways.all()).branches()
            opened = frozenset(one.slug for one in sector.pathways.all())
            maps[sector.slug] = sector_map(branches, jobs, View("/x/"), sector)
            maps[f"{sector.slug}, open"] = sector_map(
                branches, jobs, View("/x/", None, opened), sector
            )
        found = {name: faults(lay_out(lines)) for name, lines in maps.items()}

    assert {name: some for name, some in found.items() if some} == {}
    assert len(pathways) == 58
    assert any(linemap.CAREER in lines.bands[0].ridden for lines in maps.values())


# --- What a review found -----------------------------------------------------------------------


def test_an_agreement_keeps_its_words_when_its_college_is_folded_away(client, line):
    far = Institution.objects.get(slug="college-4")
    ProgramLink.objects.filter(valid_until="2018").update(to_institution=far)

    folded = page_of(client, url_of(line, **{"from": hoover(line), "open": "more.high_school"}))

    assert "Dual enrollment, ended 2018 to College 4" in words_of(SVG.search(folded)[0])
    link = ("high_school.border-unified-district", "more.community_college", "express", True)
    assert link in drawn(folded)[1]
    assert drawn(folded) == listed(folded)


def test_an_agreement_that_nobody_vouches_for_says_so_in_the_drawing(client, line):
    assert "Articulation, 6 units · not verified" in words_of(
        SVG.search(page_of(client, url_of(line)))[0]
    )

    for link in ProgramLink.objects.all():
        link.as_of = "2026"
        link.save()

    assert "not verified" not in words_of(SVG.search(page_of(client, url_of(line)))[0])


def test_a_sector_from_a_school_shows_that_schools_own_part(client, line):
    other = make_pathway("Machining", line.sector)
    school = make_institution("Far High", segment=Segment.HIGH, latitude="32.9", longitude="-117.1")
    make_program(institution=school, pathway=other, sector=line.sector)

    words = words_of(
        SVG.search(page_of(client, f"/en/sectors/{line.sector.slug}/?from={hoover(line)}"))[0]
    )

    assert "1 program You are here Hoover High 3 programs in the region" in words
    assert "Not at your school 1 program in the region" in words
    assert "Nearest: College 0, 0.0 miles away" in words


def test_from_a_college_district_its_colleges_are_the_start(client, line):
    district = make_district("Bay Community College District", segment=Segment.COLLEGE)
    Institution.objects.filter(slug="college-3").update(district=district)

    page = page_of(client, url_of(line, **{"from": district.slug}))

    assert names_in(page, "community_college") == {"college-3"}
    assert "lists no program" not in words_of(page)


def test_own_programs_without_a_pathway_are_named(client, line):
    school = make_institution("Mission High", segment=Segment.HIGH)
    make_program("Metal Academy", institution=school, sector=line.sector)

    page = page_of(client, url_of(line, **{"from": school.slug}))

    assert "It lists Metal Academy, whose pathway is not stated" in words_of(page)


def test_a_sectors_programs_without_a_pathway_can_be_opened(client, line):
    school = make_institution("Mission High", segment=Segment.HIGH)
    make_program("Metal Academy", institution=school, sector=line.sector)
    path = f"/en/sectors/{line.sector.slug}/"

    closed, opened = page_of(client, path), page_of(client, f"{path}?open=none")

    assert f'href="{path}?open=none#at-none"' in closed
    assert "Metal Academy" in words_of(SVG.search(opened)[0])


def test_two_opened_branches_of_a_sector_keep_their_stops_apart(client, line):
    other = make_pathway("Machining", line.sector)
    for program in line.program_set.all():
        make_program(
            "Machining", institution=program.institution, pathway=other, sector=line.sector
        )

    page = page_of(client, f"/en/sectors/{line.sector.slug}/?open={line.slug}&open={other.slug}")
    ids = re.findall(r' id="([^"]+)"', page)

    assert len(ids) == len(set(ids))
    assert drawn(page) == listed_branches(page)


def test_what_is_open_is_escaped_in_every_address(client, line):
    page = page_of(client, f"{url_of(line)}?open=x%26from%3D92101%23y")

    assert "open=x&amp;from=92101" not in page
    assert "open=x%26from%3D92101%23y" in page


def test_a_link_to_a_program_of_another_pathway_is_no_dead_end(client):
    make_region()
    metal, robots = make_pathway(), make_pathway("Robotics")
    school = make_institution("Hoover High", segment=Segment.HIGH)
    shop = make_program("Shop", institution=school, pathway=metal, sector=metal.sector)
    robotics = make_program("Robotics", pathway=robots, sector=metal.sector)
    make_link(from_program=shop, to=robotics.institution, to_program=robotics)

    page = page_of(client, url_of(metal))

    assert 'class="lm-end"' not in page
    assert len(drawn(page)[1]) == 1


def test_the_newest_figures_stand_on_a_sign_and_its_caption_is_of_a_job_with_pay(client, line):
    figure = LaborFigure.objects.get()
    LaborFigure.objects.create(
        occupation=figure.occupation,
        area=figure.area,
        period="2019-2024",
        hourly="10",
        pay_period="2019",
        release=make_release("older"),
    )
    hidden = make_occupation("Riveters")
    OccupationPathway.objects.create(occupation=hidden, pathway=line)
    LaborFigure.objects.create(
        occupation=hidden,
        area=figure.area,
        period="2024-2029",
        openings=900,
        release=figure.release,
    )

    words = words_of(page_of(client, url_of(line)))

    assert "$27.50 an hour" in words
    assert "$10 an hour" not in words
    assert "Typical pay in Two Valleys, 2024;" in words


def test_the_job_that_most_programs_lead_to_comes_first(line):
    many_openings = make_occupation("Cashiers")
    OccupationPathway.objects.create(occupation=many_openings, pathway=line)
    LaborFigure.objects.create(
        occupation=many_openings,
        area=LaborFigure.Area.REGION,
        period="2024-2029",
        openings=9000,
        hourly="17",
        release=make_release("labor"),
    )
    leads_to(line.program_set.first(), OccupationPathway.objects.first().occupation, many_openings)

    found = termini.of_pathways([line])[line.pk]

    assert [job.title_en for job in found] == ["Welders", "Cashiers"]


def test_a_file_can_be_read_whatever_a_label_holds(client, line):
    line.program_set.update(title_en="Weld\x02ing & <Joining>")

    response = client.get(
        f"/en/pathways/{line.slug}/map.svg?open=high_school.north-unified-district"
    )

    assert ElementTree.fromstring(response.content).tag.endswith("svg")


def test_a_files_colors_do_not_depend_on_the_one_made_before():
    before = mapfile.style("zz")
    mapfile.style("hm")

    assert mapfile.style("zz") == before
    assert mapfile.style("hm") != before
