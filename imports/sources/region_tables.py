"""Programs, courses, credit agreements and work-based learning, compiled by the region itself.

Publisher: the region: read off public pages (districts, schools, colleges, newspapers), one
`source_url` and `as_of` a row. `path` is a folder; in it, or one folder further down, lie

* `programs.csv`, of schools (`local_name`) or of colleges (`program_title`, `award`);
* `courses.csv`, likewise; `agreements.csv`; `wbl.csv`;
* `institutions.csv`: only says which college district a college belongs to;
* `events_resources.csv`: not read, only counted.

Runs last: institutions and official programs must be there.

Oddities. Many rows are old or undated; they enter with their date or none, and freshness marks do
the rest. Schools are written in many ways (`region_names`). Some rows name only a district, a
consortium or "high schools", some call a program planned: those stay out. The parts overlap: the
same agreement or program stands in two files, once more precisely; it enters once.

A row about a program we already have (same institution and TOP code, or title, or, at a school,
pathway) adds to it what is missing: awards, courses, web page. It stays its publisher's.
A program that is already there keeps its texts, cost, audience and status: editors own them.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from django.utils.text import slugify
from django.utils.translation import gettext as _

from imports.batch import Batch
from imports.sources import colleges
from imports.sources import region_rules as rules
from imports.sources.cde_directory import filled
from imports.sources.reading import SourceError, read_table
from imports.sources.region_names import Names, fold
from programs.models import Course, District, Institution, Program
from reference.models import Pathway, ProgramCode, Sector, SourceLabel

RELEASE = {
    "slug": "regional-compilation",
    "publisher": "The region",
    "name": "Programs, agreements and work-based learning compiled from public pages",
    "vintage": "1998-2026",
    "as_of": "",
    "licence": "",
    "url": "",
    "note_en": "Read off public pages of schools, districts, colleges and newspapers, each with "
    "its address and date; it is patchy, and what is older than five years or undated is marked "
    "as not verified.",
    "note_es": "Leído en páginas públicas de escuelas, distritos, colegios y periódicos, cada dato "
    "con su dirección y fecha; está incompleto, y lo que tiene más de cinco años o no tiene fecha "
    "aparece como no verificado.",
}
HEADINGS = {
    "programs.csv": ("institution", "sector", "pathway", "source_url", "as_of"),
    "courses.csv": ("institution", "course_title", "source_url", "as_of"),
    "agreements.csv": (
        "kind", "district", "institution", "college", "college_course_code",
        "college_course_title", "units", "min_grade", "valid_from", "valid_to", "source_url",
        "as_of",
    ),
    "wbl.csv": (
        "institution_or_district", "kind", "sector", "audience", "title", "source_url", "as_of",
    ),
    "institutions.csv": ("name", "district"),
}  # fmt: skip
EVENTS = "events_resources.csv"
SCHOOLS = {"middle_school", "high_school"}
LONGEST_SLUG = 180
AFTER_OTHERS = 100  # courses added to another source's program stand behind its own
FILLS = ("url", "length", "grades")  # what a merged row may add to a program that lacks it
PAID = {"short", "certificate", "associate", "transfer", "bachelor"}


def read(path):
    """Programs, awards, courses, links and opportunities. Raises SourceError for an empty folder."""
    tables = _open(Path(path))
    region = _Region()
    for name, take in (
        ("institutions.csv", region.take_college),
        ("programs.csv", region.take_program),
    ):
        for place, row in tables[name]:
            take(place, row)
    region.settle_programs()
    colleges.take_back_note(region.batch, RELEASE)
    for place, row in tables["courses.csv"]:
        region.take_course(place, row)
    for place, row in tables["agreements.csv"]:
        region.take_agreement(place, row)
    region.settle_links()
    for place, row in tables["wbl.csv"]:
        region.take_opportunity(place, row)
    for place, count in tables[EVENTS]:
        reason = _("%(count)s events and resources: this site has no place for them")
        region.batch.reject(place, reason % {"count": count})
    return region.batch


def _open(path):
    """{file name: [(place, row)]}; the parts `north`, `south`, `colleges` in this order."""
    order = ("north", "south", "colleges")
    folders = sorted(
        (each for each in path.iterdir() if each.is_dir()),
        key=lambda each: (order.index(each.name) if each.name in order else 9, each.name),
    )
    tables = defaultdict(list)
    for folder in (path, *folders):
        for name, headings in HEADINGS.items():
            if (file := folder / name).exists():
                label = name if folder == path else f"{folder.name}/{name}"
                tables[name] += [
                    (f"{label}:{line}", row) for line, row in read_table(file, headings)
                ]
        if (file := folder / EVENTS).exists():
            tables[EVENTS].append((f"{folder.name}/{EVENTS}", len(read_table(file, ()))))
    if not tables:
        raise SourceError(_("no compiled tables among these files"))
    return tables


class School(NamedTuple):
    """What the importer must know of an institution."""

    slug: str
    name: str
    segment: str
    kind: str
    district: str


@dataclass
class Offer:
    """One program as its rows tell it, or a program that is already there (`theirs`)."""

    school: School
    title: rules.Title
    sector: str = ""
    pathway: str = ""
    top: str = ""
    given_top: str = ""
    slug: str = ""
    theirs: bool = False
    columns: dict = field(default_factory=dict)
    awards: list = field(default_factory=list)
    names: set = field(default_factory=set)
    courses: list = field(default_factory=list)  # [(code, title)] as the database has them
    added: list = field(default_factory=list)  # [(code, title)] of this reading

    def answers_to(self, name):
        return fold(name) in self.names

    def course_keys(self):
        return {rules.course_key(title) for _code, title in (*self.courses, *self.added)}


class _Region:
    """The rows on their way: what the database knows, and what has been read so far."""

    def __init__(self):
        self.batch = Batch()
        self.batch.add("releases", **RELEASE)
        self.names, self.titles = Names(), rules.Titles()
        self.labels, self.sector_of, self.pathway_titles = _labels()
        self.sectors = set(Sector.objects.values_list("code", flat=True))
        self.course_fields = rules.course_fields()
        self.schools = {
            row[0]: School(*(value or "" for value in row))
            for row in Institution.objects.values_list(
                "slug", "name", "segment", "kind", "district__slug"
            )
        }
        self.districts = set(District.objects.values_list("slug", flat=True))
        self.tops = set(ProgramCode.objects.filter(system="TOP").values_list("code", flat=True))
        self.own = set(
            Program.objects.filter(release__slug=RELEASE["slug"]).values_list("slug", flat=True)
        )
        self.theirs = _theirs(self.schools)
        self.offers = {}  # {(institution, TOP code or folded title): Offer}, in order of reading
        self.links = {}  # {key: [row, …]}
        self.slugs = set()  # of links and opportunities

    def reject(self, place, reason, row):
        self.batch.reject(place, reason, row)

    # --- who -----------------------------------------------------------------------------------

    def teaching(self, place, row, title):
        """The schools that teach a row's program; none, and a rejection, where it names none."""
        name = row["institution"]
        if not name:
            district = row.get("district") or _("nobody")
            reason = _("names no school or college, only “%(name)s”") % {"name": district}
        else:
            found = self.names.find(name, title=title)
            if found.institutions and not found.group:
                return [self.schools[slug] for slug in found.institutions]
            if found.institutions or found.district:
                reason = _("“%(name)s” names a district or a group of schools, not one school")
            else:
                reason = _("“%(name)s” is not a school or college we know")
            reason %= {"name": name}
        self.reject(place, reason, row)
        return []

    def take_college(self, place, row):
        """A college without a district gets the one this row names."""
        found = self.names.find(row["name"])
        if len(found.institutions) != 1:
            reason = _("“%(name)s” is not a school or college we know") % {"name": row["name"]}
            return self.reject(place, reason, row)
        school, district = self.schools[found.institutions[0]], slugify(row["district"])
        if district:
            self._put_district(district, row["district"], school)
        if district and not school.district:
            self.schools[school.slug] = school._replace(district=district)
            self.batch.add("institutions", slug=school.slug, district=district)

    def _put_district(self, slug, name, school):
        """A district that is not there yet, and what level a college's district is of."""
        if any(each["slug"] == slug for each in self.batch.rows.get("districts", ())):
            return
        columns = {"segment": school.segment} if school.segment == "community_college" else {}
        if slug not in self.districts:
            self.districts.add(slug)
            columns |= {"name": name, "county": self._county(school.slug)}
        if columns:
            self.batch.add("districts", slug=slug, **columns)

    def _county(self, institution):
        return Institution.objects.values_list("county__fips", flat=True).get(slug=institution)

    # --- programs ------------------------------------------------------------------------------

    def take_program(self, place, row):
        written = row.get("program_title") or row.get("local_name", "")
        if rules.PLANNED.search(written):
            return self.reject(place, _("the source calls it planned or proposed"), row)
        sector, pathway = self._label(row)
        written = written or self.pathway_titles.get(pathway, "")
        if not written or rules.NO_PROGRAM.fullmatch(written):
            return self.reject(place, _("names no program"), row)
        for school in self.teaching(place, row, written):
            self._offer(school, row, written, sector, pathway)

    def _label(self, row):
        """(sector, pathway) of a row's labels, empty where the region's table lacks them."""
        sector, pathway = row.get("sector", ""), row.get("pathway", "")
        return self.labels.get((sector, pathway)) or self.labels.get((sector, "")) or ("", "")

    def _offer(self, school, row, written, sector, pathway):
        """Put a row among the rows of its program."""
        title = self.titles.of(written)
        of_title = self.sector_of.get(title.pathway)
        if of_title and not pathway and sector in ("", of_title):
            pathway = title.pathway
        top = row.get("top_code", "")
        given = top if top in self.tops else ""
        read_as = given or ("" if school.segment in SCHOOLS else title.top)
        key = (school.slug, read_as or fold(title.en))
        offer = self.offers.setdefault(key, Offer(school, title, top=read_as))
        offer.sector = offer.sector or self.sector_of.get(pathway) or sector
        offer.pathway = offer.pathway or pathway
        offer.given_top = offer.given_top or given
        offer.names |= {fold(written), fold(title.en)}
        offer.awards += _awards(row, title)
        _newer(offer, _columns(row, written, school))
        return offer

    def settle_programs(self):
        """Find out which programs are there already, and write them all."""
        for offer in self.offers.values():
            old = self._present(offer)
            if old:
                self._merge(offer, old)
            else:
                self._add(offer)

    def _present(self, offer):
        """Another source's program that this one is, or None."""
        old = self.theirs[offer.school.slug]
        slug = self._slug(offer)
        same = (
            lambda each: offer.top and each.top == offer.top,
            lambda each: fold(each.title.en) == fold(offer.title.en) or each.slug == slug,
            lambda each: (
                offer.school.segment in SCHOOLS
                and offer.pathway
                and each.pathway == offer.pathway
                and not rules.is_named(offer.title.en)
            ),
        )
        return next((each for is_same in same for each in old if is_same(each)), None)

    def _slug(self, offer):
        room = LONGEST_SLUG - len(offer.school.slug) - 1
        return f"{slugify(offer.title.en)[:room].rstrip('-')}-{offer.school.slug}"

    def _merge(self, offer, old):
        row = {
            name: value
            for name, value in offer.columns.items()
            if name in FILLS and value and not old.columns[name]
        }
        if row:
            old.columns |= row
            self._program_row(old.slug).update(row)
        offer.slug, offer.theirs = old.slug, True
        offer.names |= old.names
        offer.courses, offer.added = old.courses, old.added
        for award in offer.awards:
            if not _has(old, award):
                old.awards.append(award)
                source = {name: offer.columns[name] for name in ("source_url", "as_of")}
                self.batch.add("awards", program=old.slug, **award, **source)

    def _program_row(self, slug):
        """The row of a program in this batch."""
        for row in self.batch.rows["programs"]:
            if row["slug"] == slug:
                return row
        self.batch.add("programs", slug=slug)
        return self.batch.rows["programs"][-1]

    def _add(self, offer):
        offer.slug = self._slug(offer)
        row = {name: offer.columns[name] for name in ("source_url", "as_of")}
        row |= {"slug": offer.slug, "release": RELEASE["slug"]}
        if offer.slug not in self.own:
            row |= self._new(offer)
        self.batch.add("programs", **filled(row))
        for award in _distinct(offer.awards):
            self.batch.add("awards", program=offer.slug, **award)

    def _new(self, offer):
        """The columns that only a program that is not there yet gets."""
        credentials = {award["credential"] for award in offer.awards}
        return {
            "institution": offer.school.slug,
            "title_en": offer.title.en[:200],
            "title_es": offer.title.es[:200],
            "sector": offer.sector,
            "pathway": offer.pathway,
            "top_code": offer.given_top,
            **_usual_cost(offer.school, credentials),
            **{
                name: value
                for name, value in offer.columns.items()
                if name not in ("source_url", "as_of")
            },
            "status": "published",
        }

    # --- courses -------------------------------------------------------------------------------

    def take_course(self, place, row):
        written = row.get("program_title") or row.get("pathway_or_local_name", "")
        title = row["course_title"]
        if not written or rules.NO_PROGRAM.fullmatch(written):
            return self.reject(place, _("names no program"), row)
        if not title:
            return self.reject(place, _("names no course"), row)
        for school in self.teaching(place, row, written):
            offer = self._taught(school, written) or self._started_by(school, written, row)
            if offer:
                self._add_course(offer, row, title)
            else:
                reason = _("no program “%(title)s” at %(name)s")
                self.reject(place, reason % {"title": written, "name": school.name}, row)

    def _taught(self, school, written):
        """The program of a school that a name means: its title, its TOP code, its pathway."""
        title = self.titles.of(written)
        offers = [each for each in self.offers.values() if each.school.slug == school.slug]
        everything = offers + self.theirs[school.slug]
        tests = (
            lambda each: each.answers_to(written) or each.answers_to(title.en),
            lambda each: school.segment not in SCHOOLS and title.top and each.top == title.top,
            lambda each: fold(self.pathway_titles.get(each.pathway, "")) == fold(written),
        )
        return next((each for test in tests for each in everything if test(each)), None)

    def _started_by(self, school, written, row):
        """A program that only its courses tell of, if its name is one we know for a program."""
        if not self.titles.knows(written):
            return None
        offer = self._offer(school, row, written, *self._label(row))
        if old := self._present(offer):
            self._merge(offer, old)
        else:
            self._add(offer)
        return offer

    def _add_course(self, offer, row, title):
        """Add a course, unless a program of another source has it under a similar title."""
        course = (row.get("course_code", ""), title)
        similar = {rules.course_key(each) for _code, each in offer.courses}
        new = course not in offer.courses
        if course in offer.added or (new and rules.course_key(title) in similar):
            return
        offer.added.append(course)
        known = {name: row.get(name, "") for name in ("sequence", "units", "source_url", "as_of")}
        self.batch.add(
            "courses",
            program=offer.slug,
            code=course[0],
            title_en=title,
            position=len(offer.added) + (AFTER_OTHERS if offer.theirs else 0),
            **filled(known),
        )

    # --- agreements ----------------------------------------------------------------------------

    def take_agreement(self, place, row):
        ends = self._ends(place, row)
        if not ends:
            return
        origins, destination = ends
        course = row.get("hs_course") or row.get("hs_or_adult_course", "")
        for origin in origins:
            link = self._link(row, course, origin, destination)
            self._put_link(link)

    def _ends(self, place, row):
        """([origin], destination) as {column: slug}; None, and a rejection, where one is missing."""
        if not row["college"]:
            return self.reject(place, _("names no college"), row)
        to = self.names.find(row["college"])
        origins = self._origins(row)
        if not to.institutions and not to.district:
            reason = _("“%(name)s” is not a college of this region") % {"name": row["college"]}
        elif not origins:
            name = row["institution"] or row["district"] or _("nobody")
            reason = _("“%(name)s” is not a school or district we know") % {"name": name}
        else:
            if to.institutions:
                return origins, {"to_institution": to.institutions[0]}
            return origins, {"to_district": to.district}
        return self.reject(place, reason, row)

    def _origins(self, row):
        found = self.names.find(row["institution"] or row["district"])
        if found.institutions:
            return [{"from_institution": slug} for slug in found.institutions]
        return [{"from_district": found.district}] if found.district else []

    def _link(self, row, course, origin, destination):
        link = {
            "kind": row["kind"],
            **origin,
            **destination,
            "from_course": course[:200],
            "to_course_code": row["college_course_code"][:60],
            "to_course": row["college_course_title"][:200],
            "units": row["units"],
            "min_grade": row["min_grade"],
            "valid_from": row["valid_from"],
            "valid_until": row["valid_to"],
            "source_url": row["source_url"],
            "as_of": row["as_of"],
        }
        return link | self._field_of(course, link["to_course"])

    def _field_of(self, *courses):
        """{pathway, sector}, {sector} or, of a course of any field, {}: the first that is known."""
        for course in courses:
            pathway, sector = self.course_fields.get(fold(course), ("", ""))
            if pathway in self.sector_of:
                return {"pathway": pathway, "sector": self.sector_of[pathway]}
            if sector in self.sectors:
                return {"sector": sector}
        return {}

    def _put_link(self, link):
        """Two tellings of one agreement from the same page complete one another; of two pages the
        newer one counts. The first file names the kind: it knows articulation by exam."""
        kind = "credit" if link["kind"] in rules.CREDIT else link["kind"]
        ends = tuple(
            link.get(name, "")
            for name in ("from_district", "from_institution", "to_district", "to_institution")
        )
        key = (kind, *ends, rules.subject(link))
        old = self.links.get(key)
        if old is None:
            self.links[key] = link
        elif old["source_url"] == link["source_url"]:
            self.links[key] = link | filled(old)
        elif link["as_of"] > old["as_of"]:
            self.links[key] = link

    def settle_links(self):
        about = {(*key[:-1], link["source_url"]) for key, link in self.links.items() if key[-1]}
        for key, link in self.links.items():
            # The same page again, once without saying for which course.
            if key[-1] or (*key[:-1], link["source_url"]) not in about:
                self._add_link(link)

    def _add_link(self, link):
        origin = link.get("from_institution") or link["from_district"]
        destination = link.get("to_institution") or link["to_district"]
        school = self.schools.get(link.get("from_institution"))
        adult = bool(school) and school.segment == "adult_education"
        en, es = rules.todo(link["kind"], link["min_grade"], adult)
        words = f"{link['kind']} {origin} {destination} {rules.subject(link)}"
        if program := self._program_of(school, link):
            link["from_program"] = program
        self.batch.add(
            "links",
            slug=self._free_slug(words),
            release=RELEASE["slug"],
            **filled(link | {"todo_en": en, "todo_es": es}),
        )

    def _program_of(self, school, link):
        """The one program of a school that has the course or, if none has, that is of its pathway;
        empty where several are."""
        key, pathway = rules.course_key(link["from_course"]), link.get("pathway")
        if not school or not key:
            return ""
        offers = [each for each in self.offers.values() if each.school.slug == school.slug]
        offers += self.theirs[school.slug]
        having = {each.slug for each in offers if key in each.course_keys()}
        having = having or {each.slug for each in offers if pathway and each.pathway == pathway}
        return having.pop() if len(having) == 1 else ""

    def _free_slug(self, words):
        """A slug of these words, with a number where it stands already."""
        start = slug = slugify(words.replace("_", "-"))[:LONGEST_SLUG].rstrip("-")
        number = 1
        while slug in self.slugs:
            number += 1
            slug = f"{start}-{number}"
        self.slugs.add(slug)
        return slug

    # --- work-based learning -------------------------------------------------------------------

    def take_opportunity(self, place, row):
        stage, title = rules.STAGE_OF.get(row["kind"]), row["title"]
        if rules.PLANNED.search(title):
            return self.reject(place, _("the source calls it planned or proposed"), row)
        if not stage or row["audience"] == "industry professionals":
            return self.reject(place, _("is not work-based learning for students"), row)
        found = self.names.find(row["institution_or_district"], title=title)
        hosts = [{"district": found.district}] if found.district else []
        hosts = hosts or [{"institution": slug} for slug in found.institutions]
        if not hosts or (found.group and not found.district):
            name = row["institution_or_district"]
            reason = _("“%(name)s” is not a school or district we know") % {"name": name}
            return self.reject(place, reason, row)
        sector, _pathway = self._label({"sector": row["sector"]})
        wording = self.titles.of(title)
        for host in hosts:
            (name,) = host.values()
            self.batch.add(
                "opportunities",
                slug=self._free_slug(f"{slugify(wording.en)[:100]} {name}"),
                stage=stage,
                kind=row["kind"],
                title_en=wording.en,
                title_es=wording.es,
                release=RELEASE["slug"],
                **host,
                **filled(
                    {
                        "audience": row["audience"][:120],
                        "sector": sector,
                        "source_url": row["source_url"],
                        "as_of": row["as_of"],
                    }
                ),
            )


# --- what the database knows -------------------------------------------------------------------


def _labels():
    """({(sector, pathway as written): (sector, pathway)}, {pathway: sector}, {pathway: title})."""
    labels = {
        (row[0], row[1]): (row[4] or row[2] or "", row[3] or "")
        for row in SourceLabel.objects.values_list(
            "sector_label", "pathway_label", "sector__code", "pathway__slug",
            "pathway__sector__code",
        )
    }  # fmt: skip
    pathways = Pathway.objects.values_list("slug", "sector__code", "title_en")
    sectors = {slug: sector for slug, sector, _title in pathways}
    return labels, sectors, {slug: title for slug, _sector, title in pathways}


def _theirs(schools):
    """{institution slug: [Offer]} of the programs that other sources or editors gave us."""
    found, by_pk = defaultdict(list), {}
    programs = Program.objects.exclude(release__slug=RELEASE["slug"]).order_by("slug")
    for each in programs.select_related("institution", "pathway", "top_code"):
        offer = Offer(
            schools[each.institution.slug],
            rules.Title(each.title_en),
            pathway=each.pathway.slug if each.pathway else "",
            top=each.top_code.code if each.top_code else "",
            slug=each.slug,
            theirs=True,
            columns={name: getattr(each, name) for name in FILLS},
            names={fold(each.title_en)},
        )
        found[each.institution.slug].append(offer)
        by_pk[each.pk] = offer
    awards = programs.filter(awards__isnull=False).values_list(
        "pk", "awards__credential", "awards__title"
    )
    for pk, credential, title in awards:
        by_pk[pk].awards.append({"credential": credential, "title": title})
    for pk, code, title in Course.objects.filter(program__in=by_pk).values_list(
        "program", "code", "title_en"
    ):
        by_pk[pk].courses.append((code, title))
    return found


# --- a row's columns ---------------------------------------------------------------------------


def _columns(row, written, school):
    awarded = bool(row.get("award"))
    return {
        "audience": rules.audience(row.get("segment", ""), school.segment, school.kind),
        "grades": row.get("grades", ""),
        "length": rules.length(
            written,
            "" if awarded else row.get("hours", ""),
            "" if awarded else row.get("units", ""),
        ),
        "url": row.get("url", ""),
        **rules.cost(row.get("cost", "")),
        "source_url": row["source_url"],
        "as_of": row["as_of"],
    }


def _newer(offer, columns):
    """The newest row speaks for a program; the others fill in what it leaves open."""
    old = offer.columns
    if old and columns["as_of"] <= old["as_of"]:
        offer.columns = columns | filled(old)
        offer.columns |= {name: old[name] for name in ("source_url", "as_of")}
    else:
        offer.columns = {**old, **filled(columns), "as_of": columns["as_of"]}


def _awards(row, title):
    """[{column: text}] of the awards a row names."""
    found = [
        {"credential": credential, "level": "", "title": name, "control_number": ""}
        for credential, name in rules.certifications(row.get("credentials_or_certifications", ""))
    ]
    if award := rules.COLLEGE_AWARDS.get(row.get("award", "")):
        amounts = filled({name: row.get(name, "") for name in ("units", "hours")})
        credential, level = award
        # A program's main award goes by its level; one within it has a name of its own.
        name = {"level": level, "title": title.en if title.part else "", "control_number": ""}
        found.append({"credential": credential, **name, **amounts})
    return found


def _distinct(awards):
    """One award each; the same award told twice keeps the numbers of both."""
    found = {}
    for award in awards:
        key = (award["credential"], award["level"], fold(award["title"]))
        found[key] = award | found.get(key, {})
    return list(found.values())


def _has(old, award):
    """Whether a program already has this award: one of this kind and name or, without a name, any
    of this kind (any at all where the source does not say which kind)."""
    kinds = {each["credential"] for each in old.awards}
    if not award["title"]:
        return award["credential"] in kinds or (award["credential"] == "other" and bool(kinds))
    return any(
        each["credential"] == award["credential"] and fold(each["title"]) == fold(award["title"])
        for each in old.awards
    )


def _usual_cost(school, credentials):
    """Public schools are free; colleges charge for credit and not for noncredit (`colleges`)."""
    if school.segment in SCHOOLS:
        return colleges.FREE
    if school.segment == "community_college" and credentials & PAID:
        return colleges.FEE
    return colleges.FREE if "noncredit" in credentials else {}
