""" "Something wrong here?": a form without a cookie, and thanks."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from finder import sender
from finder.jinja import LONGEST_QUERY, render, url
from finder.pagenames import page_name
from finder.suggestion_form import SuggestionForm, keep, our_page


@csrf_exempt  # there is no cookie to check: `finder.sender` says who may send
@require_http_methods(["GET", "HEAD", "POST"])
def something_wrong(request):
    page = _page_asked_about(request)
    if request.method == "POST":
        return _received(request, page)
    return _form_page(request, page, SuggestionForm(), sender.new_token(page))


def _page_asked_about(request):
    """Its path alone, for that is what is stored: a query may hold a ZIP code or somebody's words."""
    return our_page(_asked(request).partition("?")[0]) or url("home")


def _way_back(request, page):
    """The page as the reader left it, with the search or the route that was on it."""
    query = _asked(request).partition("?")[2]
    return f"{page}?{query}" if query and _asked(request).startswith(f"{page}?") else page


def _asked(request):
    return request.GET.get("page", "")[:LONGEST_QUERY]


def _received(request, page):
    """Stored and thanked for, or the form again: what was written stays in the box."""
    form, token = SuggestionForm(request.POST), request.POST.get("token", "")
    refusal = _refusal(request, page, token)
    if form.is_valid() and not refusal:
        if sender.is_within_limits(request):
            keep(page, form.cleaned_data["topic"], form.cleaned_data["text"])
            return HttpResponseRedirect(
                f"{url('thanks')}?{urlencode({'page': _way_back(request, page)})}", status=303
            )
        refusal = 429, _("Many messages have come in the last hour. Send yours again in an hour.")
    if not sender.is_genuine(token, page):
        token = sender.new_token(page)
    return _form_page(request, page, form, token, *refusal or (400, ""))


def _refusal(request, page, token):
    """(status, why), or None: whether this came from our form, opened a while ago."""
    if not sender.is_our_page(request):
        return 403, _("We could not see that this came from our own page. Send it again from here.")
    if not sender.is_genuine(token, page):
        return 400, _("This page was open for a long time. Send your message again.")
    if sender.is_too_quick(token):
        return 400, _("That was very quick. Read your message once more, then send it again.")
    return None


def _form_page(request, page, form, token, status=200, problem=""):
    context = {
        "here": _way_back(request, page),
        "name": page_name(page),
        "form": form,
        "token": token,
        "problem": problem,
    }
    response = render(request, "finder/suggestion.html", context, status=status)
    add_never_cache_headers(response)
    if status == 429:
        response["Retry-After"] = str(sender.AN_HOUR)
    return response


@require_safe
def thanks(request):
    here = _way_back(request, _page_asked_about(request))
    return render(request, "finder/suggestion_thanks.html", {"here": here})
