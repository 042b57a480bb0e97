"""The acts of administrators on people: describe, close and open an account, give, confirm and take a role."""

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings

from alsinfo.accounts import attempts, roles
from alsinfo.accounts.models import Role, RoleGrant, User
from alsinfo.accounts.sessions import end_sessions
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now
from alsinfo.outbox import post
from alsinfo.refusals import Refusal

KEPT = (
    "Gone for good: user name, full name, e-mail address, password, second factors, where the person was signed in, "
    "messages to them; of a reviewer also what the profile says, its photograph and the days away. "
    "What stays is the record that readers relied on: the name, role and registration printed with each signature, the "
    "entry in the register and its checks, what was said in reviews and as a reader of drafts, and the audit, which "
    "names accounts by number. Who read a draft was never shown to the public."
)


class NotAnAdministrator(Refusal):
    """Only administrators manage accounts."""

    code = "not-an-administrator"
    status = 403
    sentence = "Only an administrator can manage accounts."


class OwnAccount(Refusal):
    """Nobody gives themselves a role or closes their own account."""

    code = "own-account"
    status = 403
    sentence = "This is your own account, so another administrator has to do this."


class SecondAdministrator(Refusal):
    """Who gave a role does not confirm it."""

    code = "second-administrator"
    status = 403
    sentence = "You gave this role, so a second administrator has to confirm it."


class NotYetHere(Refusal):
    """An account opens with the first password of its person."""

    code = "not-yet-here"
    sentence = "This person has not come yet. Send the invitation again: only they set the first password."


class StillOpen(Refusal):
    """An account in use needs its data."""

    code = "account-still-open"
    sentence = "Close the account first: whoever works here needs a name and an address."


class SuperuserAccount(Refusal):
    """An account with the superuser flag is managed where the site is installed."""

    code = "superuser-account"
    status = 403
    sentence = "This account belongs to who installed the site; it is changed there, not here."


def objection_to_manage(*, by: User) -> Refusal | None:
    """Administrators manage accounts."""
    return None if roles.holds(by, Role.ADMINISTRATOR) else NotAnAdministrator()


def objection_to_change(user: User, *, by: User) -> Refusal | None:
    """An administrator, for any account but one with the superuser flag."""
    return objection_to_manage(by=by) or (SuperuserAccount() if user.is_superuser else None)


def objection_to_empower(user: User, *, by: User) -> Refusal | None:
    """Another administrator decides on one's own roles and whether one's own account is open."""
    return objection_to_change(user, by=by) or (OwnAccount() if user.pk == by.pk else None)


def is_awaited(user: User) -> bool:
    """Whether the person was invited and has not come: no invitation of theirs was used."""
    return user.invitations.exists() and not user.invitations.filter(used_at__isnull=False).exists()


def objection_to_open(user: User, *, by: User) -> Refusal | None:
    """Another administrator, for somebody who was here before."""
    return objection_to_empower(user, by=by) or (NotYetHere() if is_awaited(user) else None)


def objection_to_erase(user: User, *, by: User) -> Refusal | None:
    """Another administrator, once the account is closed."""
    return objection_to_empower(user, by=by) or (StillOpen() if user.is_active else None)


def objection_to_confirm(grant: RoleGrant, *, by: User) -> Refusal | None:
    """A second administrator: neither who gave the role nor who gets it."""
    if objection := objection_to_empower(grant.user, by=by):
        return objection
    return SecondAdministrator() if grant.granted_by_id == by.pk else None


@action
def change(user: User, *, by: User, fields: Mapping[str, Any]) -> User:
    """New values of full_name, email or is_staff; a new address has a verb of its own, and the old one is told.

    Whoever may change the address could have a new password sent there: nothing is signed for a day after, and an
    invitation that went to the old address no longer works.
    """
    insist(objection_to_change(user, by=by))
    before = User.objects.get(pk=user.pk).email
    User.objects.filter(pk=user.pk).update(**fields)
    is_moved = fields.get("email", before) != before and user.pk != by.pk
    if is_moved:
        user.invitations.waiting().update(revoked_at=clock_now())
    if is_moved and before:
        what = f"{by} changed the e-mail address of your account. If that is not right, tell an administrator now."
        post.send(before, "Your e-mail address was changed", f"{what}\n\n{settings.SITE_URL}/accounts/login/\n")
    record("change_address" if is_moved else "change_person", user, by=by, after=", ".join(sorted(fields)))
    return user


@action
def deactivate(user: User, *, by: User, reason: str = "") -> User:
    """Close the account: its sessions end at once and do not come back with it, its history stays."""
    user.invitations.waiting().update(revoked_at=clock_now())
    closed = _set_active(user, False, "deactivate", by=by, reason=reason)
    end_sessions(user)
    return closed


@action
def activate(user: User, *, by: User) -> User:
    """Open the account again."""
    insist(objection_to_open(user, by=by))
    return _set_active(user, True, "activate", by=by)


@action
def give_role(user: User, role: Role, *, by: User) -> RoleGrant:
    """Give another person a role; a second administrator has to confirm it before it is held."""
    insist(objection_to_empower(user, by=by))
    return roles.grant(user, role, by=by)


@action
def confirm_role(user: User, role: Role, *, by: User) -> None:
    """Confirm a role that another administrator gave: from now on it is held. Raises `roles.NotWaiting`."""
    insist(objection_to_manage(by=by))
    grant = RoleGrant.objects.filter(user=user, role=role, confirmed_at=None).select_related("user").first()
    if grant is None:
        raise roles.NotWaiting
    insist(objection_to_confirm(grant, by=by))
    roles.confirm(user, role, by=by)
    post.send(
        user,
        f"You may now work as {role.label}",
        f"{by} confirmed your role: {role.label}.\n\n{settings.SITE_URL}/accounts/login/\n",
    )


@action
def take_role(user: User, role: Role, *, by: User) -> None:
    """Take a role away from another person, at once and by one administrator; or withdraw what was not confirmed."""
    insist(objection_to_empower(user, by=by))
    roles.revoke(user, role, by=by)


@action
def erase(user: User, *, by: User) -> User:
    """Take the personal data of a closed account away; what stays, and why, is in the audit: `KEPT`."""
    insist(objection_to_erase(user, by=by))
    user.invitations.waiting().update(revoked_at=clock_now())
    end_sessions(user)
    for kept in (EmailAddress, Authenticator, UserSession):
        kept.objects.filter(user=user).delete()
    post.forget(user)
    attempts.forget(user)
    user.username, user.full_name, user.email, user.last_login = f"former-{user.pk}", "", "", None
    user.set_unusable_password()
    user.save(update_fields=["username", "full_name", "email", "last_login", "password"])
    record("erase", user, by=by, reason=KEPT)
    return user


def _set_active(user: User, is_active: bool, verb: str, *, by: User, reason: str = "") -> User:
    insist(objection_to_empower(user, by=by))
    User.objects.filter(pk=user.pk).update(is_active=is_active)
    record(verb, user, by=by, reason=reason)
    return user
