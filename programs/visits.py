"""One request to a web address that somebody has typed: guarded, bounded, and honest about who asks.

The address may lead anywhere, so every hop is checked: only http and https, only addresses of the public
internet, and the connection goes to the very address that was checked, so that a name which answers
differently a moment later gains nothing. At most five hops and 64 kB, in twenty seconds.
"""

import errno
import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from contextlib import contextmanager, suppress
from threading import Timer
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from django.conf import settings

NAME = "PathwaysLinkCheck"
BODY = 64 * 1024
HOPS = 5
TIMEOUT = 20  # seconds, from the first connection to the last byte
PORTS = (80, 443, 8080, 8443)
UNREACHABLE = (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH)
MOVED = (301, 302, 303, 307, 308)
ROUTED = ipaddress.ip_network("2000::/3")  # all of IPv6 that leads anywhere
# IPv6 addresses that carry an IPv4 address within: a way around the check.
CARRIERS = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "2002::/16", "2001::/32")]
# Where clouds tell a machine about itself, from addresses that look like any other.
CLOUDS = [ipaddress.ip_network(net) for net in ("192.0.0.0/24", "168.63.129.16/32")]


class NoAnswer(Exception):
    """Nothing to judge by; `reason` is a key of `LinkCheck.REASONS`."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class Answer(NamedTuple):
    url: str  # where the hops have led
    status: int
    type: str
    body: bytes  # the beginning, of texts alone
    charset: str = "utf-8"

    @property
    def text(self):
        return self.body.decode(self.charset, "replace")


def is_public(ip, port):
    """Whether we may connect there: no machine of our own, of our network, of our provider."""
    address = ipaddress.ip_address(ip)
    address = getattr(address, "ipv4_mapped", None) or address
    if address.version == 6 and (address not in ROUTED or any(address in net for net in CARRIERS)):
        return False
    if address.version == 4 and any(address in net for net in CLOUDS):
        return False
    return port in PORTS and address.is_global and not address.is_multicast


def get(url, *, may_connect=is_public, may_visit=lambda url: True, timeout=TIMEOUT):
    """The Answer at the end of the hops, or NoAnswer. `may_visit` is asked before every hop.

    No HEAD first: most addresses are pages whose title must be read anyway, some servers answer HEAD
    wrongly, and of other files nothing but the head is read.
    """
    end = time.monotonic() + timeout
    for _hop in range(HOPS + 1):
        url = _clean(url)
        if not may_visit(url):
            raise NoAnswer("robots")
        left = end - time.monotonic()
        if left <= 0:
            raise NoAnswer("slow")
        answer, location = _ask(url, may_connect, left)
        if answer.status not in MOVED or not location:
            return answer
        url = _next(url, location)
    raise NoAnswer("hops")


def _next(url, location):
    try:
        target = urljoin(url, location)
    except ValueError as error:
        raise NoAnswer("address") from error
    if url.startswith("https:") and not target.startswith("https:"):
        raise NoAnswer("insecure")
    return target


def _clean(url):
    """The address in plain ASCII without its fragment; NoAnswer when it is none that we follow."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError as error:
        raise NoAnswer("address") from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise NoAnswer("address")
    place = f"[{host}]" if ":" in host else host
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return urlunsplit((parts.scheme, f"{place}:{port}" if port else place, path, query, ""))


def _ask(url, may_connect, timeout):
    """(Answer, Location) of one hop."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    kind = _SecureConnection if parts.scheme == "https" else _Connection
    connection = kind(parts.hostname, port, timeout=timeout)
    connection.addresses = _resolve(parts.hostname, port, may_connect)
    target = urlunsplit(("", "", parts.path, parts.query, ""))
    try:
        with _cut_after(timeout, connection):
            connection.request("GET", target, headers=_headers())
            response = connection.getresponse()
            kind = response.headers.get_content_type()
            body = _read(response) if kind.startswith("text/") or "html" in kind else b""
            answer = Answer(url, response.status, kind, body, _charset(response))
            return answer, response.getheader("Location")
    except ssl.SSLError as error:
        raise NoAnswer("certificate") from error
    except TimeoutError as error:
        raise NoAnswer("slow") from error
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        raise NoAnswer("slow" if connection.is_cut else _why(error)) from error
    finally:
        connection.close()


def _why(error):
    """A connection that is dropped half way tells of a filter against programs, not of a dead end."""
    return "refused" if getattr(error, "errno", None) in UNREACHABLE else "broken"


def _headers():
    return {
        "User-Agent": f"{NAME}/1.0 (+{settings.SITE_URL})",
        "Accept": "text/html,*/*;q=0.5",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _charset(response):
    """The letters that a page is written in; some names are codecs, and none of texts."""
    try:
        name = response.headers.get_content_charset("utf-8")
        b"a".decode(name, "replace")
        return name
    except (LookupError, ValueError):
        return "utf-8"


def _read(response):
    body = response.read(BODY)
    if response.headers.get("Content-Encoding", "").lower() in ("gzip", "deflate"):
        return zlib.decompressobj(32 + zlib.MAX_WBITS).decompress(body, BODY)
    return body


def _resolve(host, port, may_connect):
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAnswer("name") from error
    addresses = list(dict.fromkeys(info[4][0] for info in found))
    if not all(may_connect(address, port) for address in addresses):
        raise NoAnswer("private")
    return addresses


class _Connection(http.client.HTTPConnection):
    """To one of the addresses that were checked, whatever the name resolves to by now."""

    addresses = ()
    is_cut = False
    raw = None

    def connect(self):
        for number, address in enumerate(self.addresses, start=1):
            if self.is_cut:  # each address may take all the time that one request has
                raise TimeoutError
            try:
                self.raw = self.sock = socket.create_connection((address, self.port), self.timeout)
                return
            except OSError:
                if number == len(self.addresses):
                    raise

    def cut(self):
        self.is_cut = True
        if self.raw is not None:
            # Wakes whoever reads; a server that sends a byte a second never times out by itself.
            with suppress(OSError):
                self.raw.shutdown(socket.SHUT_RDWR)


class _SecureConnection(_Connection):
    def connect(self):
        super().connect()
        context = ssl.create_default_context()
        self.raw = self.sock = context.wrap_socket(
            self.sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock.do_handshake()  # only now, so that it can be cut as well


@contextmanager
def _cut_after(seconds, connection):
    timer = Timer(seconds, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if connection.is_cut:
        raise TimeoutError
