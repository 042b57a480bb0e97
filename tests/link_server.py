"""A web server of this machine that answers as sites do: well, wrongly, late, elsewhere."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address


class Site(BaseHTTPRequestHandler):
    """`/status/404` answers so, `/to/X` sends on to `/X`, `/get-only` knows no HEAD, `/late` never answers."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str]] = []
    agents: set[str] = set()
    done = threading.Event()

    def do_GET(self) -> None:
        self.asked.append((self.command, self.path))
        self.agents.add(self.headers.get("User-Agent", ""))
        kind, _, rest = self.path.lstrip("/").partition("/")
        if kind == "late":
            self.done.wait(5)
        elif kind == "hang-up":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif kind == "to":
            self.answer(301, f"/{rest}" if "://" not in rest else rest)
        elif kind == "status":
            self.answer(int(rest))
        else:
            self.answer(405 if kind == "get-only" and self.command == "HEAD" else 200)

    do_HEAD = do_GET

    def answer(self, status: int, target: str = "") -> None:
        self.send_response(status)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """The server's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    Site.asked.clear()
    Site.done.clear()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        Site.done.set()
        server.shutdown()
        server.server_close()
        thread.join()


def is_here(address: str, port: int) -> bool:
    """Whether it is this machine, which real visits never ask."""
    return ip_address(address).is_loopback
