"""Who holds which role, and the acts that change it: given by one, confirmed by another, taken away by one."""

from django.db import transaction
from django.db.models import QuerySet

from alsinfo.accounts.models import Role, RoleGrant, User
from alsinfo.audit import chain
from alsinfo.concurrency import clock_now
from alsinfo.refusals import Refusal

__all__ = ["AlreadyHeld", "NotHeld", "NotWaiting", "Role", "confirm", "grant", "held_by", "holders", "holds", "revoke"]


class AlreadyHeld(Refusal):
    """The role was given before."""

    code = "role-already-held"
    sentence = "This person already holds this role, or it waits for a second administrator."


class NotHeld(Refusal):
    """There is nothing to take away."""

    code = "role-not-held"
    sentence = "This person does not hold this role."


class NotWaiting(Refusal):
    """There is nothing to confirm."""

    code = "role-not-waiting"
    sentence = "This role does not wait for a second administrator: it was confirmed or withdrawn."


def holds(user: User, role: Role) -> bool:
    """Whether an active person holds the role; one query, nothing is cached, so that a demotion counts at once."""
    held = RoleGrant.objects.filter(user_id=user.pk, user__is_active=True, role=role, confirmed_at__isnull=False)
    return user.is_active and held.exists()


def held_by(user: User) -> frozenset[str]:
    """All roles that an active person holds."""
    held = RoleGrant.objects.filter(user_id=user.pk, user__is_active=True, confirmed_at__isnull=False)
    return frozenset(held.values_list("role", flat=True))


def holders(role: Role) -> QuerySet[User]:
    """The active people who hold the role."""
    active: QuerySet[User] = User.objects.filter(
        is_active=True, role_grants__role=role, role_grants__confirmed_at__isnull=False
    )
    return active


@transaction.atomic
def grant(user: User, role: Role, *, by: User | None) -> RoleGrant:
    """Give the role, held once a second person confirmed it; `by` None is the system, which needs no second.

    Raises `AlreadyHeld`.
    """
    confirmed_at = clock_now() if by is None else None
    given, is_new = RoleGrant.objects.get_or_create(
        user=user, role=role, defaults={"granted_by": by, "confirmed_at": confirmed_at}
    )
    if not is_new:
        raise AlreadyHeld
    chain.record("propose_role" if by else "grant_role", user, by=by, after=role)
    return given


@transaction.atomic
def confirm(user: User, role: Role, *, by: User) -> None:
    """From now on the role is held. Raises `NotWaiting`."""
    waiting = RoleGrant.objects.filter(user=user, role=role, confirmed_at__isnull=True)
    if not waiting.update(confirmed_by=by, confirmed_at=clock_now()):
        raise NotWaiting
    chain.record("grant_role", user, by=by, after=role)


@transaction.atomic
def revoke(user: User, role: Role, *, by: User | None) -> None:
    """Take the role away, or withdraw it before it was confirmed; `by` None is the system. Raises `NotHeld`."""
    given = RoleGrant.objects.filter(user=user, role=role)
    was_held = given.filter(confirmed_at__isnull=False).exists()
    removed, _ = given.delete()
    if not removed:
        raise NotHeld
    chain.record("revoke_role" if was_held else "withdraw_role", user, by=by, before=role)
