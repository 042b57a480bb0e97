"""`manage.py rebuild_pages`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conditions.actions import pages
from conditions.errors.publishing import RecordAltered


class Command(BaseCommand):
    """Render every live page again."""

    help = (
        "Renders and seals every live page again, after a release or a change of PUBLISHER_NAME, SITE_URL or "
        "SEAL_KEYS. Example: python manage.py rebuild_pages"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """One page after the other, each in a transaction of its own."""
        publications, refused = pages.live_publications(), []
        for number, publication in enumerate(publications, start=1):
            try:
                pages.rebuild(publication)
                self.stdout.write(f"{number}/{len(publications)} {publication}")
            except RecordAltered as refusal:
                refused.append(f"{publication}: {refusal}")
        self.stdout.write(f"{len(publications) - len(refused)} pages rendered.")
        if refused:
            raise CommandError("\n".join(refused))
