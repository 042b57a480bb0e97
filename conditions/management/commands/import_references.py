"""`manage.py import_references`."""

from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alsinfo.accounts.models import User
from alsinfo.refusals import Refusal
from conditions.importing import references


class Command(BaseCommand):
    """Add the works of reference files to the library."""

    help = (
        "Adds the works of .ris, .bib, .nbib and CSL-JSON (.json) files to the library and says for each record what "
        "became of it; ends with 1 if any was refused. A repeat adds nothing. --dry-run writes nothing. "
        "Example: python manage.py import_references als.ris --by demo-editor --dry-run"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The files, the person who answers for them, and whether to try only."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="an editor or publisher")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each record and the counts."""
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"Nobody can sign in as “{options['by']}”.")
        for path in options["files"]:
            if path.suffix.lower() not in references.READERS:
                raise CommandError(f"{path}: the name of a file ends with {', '.join(references.READERS)}.")
        run = references.preview if options["dry_run"] else references.bring_in
        counts: Counter[str] = Counter()
        try:
            for path in options["files"]:
                for outcome in run(path, by=by):
                    counts[outcome.state] += 1
                    self.stdout.write(f"{path}, line {outcome.line}: {outcome.state}: {outcome.sentence}")
                    for note in outcome.notes:
                        self.stdout.write(f"  {note}")
        except (Refusal, OSError) as problem:
            raise CommandError(str(problem)) from problem
        states = (references.ADDED, references.COMPLETED, references.KNOWN, references.REFUSED)
        self.stdout.write(", ".join(f"{counts[state]} {state}" for state in states) + ".")
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was written.")
        if refused := counts[references.REFUSED]:
            raise CommandError(f"{refused} of {counts.total()} records were refused.")
