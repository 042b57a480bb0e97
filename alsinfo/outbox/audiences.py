"""Who may read a message, asked when it is sent: by then roles were taken away, and reviews given to others.

An app names its audiences: `@audience("lead")` above a function that says why a person is told of the thing with this
key, or "" if the person may not read of it (any more). A message is about "lead:" or "review:12".
"""

from collections.abc import Callable

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import held_by

Reason = Callable[[User, str], str]

_audiences: dict[str, Reason] = {}


def audience(name: str) -> Callable[[Reason], Reason]:
    """Take a function as the audience of this name."""

    def known(reason: Reason) -> Reason:
        _audiences[name] = reason
        return reason

    return known


def insist_on_audience(about: str) -> None:
    """Raises `ValueError` when nobody could say who may read a message about this."""
    if about and about.partition(":")[0] not in _audiences:
        raise ValueError(f"Nobody knows who may read a message about {about}.")


def reason_to_tell(person: User, about: str) -> str:
    """Why a person is told, in a sentence; "" if they may not read it, or not any more."""
    name, _, key = about.partition(":")
    return _audiences[name](person, key)


def of_roles(*roles: Role) -> str:
    """The audience of people who hold one of the roles."""
    return f"role:{','.join(roles)}"


@audience("role")
def _holders(person: User, key: str) -> str:
    held = held_by(person)
    labels = [Role(name).label.lower() for name in key.split(",") if name in held]
    return f"You get this because you work here as {' and '.join(labels)}." if labels else ""
