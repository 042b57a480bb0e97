"""How often a wrong password or code may be given for one account, at sign-in and at signing together.

Counted by the account, not by what was typed: user name and e-mail address share one count. A name that
nobody has is counted as well, so that the answer is the same. The limit is `WRONG_PROOFS_PER_ACCOUNT`.
"""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from alsinfo.accounts.models import User

APP, DEED = "allauth.account", "login_failed"


def account_named(name: str) -> User | None:
    """The account with this user name, else the one open account with this e-mail address; one query."""
    found: list[User] = list(User.objects.filter(Q(username=name) | Q(email__iexact=name)).order_by("pk")[:20])
    exact = [person for person in found if person.username == name]
    at_address = [person for person in found if person.is_active]
    if exact:
        return exact[0]
    return at_address[0] if len(at_address) == 1 else None


def key_of(person: User | None, name: str = "") -> str:
    """What attempts are counted under."""
    return f"account {person.pk}" if person else f"name {name.casefold()}"


def is_locked(person: User) -> bool:
    """Whether too many wrong proofs were given lately; counts nothing."""
    return ratelimit.consume(_no_address(), **_limit(person), dry_run=True) is None


def count_wrong(person: User) -> None:
    """One more wrong proof."""
    ratelimit.consume(_no_address(), **_limit(person))


def forget(person: User) -> None:
    """Unlock the account."""
    for key in (key_of(person), f"mfa-auth-user-{person.pk}"):
        ratelimit.clear(_no_address(), **{**_limit(person), "key": key})


def _limit(person: User) -> dict[str, object]:
    return {"app": APP, "action": DEED, "config": {DEED: settings.WRONG_PROOFS_PER_ACCOUNT}, "key": key_of(person)}


def _no_address() -> HttpRequest:
    """Stands for a request where only the account counts."""
    request = HttpRequest()
    request.method = "POST"
    return request
