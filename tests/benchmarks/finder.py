"""The finder at 10,000 UK organisations beside the same page at 100, on one database, in one run.

Prints milliseconds, median and 95th percentile of 40 answers each, the number of queries, and the ratio of the
percentiles, which has to stay within 2: of processor time on SQLite, of time on PostgreSQL, which computes elsewhere.
What it adds is undone.
"""

import sys
from statistics import quantiles
from time import perf_counter, process_time

from django.core.management import call_command
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from organisations.models import Shown
from tests import bodies
from tests import world as w

ROUNDS, BAR = 40, 2.0
FEW, MANY = 150, 15_000  # two thirds of them are in the UK: 100 and 10,000, two full pages or more
PAGES = {
    "the whole UK": "",
    "the whole UK, page 2": "?page=2",
    "Scotland, page 2": "?area=GB-SCT&page=2",
    "Scotland": "?area=GB-SCT",
    "a kind of help": "?service=helpline&contact=without-speaking",
    "a misspelt name": "?q=bodi+smewhere",
}


@override_settings(DEBUG=False)
def main() -> None:
    """Measure, print, and fail above the bar."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        world = w.build()
        bodies.many(world, FEW)
        few = {name: measure(address) for name, address in PAGES.items()}
        bodies.many(world, MANY - FEW, first=FEW)
        many = {name: measure(address) for name, address in PAGES.items()}
        count = Shown.objects.count()
        transaction.set_rollback(True)
    print(
        f"{f'milliseconds at {FEW} and {count}':36}{'p50':>8}{'p95':>8}{'p50':>8}{'p95':>8}{'ratio':>8}{'queries':>9}"
    )
    is_slow = False
    for name in PAGES:
        (middle, high, _), (later_middle, later_high, queries) = few[name], many[name]
        ratio = later_high / high
        is_slow = is_slow or ratio > BAR or queries > 3
        print(f"{name:36}{middle:8.1f}{high:8.1f}{later_middle:8.1f}{later_high:8.1f}{ratio:8.2f}{queries:9}")
    if is_slow:
        sys.exit("Above the bar.")


def measure(query: str) -> tuple[float, float, int]:
    """Median and 95th percentile in milliseconds, and the number of queries, once names are known."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself once rows are committed
    client, address = Client(headers={"host": "localhost"}), f"/uk/organisations/{query}"
    clock = process_time if connection.vendor == "sqlite" else perf_counter
    reset_queries()  # a full log would count none
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    asked = len(queries)  # the next request empties the log
    taken = []
    for _ in range(ROUNDS):
        started = clock()
        assert client.get(address).status_code == 200
        taken.append((clock() - started) * 1000)
    cuts = quantiles(taken, n=20)
    return cuts[9], cuts[18], asked
