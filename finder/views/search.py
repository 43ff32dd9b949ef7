"""The finder's own pages: results with facets, the same as CSV, and suggestions while typing."""

import csv
from datetime import date
from functools import lru_cache
from itertools import islice
from types import SimpleNamespace
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.http import JsonResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from finder import vocabulary
from finder.analysis import fold
from finder.filters import GROUPS
from finder.headings import heading
from finder.jinja import render, url, when
from finder.query import Reach, clean
from finder.search import PAGE, Search
from programs.models import Program, Segment
from programs.models.sourced import Sourced

OPTIONS = 12  # shown in a facet before "Show all"
SUGGESTIONS = 8
# Facets that stand open on a wide screen without a choice in them.
OPEN = frozenset({"audience", "level", "cost", "county", "sector"})


@require_safe
def programs(request):
    search = Search(request.GET, request.catalogue)
    return render(request, "finder/programs.html", context(search, get_language()[:2]))


def context(search, language):
    """What finder/programs.html takes."""
    page = search.page(language)
    asked, labels = search.asked, search.words.labels(language)
    here = url("programs")
    link = Links(here, asked)
    return {
        "q": asked.q,
        "zip": asked.typed_zip,
        "distance": asked.distance,
        "sort": search.sort,
        "total": page.total,
        "heading": heading(search, page.total, labels),
        "results": results(search, page.cards, labels, language),
        "facets": facets(search, labels, link, language),
        "chips": chips(search, labels, link),
        "corrected": corrected(search, link),
        "notices": notices(search),
        "empty": None if page.total else empty(search, labels, link),
        "same_sector": same_sector(search, labels, link),
        "pages": pages(page, link),
        "sorts": sorts(search, link),
        "csv_url": Links(url("programs_csv"), asked).same(),
        "clear_url": here,
    }


class Links:
    """Addresses of this page with something changed."""

    def __init__(self, here, asked):
        self.here, self.asked = here, asked

    def same(self):
        return self._to(self.asked.query)

    def adding(self, name, value):
        return self._to(self.asked.adding(name, value))

    def changing(self, **changes):
        return self._to(self.asked.changing(**changes))

    def without(self, name, value=None):
        return self._to(self.asked.without(name, value))

    def without_all(self, names):
        return self._to(self.asked.without_all(names))

    def only_sector(self, slug):
        return self._to(self.asked.in_sector(slug))

    def _to(self, query):
        return f"{self.here}?{query}" if query else self.here


# --- Results -----------------------------------------------------------------------------------


class ResultCard(NamedTuple):
    """A card as the template prints it. Named tuples, because Jinja2 reads a dict's items only after
    it has looked for an attribute of that name and failed."""

    slug: str
    url: str
    title: str
    title_lang: str | None
    institution: str
    institution_url: str
    city: str
    segment: str
    segment_label: str
    sector_badge: str
    sector_slug: str
    sector_title: str
    pathway_title: str
    awards: tuple
    early_credit: tuple
    perhaps_credit: bool
    cost_label: str
    delivery_label: str
    audience_label: str
    distance: float | None  # miles
    freshness: str
    freshness_label: str
    as_of: str


def results(search, cards, labels, language):
    """The cards of the page, ready to print."""
    program_url, institution_url = _pattern("program"), _pattern("institution")
    distances = search.near.distances if search.near else {}
    today = timezone.localdate()
    return [
        _card(card, labels, language, program_url, institution_url, distances, today)
        for card in cards
    ]


def _card(card, labels, language, program_url, institution_url, distances, today):
    title = card.title_es if language == "es" else card.title_en
    sector, pathway = labels["sector"].get(card.sector), labels["pathway"].get(card.pathway)
    fresh = freshness(card.verified_on, card.as_of, today)
    return ResultCard(
        slug=card.slug,
        url=program_url % card.slug,
        title=title or card.title_en,
        title_lang=None if title else "en",
        institution=card.institution,
        institution_url=institution_url % card.institution_slug,
        city=card.city,
        segment=card.level,
        segment_label=labels["level"][card.level].text,
        sector_badge=sector.badge if sector else "",
        sector_slug=card.sector,
        sector_title=sector.text if sector else "",
        pathway_title=pathway.text if pathway else "",
        awards=tuple([labels["credential"][value].text for value in card.credentials]),
        early_credit=tuple(early_credit(card, labels)),
        perhaps_credit=card.credit_perhaps,
        cost_label=labels["cost"][card.cost].text if card.cost else "",
        delivery_label=labels["delivery"][card.delivery].text if card.delivery else "",
        audience_label=labels["open_to"][card.audience].text if card.audience else "",
        distance=distances.get(card.institution_slug),
        freshness=fresh,
        freshness_label=labels["freshness"][fresh].text,
        as_of=when(card.as_of),
    )


def early_credit(card, labels):
    """ "Credit by exam", or "Credit by exam (not verified)", in their order."""
    for value in card.credit:
        text = labels["credit"][value].text
        if value in card.credit_not_verified:
            text = _("%(kind)s (not verified)") % {"kind": text}
        yield text


def _pattern(name):
    """The address of a page by slug, with %s in the slug's place."""
    return url(name, "slug-goes-here").replace("slug-goes-here", "%s")


@lru_cache(maxsize=1000)
def freshness(verified_on, as_of, today):
    """A Freshness value by the rule of `Sourced`; `today` only says when it may have changed."""
    day = date.fromisoformat(verified_on) if verified_on else None
    return str(Sourced.freshness.fget(SimpleNamespace(verified_on=day, as_of=as_of)))


# --- Facets and chips --------------------------------------------------------------------------


class Facet(NamedTuple):
    """A group of checkboxes as the template prints it."""

    name: str
    legend: str
    selected: int
    open: bool
    options: list  # of (value, label, its language, count, whether checked, badge)
    more_url: str | None
    hidden_values: tuple = ()  # every checked value is among the options


def facets(search, labels, link, language):
    """The groups of checkboxes that can still narrow the result."""
    groups = [facet(search, name, labels[name], link, language) for name in GROUPS]
    return [group for group in groups if group]


def facet(search, name, labels, link, language):
    """One group; None when it has nothing to choose between."""
    counts, checked = search.facets[name], search.asked.selected.get(name, ())
    if len(counts) < 2 and not checked:
        return None
    order = options_in_order(counts, checked, labels, GROUPS[name].ordered)
    shown = order if search.asked.more == name else _first(order, checked)
    return Facet(
        name=name,
        legend=legend(name, language),
        selected=len(checked),
        open=bool(checked) or name in OPEN,
        options=[
            (value, label.text, label.lang, counts.get(value, 0), value in checked, label.badge)
            for value, label in ((value, labels[value]) for value in shown)
        ],
        more_url=link.adding("more", name) if len(shown) < len(order) else None,
    )


@lru_cache
def legend(name, language):
    """What a facet is called, in the active `language`."""
    return str(GROUPS[name].label)


def options_in_order(counts, checked, labels, ordered):
    """The values with programs and the checked ones: in their own order, or the most programs first."""
    values = [value for value in labels if value in counts or value in checked]
    if not ordered:
        values.sort(key=lambda value: (-counts.get(value, 0), labels[value].text))
    return values


def _first(values, checked):
    """The first OPTIONS values; a checked one is always among them."""
    if len(values) <= OPTIONS:
        return values
    first = values[:OPTIONS]
    return first + [value for value in values[OPTIONS:] if value in checked]


def chips(search, labels, link):
    """[(label, what its link does, address)], one for each filter in use."""
    found = [
        (labels[name][value].text, link.without(name, value))
        for name, values in search.asked.selected.items()
        for value in values
    ]
    if search.near:
        found.append((_place(search.near), link.without("zip")))
    return [
        (label, gettext("Remove filter: %(label)s") % {"label": label}, address)
        for label, address in found
    ]


def _place(near):
    if near.miles:
        values = {"miles": near.miles, "zip": near.zip_code}
        return gettext("Within %(miles)s miles of %(zip)s") % values
    return gettext("Near %(zip)s") % {"zip": near.zip_code}


# --- What else the page says -------------------------------------------------------------------


def corrected(search, link):
    if not search.meaning.repaired:
        return None
    return search.meaning.shown, search.asked.words, link.adding("exact", "1")


# What the page says of words that no source speaks of.
UNSTATED = {
    "schedule": gettext_lazy(
        "No source says at what time of day a program is taught, so “%(word)s” was left out. Ask the "
        "school or college."
    ),
    "delivery": gettext_lazy(
        "No source says whether a program is online, so “%(word)s” was left out. Ask the school or "
        "college."
    ),
    "cost": gettext_lazy(
        "No source says which of these programs are free, so “%(word)s” was left out. Ask the school "
        "or college."
    ),
    "price": gettext_lazy(
        "Sources say whether a program is free, seldom what it costs, so “%(word)s” was left out. Ask "
        "the school or college."
    ),
}


def notices(search):
    found = [str(UNSTATED[name]) % {"word": word} for name, word in search.asked.unstated.items()]
    if search.asked.unknown_zip:
        values = {"zip": search.asked.unknown_zip, "region": search.words.region.name}
        found.append(
            gettext("%(zip)s is not a ZIP code of %(region)s, so distance was not used.") % values
        )
    if search.asked.distance and not search.near and not search.asked.unknown_zip:
        found.append(gettext("Distance needs a ZIP code, so it was not used."))
    if search.meaning.reach is Reach.BESIDE:
        text = _(
            "None of these programs is about “%(q)s” itself: they share its pathway or its sector, or "
            "may also lead to a job of that name."
        )
        found.append(text % {"q": search.meaning.shown})
    if search.meaning.reach is Reach.MORE:
        found.append(_("Some of these programs match only some of your words."))
    return found


def empty(search, labels, link):
    """What to take away so that something is found."""
    return {
        "removals": [
            (_removal(search, labels, names), count, link.without_all(names))
            for names, count in search.removals()
        ],
        "clear_url": link.here,
        "everything": search.searcher.num_docs,
    }


def _removal(search, labels, names):
    """ "Without “welding” and the sector Transportation"."""
    *first, last = [_clause(search, labels, name) for name in names]
    if first:
        values = {"some": ", ".join(first), "last": last}
        return gettext("Without %(some)s and %(last)s") % values
    return gettext("Without %(label)s") % {"label": last}


def _clause(search, labels, what):
    if what == "q":
        return f"“{search.asked.words}”"
    if what == "distance":
        return gettext("the limit of %(miles)s miles") % {"miles": search.near.miles}
    values = search.asked.selected[what]
    return labels[what][values[0]].text if len(values) == 1 else legend(what, get_language())


def same_sector(search, labels, link):
    """[(what it says, address)] of the sectors that the words are about, where they hold more."""
    return [
        (
            ngettext(
                "%(count)s more in the same sector: %(sector)s",
                "%(count)s more in the same sector: %(sector)s",
                count,
            )
            % {"count": f"{count:,}", "sector": labels["sector"][slug].text},
            link.only_sector(slug),
        )
        for slug, count in search.more_in_sectors()
    ]


def pages(page, link):
    number = page.number
    return {
        "number": number,
        "count": page.count,
        "previous_url": link.adding("page", number - 1) if number > 1 else None,
        "next_url": link.adding("page", number + 1) if number < page.count else None,
        "first": (number - 1) * PAGE + 1 if page.total else 0,
        "last": min(number * PAGE, page.total),
    }


def sorts(search, link):
    """[(value, label, address, whether it is in use)], the default first."""
    texts = {"relevance": _("Best match"), "distance": _("Nearest first"), "name": _("Name")}
    return [
        (
            value,
            texts[value],
            link.changing(sort="" if value == search.sorts[0] else value),
            value == search.sort,
        )
        for value in search.sorts
    ]


# --- CSV ---------------------------------------------------------------------------------------


@require_safe
def programs_csv(request):
    """The whole result, in the page's order, as a file that spreadsheets open safely."""
    language = get_language()[:2]
    ids = Search(request.GET, request.catalogue).program_ids(language)
    labels = vocabulary.current().labels(language)
    response = StreamingHttpResponse(
        _csv_lines(ids, labels), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="programs.csv"'
    return response


class _Echo:
    """A file that hands each line to whoever writes it."""

    def write(self, line):
        return line


def _csv_lines(ids, labels):
    writer = csv.writer(_Echo())
    yield "\ufeff"  # Excel reads a file with this mark as UTF-8
    yield writer.writerow(_csv_heading())
    rest = iter(ids)
    while batch := list(islice(rest, 500)):
        rows = {
            row.pk: row
            for row in Program.objects.with_place()
            .filter(pk__in=batch)
            .select_related("top_code", "cip_code", "release")
            .prefetch_related("awards")
        }
        for pk in batch:
            if pk in rows:
                yield writer.writerow([_safe(cell) for cell in _csv_row(rows[pk], labels)])


def _csv_heading():
    return [
        _("Title (English)"), _("Title (Spanish)"), _("School or college"), _("School level"),
        _("City"), _("County"), _("District"), _("Industry sector"), _("Pathway"),
        _("TOP code"), _("CIP code"), _("Credential"), _("Who may attend"), _("Cost"),
        _("Delivery"), _("Time of day"), _("Web page"), _("Source"), _("Source address"),
        _("As of"), _("Verified on"), _("Freshness"), _("Address on this site"),
    ]  # fmt: skip


def _csv_row(program, labels):
    institution = program.institution
    credentials = {award.credential for award in program.awards.all()}

    def label(name, value):
        return labels[name][value].text if value else ""

    return [
        program.title_en, program.title_es, institution.name, label("level", institution.segment),
        institution.city, institution.county.name,
        institution.district.name if institution.district else "",
        program.sector.title if program.sector else "",
        program.pathway.title if program.pathway else "",
        program.top_code.code if program.top_code else "",
        program.cip_code.code if program.cip_code else "",
        "; ".join(text.text for value, text in labels["credential"].items() if value in credentials),
        label("open_to", program.audience), label("cost", program.cost),
        label("delivery", program.delivery), label("schedule", program.schedule),
        program.url, str(program.release), program.source_url,
        program.as_of, str(program.verified_on or ""), label("freshness", program.freshness),
        settings.SITE_URL + program.get_absolute_url(),
    ]  # fmt: skip


def _safe(cell):
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


# --- Suggestions -------------------------------------------------------------------------------


KINDS = {
    "program": gettext_lazy("Program"),
    "career": gettext_lazy("Job"),
    "pathway": gettext_lazy("Pathway"),
    "sector": gettext_lazy("Industry sector"),
}


@require_safe
def suggest(request):
    """[{label, kind, url}] for the first letters of a word, as JSON; what reads the same comes once."""
    text = clean(request.GET.get("q", ""))
    words = vocabulary.current(request.catalogue and request.catalogue[0])
    found = words.suggest(text, 2 * SUGGESTIONS) if text else []
    language, once = get_language()[:2], {}
    for item in found:
        shown = _suggestion(item, language, words)
        once.setdefault((shown["kind"], fold(shown["label"])), shown)
    return JsonResponse([*once.values()][:SUGGESTIONS], safe=False)


def _suggestion(item, language, words):
    label = (item.title_es if language == "es" else "") or item.title_en
    if item.kind == "program":
        address = f"{url('programs')}?{urlencode({'q': item.key})}"
    else:
        address = url(item.kind, item.key)
    return {"label": label, "kind": str(_kind(item, words)), "url": address}


def _kind(item, words):
    """What kind of thing a suggestion is, in the reader's words."""
    if item.kind != "institution":
        return KINDS[item.kind]
    is_college = words.institutions[item.key].segment == Segment.COLLEGE
    return _("College") if is_college else _("School")
