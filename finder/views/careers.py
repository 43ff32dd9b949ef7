"""Careers: what a job is, what it pays here, and which programs lead there."""

from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_safe

from finder import careers as directory
from finder import pay, vocabulary
from finder.analysis import content_words
from finder.beside import compare
from finder.education import education_words, preparation
from finder.jinja import render, url
from finder.leads import leads
from finder.links import finder
from finder.query import clean
from finder.views.maps import career_piece
from finder.views.search import Facet
from finder.vocabulary import Label
from programs.ways import ways
from reference.marks import Mark
from reference.models import Education, Interest, Occupation
from reference.models.pay import Missing, household_words
from reference.outlook import outlook

MOST_TITLES = 12
MOST_RELATED = 6
FEW = 40  # careers that need not be folded
OPEN = frozenset({"interest", "sector", "education"})  # facets that stand open on a wide screen


# --- The list ----------------------------------------------------------------------------------


@require_safe
def careers(request):
    language = get_language()[:2]
    version = request.catalogue and request.catalogue[0]
    known, words = directory.current(version), vocabulary.current(version)
    asked = directory.read(request.GET, known.known)
    meanings = words.meanings(tuple(content_words(asked.q))) if asked.q else ()
    found = directory.find(known.careers.values(), asked, meanings)
    labels = labels_of(known.sectors.values())
    ordered = directory.in_order(found.careers, asked.order, language, found.fits)
    figure = next((career.figure for career in ordered if career.figure), None)
    context = {
        "heading": heading(len(ordered), asked, labels),
        "q": asked.q,
        "sort": asked.order,
        "facets": facets(asked, found.counts, known.known, labels),
        "chips": chips(asked, labels),
        "likes": likes(asked, found.counts["interest"], labels),
        "onet": known.onet,
        "sorts": sorts(asked),
        "groups": groups(ordered, asked.order, known, language),
        "open": len(ordered) <= FEW,
        "pay": figure and {"figure": figure, "place": words.region.name, "year": figure.pay_period},
        "empty": None if ordered else empty(asked, found.without, labels),
        "rule": rule_words(known.rule),
        "release": figure and figure.release,
        "living": [row for row in known.living_wages if row.household == pay.ONE_ADULT],
    }
    return render(request, "finder/careers.html", context)


def labels_of(sectors):
    """{filter: {value: Label}}."""
    return {
        "interest": {each.value: Label(str(each.label)) for each in Interest},
        "sector": {each.slug: Label(each.title, each.title.lang, each.code) for each in sectors},
        "education": {
            value: Label(str(Education(known).label))
            for value, known in directory.EDUCATION.items()
        },
        "pay": {
            "under-20": Label(gettext("Under $20")),
            "20-30": Label(gettext("$20 to $29.99")),
            "30-40": Label(gettext("$30 to $39.99")),
            "40-60": Label(gettext("$40 to $59.99")),
            "60": Label(gettext("$60 or more")),
            directory.NOT_REPORTED: Label(gettext("Pay not reported")),
        },
        "openings": {
            "under-50": Label(gettext("Under 50 a year")),
            "50-199": Label(gettext("50 to 199 a year")),
            "200-999": Label(gettext("200 to 999 a year")),
            "1000": Label(gettext("1,000 or more a year")),
            directory.NOT_REPORTED: Label(gettext("Openings not reported")),
        },
        "mark": {each.value: Label(str(each.label)) for each in Mark},
    }


def heading(count, asked, labels):
    """The result in words: "12 careers in Health Science and Medical Technology"."""
    chosen = asked.selected.get("sector", ())
    sector = labels["sector"][chosen[0]].text if len(chosen) == 1 else ""
    return _sentence(count, bool(asked.q), bool(sector)) % {
        "count": f"{count:,}",
        "q": asked.q,
        "sector": sector,
    }


def _sentence(n, q, sector):
    """Whole sentences, because languages put their parts together differently."""
    match q, sector:
        case False, False:
            return ngettext("%(count)s career", "%(count)s careers", n)
        case True, False:
            return ngettext("%(count)s career for “%(q)s”", "%(count)s careers for “%(q)s”", n)
        case False, True:
            return ngettext("%(count)s career in %(sector)s", "%(count)s careers in %(sector)s", n)
        case _:
            return ngettext(
                "%(count)s career for “%(q)s” in %(sector)s",
                "%(count)s careers for “%(q)s” in %(sector)s",
                n,
            )


def facets(asked, counts, known, labels):
    """The groups of checkboxes that can still narrow the result."""
    groups = [_facet(asked, name, counts[name], known[name], labels[name]) for name in known]
    return [group for group in groups if group]


def _facet(asked, name, counts, values, labels):
    """One group; None when it has nothing to choose between."""
    checked = asked.selected.get(name, ())
    if len(counts) < 2 and not checked:
        return None
    return Facet(
        name=name,
        legend=str(directory.LEGENDS[name]),
        selected=len(checked),
        open=bool(checked) or name in OPEN,
        options=[
            (value, label.text, label.lang, counts[value], value in checked, label.badge)
            for value, label in ((value, labels[value]) for value in values)
            if counts[value] or value in checked
        ],
        more_url=None,
    )


def chips(asked, labels):
    """[(label, what its link does, address)], one for each filter in use."""
    return [
        (
            labels[name][value].text,
            gettext("Remove filter: %(label)s") % {"label": labels[name][value].text},
            _address(asked.without(name, value)),
        )
        for name, values in asked.selected.items()
        for value in values
    ]


def likes(asked, counts, labels):
    """[(what you like to do, careers, address)], a way in for who has asked nothing yet."""
    if asked.query:
        return []
    return [
        (label.text, counts[value], _address(asked.changing(selected={"interest": [value]})))
        for value, label in labels["interest"].items()
        if counts[value]
    ]


def sorts(asked):
    """[(value, label, address, whether it is in use)], the default first."""
    texts = {
        directory.MATCH: gettext("Best match"),
        "sector": gettext("Industry sector"),
        "pay": gettext("Highest pay"),
        "openings": gettext("Most openings"),
        "education": gettext("Least study"),
        "name": gettext("Name"),
    }
    return [
        (value, texts[value], _address(asked.changing(sort=value)), value == asked.order)
        for value in asked.orders
    ]


def _address(query):
    return url("careers") + (f"?{query}" if query else "")


def groups(ordered, sort, known, language):
    """[{sector, title, rows}]: by sector or by education where that is the order, else one group."""
    if sort == "sector":
        keys = [*known.sectors, ""]
        parts = {key: [each for each in ordered if each.sector == key] for key in keys}
        named = [(known.sectors.get(key), "", part) for key, part in parts.items()]
    elif sort == "education":
        keys = [*Education.values, ""]
        parts = {
            key: [each for each in ordered if each.occupation.education == key] for key in keys
        }
        named = [(None, education_words(key), part) for key, part in parts.items()]
    else:
        named = [(None, "", ordered)]
    return [
        {"sector": sector, "title": title, "rows": [row(each, language) for each in part]}
        for sector, title, part in named
        if part
    ]


def row(career, language):
    """(address, title, its language, hourly, openings, why one is missing, marks), all that a row
    of the table depends on (templates/components/career_row.html)."""
    occupation, figure = career.occupation, career.figure
    title = Occupation.title.in_language(occupation, language)
    return (
        url("career", occupation.slug),
        str(title),
        title.lang,
        figure and figure.hourly,
        figure and figure.openings,
        str(Missing((figure and figure.missing) or Missing.NOT_REPORTED).label),
        tuple(str(mark.label) for mark in career.marks),
    )


def empty(asked, without, labels):
    """What to take away so that something is found."""
    removals = [
        (_removal(asked, labels, name), without[name], _address(asked.without(name)))
        for name in asked.selected
        if without[name]
    ]
    if without["q"] and asked.selected:
        removals.append((f"“{asked.q}”", without["q"], _address(asked.changing(q=""))))
    return {"removals": removals, "clear_url": url("careers")}


def _removal(asked, labels, name):
    values = asked.selected[name]
    return labels[name][values[0]].text if len(values) == 1 else str(directory.LEGENDS[name])


def rule_words(rule):
    """{lines, education, household} of a Rule, as templates/components/marks.html takes it."""
    return {
        "lines": rule,
        "education": education_words(rule.education),
        "household": household_words(rule.wage.household) if rule.wage else "",
    }


# --- One career --------------------------------------------------------------------------------


@require_safe
def career(request, slug):
    version = request.catalogue and request.catalogue[0]
    known, words = directory.current(version), vocabulary.current(version)
    if slug not in known.by_slug:
        raise Http404
    one = known.by_slug[slug]
    found = one.occupation
    figures = pay.places(found, words.region)
    here = next((each for each in reversed(figures) if each["figure"].area == "region"), None)
    zip_code, notices = place(request.GET, words)
    beside = compare(figures, known.living_wages, request.GET.get("household", ""))
    found_ways = ways(found, words.job_names)
    pathways = [link.pathway for link in found.pathway_links.select_related("pathway__sector")]
    context = {
        "occupation": found,
        "titles": titles(found),
        "marks": one.marks,
        "rule": rule_words(known.rule),
        "pay": here,
        "growth": growth(here, known.growth_of_all),
        "others": [each for each in figures if each is not here],
        "education": education_words(found.education),
        "preparation": preparation(found.job_zone),
        "interests": interests(one),
        "onet": known.onet,
        "pathways": pathways,
        "piece": career_piece(request, {"occupation": found, "pay": here}, found_ways.all),
        "beside": beside,
        "households": beside
        and [(key, household_words(key), key == beside.household) for key in beside.households],
        "zip": zip_code,
        "notices": notices,
        "levels": leads(found_ways, words.distances(zip_code) if zip_code else None),
        "finder_url": finder(q=found.title, zip=zip_code),
        "related": related(known.related.get(found.pk, ()), words.region),
    }
    return render(request, "finder/career.html", context)


def place(data, words):
    """(ZIP code of the region or "", [notice]) of what a reader has typed."""
    typed = clean(data.get("zip", ""))[:10]
    if not typed or typed[:5] in words.zip_codes:
        return typed[:5], []
    values = {"zip": typed, "region": words.region.name}
    notice = gettext("%(zip)s is not a ZIP code of %(region)s, so distance was not used.")
    return "", [notice % values]


def growth(pay, of_all):
    """{outlook, amount, all, first, last}: in percent over the period; None where it is not known."""
    if pay is None or pay["figure"].growth is None:
        return None
    figure = pay["figure"]
    first, _dash, last = figure.period.partition("-")
    return {
        "outlook": outlook(figure.growth, of_all).value,
        "amount": percent(abs(figure.growth)),
        "all": of_all is not None and percent(of_all),
        "first": first,
        "last": last,
    }


def percent(value):
    """5.0 -> 5%."""
    return f"{value:.1f}".removesuffix(".0") + "%"


def interests(career):
    """[(what people in this job like to do, address of the careers alike)], the strongest first."""
    return [
        (str(Interest(value).label), _address(urlencode({"interest": value})))
        for value in career.values["interest"]
    ]


def related(careers, region):
    """The most alike as templates/components/jobs.html has them."""
    return [
        {
            "occupation": career.occupation,
            "pay": career.figure and pay.of(career.figure, region.name),
            "education": education_words(career.occupation.education),
        }
        for career in careers[:MOST_RELATED]
    ]


def titles(occupation):
    """Other names in the page's language: everyday words first, then reported titles."""
    language = get_language()
    everyday = [word.strip() for word in occupation.everyday.split(";") if word.strip()]
    others = occupation.titles.filter(language=language).values_list("title", flat=True)
    return list(dict.fromkeys([*everyday, *others]))[:MOST_TITLES]
