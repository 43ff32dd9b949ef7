"""The link checker against a server of our own: what it finds, and what it never does."""

import gzip
import socket
import threading
import time
from collections import Counter
from datetime import timedelta
from email.message import Message
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone

from programs import linkcheck, visits
from programs.linkcheck import Visit
from programs.models import LinkCheck
from programs.visits import NoAnswer
from tests.factories import (
    make_award,
    make_check,
    make_course,
    make_district,
    make_institution,
    make_link,
    make_opportunity,
    make_program,
    make_region,
    make_user,
    sign_in,
)

ALIVE, DEAD, UNCLEAR = "alive", "dead", "unclear"
PAGE = b"<html><head><title>Welding</title></head><body><h1>Welding</h1></body></html>"
MOVED = {
    "/moved": "/welding", "/closed-program": "/", "/round": "/round", "/a": "/b", "/b": "/a",
    "/inside": "http://10.0.0.1/", "/file": "file:///etc/passwd", "/forbidden-hop": "/private/x",
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.seen[self.path] += 1
        self.server.agents.add(self.headers["User-Agent"])
        self.server.now += 1
        self.server.most = max(self.server.most, self.server.now)
        try:
            self.answer()
        except OSError:  # the checker has hung up
            self.close_connection = True
        finally:
            self.server.now -= 1

    def answer(self):
        if self.path in MOVED:
            self.say(302, b"", Location=MOVED[self.path])
        elif self.path == "/robots.txt":
            self.say(*self.server.robots)
        elif self.path.startswith("/status/"):
            self.say(int(self.path[8:]), PAGE)
        elif self.path == "/soft":
            self.say(200, b"<title>Page not found | Valley College</title>")
        elif self.path == "/odd":
            self.say(200, PAGE + b"<![foo[ what no parser knows ]]><p>Arcs</p>")
        elif self.path == "/huge":
            self.huge()
        elif self.path == "/drip":
            self.drip()
        elif self.path == "/zipped":
            self.say(200, gzip.compress(b"<title>404</title>"), **{"Content-Encoding": "gzip"})
        elif self.path == "/bomb":
            self.say(200, gzip.compress(b"0" * 50_000_000), **{"Content-Encoding": "gzip"})
        else:
            self.say(200, PAGE)

    def say(self, status, body, **headers):
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def huge(self):
        self.say(200, PAGE)
        for _ in range(1000):
            self.wfile.write(b" " * 65536)
            self.server.sent += 65536

    def drip(self):
        self.say(200, b"<title>")
        while not self.server.over.wait(0.05):
            self.wfile.write(b"x")

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.seen, server.agents, server.now, server.most = Counter(), set(), 0, 0
    server.robots, server.sent, server.over = (404, b""), 0, threading.Event()
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


def own_machine(ip, port):
    """The tests' own permission: the server stands on this machine."""
    return ip == "127.0.0.1"


get = partial(visits.get, may_connect=own_machine, timeout=5)


def visit(server, path):
    return linkcheck.visit(server.url + path, get)


def walk(urls, **options):
    return dict(linkcheck.walk(urls, get=get, pause=lambda seconds: None, **options))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/welding", Visit(ALIVE)),
        ("/moved", Visit(ALIVE)),
        ("/status/404", Visit(DEAD, "status 404")),
        ("/status/410", Visit(DEAD, "status 410")),
        ("/soft", Visit(DEAD, "missing")),
        ("/zipped", Visit(DEAD, "missing")),
        ("/status/403", Visit(UNCLEAR, "status 403")),
        ("/status/429", Visit(UNCLEAR, "status 429")),
        ("/status/503", Visit(UNCLEAR, "status 503")),
        ("/closed-program", Visit(UNCLEAR, "home")),
        ("/round", Visit(UNCLEAR, "hops")),
        ("/a", Visit(UNCLEAR, "hops")),
        ("/inside", Visit(UNCLEAR, "private")),
        ("/file", Visit(UNCLEAR, "address")),
        ("/", Visit(ALIVE)),
    ],
)
def test_what_a_visit_finds(server, path, found):
    assert visit(server, path) == found


@pytest.mark.parametrize(
    "title",
    [
        "404", "404 - Not Found", "Error 404", "Page not found | College", "Not Found",
        "This page doesn't exist", "The page could not be found", "Página no encontrada",
        "No se encontró la página", "This program is no longer available",
        "That page can’t be found", "This page isn't available", "This page couldn't be found",
        "La página no se encuentra", "No encontramos la página",
    ],
)  # fmt: skip
def test_a_page_that_says_it_is_missing_is_dead(title):
    answer = visits.Answer("https://a.example/x", 200, "text/html", f"<h1>{title}</h1>".encode())

    assert linkcheck.judge("https://a.example/x", answer) == Visit(DEAD, "missing")


@pytest.mark.parametrize(
    "title",
    [
        "Welding 404: Pipe", "English 404 course", "Lost and found", "Room 404", "HVAC",
        "Finding a job: what nobody tells you", "",
    ],
)  # fmt: skip
def test_a_page_that_only_sounds_like_it_is_alive(title):
    answer = visits.Answer("https://a.example/x", 200, "text/html", f"<h1>{title}</h1>".encode())

    assert linkcheck.judge("https://a.example/x", answer) == Visit(ALIVE)


def test_a_page_is_read_in_the_letters_that_it_names():
    title = "<h1>Página no encontrada</h1>".encode("latin-1")
    answer = visits.Answer("https://a.example/x", 200, "text/html", title, "latin-1")

    assert linkcheck.judge("https://a.example/x", answer) == Visit(DEAD, "missing")


def test_markup_that_nobody_can_read_stops_neither_the_page_nor_the_next_one(server):
    urls = [server.url + path for path in ("/odd", "/soft")]

    assert walk(urls) == {urls[0]: Visit(ALIVE), urls[1]: Visit(DEAD, "missing")}


@pytest.mark.parametrize("name", ["hex", "base64", "undefined", "idna", "no-such-letters"])
def test_letters_that_are_none_are_taken_for_the_usual(name):
    head = Message()
    head["Content-Type"] = f"text/html; charset={name}"

    assert visits._charset(SimpleNamespace(headers=head)) == "utf-8"


def test_a_huge_page_is_read_only_at_its_beginning(server):
    assert visit(server, "/huge") == Visit(ALIVE)
    assert server.sent < 1000 * 65536


def test_a_page_that_unpacks_to_millions_is_read_only_at_its_beginning(server):
    assert len(get(server.url + "/bomb").body) == visits.BODY


def test_a_server_that_sends_a_byte_now_and_then_is_left(server):
    start = time.monotonic()

    found = linkcheck.visit(server.url + "/drip", partial(get, timeout=0.5))

    assert found == Visit(UNCLEAR, "slow")
    assert time.monotonic() - start < 30


def test_a_server_that_never_answers_is_left():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"

        assert linkcheck.visit(url, partial(get, timeout=0.5)) == Visit(UNCLEAR, "slow")


def test_a_closed_door_and_an_unknown_name():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    assert linkcheck.visit(f"http://127.0.0.1:{port}/", get) == Visit(UNCLEAR, "refused")
    assert linkcheck.visit("http://nowhere.invalid/", get) == Visit(UNCLEAR, "name")


def test_plain_http_behind_https_is_a_certificate_out_of_order(server):
    url = server.url.replace("http:", "https:") + "/welding"

    assert linkcheck.visit(url, get) == Visit(UNCLEAR, "certificate")


# --- Where it never goes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.1.2.3/",
        "http://192.168.0.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0/", "http://2130706433/", "http://0x7f.1/", "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/", "http://[fd00::1]/", "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/", "http://[64:ff9b:1::7f00:1]/", "http://[::127.0.0.1]/",
        "http://[::ffff:0:7f00:1]/", "http://[fec0::1]/",
        "http://192.0.0.192/", "http://168.63.129.16/", "http://100.64.0.1/", "http://224.0.0.1/",
    ],
)  # fmt: skip
def test_no_machine_of_ours_or_of_our_network_is_visited(monkeypatch, url):
    def connected(*args, **kwargs):
        raise AssertionError("It has connected")

    monkeypatch.setattr(socket, "create_connection", connected)

    assert linkcheck.visit(url).reason in ("private", "name")


def test_only_the_usual_ports_are_visited():
    assert visits.is_public("93.184.216.34", 443)
    assert visits.is_public("2606:2800:220:1:248:1893:25c8:1946", 443)
    assert not visits.is_public("93.184.216.34", 22)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "https://", "http://[",
        "https://user:secret@a.example/", "http://a.example:99999/", "", "http://a..b/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_not_visited(url):
    assert linkcheck.visit(url).reason == "address"


def test_a_name_that_answers_differently_the_second_time_gains_nothing(server, monkeypatch):
    """The name is asked once; the connection goes to the address that was checked."""
    answers = iter([[(2, 1, 6, "", ("127.0.0.1", server.server_port))]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: next(answers))
    connected = []
    monkeypatch.setattr(
        socket, "create_connection", lambda place, timeout: connected.append(place) or _closed()
    )

    linkcheck.visit(f"http://rebinding.example:{server.server_port}/", get)

    assert connected == [("127.0.0.1", server.server_port)]


def _closed():
    raise ConnectionRefusedError


def test_one_private_address_among_public_ones_is_enough_to_stay_away(monkeypatch):
    found = [(2, 1, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)

    assert linkcheck.visit("http://both.example/").reason == "private"


def test_a_secure_address_does_not_lead_to_an_insecure_one():
    with pytest.raises(NoAnswer, match="insecure"):
        visits._next("https://a.example/x", "http://a.example/x")


# --- Politeness ------------------------------------------------------------------------------------


def test_it_says_who_it_is(server, settings):
    visit(server, "/welding")

    assert server.agents == {f"PathwaysLinkCheck/1.0 (+{settings.SITE_URL})"}


def test_robots_txt_is_obeyed_also_after_a_redirect(server):
    server.robots = (200, b"User-agent: *\nDisallow: /private/")
    paths = ["/private/x", "/welding", "/forbidden-hop"]

    found = walk([server.url + path for path in paths])

    assert {url.removeprefix(server.url): seen for url, seen in found.items()} == {
        "/private/x": Visit(UNCLEAR, "robots"),
        "/welding": Visit(ALIVE),
        "/forbidden-hop": Visit(UNCLEAR, "robots"),
    }
    assert server.seen["/private/x"] == 0
    assert server.seen["/robots.txt"] == 1


def test_a_site_whose_rules_cannot_be_had_is_left_alone(server):
    server.robots = (503, b"")

    assert walk([server.url + "/welding"]) == {server.url + "/welding": Visit(UNCLEAR, "robots")}


@pytest.mark.parametrize(
    "rules", ["Crawl-delay: ²", "Crawl-delay: " + "9" * 5000, "Disallow: //[x"]
)
def test_a_site_whose_rules_nobody_can_read_is_left_alone(server, rules):
    server.robots = (200, f"User-agent: *\n{rules}\n".encode())

    assert walk([server.url + "/welding"]) == {server.url + "/welding": Visit(UNCLEAR, "robots")}


def test_the_addresses_of_a_host_are_visited_one_after_the_other_with_a_pause(server):
    server.robots = (200, b"User-agent: *\nCrawl-delay: 3")
    pauses = []
    urls = [f"{server.url}/page/{number}" for number in range(4)]

    found = dict(linkcheck.walk(urls, get=get, pause=pauses.append))

    assert list(found) == urls
    assert (server.most, pauses) == (1, [3, 3, 3])


def test_a_host_that_asks_for_less_is_left_for_this_time(server):
    urls = [server.url + path for path in ("/status/429", "/welding")]

    assert walk(urls) == {urls[0]: Visit(UNCLEAR, "status 429")}


def test_a_host_that_never_answers_is_asked_three_times():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    urls = [f"http://127.0.0.1:{port}/{number}" for number in range(9)]

    assert len(walk(urls)) == 3


def test_it_ends_when_its_time_is_over(server):
    assert walk([server.url + "/welding"], until=time.monotonic() - 1) == {}


def test_nobody_waits_for_a_pause_when_the_time_is_over(server):
    until, pauses = time.monotonic() + 0.3, []
    urls = [f"{server.url}/page/{number}" for number in range(2)]

    def late(url, **options):
        time.sleep(max(0, until - time.monotonic()) + 0.01)
        return get(url, **options)

    found = dict(linkcheck.walk(urls, get=late, pause=pauses.append, until=until))

    assert (found, pauses) == ({urls[0]: Visit(ALIVE)}, [])


# --- What is written -------------------------------------------------------------------------------

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["name", "refused"])
def test_a_host_that_is_not_reached_is_dead_only_a_day_later(reason):
    seen = Visit(UNCLEAR, reason)
    outcomes = [
        linkcheck.record("https://a.example/", seen, NOW + after).outcome
        for after in (timedelta(), timedelta(hours=23), DAY, 2 * DAY)
    ]

    assert outcomes == [UNCLEAR, UNCLEAR, DEAD, DEAD]
    assert LinkCheck.objects.get().since == NOW


@pytest.mark.django_db
def test_an_answer_in_between_begins_anew():
    for after, seen in enumerate([Visit(UNCLEAR, "name"), Visit(ALIVE), Visit(UNCLEAR, "name")]):
        check = linkcheck.record("https://a.example/", seen, NOW + after * DAY)

    assert (check.outcome, check.since) == (UNCLEAR, NOW + 2 * DAY)


@pytest.mark.django_db
def test_slowness_is_never_death():
    for after in range(5):
        check = linkcheck.record("https://a.example/", Visit(UNCLEAR, "slow"), NOW + after * DAY)

    assert check.outcome == UNCLEAR


@pytest.mark.django_db
def test_every_address_in_use_is_visited_once():
    school = make_institution(url="https://a.example/1", source_url="https://a.example/2")
    program = make_program(institution=school, url="https://a.example/1", source_url="")
    make_course(program, source_url="https://a.example/3")
    make_award(program, source_url="https://a.example/4")
    make_link(from_institution=school, source_url="https://a.example/5")
    make_opportunity(institution=school, source_url="https://a.example/6")
    make_program(institution=school, url="https://a.example/old", status="retired")

    assert linkcheck.due() == [f"https://a.example/{number}" for number in range(1, 7)]


@pytest.mark.django_db
def test_the_longest_unvisited_come_first_and_the_recent_not_at_all():
    for name, days in (("new", None), ("week", 8), ("month", 30), ("today", 0)):
        url = f"https://{name}.example/"
        make_program(url=url)
        if days is not None:
            make_check(url, checked_at=NOW - days * DAY)

    assert linkcheck.due(limit=2) == ["https://new.example/", "https://month.example/"]
    assert linkcheck.due(host="week.example") == ["https://week.example/"]
    assert len(linkcheck.due(older_than=0)) == 4


@pytest.mark.django_db
def test_when_nobody_answers_it_is_we_who_are_offline():
    urls = [f"http://nowhere{number}.invalid/" for number in range(3)]

    assert linkcheck.check(urls, get=get, pause=lambda seconds: None) == []
    assert not LinkCheck.objects.exists()


@pytest.mark.django_db
def test_the_command_tells_what_it_found_and_forgets_what_nobody_uses(server, monkeypatch, capsys):
    monkeypatch.setattr(linkcheck, "check", partial(linkcheck.check, get=get))
    make_program(url=server.url + "/status/404")
    make_check("https://gone.example/")

    call_command("check_links")

    told = capsys.readouterr().out
    assert "1 due, 1 judged: 0 alive, 1 dead, 0 unclear; 1 forgotten" in told
    assert f"dead: {server.url}/status/404 (status 404)" in told
    assert LinkCheck.objects.get().outcome == DEAD


@pytest.mark.django_db
def test_a_coordinator_visits_their_own_addresses_again_and_no_others(client, server, monkeypatch):
    make_region()
    monkeypatch.setattr(visits, "is_public", own_machine)
    monkeypatch.setattr(visits.get, "__kwdefaults__", visits.get.__kwdefaults__ | {
        "may_connect": own_machine,
    })  # fmt: skip
    district = make_district()
    own = make_program(institution=make_institution(district=district), url=server.url + "/own")
    theirs = make_program(url=server.url + "/theirs")
    checks = [make_check(program.url) for program in (own, theirs)]
    sign_in(client, make_user(keeps=[district]))

    data = {"action": "check_again", "index": 0, "_selected_action": [c.pk for c in checks]}
    client.post("/en/admin/programs/linkcheck/", data)

    assert [LinkCheck.objects.get(pk=check.pk).outcome for check in checks] == [ALIVE, DEAD]
    assert (server.seen["/own"], server.seen["/theirs"]) == (1, 0)


@pytest.mark.django_db
def test_readers_visit_nothing(client):
    make_region()
    check = make_check("https://a.example/")
    sign_in(client, make_user("reader"))

    page = client.get("/en/admin/programs/linkcheck/").content.decode()
    client.post("/en/admin/programs/linkcheck/", {
        "action": "check_again", "index": 0, "_selected_action": [check.pk],
    })  # fmt: skip

    assert "https://a.example/" in page
    assert "check_again" not in page
    assert LinkCheck.objects.get().checked_at == check.checked_at
