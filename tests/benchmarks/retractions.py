"""How long it takes to read a list of 60,000 retractions beside a library of 20,000 works, and how much memory.

Prints seconds of processor time and megabytes, and fails above the bars. No database is asked.
"""

import resource
import sys
import tempfile
from pathlib import Path
from time import process_time

from conditions.importing.retractions import Row, event, rows
from tests.retraction_lists import others, write

ROWS, WORKS = 60_000, 20_000
MOST_SECONDS, MOST_MEGABYTES = 10, 300


def main() -> None:
    """Measure, print, and fail above the bars."""
    with tempfile.TemporaryDirectory() as folder:
        seconds, found = measured(Path(folder) / "list.csv")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(f"{'a list of 60,000 retractions':40}{'s':>8}{'MB':>8}  about works of ours")
    print(f"{'read beside 20,000 works':40}{seconds:8.2f}{megabytes:8.0f}  {found}")
    if seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES:
        sys.exit(f"Above the bar of {MOST_SECONDS} s and {MOST_MEGABYTES} MB.")


def measured(path: Path) -> tuple[float, int]:
    """Seconds, and how many rows are about the works: every tenth."""
    write(path, others(ROWS))
    wanted = frozenset(f"doi:10.9999/other.{number * 10}" for number in range(WORKS))
    started = process_time()
    found = [found for row in rows(path) if isinstance(row, Row) and (found := event(row, wanted))]
    return process_time() - started, len(found)
