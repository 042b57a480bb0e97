"""`manage.py rebuild_pages`."""

from typing import Any

from django.core.management.base import BaseCommand

from conditions.actions import pages


class Command(BaseCommand):
    """Render every live page again."""

    help = (
        "Renders and seals every live page again, after a release or a change of PUBLISHER_NAME, SITE_URL or "
        "SEAL_KEYS. Example: python manage.py rebuild_pages"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """One page after the other, each in a transaction of its own."""
        publications = pages.live_publications()
        for number, publication in enumerate(publications, start=1):
            pages.rebuild(publication)
            self.stdout.write(f"{number}/{len(publications)} {publication}")
        self.stdout.write(f"{len(publications)} pages rendered.")
