"""`manage.py export_organisations`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from organisations import importing


class Command(BaseCommand):
    """Write the organisations to a CSV file."""

    help = (
        "Writes every organisation, as its editors have it, to a CSV file that import_organisations reads back the "
        "same. Example: python manage.py export_organisations organisations.csv"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, and say where it is."""
        options["file"].write_text(importing.export(), encoding="utf-8", newline="")
        self.stdout.write(f"Written to {options['file']}.")
