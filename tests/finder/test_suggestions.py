""" "Something wrong here?": what a reader sees, what is stored, and who is refused."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from accounts.models import Change
from finder import sender
from finder.suggestion_form import our_page
from programs.models import Institution, Program, Suggestion
from tests.factories import (
    make_administrator,
    make_district,
    make_institution,
    make_occupation,
    make_program,
    make_region,
    make_user,
)

pytestmark = pytest.mark.django_db
FORM = "/en/something-wrong/"
OURS = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def region():
    cache.clear()
    return make_region()


@pytest.fixture
def clock(monkeypatch):
    """What the signatures take for the time; `clock.later(seconds)` moves it."""

    class Clock:
        now = 1_800_000_000.0

        def later(self, seconds):
            self.now += seconds

    clock = Clock()
    monkeypatch.setattr("django.core.signing.time.time", lambda: clock.now)
    return clock


@pytest.fixture
def welding():
    return make_program("Welding", slug="welding-at-palomar")


def read(response):
    return re.sub(r"\s+", " ", response.content.decode())


class Reader:
    """Opens the form about a page, waits, and sends."""

    def __init__(self, client, clock, page="/en/programs/welding-at-palomar/", form=FORM):
        self.client, self.clock, self.address = client, clock, f"{form}?page={page}"
        self.open()

    def open(self):
        found = re.search(r'name="token" value="([^"]+)"', read(self.client.get(self.address)))
        self.token = found[1]

    def send(
        self, text="The class is in room 204 now.", wait=10, headers=OURS, address=None, **values
    ):
        self.clock.later(wait)
        data = {"topic": "wrong", "text": text, "token": self.token, "website": ""} | values
        values = {"REMOTE_ADDR": address} if address else {}
        return self.client.post(self.address, data, headers=headers, **values)


@pytest.fixture
def reader(client, clock, welding):
    return Reader(client, clock)


def texts():
    return list(Suggestion.objects.order_by("pk").values_list("text", flat=True))


# --- What a reader sees -------------------------------------------------------------------------


def test_every_page_leads_to_the_form_about_itself(client, welding):
    for page in (welding.get_absolute_url(), "/en/glossary/", "/en/routes/?from=92101&to=x"):
        assert f'href="/en/something-wrong/?page={quote(page)}"' in read(client.get(page))


def test_a_search_is_there_again_afterwards_and_nothing_of_it_is_stored(client, clock, welding):
    search = "/en/programs/?q=nursing&zip=92020"
    reader = Reader(client, clock, page=quote(search))

    form = read(client.get(FORM, {"page": search}))
    assert (
        'About the page: <a href="/en/programs/?q=nursing&amp;zip=92020">Find programs</a>' in form
    )

    thanks = read(client.get(reader.send("The list is old and wrong.")["Location"]))
    assert 'href="/en/programs/?q=nursing&amp;zip=92020">Back to the page' in thanks
    assert Suggestion.objects.get().page == "/en/programs/"


def test_every_page_is_called_by_its_title(client):
    make_occupation("Welders", slug="welders")

    for path, name in (
        ("/en/careers/welders/", "Welders"),
        ("/es/glossary/", "Glossary"),
        ("/en/gaps/demand/", "For partners: gaps"),
        ("/en/nowhere/", "/en/nowhere/"),
    ):
        assert f">{name}</a>" in read(client.get(FORM, {"page": path})).partition("<form")[0]


def test_after_an_error_the_summary_comes_first_and_leads_to_the_fields(reader):
    page = read(reader.send("", topic=""))

    summary = page[page.index('id="not-sent"') :].partition("</div>")[0]
    assert 'tabindex="-1" autofocus' in summary
    assert '<a href="#topic">Choose what is wrong.</a>' in summary
    assert '<a href="#text">Write a few words about what is wrong.</a>' in summary
    assert page.count('id="topic"') == page.count('id="text"') == 1


def test_the_form_asks_what_and_how_and_nothing_about_the_reader(client, welding):
    response = client.get(f"{FORM}?page={welding.get_absolute_url()}")
    page = read(response)

    assert 'About the page: <a href="/en/programs/welding-at-palomar/">Welding, College ' in page
    assert "we keep nothing about you" in page
    assert re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"', page) == [
        "token", "topic", "topic", "topic", "topic", "topic", "text", "website",
    ]  # fmt: skip
    assert "say only which one. Example: The phone number is out of date." in page
    assert not response.cookies
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert "ETag" not in response


def test_the_form_speaks_spanish(client, welding):
    page = read(client.get("/es/something-wrong/?page=/es/programs/welding-at-palomar/"))

    assert "<h1>¿Hay un error aquí?</h1>" in page
    assert "no guardamos nada sobre ti" in page


def test_what_is_sent_is_thanked_for_and_stored_without_a_trace_of_the_reader(reader, welding):
    response = reader.send(
        "  The class is in room 204 now. Call me: 619-555-0123\u200b ", topic="outdated"
    )

    assert (response.status_code, response["Location"]) == (
        303,
        "/en/something-wrong/thanks/?page=%2Fen%2Fprograms%2Fwelding-at-palomar%2F",
    )
    assert not response.cookies
    thanks = reader.client.get(response["Location"])
    assert "Thank you" in read(thanks)
    assert 'href="/en/programs/welding-at-palomar/">Back to the page' in read(thanks)
    assert not thanks.cookies
    stored = Suggestion.objects.values(
        "page", "topic", "text", "language", "program", "status"
    ).get()
    assert stored == {
        "page": "/en/programs/welding-at-palomar/",
        "topic": "outdated",
        "text": "The class is in room 204 now. Call me: [phone number removed]",
        "language": "en",
        "program": welding.pk,
        "status": "new",
    }
    assert not Change.objects.filter(
        model="programs.suggestion"
    ).exists()  # it would keep the minute


def test_the_marks_are_in_the_readers_language(client, clock, welding):
    reader = Reader(client, clock, form="/es/something-wrong/")

    response = reader.send("Mi teléfono es 664 123 45 67")

    assert response["Location"].startswith("/es/something-wrong/thanks/")
    assert Suggestion.objects.values_list("language", "text").get() == (
        "es",
        "Mi teléfono es [número de teléfono eliminado]",
    )


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"text": ""}, "Write a few words about what is wrong."),
        ({"text": "..."}, "Write a few words about what is wrong."),
        ({"text": "aaaaaaaaaaaaaaaaaaa"}, "Write a few words about what is wrong."),
        ({"text": "a b c !!!###$$$%%%&&&***((("}, "Write a few words about what is wrong."),
        ({"text": "https://example.com/buy"}, "Write a few words about what is wrong."),
        ({"text": "See https://a.example/ and www.b.example"}, "with one web address at most."),
        ({"text": "Buy <a href=x>here</a> now"}, "Write plain words, without code."),
        ({"text": "Buy [url=x]here[/url] now"}, "Write plain words, without code."),
        ({"text": "word " * 201}, "Write at most 1,000 characters."),
        ({"topic": ""}, "Choose what is wrong."),
        ({"topic": "praise"}, "Choose what is wrong."),
        ({"website": "https://example.com"}, "Leave this box empty."),
    ],
)
def test_what_is_no_message_is_refused_in_plain_words_and_stays_in_the_box(reader, values, why):
    sent = {"text": "The phone is wrong"} | values

    response = reader.send(**sent)
    page = response.content.decode()

    assert response.status_code == 400
    assert "Your message was not sent." in page
    assert why in page
    kept = re.search(r"<textarea[^>]*>(.*)</textarea>", page, re.DOTALL)[1]
    assert unescape(kept) == sent["text"]
    assert texts() == []


def test_a_text_of_a_thousand_characters_in_lines_is_taken(reader):
    reader.send("Two words\r\n" * 100)

    assert texts() == [("Two words\n" * 100).strip()]


# --- Who is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/en/"},
        {"Referer": "http://[evil"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver.evil.example"},
    ],
)
def test_another_sites_form_is_refused(reader, headers):
    response = reader.send(headers=headers)

    assert response.status_code == 403
    assert "The class is in room 204 now." in read(response)
    assert texts() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://testserver"},
        {"Referer": "http://testserver/en/something-wrong/?page=/en/"},
        {"Origin": "http://localhost:8000"},  # SITE_URL
    ],
)
def test_an_older_browser_that_tells_less_is_served(reader, headers):
    assert reader.send(headers=headers).status_code == 303


@pytest.mark.parametrize("wait", [0, 2.9])
def test_who_sends_sooner_than_anyone_reads_is_asked_again(reader, wait):
    response = reader.send(wait=wait)

    assert response.status_code == 400
    assert "That was very quick." in read(response)
    assert "The class is in room 204 now." in read(response)
    assert f'value="{reader.token}"' in read(response)  # the second try need not wait again
    assert reader.send(wait=4).status_code == 303


def test_a_form_that_stood_open_for_more_than_a_day_is_asked_again_with_the_text(reader):
    response = reader.send(wait=24 * 3600 + 1)

    assert response.status_code == 400
    assert "This page was open for a long time." in read(response)
    assert "The class is in room 204 now." in read(response)
    reader.token = re.search(r'name="token" value="([^"]+)"', read(response))[1]
    assert reader.send(wait=5).status_code == 303


@pytest.mark.parametrize("token", ["", "x", "/en/programs/welding-at-palomar/:1:2", "\ud83d"])
def test_a_made_up_token_is_refused(reader, token):
    assert reader.send(token=token.encode("utf-8", "replace").decode()).status_code == 400
    assert texts() == []


def test_a_token_of_one_page_is_none_of_another(reader, client, clock):
    other = Reader(client, clock, page="/en/glossary/")
    other.token = reader.token

    assert other.send().status_code == 400
    assert texts() == []


def test_one_network_sends_five_messages_an_hour_whatever_it_claims_to_be(reader):
    for number in range(5):
        assert reader.send(f"Message {number}").status_code == 303

    response = reader.send("One more", headers=OURS | {"X-Forwarded-For": "203.0.113.9"})

    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert "One more" in read(response)
    assert len(texts()) == 5
    assert reader.send("Elsewhere", address="203.0.113.9").status_code == 303


def test_a_network_of_many_addresses_is_one(reader):
    for number in range(5):
        reader.send(f"Message {number}", address=f"2001:db8:1:2::{number}")

    assert reader.send("One more", address="2001:db8:1:2:ffff::1").status_code == 429
    assert reader.send("Another", address="2001:db8:1:3::1").status_code == 303


def test_our_own_front_server_is_believed_and_what_stands_before_it_is_not(reader, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(5):
        reader.send(
            f"Message {number}", headers=OURS | {"X-Forwarded-For": f"10.0.0.{number}, 203.0.113.9"}
        )

    assert (
        reader.send("x y z", headers=OURS | {"X-Forwarded-For": "203.0.113.9"}).status_code == 429
    )
    assert (
        reader.send("Others", headers=OURS | {"X-Forwarded-For": "203.0.113.8"}).status_code == 303
    )


def test_the_whole_site_takes_so_many_messages_an_hour(reader, monkeypatch):
    monkeypatch.setattr(sender, "PER_SITE", 3)
    answers = [reader.send(f"Message {n}", address=f"203.0.113.{n}").status_code for n in range(4)]

    assert answers == [303, 303, 303, 429]


def test_no_address_is_kept_in_the_limits(reader):
    reader.send(address="203.0.113.77")

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM shared_cache")
        rows = cursor.fetchall()
    assert len(rows) == 3  # the salt, a place of the network, a place of the site
    assert "203.0.113.77" not in repr(rows)


def test_the_same_words_about_a_page_count_once_a_week(reader, clock):
    reader.send("The phone number is wrong.")
    assert reader.send("the phone  number is WRONG").status_code == 303
    assert len(texts()) == 1

    Suggestion.objects.update(sent_on="2026-01-01")
    reader.send("The phone number is wrong.")
    assert len(texts()) == 2


# --- Whose it is --------------------------------------------------------------------------------


def test_it_reaches_the_coordinator_of_the_school_or_of_its_district(client, clock):
    school = make_institution("Hoover High", segment="high_school", district=make_district())
    make_program("Nursing", slug="nursing-hoover", institution=school)

    Reader(client, clock, "/es/programs/nursing-hoover/").send("About the program")
    Reader(client, clock, reverse("institution", args=[school.slug])).send("About the school")

    for place, seen in ((school.district, 2), (school, 2), (make_institution(), 0)):
        assert Suggestion.objects.editable_by(make_user(keeps=[place])).count() == seen


@pytest.mark.parametrize("page", ["/en/glossary/", "/en/no-such-page/", "/en/programs/no-such/"])
def test_what_is_about_no_school_reaches_the_administrators_alone(client, clock, page):
    user = make_user(keeps=[make_institution()])
    boss = make_administrator()

    Reader(client, clock, page).send()

    assert Suggestion.objects.get().page == page
    assert not Suggestion.objects.editable_by(user).exists()
    assert Suggestion.objects.editable_by(boss).count() == 1


def test_a_page_that_nobody_may_see_yet_is_not_named(client):
    make_program("Secret plan", slug="secret", status=Program.Status.DRAFT)
    make_institution("Closed", slug="closed", status=Institution.Status.CLOSED)

    for page in ("/en/programs/secret/", "/en/institutions/closed/"):
        found = read(client.get(f"{FORM}?page={page}"))
        assert "Secret plan" not in found
        assert "Closed" not in found


@pytest.mark.parametrize(
    "page",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "/en//evil.example/", "en/",
        "/fr/", "/admin/", "/en/admin/", "/es/admin/programs/", "/en/../admin/", "/en/a b/",
        "javascript:alert(1)", "/en/?q=x", "/en/#x", "/en/\n", "/en/" + "x" * 300, "",
    ],
)  # fmt: skip
def test_only_pages_of_ours_are_asked_about(client, clock, page):
    assert our_page(page) is None
    found = read(client.get(FORM, {"page": page}))
    assert re.search(r'About the page: <a href="/en/(\?q=x)?">Find a career program', found)


def test_robots_and_the_sitemap_leave_the_form_alone(client):
    assert "Disallow: /*/something-wrong/" in client.get("/robots.txt").content.decode()
    assert "something-wrong" not in client.get("/sitemap-pages.xml").content.decode()
    assert '<meta name="robots" content="noindex">' in read(client.get(FORM))


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_the_form_takes_nothing_but_a_message(client, method):
    assert getattr(client, method)(FORM).status_code == 405
    assert client.post(f"{FORM}thanks/").status_code == 405
