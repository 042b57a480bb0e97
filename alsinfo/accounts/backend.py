"""Who signs in: by user name or e-mail address, with exactly one password check whoever is named."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from alsinfo.accounts.attempts import account_named
from alsinfo.accounts.models import User


class NameOrAddress(ModelBackend):
    """An unknown name, a closed account and a wrong password take the same time and get the same answer."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The person, if the account is open and the password is theirs."""
        name = username or kwargs.get("email")
        if not name or password is None:
            return None
        person = account_named(name)
        if person is None:
            User().set_password(password)  # takes as long as a check
            return None
        is_right = person.check_password(password)
        return person if is_right and self.user_can_authenticate(person) else None
