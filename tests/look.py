"""Looks at every kind of public page as outsiders do, on a site of its own with the demonstration in it.

make look           one line for each address; then, where the checkers are, one for each checker
                    (KIT=folder of check.sh; ONLY="axe vnu" for some of them; OUT=folder keeps what they said)
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.servers import free_port, running

MAKE = "from tests import looked_at; print('\\n'.join(looked_at.make()))"
LARGEST = 25_600  # bytes of a page as it travels
REFUSED = {"no-such-page": 404, "withdrawn": 410, "suspended": 410}


def main(kit: Path) -> int:
    """Make the site, ask for each address, run the checkers; 1 if anything is not as it should be."""
    with tempfile.TemporaryDirectory() as folder, site(Path(folder)) as (base, addresses):
        found = [ask(base, address) for address in addresses]
        if not kit.joinpath("check.sh").exists():
            print(f"There are no checkers at {kit}.")
            return int(not all(found))
        command = [str(kit / "check.sh"), base, "-", "--", *addresses]
        checked = subprocess.run(command, check=False, env={"FEED": "/uk/feed.xml /us/feed.xml", **os.environ})
        return int(checked.returncode or not all(found))


def ask(base: str, address: str) -> bool:
    """Print what an address answers and weighs; whether that is as it should be."""
    request = Request(base + address, headers={"Accept-Encoding": "br"})
    try:
        with urlopen(request) as answer:
            status, body = answer.status, answer.read()
    except HTTPError as error:
        with error:
            status, body = error.code, error.read()
    expected = next((status for word, status in REFUSED.items() if f"/{word}" in address), 200)
    is_fine = status == expected and len(body) <= LARGEST
    print(f"{'ok ' if is_fine else 'BAD'} {status} {len(body):>6} bytes {address}", flush=True)
    return is_fine


@contextmanager
def site(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of the site as in production, but for TLS, and the addresses to look at."""
    port = free_port()
    environment = {
        **os.environ,
        "DEBUG": "0",
        "DEMONSTRATION": "1",
        "SECRET_KEY": "a key that is good for an hour, known to everyone",
        "SEAL_KEYS": "look:a-seal-key-that-is-good-for-an-hour",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder / 'look.sqlite3'}",
        "OWNER_DATABASE_URL": "",
    }
    for command in (["collectstatic", "--noinput", "-v0"], ["migrate", "-v0"], ["load_demo"]):
        subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    make = [sys.executable, "manage.py", "shell", "-v0", "-c", MAKE]
    said = subprocess.run(make, env=environment, check=True, capture_output=True, text=True).stdout
    server = ["-m", "gunicorn", "--no-control-socket", "--threads", "4", "-b", f"127.0.0.1:{port}", "alsinfo.wsgi"]
    with running(*server, environment=environment, port=port) as base:
        yield base, said.split()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
