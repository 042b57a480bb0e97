"""`manage.py import_retractions`."""

import sys
import time
from argparse import ArgumentTypeError
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alsinfo.concurrency import clock_now
from alsinfo.refusals import Refusal
from conditions.actions import watching
from conditions.importing import retractions


def day(text: str) -> date:
    """A day as ISO 8601 writes it."""
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise ArgumentTypeError("write the day like 2026-11-03") from problem


class Command(BaseCommand):
    """Take in the public list of Retraction Watch."""

    help = (
        "Reads the public CSV of Retraction Watch and takes in what it says of works in the library: live pages mark "
        "a retracted source at once and are due for review. Rows that cannot be read are named by their line; then "
        "the day of the list is not kept and the command ends with 1, unless --despite-unread. A repeat changes "
        "nothing. Example: python manage.py import_retractions retraction_watch.csv --as-of 2026-11-03"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file and its day."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--as-of", type=day, metavar="DAY", help="when the list was made; else when FILE was saved")
        parser.add_argument("--despite-unread", action="store_true", help="keep the day although rows are unread")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each row that cannot be read, and the counts."""
        path: Path = options["file"]
        try:
            as_of = self.as_of(path, options["as_of"])
            read, broken = retractions.read(path, as_of, self.progress())
            taken = watching.take_in(read, is_whole=not broken or options["despite_unread"])
        except (Refusal, OSError, retractions.NotThisList) as problem:
            raise CommandError(f"{path}: {problem}") from problem
        for row in broken[: retractions.MOST_NAMED]:
            self.stdout.write(f"{path}, line {row.line}: {row.reason}")
        self.stdout.write(
            f"{read.rows} rows read, {len(read.events)} about works of ours, {taken.new_events} of them new, "
            f"{len(broken)} unread; {taken.pages} pages cite a work that is newly retracted."
        )
        if broken and not options["despite_unread"]:
            raise CommandError(
                f"{len(broken)} rows could not be read, so the day of this list was not kept: readers are not told "
                f"that nothing was known on {as_of:%-d %B %Y}."
            )

    def as_of(self, path: Path, given: date | None) -> date:
        """The day of the list: as given, or when the file was saved; never a day to come."""
        today = clock_now().date()
        if given and given > today:
            raise CommandError(f"{given} has not come yet.")
        return given or min(today, datetime.fromtimestamp(path.stat().st_mtime, UTC).date())

    def progress(self) -> retractions.Progress:
        """Count and rate, on a terminal only."""
        started = time.monotonic()

        def show(rows: int) -> None:
            if sys.stderr.isatty():
                rate = rows / max(time.monotonic() - started, 0.001)
                self.stderr.write(f"\r{rows:,} rows, {rate:,.0f} a second", ending="")

        return show
