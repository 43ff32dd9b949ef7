"""One index document per published program, and the schema of the index.

A program is found by its own words, by those of its institution and place, by its pathway's title and
by the occupations it surely leads to. What only its whole pathway or sector is said to be about does
not speak of the program: it is asked where nothing else is found, and lifts a program among others.
What programs share is analysed once. The card that a result shows is
stored with the document as values; labels join it in the reader's language (`finder.vocabulary`).
"""

import json
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import tantivy
from django.db.models import F
from django.utils.translation import gettext, override

from finder.analysis import LANGUAGES, analyse, content_words, fold, keys
from finder.attendees import WELCOME
from programs.fits import Fit, job_names, run
from programs.models import (
    Award,
    Course,
    Credential,
    Institution,
    InstitutionName,
    LinkKind,
    Program,
    ProgramLink,
    ProgramOccupation,
    Segment,
)
from programs.steps import covers
from reference.models import Occupation, OccupationTitle, Pathway, ProgramCode, Sector

BATCH = 1000
# Read once: an enum works its values out anew whenever it is asked.
CREDENTIALS, EARLY_CREDIT = Credential.values, [kind.value for kind in LinkKind.early_credit()]
COLLEGE = Segment.COLLEGE.value
MAIN_OCCUPATIONS = 5  # a program's first ones describe it; the rest it may also lead to

# The words of a program, field by field, with what a hit in each is worth: these decide how high it
# stands. Whether it matches at all is decided by `words` and `named` (see `MATCHED`).
FIELDS = {
    "in_title": 10.0,
    "in_code": 4.0,
    "in_institution": 4.0,
    "in_place": 4.0,
    "in_pathway": 4.0,
    "in_occupation": 3.0,
    "in_level": 2.0,
    "in_course": 2.0,
    "in_sector": 1.5,
    "in_award": 1.5,
    "in_description": 1.0,
}
# Whole phrases in `exact`, by their first letter: a title, a name, a place, a pathway, an occupation,
# a sector, a course.
EXACT = {"t": 16.0, "n": 14.0, "l": 12.0, "p": 12.0, "o": 8.0, "s": 8.0, "c": 12.0}
# How a course title ends that is one of several of its subject: 1,2 - 3,4 Honors (HP) - II.
SEQUENCE = re.compile(r"(?:\W+(?:\d+|I+|Honors|HP))+\W*$")
LITERAL = 0.3  # what the word itself adds to a hit by its stem
# Matched only when `words` finds nothing: alternate titles, and occupations it may also lead to.
WEAK = 0.6

# Which programs speak of something: their own words; names alone, for what a word of a search means;
# and of what their whole pathway and sector speak.
MATCHED = ("words", "named", "shared")
NAMES = ("in_title", "in_code", "in_course", "in_award")
OWN = ("in_institution", "in_place", "in_level", "in_description")

FACETS = (
    "audience",
    "level",
    "cost",
    "county",
    "sector",
    "pathway",
    "credential",
    "credit",
    "district",
    "institution",
    "delivery",
    "schedule",
)
CARD = (
    "slug", "title_en", "title_es", "institution", "institution_slug", "city", "level", "sector",
    "pathway", "credentials", "credit", "credit_not_verified", "credit_perhaps", "cost", "delivery",
    "audience", "verified_on", "as_of",
)  # fmt: skip


def schema():
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("pk", indexed=True, fast=True)
    builder.add_integer_field("institution_pk", fast=True)
    for name in (*FIELDS, "exact", *MATCHED, "weak", "spelling"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in (*FACETS, *(f"sort_{language}" for language in LANGUAGES)):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_float_field("tie", fast=True)
    builder.add_bytes_field("card", stored=True)
    return builder.build()


@dataclass(frozen=True)
class Words:
    """What one thing contributes to the documents that name it. Each is terms parted by blanks."""

    terms: str = ""
    exact: str = ""  # whole phrases
    spelling: str = ""  # plain words that a misspelt one may have meant

    def __add__(self, other):
        return together([self, other])


NOTHING = Words()


def together(parts):
    """The Words of several."""
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    return Words(
        " ".join([part.terms for part in parts if part.terms]),
        " ".join([part.exact for part in parts if part.exact]),
        " ".join([part.spelling for part in parts if part.spelling]),
    )


@lru_cache(maxsize=20_000)  # many schools teach what they call the same
def words_of(letter, en="", es=""):
    """Words of phrases in both languages; several phrases are parted by semicolons."""
    terms, exact, spelling = [], {}, {}
    for language, text in (("en", en), ("es", es)):
        terms.append(analyse(text, language))
        for phrase in filter(str.strip, text.split(";")):
            exact.update(dict.fromkeys(f"{letter}:{key}" for key in keys(phrase, language)))
            spelling.update(dict.fromkeys(content_words(phrase)))
    return Words(" ".join(terms), " ".join(exact), " ".join(spelling))


def in_both_languages(choices):
    """{value: Words} of a TextChoices' labels."""
    found = {}
    for value, label in choices.choices:
        texts = {}
        for language in LANGUAGES:
            with override(language):
                texts[language] = gettext(str(label))
        found[value] = words_of("s", **texts)
    return found


class Shared:
    """Everything that many programs have in common, read and analysed once per build."""

    def __init__(self):
        self.sectors = {sector.pk: sector for sector in Sector.objects.all()}
        self.pathways = {pathway.pk: pathway for pathway in Pathway.objects.all()}
        self.institutions = {
            institution.pk: institution
            for institution in Institution.objects.select_related("county", "district")
        }
        self.levels = in_both_languages(Segment)
        self.credentials = in_both_languages(Credential)
        self.sector_words = {pk: self._titled(row, "s") for pk, row in self.sectors.items()}
        self.pathway_words = {pk: self._titled(row, "p") for pk, row in self.pathways.items()}
        self.code_words = {
            code.pk: words_of("p", code.code, "") + words_of("p", code.title_en, code.title_es)
            for code in ProgramCode.objects.exclude(system=ProgramCode.System.CALPADS)
        }
        self.pathway_titles = {
            pk: words_of("p", row.title_en, row.title_es) for pk, row in self.pathways.items()
        }
        self.sector_titles = {
            pk: words_of("s", row.title_en, row.title_es) for pk, row in self.sectors.items()
        }
        self.job_names = job_names()
        self._read_names()
        self._read_occupations()
        self.credit = EarlyCredit(self.institutions)

    @staticmethod
    def _titled(row, letter):
        titles = words_of(letter, row.title_en, row.title_es)
        return titles + words_of("p", row.search_words_en, row.search_words_es)

    def is_general(self, row):
        """Whether a program is about all that its pathway is about: named like it, without a code."""
        pathway = self.pathways.get(row.pathway_id)
        return bool(pathway and not has_code(row) and is_named_like(row.title_en, pathway.title_en))

    def _read_names(self):
        names = defaultdict(list)
        for pk, name in InstitutionName.objects.values_list("institution", "name"):
            names[pk].append(name)
        self.name_words = {
            pk: words_of("n", "; ".join([row.name, *names[pk]]))
            for pk, row in self.institutions.items()
        }
        self.place_words = {
            pk: words_of("l", "; ".join(filter(None, [row.city, row.county.name])))
            + words_of("l", row.district.name if row.district else "")
            for pk, row in self.institutions.items()
        }

    def _read_occupations(self):
        self.occupation_words = {
            row.pk: words_of("o", f"{row.title_en}; {row.everyday_en}", "")
            + words_of("o", "", f"{row.title_es}; {row.everyday_es}")
            for row in Occupation.objects.only("title_en", "title_es", "everyday_en", "everyday_es")
        }
        alternates = defaultdict(list)
        for pk, language, title in OccupationTitle.objects.values_list(
            "occupation", "language", "title"
        ):
            alternates[pk].append(analyse(title, language))
        self.alternate_terms = {
            pk: " ".join(dict.fromkeys(" ".join(texts).split(" ")))
            for pk, texts in alternates.items()
        }


class Credit(NamedTuple):
    """What can be said of one program: the kinds of its early college credit, in their own order."""

    sure: list  # see ProgramLink.gives_credit
    not_verified: list  # those of them that nobody vouches for
    perhaps: bool  # nothing sure: its school or district has an agreement


NO_CREDIT = Credit([], [], False)


class EarlyCredit:
    """The early-credit links in force, by what reaches a program (see `of`)."""

    def __init__(self, institutions):
        self.institutions = institutions
        self.by_program, self.by_institution, self.by_district = (
            defaultdict(list) for _ in range(3)
        )
        links = ProgramLink.objects.published().current().early_credit()
        links = list(links.select_related("from_district"))
        self.sure = {link.pk for link in links if link.gives_credit}
        self.verified = {link.pk for link in links if link.is_verified}
        for link in links:
            self._file(link)

    def _file(self, link):
        """A link counts for what its origin names most finely: program, institution or district."""
        if link.from_program_id:
            self.by_program[link.from_program_id].append(link)
        elif link.from_institution_id:
            self.by_institution[link.from_institution_id].append(link)
        else:
            district = link.from_district
            self.by_district[district.pk, district.segment].append(link)

    def of(self, row):
        """The Credit of a program. A college's own programs have none: they are where it leads."""
        institution = self.institutions[row.institution_id]
        if institution.segment == COLLEGE:
            return NO_CREDIT
        wide = (
            *self.by_institution.get(row.institution_id, ()),
            *self.by_district.get((institution.district_id, institution.segment), ()),
        )
        links = [*self.by_program.get(row.pk, ()), *(link for link in wide if covers(link, row))]
        found = [link for link in links if link.pk in self.sure]
        sure = {link.kind for link in found}
        verified = {link.kind for link in found if link.pk in self.verified}
        return Credit(
            [kind for kind in EARLY_CREDIT if kind in sure],
            [kind for kind in EARLY_CREDIT if kind in sure - verified],
            perhaps=bool(links) and not sure,
        )


def program_rows(programs):
    """Batches of rows, in the order of their ids."""
    columns = (
        "pk", "slug", "title_en", "title_es", "description_en", "description_es",
        "institution_id", "sector_id", "pathway_id", "top_code_id", "cip_code_id",
        "audience", "cost", "delivery", "schedule", "verified_on", "as_of",
    )  # fmt: skip
    programs = programs.order_by("pk").values_list(*columns, named=True)
    last = 0
    while batch := list(programs.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def grouped(rows):
    """{key: [the rest of each row]} of rows that start with their key."""
    groups = defaultdict(list)
    for group, *rest in rows:
        groups[group].append(rest)
    return groups


class Batch:
    """The courses, awards and occupations of one batch of programs: three queries."""

    def __init__(self, rows):
        pks = {"program__gte": rows[0].pk, "program__lte": rows[-1].pk}
        if len(rows) < BATCH:  # the last batch, or a few changed programs far apart
            pks = {"program__in": [row.pk for row in rows]}
        self.courses = grouped(
            Course.objects.filter(**pks)
            .order_by("program", "position")
            .values_list("program", "code", "title_en", "title_es")
        )
        self.awards = grouped(
            Award.objects.filter(**pks).values_list("program", "credential", "title")
        )
        self.occupations = grouped(
            ProgramOccupation.objects.filter(**pks)
            .shown()
            .order_by("program", "rank", F("occupation__soc"))
            .values_list("program", "occupation", "basis")
        )


def documents(programs=None):
    """tantivy documents of the published programs among a queryset, or of all of them."""
    shared = Shared()
    programs = (Program.objects.all() if programs is None else programs).published()
    for rows in program_rows(programs):
        batch = Batch(rows)
        for row in rows:
            yield document(row, batch, shared)


def document(row, batch, shared):
    """One program's document."""
    institution = shared.institutions[row.institution_id]
    awards = batch.awards.get(row.pk, ())
    credentials = {credential for credential, _ in awards}
    credit = shared.credit.of(row)
    facets = facet_values(row, institution, credentials, credit.sure, shared)
    jobs = jobs_of(row, batch.occupations.get(row.pk, ()), shared)
    words = words_by_field(row, institution, jobs, awards, batch, shared)
    whole = together([*words.values()])
    return tantivy.Document(
        pk=row.pk,
        institution_pk=institution.pk,
        exact=whole.exact,
        spelling=whole.spelling,
        weak=weak_terms(jobs, shared),
        tie=tie(row),
        sort_en=sort_key(row.title_en, institution, row),
        sort_es=sort_key(row.title_es or row.title_en, institution, row),
        card=card(row, institution, facets, credit),
        **matched_terms(row, words, jobs, shared),
        **{name: part.terms for name, part in words.items()},
        **facets,
    )


class Jobs(NamedTuple):
    """Primary keys of a program's occupations."""

    main: list  # its first ones
    sure: list  # those of them that more than the width of its pathway speaks for
    own: list  # those of these that it is foremost for, or named like
    further: list


def jobs_of(row, occupations, shared):
    """Jobs of [(occupation, basis)], the foremost first."""
    main = occupations[:MAIN_OCCUPATIONS]
    named = shared.job_names.named(row.title_en)
    sure = [
        pk for pk, basis in main if shared.is_general(row) or Fit.of(basis, pk in named) < Fit.FIELD
    ]
    return Jobs(
        main=[pk for pk, _ in main],
        sure=sure,
        own=[pk for pk in sure if pk == main[0][0] or pk in named],
        further=[pk for pk, _ in occupations[MAIN_OCCUPATIONS:]],
    )


@lru_cache(maxsize=20_000)
def is_named_like(title, pathway):
    """Whether a program's title is a part of its pathway's, or holds it.

    >>> is_named_like("Welding", "Welding and Materials Joining")
    True
    """
    ours, its = set(run(title)), set(run(pathway))
    return bool(ours) and (ours <= its or (len(its) > 1 and its <= ours))


def words_by_field(row, institution, jobs, awards, batch, shared):
    """{field: Words}, a key for each of FIELDS."""
    credentials = [shared.credentials[credential] for credential, _ in awards]
    titles = [words_of("a", title) for _, title in awards if title]
    codes = [shared.code_words.get(code, NOTHING) for code in (row.top_code_id, row.cip_code_id)]
    courses = [
        words_of("c", f"{code}; {SEQUENCE.sub('', title_en)}", SEQUENCE.sub("", title_es))
        for code, title_en, title_es in batch.courses.get(row.pk, ())
    ]
    description = " ".join(
        filter(None, [analyse(row.description_en, "en"), analyse(row.description_es, "es")])
    )
    return {
        "in_title": words_of("t", row.title_en, row.title_es),
        "in_code": together(codes),
        "in_institution": shared.name_words[institution.pk],
        "in_place": shared.place_words[institution.pk],
        "in_pathway": shared.pathway_words.get(row.pathway_id, NOTHING),
        "in_occupation": together([shared.occupation_words[pk] for pk in jobs.main]),
        "in_level": shared.levels[institution.segment],
        "in_course": together(courses),
        "in_sector": shared.sector_words.get(row.sector_id, NOTHING),
        "in_award": together(credentials + titles),
        "in_description": Words(description),
    }


def matched_terms(row, words, jobs, shared):
    """{field: terms} of MATCHED.

    `named` also holds whole phrases: its title, what its jobs and its sector are called, and its
    pathway where no code tells more finely what is taught.
    """
    pathway = shared.pathway_titles.get(row.pathway_id, NOTHING)
    sector = shared.sector_titles.get(row.sector_id, NOTHING)
    names = [words[name] for name in NAMES]
    names += [shared.occupation_words[pk] for pk in jobs.own]
    own = [*names, *(words[name] for name in OWN)]
    about = words["in_pathway"] if shared.is_general(row) else pathway
    phrases = [shared.occupation_words[pk].exact for pk in jobs.sure]
    phrases += [words["in_title"].exact, sector.exact, "" if has_code(row) else pathway.exact]
    return {
        "words": together([*own, about]).terms,
        "named": " ".join(filter(None, [together(names).terms, *phrases])),
        "shared": together([words["in_pathway"], words["in_sector"], words["in_occupation"]]).terms,
    }


def has_code(row):
    return bool(row.top_code_id or row.cip_code_id)


def weak_terms(jobs, shared):
    """Alternate titles of a program's sure occupations, and all words of its further ones."""
    return " ".join(
        [shared.alternate_terms.get(pk, "") for pk in jobs.sure]
        + [shared.occupation_words[pk].terms for pk in jobs.further]
    )


def facet_values(row, institution, credentials, credit, shared):
    """{facet: its values}; an empty list where the program says nothing."""
    sector, pathway = shared.sectors.get(row.sector_id), shared.pathways.get(row.pathway_id)
    values = {
        "audience": WELCOME.get(row.audience, []),
        "level": [institution.segment],
        "cost": [row.cost],
        "county": [institution.county.slug],
        "sector": [sector.slug if sector else ""],
        "pathway": [pathway.slug if pathway else ""],
        "credential": [value for value in CREDENTIALS if value in credentials],
        "credit": credit,
        "district": [institution.district.slug if institution.district else ""],
        "institution": [institution.slug],
        "delivery": [row.delivery],
        "schedule": [row.schedule],
    }
    return {name: [value for value in group if value] for name, group in values.items()}


def card(row, institution, facets, credit):
    """The values of CARD as JSON, in bytes."""
    one = {name: (values or [""])[0] for name, values in facets.items()}
    values = (
        row.slug, row.title_en, row.title_es, institution.name, institution.slug, institution.city,
        institution.segment, one["sector"], one["pathway"], facets["credential"],
        credit.sure, credit.not_verified, credit.perhaps, row.cost, row.delivery, row.audience,
        str(row.verified_on or ""), row.as_of,
    )  # fmt: skip
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def sort_key(title, institution, row):
    """Text that sorts by title, then institution, the same in every database."""
    return f"{fold(title)}\t{fold(institution.name)}\t{row.slug}"


def tie(row):
    """A small number that decides between equal scores: the shorter title first, then by lot.

    The lot is drawn from the slug, so that it falls the same in every database and favours no school
    for its name.
    """
    return 0.05 * brevity(row.title_en) + 0.002 * zlib.crc32(row.slug.encode()) / 2**32


@lru_cache(maxsize=20_000)
def brevity(title):
    return 1 / max(1, len(content_words(title)))
