"""`manage.py load_demo`."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from conditions.importing import demonstration

KEPT = settings.VAR_DIR / "demo-password"


class Command(BaseCommand):
    """Load the demonstration content once, and print its accounts."""

    help = (
        "Loads the demonstration content: four articles, eleven references, eighteen organisations, six pages "
        "about the site, an account for every role. Loading again changes nothing. "
        "Example: DEBUG=1 python manage.py load_demo"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then say how to sign in; refuses on a site that is not a demonstration."""
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This is not a demonstration site. Set DEMONSTRATION=1 (or DEBUG=1) to load demo content."
            )
        password = kept_password()
        is_new = demonstration.load(password)
        self.stdout.write("Demonstration content loaded." if is_new else "The demonstration content is there already.")
        self.stdout.write(f"\nAccounts, all with the password {password} (sign in at /accounts/login/):")
        for person in demonstration.demonstration_people():
            self.stdout.write(f"  {person['username']:22} {', '.join(person['roles'])}")
        self.stdout.write("")


def kept_password() -> str:
    """One random password for all demo accounts, made once and kept in `var/`."""
    if not KEPT.exists():
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.touch(mode=0o600)
        KEPT.write_text(secrets.token_urlsafe(12))
    return KEPT.read_text().strip()
