"""The article page from gunicorn on PostgreSQL beside a bare view of the same bytes on the same server.

    make bench                    five rounds of three seconds
    make bench ARGS="9 5"         nine rounds of five seconds

Each round loads the bare view and the page in turn, so that whatever else the machine does meets
both. What counts is the ratio of the medians; requests per second depend on the machine. The
second table is the same page with PAGE_CACHE_SECONDS=1. Ends with the figures as JSON.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from statistics import median

from tests.servers import running

PAGE = "/uk/conditions/amyotrophic-lateral-sclerosis/"
BARE = "/bare/"
BARS = {"uncached": 0.40, "one-second page cache": 0.80}
ENVIRONMENT = {
    **os.environ,
    "DEBUG": "0",
    "DEMONSTRATION": "1",
    "SECRET_KEY": "benchmark" * 8,
    "SEAL_KEYS": f"benchmark:{'k' * 40}",
    "SITE_URL": "http://127.0.0.1",
    "ALLOWED_HOSTS": "127.0.0.1",
    "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
}


def main(rounds: int = 5, seconds: int = 3) -> None:
    """Measure, print, and fail below the bars."""
    if not shutil.which("wrk"):
        sys.exit("The benchmark needs wrk (Debian, Ubuntu: apt-get install wrk).")
    manage("migrate", "-v0")
    manage("collectstatic", "--noinput", "--verbosity", "0")
    manage("load_demo")
    figures = {}
    for name, cache_seconds in (("uncached", "0"), ("one-second page cache", "1")):
        with gunicorn(cache_seconds) as base:
            figures[name] = measure(base, rounds, seconds)
    print(f"{'':24}{'bare view/s':>12}{'page/s':>10}{'ratio':>8}{'bar':>6}")
    for name, figure in figures.items():
        figure["bar"] = BARS[name]
        print(f"{name:24}{figure['bare']:12.0f}{figure['page']:10.0f}{figure['ratio']:8.2f}{figure['bar']:6.2f}")
    print(json.dumps({"rounds": rounds, "seconds": seconds, "figures": figures}))
    if any(figure["ratio"] < figure["bar"] for figure in figures.values()):
        sys.exit("Below the bar.")


def measure(base: str, rounds: int, seconds: int) -> dict[str, float]:
    """Medians of alternating rounds, in requests a second."""
    rates: dict[str, list[float]] = {BARE: [], PAGE: []}
    for address in rates:
        load(base + address, 1)
    for _ in range(rounds):
        for address, found in rates.items():
            found.append(load(base + address, seconds))
    bare, page = median(rates[BARE]), median(rates[PAGE])
    return {"bare": bare, "page": page, "ratio": page / bare}


def load(url: str, seconds: int) -> float:
    """Requests a second that wrk got answered with 200."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        sys.exit(f"{url} did not answer as it should:\n{out}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    assert found
    return float(found[1])


def gunicorn(cache_seconds: str) -> AbstractContextManager[str]:
    """The site on a free port: one worker, so that the load has a processor of its own."""
    command = ("-m", "gunicorn", "alsinfo.wsgi", "-b", "127.0.0.1:PORT", "-k", "gthread", "--threads", "4", "-w", "1")
    environment = {**ENVIRONMENT, "PAGE_CACHE_SECONDS": cache_seconds}
    return running(*command, "--no-control-socket", environment=environment)


def manage(*arguments: str) -> None:
    """Run a management command quietly."""
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
