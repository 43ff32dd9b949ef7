"""axe-core finds nothing on any page type, in either language or theme."""

import pytest

PAGES = {
    "home": "/",
    "finder": "/programs/",
    "finder, filtered": "/programs/?q=nurse&level=community_college&zip=92101&distance=10",
    "finder, nothing found": "/programs/?q=nurse&county=imperial&cost=free&sector=transportation",
    "program of a high school": "/programs/patient-care-hoover-high/",
    "program of a college": "/programs/welding-technology-palomar-college/",
    "sectors": "/sectors/",
    "sector": "/sectors/health-science-and-medical-technology/",
    "sector, a branch open": "/sectors/transportation/?open=operations",
    "pathway": "/pathways/patient-care/",
    "pathway from a school, a group open": "/pathways/patient-care/"
    "?from=hoover-high&open=community_college.san-diego-city-college",
    "pathway without a next step": "/pathways/forestry-and-natural-resources/",
    "institutions": "/institutions/?q=san+diego",
    "institution": "/institutions/palomar-college/",
    "careers": "/careers/",
    "careers, filtered": "/careers/?interest=social&education=associate&sort=pay",
    "careers, nothing found": "/careers/?q=nurse&pay=under-20&sector=transportation",
    "career": "/careers/registered-nurses/",
    "career, near": "/careers/registered-nurses/?zip=92243&household=2a2w1c",
    "career without pay": "/careers/patternmakers-metal-and-plastic/?zip=10001",
    "route planner": "/routes/",
    "routes": "/routes/?from=hoover-high&to=registered-nurses",
    "routes of an adult": "/routes/?from=92105&to=registered-nurses&adult=1",
    "routes, where the line breaks": "/routes/?from=calexico-high&to=patient-care",
    "routes, several places": "/routes/?from=grossmont&to=nurs",
    "routes, several goals": "/routes/?from=hoover-high&to=nurs",
    "routes of the same field alone": "/routes/?from=92105&to=retail-salespersons&adult=1",
    "routes, an agreement that ended": "/routes/?from=calexico-high&to=registered-nurses",
    "glossary": "/glossary/",
    "about the data": "/about-the-data/",
    "something wrong": "/something-wrong/?page=/en/programs/patient-care-hoover-high/",
    "something wrong, sent": "/something-wrong/thanks/?page=/en/glossary/",
    "gaps": "/gaps/",
    "next step missing": "/gaps/next-step/",
    "no feeder": "/gaps/feeders/?sector=transportation&distance=50",
    "early college credit missing": "/gaps/acceleration/",
    "demand without supply": "/gaps/demand/?county=imperial",
    "supply without demand": "/gaps/supply/",
    "coverage": "/gaps/coverage/?sector=transportation",
    "coverage of every sector": "/gaps/coverage/",
    "a gap, nothing found": "/gaps/feeders/?county=imperial&district=alpine-union-elementary",
    "gap report": "/gaps/report/transportation/",
    "not found": "/no-such-page/",
}


# Two of the four: the words and the colours have nothing to do with each other.
@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("es", "dark")])
def test_axe_finds_nothing(visit, site, language, scheme):
    from axe_playwright_python.sync_playwright import Axe

    faults, page = {}, visit(f"/{language}/", color_scheme=scheme)
    for name, path in PAGES.items():
        page.goto(f"{site}/{language}{path}")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        page.complaints = [one for one in page.complaints if "404" not in one]
        if found:
            faults[name] = [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found]

    assert faults == {}
