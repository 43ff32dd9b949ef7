"""The gaps: all six in short, one page each with its files, and a printable report of a sector."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from finder.jinja import render
from planning import facts, files, pages, reports, scope
from planning.filters import chips, filters, label
from planning.models import Kind, Recommendation
from reference.models import Sector

PER_PAGE = 50
EVERYTHING = "all"


@require_safe
def overview(request):
    known = _facts(request)
    context = {
        "gaps": [(kind, pages.page(kind, known, scope.Scope())) for kind in Kind],
        "sectors": known.sectors,
    }
    return render(request, "planning/gaps.html", context)


@require_safe
def gap(request, kind):
    kind, known, asked = _asked(request, kind)
    page = pages.page(kind, known, asked)
    context = {
        "page": page,
        "place": label(asked),
        "sector": asked.sector,
        "filters": filters(kind, known, asked),
        "chips": chips(asked),
        "query": asked.query(),
        "shown": shown(page.paged.rows, request.GET.get("page", ""), asked),
        "recommendation": Recommendation.objects.published().best(asked.sector).get(kind),
        "others": [other for other in Kind if other != kind],
    }
    return render(request, "planning/gap.html", context)


def shown(rows, asked, chosen):
    """The page of rows, and the way to the others: templates/components/pagination.html."""
    if asked == EVERYTHING:
        return {"rows": rows, "pages": None, "all_url": None}
    count = max(1, -(-len(rows) // PER_PAGE))
    wanted = int(asked[:6]) if asked.isascii() and asked.isdecimal() else 1
    number = min(max(wanted, 1), count)
    first = (number - 1) * PER_PAGE

    def address(page):
        query = "&".join(part for part in (chosen.query(), f"page={page}") if part)
        return f"?{query}"

    return {
        "rows": rows[first : first + PER_PAGE],
        "pages": {
            "number": number,
            "count": count,
            "previous_url": address(number - 1) if number > 1 else None,
            "next_url": address(number + 1) if number < count else None,
        },
        "all_url": address(EVERYTHING) if count > 1 else None,
    }


@require_safe
def table_csv(request, kind):
    """One table of the gap, whole and filtered as its page."""
    kind, known, asked = _asked(request, kind)
    tables = {table.key: table for table in pages.page(kind, known, asked).tables}
    key = request.GET.get("table")
    table = tables[key if key in tables else next(iter(tables))]
    response = HttpResponse(files.csv_text(table), content_type=files.CSV)
    return files.named(response, f"{kind.value}-{table.key}.csv")


@require_safe
def workbook(request, kind):
    """Every table of the gap, a sheet each."""
    kind, known, asked = _asked(request, kind)
    page = pages.page(kind, known, asked)
    response = HttpResponse(files.workbook(page), content_type=files.XLSX)
    return files.named(response, f"{kind.value}.xlsx")


@require_safe
def report(request, slug):
    sector = get_object_or_404(Sector, slug=slug)
    return render(request, "planning/report.html", reports.context(_facts(request), sector))


def _asked(request, kind):
    """(Kind, Facts, Scope) of the request; an unknown gap is a 404."""
    if kind not in Kind.values:
        raise Http404
    known = _facts(request)
    return Kind(kind), known, scope.read(request.GET, known)


def _facts(request):
    return facts.current(request.catalogue)
