"""Visit a web address as a polite stranger: HEAD, then GET, redirects followed by hand, no private machine ever.

The name is resolved once and the connection goes to the very address that was looked at, so that a name server
cannot answer twice differently. This is asked again after each redirect.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from conditions.content.visits import Answer, Visit, answer_to

SECONDS = 10.0
LONGEST = 25.0  # seconds for a whole answer
MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
REDIRECTS = (301, 302, 303, 307, 308)
Allowed = Callable[[str, int], bool]


class NeverVisited(Exception):
    """The address leads to a machine that is not on the public internet."""


def is_public(address: str, port: int) -> bool:
    """Whether an IP address and port are a web site's that everybody can reach."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if within or ip in ipaddress.ip_network("64:ff9b::/96"):
            return False
    return port in PORTS.values() and ip.is_global and not ip.is_multicast


def visit(url: str, allowed: Allowed = is_public) -> Visit:
    """What the site says; never an exception. allowed: which machines may be asked (tests ask their own)."""
    where = url
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, target = _ask(where, allowed)
            if not target:
                return Visit(answer_to(status), status, where, _said(status))
            where = urljoin(where, target)
    except NeverVisited:
        return Visit(Answer.REFUSED, 0, where, "The address is not one of a public web site.")
    except socket.gaierror as error:
        is_unknown = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
        return Visit(Answer.HARD if is_unknown else Answer.SOFT, 0, where, "There is no site of this name.")
    except TimeoutError:
        return Visit(Answer.SOFT, 0, where, f"The site did not answer within {SECONDS:.0f} seconds.")
    except ssl.SSLError as error:
        return Visit(Answer.SOFT, 0, where, f"The site’s certificate is not in order: {error.reason}.")
    except (OSError, HTTPException, ValueError) as error:
        return Visit(Answer.SOFT, 0, where, f"The site could not be reached: {type(error).__name__}.")
    return Visit(Answer.SOFT, 0, where, f"The site sends visitors on more than {MOST_REDIRECTS} times.")


def _said(status: int) -> str:
    return "" if status < 400 else f"The site answered {status}."


def _ask(url: str, allowed: Allowed) -> tuple[int, str]:
    """The status, and where the site sends on; GET where HEAD did not do."""
    status, target = _request("HEAD", url, allowed)
    return (status, target) if status < 400 else _request("GET", url, allowed)


def _request(method: str, url: str, allowed: Allowed) -> tuple[int, str]:
    parts = urlsplit(url)
    connection = _connection(parts, allowed)
    late = Timer(LONGEST, _hang_up, [connection])
    late.start()
    try:
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
        connection.request(method, path + query, headers={"User-Agent": _name(), "Accept": "*/*"})
        answer: HTTPResponse = connection.getresponse()
        return answer.status, (answer.headers.get("Location") or "") if answer.status in REDIRECTS else ""
    finally:
        late.cancel()
        connection.close()


def _hang_up(connection: HTTPConnection) -> None:
    """End a conversation in which the other side says a little now and then, without end."""
    with suppress(OSError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _connection(parts: SplitResult, allowed: Allowed) -> HTTPConnection:
    """A connection to the machine that was looked at. Raises `NeverVisited`."""
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise NeverVisited
    port = parts.port or PORTS[parts.scheme]
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(allowed(address, port) for address in addresses):
        raise NeverVisited
    connected = socket.create_connection((addresses[0], port), SECONDS)
    made = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = made(parts.hostname, port, timeout=SECONDS)
    connection.sock = _secured(connected, parts.hostname) if parts.scheme == "https" else connected
    return connection


def _secured(connected: socket.socket, host: str) -> socket.socket:
    try:
        return ssl.create_default_context().wrap_socket(connected, server_hostname=host)
    except OSError:
        connected.close()
        raise


def _name() -> str:
    contact = f"; mailto:{settings.LOOKUP_CONTACT}" if settings.LOOKUP_CONTACT else ""
    return f"alsinfo link check (+{settings.SITE_URL}{contact})"
