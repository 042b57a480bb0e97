"""A service on this machine that works are looked up at."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class Service:
    """A service on this machine: the answers it gives and the requests it got."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str], list[bytes]]] = []
        self.asked: list[tuple[str, str]] = []

    def says(self, *pieces: bytes, status: int = 200, **headers: str) -> None:
        """Give this next; a pause of a tenth of a second comes before each piece but the first."""
        self.answers.append((status, headers, list(pieces)))


@contextmanager
def served(service: Service) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.asked.append((self.path, self.headers["User-Agent"]))
            status, headers, pieces = service.answers.pop(0)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            for place, piece in enumerate(pieces):
                time.sleep(0.1 if place else 0)
                try:
                    self.wfile.write(piece)
                except ConnectionError:
                    return

        def log_message(self, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False  # so that closing waits for them
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
