"""`manage.py verify_record`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alsinfo.audit import chain
from conditions import record


class Command(BaseCommand):
    """Look at the whole record again."""

    help = (
        "Computes every digest again, checks every seal, the audit chain and the guards; prints counts, and fails on "
        "any mismatch. Keep the last line outside the database, daily. Example: python manage.py verify_record"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was looked at, then the chain's head."""
        found = record.verify()
        record.keep(found)
        for kind, count in found.counts.items():
            self.stdout.write(f"{kind}: {count}")
        head = chain.head()
        self.stdout.write(f"audit chain: {head.count} {head.hash}")
        if found.problems:
            raise CommandError("\n".join(found.problems))
