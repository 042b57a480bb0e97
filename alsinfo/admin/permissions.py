"""Which roles the person behind a request holds; Django's own permissions and the superuser flag give none."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import held_by


def person(request: HttpRequest) -> User:
    """Who is asking. Raises PermissionDenied for nobody."""
    if isinstance(request.user, AnonymousUser):
        raise PermissionDenied
    return request.user


def held_roles(request: HttpRequest) -> frozenset[str]:
    """The roles held as this request began, asked for once; the actions ask again."""
    known: frozenset[str] | None = getattr(request, "held_roles", None)
    if known is None:
        known = held_by(person(request))
        request.held_roles = known  # type: ignore[attr-defined]
    return known


def has_one_of(request: HttpRequest, roles: tuple[Role, ...]) -> bool:
    """Whether the person holds one of the roles."""
    return not held_roles(request).isdisjoint(roles)
