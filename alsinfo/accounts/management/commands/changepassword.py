"""`manage.py changepassword`, in place of Django's, which would leave no trace."""

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alsinfo.accounts import resetting
from alsinfo.accounts.models import User
from alsinfo.accounts.people import is_awaited

MOST_TRIES = 3


class Command(BaseCommand):
    """Set a person's password where the site runs: in the audit, told to the person, no signing for a day."""

    help = (
        "Sets the password of a person who cannot use a link, and tells them. It counts as a reset by somebody else: "
        "it is in the audit, and they sign nothing for 24 hours. Example: python manage.py changepassword demo-lead"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The user name."""
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Ask for it twice, set it."""
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Nobody has the user name {username}.")
        if is_awaited(person):
            raise CommandError("This person was invited and has not come: send the invitation again in the admin.")
        resetting.set_password(person, self._asked(person))
        self.stdout.write(f"The password of {username} is set. They are told, and sign nothing for 24 hours.")

    def _asked(self, person: User) -> str:
        for _ in range(MOST_TRIES):
            password, again = getpass("New password: "), getpass("New password again: ")
            if password != again:
                self.stderr.write("These are not the same.")
                continue
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.stderr.write("\n".join(error.messages))
            else:
                return password
        raise CommandError("Nothing was changed.")
