"""`manage.py import_organisations`."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alsinfo.accounts.models import User
from alsinfo.refusals import Refusal
from organisations import importing
from organisations.sheet import UnreadableSheet

STATES = (importing.ADDED, importing.CHANGED, importing.KNOWN, importing.REFUSED)


class Command(BaseCommand):
    """Propose what CSV files say of organisations."""

    help = (
        "Proposes what CSV files of organisations say and what is not there yet, and says for each row what became of "
        "it; ends with 1 if any was refused. Readers see a proposal once a second person approved it. A repeat changes "
        "nothing. --dry-run writes nothing. "
        "Example: python manage.py import_organisations charities.csv --by demo-editor --dry-run"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The files, the person who answers for them, and whether to try only."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="an editor or publisher")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each row and the counts."""
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"Nobody can sign in as “{options['by']}”.")
        run = importing.preview if options["dry_run"] else importing.bring_in
        counts: Counter[str] = Counter()
        for path in options["files"]:
            try:
                for outcome in run(path.read_bytes(), by=by):
                    counts[outcome.state] += 1
                    differs = f" ({', '.join(outcome.notes)})" if outcome.notes else ""
                    self.stdout.write(f"{path}, line {outcome.line}: {outcome.state}: {outcome.sentence}{differs}")
            except (Refusal, UnreadableSheet, OSError) as problem:
                raise CommandError(f"{path}: {problem}") from problem
        self.stdout.write(", ".join(f"{counts[state]} {state}" for state in STATES) + ".")
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was written.")
        if refused := counts[importing.REFUSED]:
            raise CommandError(f"{refused} of {counts.total()} rows were refused.")
