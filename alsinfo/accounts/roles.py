"""Who holds which role, and the two acts that change it."""

from django.db import transaction
from django.db.models import QuerySet

from alsinfo.accounts.models import Role, RoleGrant, User
from alsinfo.audit import chain
from alsinfo.refusals import Refusal

__all__ = ["AlreadyHeld", "NotHeld", "Role", "grant", "holders", "holds", "revoke"]


class AlreadyHeld(Refusal):
    """The role was given before."""

    code = "role-already-held"
    sentence = "This person already holds this role."


class NotHeld(Refusal):
    """There is nothing to take away."""

    code = "role-not-held"
    sentence = "This person does not hold this role."


def holds(user: User, role: Role) -> bool:
    """Whether an active person holds the role; one query, nothing is cached, so that a demotion counts at once."""
    return user.is_active and RoleGrant.objects.filter(user_id=user.pk, user__is_active=True, role=role).exists()


def holders(role: Role) -> QuerySet[User]:
    """The active people who hold the role."""
    active: QuerySet[User] = User.objects.filter(is_active=True, role_grants__role=role)
    return active


@transaction.atomic
def grant(user: User, role: Role, *, by: User | None) -> RoleGrant:
    """Give the role; `by` None is the system. Raises `AlreadyHeld`."""
    held, is_new = RoleGrant.objects.get_or_create(user=user, role=role, defaults={"granted_by": by})
    if not is_new:
        raise AlreadyHeld
    chain.record("grant_role", user, by=by, after=role)
    return held


@transaction.atomic
def revoke(user: User, role: Role, *, by: User | None) -> None:
    """Take the role away; `by` None is the system. Raises `NotHeld`."""
    removed, _ = RoleGrant.objects.filter(user=user, role=role).delete()
    if not removed:
        raise NotHeld
    chain.record("revoke_role", user, by=by, before=role)
