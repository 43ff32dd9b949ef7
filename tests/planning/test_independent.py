"""The gaps are right: computed again by another path, for three sectors, they agree exactly.

That path is pandas and numpy over the official files (awards, openings, pay, living wage) and over the
pack's CSV files (programs, schools, links, crosswalks). It shares no code with the site.
"""

import os
import re
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from django.conf import settings
from django.db import transaction

from imports import region
from planning import facts, gaps
from planning.models import Kind
from planning.scope import Scope

OFFICIAL = os.environ.get("OFFICIAL_DATA_DIR")
PACK = settings.BASE_DIR / "fixtures" / "san-diego-imperial"
SECTORS = ["AG", "HM", "TR"]
COLLEGES = {
    "Cuyamaca": "cuyamaca-college",
    "Grossmont": "grossmont-college",
    "Imperial": "imperial-valley-college",
    "MiraCosta": "miracosta-college",
    "Palomar": "palomar-college",
    "San Diego Adult": "san-diego-college-of-continuing-education",
    "San Diego City": "san-diego-city-college",
    "San Diego Mesa": "san-diego-mesa-college",
    "San Diego Miramar": "san-diego-miramar-college",
    "Southwestern": "southwestern-college",
}
STUDY_MORE = {"Bachelor's degree", "Master's degree", "Doctoral or professional degree"}
EMPTY_WORDS = {"gene", "tech", "appl", "intr", "serv", "scie", "stud", "prog", "acad", "care"}
EARLY = ["articulation", "credit_by_exam", "dual_enrollment", "concurrent_enrollment"]
AGREEMENTS = [*EARLY, "noncredit_to_credit", "bridge"]
MILES = 20

pytestmark = pytest.mark.skipif(OFFICIAL is None, reason="needs the official files")


def table(name):
    return pd.read_csv(PACK / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def programs():
    """Published programs with their school, pathway and district, one row each."""
    schools = table("institutions").merge(
        table("districts")[["slug", "segment"]].rename(
            columns={"slug": "district", "segment": "district_level"}
        ),
        on="district",
        how="left",
    )
    rows = table("programs").merge(
        schools, left_on="institution", right_on="slug", suffixes=("", "_of_school")
    )
    rows = rows[(rows.status == "published") & (rows.status_of_school == "active")]
    return rows.astype({"latitude": float, "longitude": float}).reset_index(drop=True)


@pytest.fixture(scope="module")
def links():
    """Links in force, `goes_to` the slug of a college or "district:" its district."""
    rows = table("links")
    last = pd.to_numeric(rows.valid_until.str[:4], errors="coerce")
    level = table("institutions").set_index("slug").segment
    district = table("districts").set_index("slug").segment
    rows["to_level"] = rows.to_institution.map(level).fillna(rows.to_district.map(district))
    rows["from_level"] = rows.from_institution.map(level).fillna(rows.from_district.map(district))
    return rows[~(last < date.today().year)]


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The site's own facts. The pack takes seconds to load, so it is loaded once and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        region.load(PACK)
        yield facts.current()
        transaction.set_rollback(True)


def away(a, b):
    """Miles from each row of a to each row of b, by the haversine formula."""
    lat_a, lon_a = np.radians(a[["latitude", "longitude"]].to_numpy(float)).T[:, :, None]
    lat_b, lon_b = np.radians(b[["latitude", "longitude"]].to_numpy(float)).T[:, None, :]
    chord = np.sin((lat_b - lat_a) / 2) ** 2
    chord = chord + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    return 3958.8 * 2 * np.arctan2(np.sqrt(chord), np.sqrt(1 - chord))


def reaching(links, program):
    """Links that leave a program: of its own, or of its school or district and of its field."""
    field = links.pathway.isin(["", program.pathway]) & links.sector.isin(["", program.sector])
    whole = links.from_program == ""
    school = whole & (links.from_institution == program.institution)
    district = whole & (links.from_institution == "") & (links.from_district == program.district)
    district &= program.district_level == program.segment
    return links[(links.from_program == program.slug) | (field & (school | district))]


def slugs(rows):
    return sorted(row.program.slug for row in rows)


@pytest.mark.parametrize("sector", SECTORS)
def test_next_step(site, programs, links, sector):
    schools = programs[programs.segment.isin(["high_school", "adult_education"])]
    schools = schools[(schools.sector == sector) & (schools.pathway != "")]
    colleges = programs[programs.segment == "community_college"]
    near = (away(schools, colleges) <= MILES) & (
        schools.pathway.to_numpy()[:, None] == colleges.pathway.to_numpy()[None, :]
    )
    to_college = links[links.kind.isin(AGREEMENTS) & (links.to_level == "community_college")]
    agreed = np.array([len(reaching(to_college, one)) > 0 for one in schools.itertuples()])
    far = ~near.any(axis=1)

    found = gaps.find(Kind.NEXT_STEP, site, scope(site, sector))

    assert slugs(found.rows) == sorted(schools.slug[far | ~agreed])
    assert (found.total, found.far, found.without) == (len(schools), far.sum(), (~agreed).sum())


@pytest.mark.parametrize("sector", SECTORS)
def test_feeders(site, programs, links, sector):
    schools = programs[programs.segment.isin(["high_school", "adult_education"])]
    colleges = programs[
        (programs.segment == "community_college")
        & (programs.sector == sector)
        & (programs.pathway != "")
    ]
    near = (away(colleges, schools) <= MILES) & (
        colleges.pathway.to_numpy()[:, None] == schools.pathway.to_numpy()[None, :]
    )
    named = links[
        (links.from_level != "community_college") & ((links.pathway != "") | (links.sector != ""))
    ]
    fed = []
    for one in colleges.itertuples():
        here = (named.to_institution == one.institution) | (
            (named.to_institution == "") & (named.to_district == one.district)
        )
        field = named.pathway.isin(["", one.pathway]) & named.sector.isin(["", one.sector])
        fed.append((here & field).any())

    found = gaps.find(Kind.FEEDERS, site, scope(site, sector))

    assert slugs(found.rows) == sorted(colleges.slug[~(near.any(axis=1) | np.array(fed))])
    assert found.total == len(colleges)


@pytest.mark.parametrize("sector", SECTORS)
def test_acceleration(site, programs, links, sector):
    schools = programs[programs.segment.isin(["high_school", "adult_education"])]
    schools = schools[(schools.sector == sector) & (schools.pathway != "")].reset_index(drop=True)
    colleges = programs[programs.segment == "community_college"].reset_index(drop=True)
    near = (away(schools, colleges) <= MILES) & (
        schools.pathway.to_numpy()[:, None] == colleges.pathway.to_numpy()[None, :]
    )
    early = links[links.kind.isin(EARLY)]
    lacking, total = [], 0
    for number, one in enumerate(schools.itertuples()):
        neighbours = colleges[near[number]]
        if neighbours.empty:
            continue
        total += 1
        mine = reaching(early, one)
        whole = mine[mine.to_institution == ""]
        if not (
            mine.to_institution.isin(neighbours.institution).any()
            or whole.to_district.isin(neighbours.district).any()
        ):
            lacking.append(one.slug)
    every = table("links")
    every = every[every.kind.isin(EARLY) & every.sector.isin(["", sector])]
    last = pd.to_numeric(every.valid_until.str[:4], errors="coerce")

    found = gaps.find(Kind.ACCELERATION, site, scope(site, sector))

    assert (slugs(found.rows), found.total) == (sorted(lacking), total)
    assert sorted(link.slug for link in found.agreements) == sorted(
        every.slug[last <= date.today().year]
    )
    assert found.undated == last.isna().sum()


# --- Work: official figures ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def jobs():
    """The region's official figures by SOC code: openings, growth in percent, hourly, education, sector."""
    rows = pd.read_csv(Path(OFFICIAL) / "labor" / "coe_occupational_demand_2024-2029_sdi.csv")
    rows = rows.set_index("SOC")
    rows = rows[rows.index.isin(table("occupations").soc)]
    few = rows["2024 Jobs"] == 0
    # A fraction; a tenth of a percent, halves up, as the site has it. In whole tenths it is exact.
    growth = np.floor((rows["2024 - 2029 % Change"] * 1000).round(6) + 0.5) / 10
    first = table("occupation_pathways").query("rank == '1'").set_index("occupation").pathway
    return pd.DataFrame(
        {
            "openings": rows["Average Annual Job Openings"].mask(few).replace(0, np.nan),
            "growth": growth.mask(few),
            "hourly": rows["Median Hourly Earnings"].replace(0, np.nan),
            "education": table("occupations").set_index("soc").education,
            "sector": first.map(table("pathways").set_index("slug").sector),
        }
    )


@pytest.fixture(scope="module")
def awards(programs):
    """Official awards a year by program slug, in hundredths, so that sums are exact."""
    rows = pd.read_csv(
        Path(OFFICIAL) / "colleges" / "coe_supply_by_top6_sd_imperial.csv", dtype=str
    )
    rows = pd.DataFrame(
        {
            "top_code": rows["TOP6 with Title"].str[:6],
            "institution": rows["College Name"].map(COLLEGES),
            "awards": (rows["Annual Projected Supply"].str.replace(",", "").astype(float) * 100)
            .round()
            .astype(int),
        }
    )
    assert rows.institution.notna().all()
    mine = programs[programs.top_code != ""][["slug", "top_code", "institution"]]
    return rows.merge(mine, on=["top_code", "institution"]).groupby("slug").awards.sum()


@pytest.fixture(scope="module")
def leads(programs, jobs):
    """program slug, soc: what each program leads to, worked out from the crosswalks and the pathways."""
    everything = table("occupations").reset_index(names="number").set_index("soc")
    words = {
        soc: first_letters(f"{row.title_en} {row.everyday_en}")
        for soc, row in everything.iterrows()
    }
    by_cip = table("cip_soc").groupby("cip").occupation.agg(set)
    by_top = {}
    for row in table("top_cip").itertuples():
        for soc in by_cip.get(row.cip, ()):
            scores = by_top.setdefault(row.top, {})
            scores[soc] = scores.get(soc, 0) + int(row.colleges)
    by_pathway = {
        pathway: dict(zip(rows.occupation, rows["rank"].astype(int), strict=True))
        for pathway, rows in table("occupation_pathways").groupby("pathway")
    }
    openings = jobs.openings.fillna(0)
    found = []
    for one in programs.itertuples():
        scores = dict.fromkeys(by_cip.get(one.cip_code, ()), 1) or by_top.get(one.top_code, {})
        ranks = by_pathway.get(one.pathway, {})
        chosen = set(scores) & set(ranks) or set(scores) or set(ranks)
        title = first_letters(one.title_en)
        order = sorted(
            chosen,
            key=lambda soc: (
                not title & words[soc],
                everything.education[soc] in STUDY_MORE,
                ranks.get(soc, 0),
                -scores.get(soc, 0),
                -openings.get(soc, 0),
                everything.number[soc],
            ),
        )
        found += [(one.slug, soc) for soc in order[:12]]
    return pd.DataFrame(found, columns=["slug", "soc"])


def first_letters(text):
    return {word[:4] for word in re.findall(r"[a-z]{4,}", text.lower())} - EMPTY_WORDS


def living_wage(county=None):
    rows = pd.read_csv(Path(OFFICIAL) / "labor" / "mit_living_wage_ca.csv", dtype={"fips": str})
    rows = rows[rows.fips.isin(["06025", "06073"])].set_index("fips")["1a0c"]
    return rows[county] if county else rows.max()


@pytest.mark.parametrize("county", [None, "06025"])
@pytest.mark.parametrize("sector", SECTORS)
def test_demand(site, programs, jobs, awards, leads, sector, county):
    line = jobs.openings.median()
    wanted = jobs[
        (jobs.sector == sector)
        & (jobs.openings >= line)
        & (jobs.growth >= 0)
        & (jobs.hourly >= living_wage(county))
        & ~jobs.education.isin(STUDY_MORE)
    ]
    expected, not_reported = {}, set()
    for soc, job in wanted.iterrows():
        there = programs[programs.slug.isin(leads.slug[leads.soc == soc])]
        given = awards[awards.index.isin(there.slug)]
        total = given.sum()
        if there.empty:
            expected[soc] = ("none", job.openings, None)
        elif county and not (there.county == county).any():
            expected[soc] = ("none_here", job.openings, int(total) if len(given) else None)
        elif set(there.segment) <= {"high_school", "middle_school"}:
            expected[soc] = ("schools_only", job.openings, None)
        elif given.empty:
            not_reported.add(soc)
        elif total < job.openings * 100 / 2:
            expected[soc] = ("few", job.openings, int(total))

    found = gaps.find(Kind.DEMAND, site, scope(site, sector, county))

    assert {
        row.occupation.soc: (
            row.reason,
            row.figure.openings,
            None if row.awards is None else int(row.awards * 100),
        )
        for row in found.rows
    } == expected
    assert {row.occupation.soc for row in found.not_reported} == not_reported
    assert found.total == len(wanted)
    assert (site.rule.openings, site.rule.is_median, site.rule.growth) == (line, True, 0)


@pytest.mark.parametrize("county", [None, "06025"])
@pytest.mark.parametrize("sector", SECTORS)
def test_supply(site, programs, jobs, awards, leads, sector, county):
    taught = programs[
        programs.segment.isin(["adult_education", "community_college"]) & (programs.top_code != "")
    ]
    here = taught[(taught.sector == sector) & ((taught.county == county) if county else True)]
    known = jobs[jobs.openings.notna() & jobs.hourly.notna()]
    expected, total = {}, 0
    for code in sorted(set(here.top_code)):
        everywhere = taught[taught.top_code == code]
        given = awards[awards.index.isin(everywhere.slug)]
        its = known[known.index.isin(leads.soc[leads.slug.isin(everywhere.slug)])]
        if given.empty or its.empty:
            continue
        total += 1
        openings, low = its.openings.sum(), its.openings[its.hourly < living_wage(county)].sum()
        far_above, is_low = given.sum() > 200 * openings, low > openings / 2
        if far_above or is_low:
            expected[code] = (
                int(given.sum()),
                int(openings),
                int(low),
                bool(far_above),
                bool(is_low),
            )

    found = gaps.find(Kind.SUPPLY, site, scope(site, sector, county))

    assert {
        row.code.code: (int(row.awards * 100), row.openings, row.low, row.is_far_above, row.is_low)
        for row in found.rows
    } == expected
    assert found.total == total
    few = {code for code, (*_figures, far_above, _low) in expected.items() if far_above}
    assert {row.code.code for row in found.few_jobs} == few
    assert {row.code.code for row in found.low_pay} == expected.keys() - few


@pytest.mark.parametrize("sector", SECTORS)
def test_coverage(site, programs, sector):
    schools = table("institutions").query("status == 'active' and district != ''")
    grid = schools.groupby(["district", "segment"]).size()
    its = programs[programs.sector == sector]
    counts = its.groupby(["district", "segment"]).size().reindex(grid.index, fill_value=0)
    adults = its[its.segment.isin(["adult_education", "community_college"])]
    zips = table("zip_codes").astype({"latitude": float, "longitude": float})
    zips["miles"] = away(zips, adults).min(axis=1)

    found = gaps.find(Kind.COVERAGE, site, scope(site, sector))

    assert {(row.district.slug, row.level.value): row.counts[0][1] for row in found.rows} == dict(
        counts
    )
    assert (found.gaps, found.total) == ((counts == 0).sum(), len(grid))
    middle = zips.groupby("county").miles.median()
    farthest = zips.groupby("county").miles.max()
    [(_sector, access)] = found.access
    assert {one.county.fips: one.programs for one in access} == dict(
        adults.groupby("county").size().reindex(middle.index, fill_value=0)
    )
    for one in access:
        assert one.middle == pytest.approx(middle[one.county.fips], abs=1e-9)
        assert one.farthest == pytest.approx(farthest[one.county.fips], abs=1e-9)
    assert [code.code for code, _miles in found.zip_codes][:5] == list(
        zips.sort_values("miles", ascending=False).code[:5]
    )


def scope(site, sector, county=None):
    return Scope(
        sector=next(row for row in site.sectors if row.code == sector),
        county=next((row for row in site.counties if row.fips == county), None),
    )
