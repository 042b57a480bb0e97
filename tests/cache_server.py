"""A cache of this machine that is told what to drop, as Fastly's and Cloudflare's are."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Cache:
    """Where it listens, what it was told to drop in each request, and how it answers."""

    url: str = ""
    dropped: list[list[str]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    status: int = 200
    location: str = ""

    @property
    def keys(self) -> set[str]:
        """Everything it was told to drop."""
        return {key for keys in self.dropped for key in keys}


@contextmanager
def caching() -> Iterator[Cache]:
    """A cache that listens."""
    cache = Cache()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert body["tags"] == self.headers["Surrogate-Key"].split()
            cache.dropped.append(body["tags"])
            cache.secrets.append(self.headers.get("Fastly-Key"))
            self.send_response(cache.status)
            if cache.location:
                self.send_header("Location", cache.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    cache.url = f"http://127.0.0.1:{server.server_port}/purge"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield cache
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
