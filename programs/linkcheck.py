"""Do the web addresses in our rows still answer? Alive, dead, or not to be judged.

Dead is only what is certain: the server or the page itself says that it is gone, or its name or its machine
has not been found twice, a day or more apart. A server that refuses programs like ours says nothing about
its pages.
"""

import re
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial
from html.parser import HTMLParser
from queue import Queue
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from django.utils import timezone

from programs import visits
from programs.models import LinkCheck
from programs.models.addresses import holders
from programs.visits import NoAnswer

Outcome = LinkCheck.Outcome
GONE = (404, 410)
UNREACHED = ("name", "refused")  # dead when it is the same a day later
PATIENCE = timedelta(days=1)
PAUSE, LONGEST_PAUSE = 1, 10  # seconds between two requests to one host
WORKERS = 8  # hosts at a time
CLOSED = ("User-agent: *", "Disallow: /")
GIVE_UP = 3  # visits without an answer, one after the other: the host is left alone for this time
MISSING = re.compile(
    r"^\W*404\b|\b(error|http) 404\b|\b404 (error|page|not)\b"
    r"|\b(page|file|content|resource|site) ((was|is|could|can|does) ?)?(not|n[’']?t|[’']t)"
    r" (be )?(found|exist|available)"
    r"|\bpage (does not|doesn.t|no longer) exists?\b|\bno longer (available|exists)\b"
    r"|\bpágina (no (está )?(encontrada|existe|disponible|se encuentra|se encontró)|inexistente)\b"
    r"|\bno (se encontró|se encuentra|encontramos|pudimos encontrar) (la|esa|esta) página\b"
    r"|^\W*(not found|no encontrad[oa])\W*$",
    re.IGNORECASE,
)
HOMES = re.compile(r"/?((index|home|default)(\.\w+)?|en|es)?/?", re.IGNORECASE)


class Visit(NamedTuple):
    outcome: str
    reason: str = ""  # a key of LinkCheck.REASONS, or "status 403"


# --- What one visit tells ------------------------------------------------------------------------


def visit(url, get=visits.get):
    try:
        return judge(url, get(url))
    except NoAnswer as nothing:
        return Visit(Outcome.UNCLEAR, nothing.reason)


def judge(url, answer):
    if answer.status in GONE:
        return Visit(Outcome.DEAD, f"status {answer.status}")
    if not 200 <= answer.status < 300:
        return Visit(Outcome.UNCLEAR, f"status {answer.status}")
    if any(MISSING.search(heading) for heading in headings(answer.text)):
        return Visit(Outcome.DEAD, "missing")
    if _is_deep(url) and not _is_deep(answer.url):
        return Visit(Outcome.UNCLEAR, "home")
    return Visit(Outcome.ALIVE)


def _is_deep(url):
    parts = urlsplit(url)
    return bool(parts.query) or not HOMES.fullmatch(parts.path)


def headings(text):
    """The title and the main heading of a page, each in one line."""
    reader = _Headings()
    with suppress(AssertionError):  # what html.parser gives up on; what it has read so far counts
        reader.feed(text)
    return [" ".join(text.split())[:300] for text in reader.found.values()]


class _Headings(HTMLParser):
    """Of the first <title> and <h1>."""

    def __init__(self):
        super().__init__()
        self.found, self.within = {}, ""

    def handle_starttag(self, tag, attrs):
        if tag in ("title", "h1") and tag not in self.found:
            self.found[tag], self.within = "", tag

    def handle_endtag(self, tag):
        if tag == self.within:
            self.within = ""

    def handle_data(self, data):
        if self.within:
            self.found[self.within] += data


# --- Politeness ------------------------------------------------------------------------------------


class Robots:
    """What each site allows, asked once a run. A site whose server fails, or whose rules nobody can read,
    is left alone."""

    def __init__(self, get=visits.get):
        self.get, self.rules = get, {}

    def allow(self, url):
        return self._of(url).can_fetch(visits.NAME, url)

    def pause(self, url):
        asked = self._of(url).crawl_delay(visits.NAME) or PAUSE
        return float(min(max(asked, PAUSE), LONGEST_PAUSE))

    def _of(self, url):
        parts = urlsplit(url)
        site = parts.scheme, parts.netloc
        if site not in self.rules:
            self.rules[site] = self._read(urlunsplit((*site, "/robots.txt", "", "")))
        return self.rules[site]

    def _read(self, url):
        try:
            answer = self.get(url)
        except NoAnswer:
            return _rules()  # the page's own visit tells what is wrong with the host
        if answer.status >= 500 or answer.status == 429:
            return _rules(*CLOSED)
        try:
            return _rules(*answer.text.splitlines()) if answer.status == 200 else _rules()
        except ValueError:  # a number or an address that robotparser trips over
            return _rules(*CLOSED)


def _rules(*lines):
    rules = RobotFileParser()
    rules.parse(lines)
    return rules


def walk(urls, *, get=visits.get, pause=time.sleep, until=None):
    """Yields (url, Visit): hosts beside each other, the addresses of one host one after the other.

    `until`, of time.monotonic(), ends it early; what was not visited does not come.
    """
    hosts = defaultdict(list)
    for url in urls:
        hosts[urlsplit(url).netloc.lower()].append(url)
    robots, found = Robots(get), Queue()
    host = partial(_walk_host, found=found, robots=robots, get=get, pause=pause, until=until)
    with ThreadPoolExecutor(WORKERS) as pool:
        walks = [pool.submit(_and_say_so, host, some, found) for some in hosts.values()]
        left = len(hosts)
        while left:
            done = found.get()
            left -= done is None
            if done is not None:
                yield done
        for one in walks:
            one.result()  # an error of ours is told, after all other hosts have been


def _and_say_so(host, addresses, found):
    try:
        host(addresses)
    finally:
        found.put(None)


def _walk_host(addresses, *, found, robots, get, pause, until):
    silent = 0
    for url in addresses:
        if silent == GIVE_UP or _is_over(until):
            return
        seen = visit(url, partial(get, may_visit=robots.allow))
        found.put((url, seen))
        if seen.reason == "status 429":
            return
        silent = silent + 1 if seen.reason in (*UNREACHED, "slow") else 0
        if url != addresses[-1] and not _is_over(until):
            pause(robots.pause(url))


def _is_over(until):
    return until is not None and time.monotonic() > until


# --- Which, and what is written --------------------------------------------------------------------


def addresses():
    """Every web address in our rows, once."""
    found = set()
    for rows, columns in holders():
        for column in columns:
            found |= set(rows.order_by().values_list(column, flat=True).distinct())
    return found - {""}


def due(*, older_than=7, host="", limit=None):
    """The addresses to visit now: those never visited, then those visited longest ago."""
    checked = dict(LinkCheck.objects.values_list("url", "checked_at"))
    recent = timezone.now() - timedelta(days=older_than)
    wanted = [
        url
        for url in addresses()
        if (url not in checked or checked[url] <= recent)
        and (not host or urlsplit(url).netloc.lower() == host.lower())
    ]
    wanted.sort(key=lambda url: (checked[url].timestamp() if url in checked else 0, url))
    return wanted[:limit]


def check(urls, **options):
    """Visit and write down. [LinkCheck]; none when three hosts or more were asked and nobody answered,
    for then it is we who are offline."""
    held, written, answered = [], [], False
    hosts = {urlsplit(url).netloc for url in urls}
    for url, seen in walk(urls, **options):
        answered = answered or seen.reason not in (*UNREACHED, "slow")
        held.append((url, seen))
        if answered or len(hosts) < 3:
            written += [record(*one) for one in held]
            held = []
    return written


def record(url, seen, now=None):
    now = now or timezone.now()
    before = LinkCheck.objects.filter(url=url).first()
    same = before is not None and before.reason == seen.reason
    same = same and (seen.reason in UNREACHED or before.outcome == seen.outcome)
    since, outcome = (before.since if same else now), seen.outcome
    if seen.reason in UNREACHED and now - since >= PATIENCE:
        outcome = Outcome.DEAD
    values = {"outcome": outcome, "reason": seen.reason, "checked_at": now, "since": since}
    return LinkCheck.objects.update_or_create(url=url, defaults=values)[0]


def forget_unused():
    """Addresses that no row has any more."""
    used = addresses()
    gone = [pk for pk, url in LinkCheck.objects.values_list("pk", "url") if url not in used]
    return LinkCheck.objects.filter(pk__in=gone).delete()[0]
