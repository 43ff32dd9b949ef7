""" "Something wrong here?": what a reader may tell of a page, and what we take for a message."""

import re
from datetime import timedelta

from django import forms
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from finder.personal import LINK, tidy, without_personal
from programs.models import Institution, Program, Suggestion

LONGEST = 1000
FEWEST_LETTERS = 3
COUNTED_ONCE = timedelta(days=7)
OUR_PATH = re.compile(r"/(?P<language>en|es)/(?!admin(?:/|$))(?:[\w\-]+(?:/|\.[a-z]+$|$))*")
MARKUP = re.compile(
    r"<\s*/?\s*[a-z!][^>]*>|\[/?(?:url|link|img|b|i)\b[^\]]*\]|&#?\w+;", re.IGNORECASE
)
REPEATED = re.compile(r"(.)\1{9}")


def our_page(value):
    """The path of a public page as it was asked for, or None: nothing leads out of the site."""
    return value if len(value) <= 300 and OUR_PATH.fullmatch(value) else None


class SuggestionForm(forms.Form):
    """Asks what and how, and nothing about who. `website` stays empty: only machines see it."""

    topic = forms.ChoiceField(
        choices=Suggestion.Topic.choices,
        error_messages={
            "required": _("Choose what is wrong."),
            "invalid_choice": _("Choose what is wrong."),
        },
    )
    text = forms.CharField(
        error_messages={"required": _("Write a few words about what is wrong.")},
    )
    website = forms.CharField(required=False)

    def clean_text(self):
        text = tidy(self.cleaned_data["text"])
        if problem := problem_with(text):
            raise forms.ValidationError(problem)
        return text

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this box empty."))
        return ""


def problem_with(text):
    """Why a text is not taken, in plain words, or None."""
    if len(text) > LONGEST:
        return _("This is too long. Write at most 1,000 characters.")
    if MARKUP.search(text):
        return _("Write plain words, without code.")
    if len(LINK.findall(text)) > 1:
        return _("Write in your own words, with one web address at most.")
    if _letters(LINK.sub("", text)) < FEWEST_LETTERS or REPEATED.search(text):
        return _("Write a few words about what is wrong.")
    if _letters(text) + sum(map(str.isspace, text)) + sum(map(str.isdigit, text)) < len(text) / 2:
        return _("Write a few words about what is wrong.")
    return None


def _letters(text):
    return sum(map(str.isalpha, text))


# --- What becomes of it ------------------------------------------------------------------------


def keep(page, topic, text):
    """Store what a reader wrote about a page, once a week at most for the same words.

    In bulk, so that no signal tells the record of changes, which would keep the minute.
    """
    text = without_personal(text)
    lately = Suggestion.objects.filter(page=page, sent_on__gt=timezone.localdate() - COUNTED_ONCE)
    if _same(text) in map(_same, lately.values_list("text", flat=True)):
        return
    about = owner_of(page)
    Suggestion.objects.bulk_create(
        [Suggestion(page=page, topic=topic, text=text, language=get_language()[:2], **about)]
    )


def _same(text):
    """What two texts share that only differ in case, spaces and marks."""
    return "".join(filter(str.isalnum, text.casefold()))


def owner_of(page):
    """{"program": …} or {"institution": …} that a page is about; {} where it is nobody's alone."""
    with override(OUR_PATH.fullmatch(page)["language"]):
        try:
            match = resolve(page)
        except Resolver404:
            return {}
    public = {"program": Program.objects.published, "institution": Institution.objects.active}
    rows = public.get(match.url_name)
    row = rows and rows().filter(slug=match.kwargs["slug"]).first()
    return {match.url_name: row} if row else {}
