"""A server of the site on a free port of this machine, for as long as it is needed."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

TRIES = 100  # of a fifth of a second


@contextmanager
def running(*command: str, environment: Mapping[str, str], port: int = 0) -> Iterator[str]:
    """The address of the site that `command` serves; `PORT` in the command stands for the port, a free one if none is
    given."""
    port = port or free_port()
    server = subprocess.Popen(
        [sys.executable, *(part.replace("PORT", str(port)) for part in command)],
        env=dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/health/live")
        yield address
    finally:
        server.terminate()
        server.wait(10)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def wait_for(url: str) -> None:
    """Until the address answers; ends the program when it does not within 20 seconds."""
    for _ in range(TRIES):
        try:
            with urlopen(url, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    sys.exit("The site did not start.")
