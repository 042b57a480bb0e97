"""How a new person comes: invited by mail, they set the first password themselves, and nobody else ever knows it.

Until then the account is closed. A link works once and for `VALID`; whoever has it could come in the
person's name, so the database keeps only a digest of its key.
"""

import hashlib
import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from alsinfo.accounts import people
from alsinfo.accounts.models import Invitation, Role, RoleGrant, User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now
from alsinfo.outbox import post
from alsinfo.refusals import Refusal

VALID = timedelta(days=7)
KEY_BYTES = 32


class InvitationOver(Refusal):
    """Used, expired, revoked or unknown: all the same to who asks."""

    code = "invitation-over"
    status = 410
    sentence = "This invitation no longer works."


class NothingToRevoke(Refusal):
    """No link of this person works."""

    code = "no-invitation-waits"
    sentence = "No invitation of this person waits: it was used, revoked or never sent."


class AlreadyHere(Refusal):
    """Who has come needs no invitation."""

    code = "already-here"
    sentence = "This person has come already. Send a link for a new password instead."


class AddressInUse(Refusal):
    """A letter to one person is not opened by two."""

    code = "address-in-use"
    sentence = "Somebody already has this e-mail address."


class NoRole(Refusal):
    """Nobody is invited to do nothing."""

    code = "invited-to-nothing"
    sentence = "Say what the person is to do: choose a role."


def objection_to_address(address: str) -> Refusal | None:
    """An address of one's own."""
    return AddressInUse() if User.objects.filter(email__iexact=address).exists() else None


def objection_to_invite(address: str, roles: Collection[Role], *, by: User) -> Refusal | None:
    """An administrator, to an address of one's own, to do something."""
    if objection := people.objection_to_manage(by=by):
        return objection
    return objection_to_address(address) or (None if roles else NoRole())


def objection_to_send_again(user: User, *, by: User) -> Refusal | None:
    """An administrator, to somebody who has not come."""
    if objection := people.objection_to_empower(user, by=by):
        return objection
    return None if people.is_awaited(user) else AlreadyHere()


@action
def invite(username: str, *, by: User, fields: Mapping[str, Any], roles: Collection[Role]) -> User:
    """A new person and a letter to them; `fields` are full_name and email.

    The roles wait for a second administrator, like any. Whoever has other work than reviewing and reading drafts
    may enter the admin.
    """
    insist(objection_to_invite(fields["email"], roles, by=by))
    is_staff = any(role not in (Role.REVIEWER, Role.DRAFT_READER) for role in roles)
    user: User = User.objects.create_user(username, is_active=False, is_staff=is_staff, **fields)
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role, granted_by=by) for role in roles)
    _write(user, by=by)
    record("invite_person", user, by=by, after=", ".join(roles))
    return user


@action
def send_again(user: User, *, by: User) -> User:
    """Another link, to the address of now; the one before no longer works."""
    insist(objection_to_send_again(user, by=by))
    user = User.objects.get(pk=user.pk)
    user.invitations.waiting().update(revoked_at=clock_now())
    _write(user, by=by)
    record("invite_again", user, by=by)
    return user


@action
def revoke(user: User, *, by: User) -> User:
    """The link no longer works. Raises `NothingToRevoke`."""
    insist(people.objection_to_empower(user, by=by))
    if not user.invitations.waiting().update(revoked_at=clock_now()):
        raise NothingToRevoke
    record("revoke_invitation", user, by=by)
    return user


@action
def join(invitation: Invitation, password: str, *, by: User) -> User:
    """The person comes: the password is theirs, the account opens. Raises `InvitationOver`."""
    now = clock_now()
    usable = Invitation.objects.waiting().filter(pk=invitation.pk, user=by, expires_at__gt=now)
    if not usable.update(used_at=now):
        raise InvitationOver
    by.set_password(password)
    by.is_active = True
    by.save(update_fields=["password", "is_active"])
    record("join", by, by=by)
    return by


def find(key: str) -> Invitation | None:
    """The invitation whose link has this key, if it can be used now."""
    return _usable().filter(digest=digest_of(key)).first()


def found_before(number: int | None) -> Invitation | None:
    """The invitation with this number, if it can still be used."""
    return _usable().filter(pk=number).first() if number is not None else None


def standing(user: User, now: datetime) -> str:
    """Whether the account is open, in words; looks at `user.invitations.all()`, newest first."""
    invitations = list(user.invitations.all())
    if user.is_active:
        return "open"
    if not invitations or any(each.used_at for each in invitations):
        return "closed"
    if invitations[0].revoked_at:
        return "invitation revoked"
    return "invitation expired" if invitations[0].expires_at <= now else f"invited until {_moment(invitations[0])}"


def digest_of(key: str) -> str:
    """What the database keeps of a key: 256 random bits need neither salt nor a slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


def _usable() -> QuerySet[Invitation]:
    return Invitation.objects.waiting().filter(expires_at__gt=clock_now()).select_related("user")


def _write(user: User, *, by: User) -> None:
    key, now = secrets.token_urlsafe(KEY_BYTES), clock_now()
    invitation = Invitation.objects.create(
        user=user, digest=digest_of(key), invited_by=by, invited_at=now, expires_at=now + VALID
    )
    given = RoleGrant.objects.filter(user=user).order_by("role")
    post.send(user.email, f"Your invitation to {settings.PUBLISHER_NAME}", _letter(invitation, given, key))


def _letter(invitation: Invitation, given: Iterable[RoleGrant], key: str) -> str:
    what = ", ".join(grant.get_role_display() for grant in given) or "one of us"
    link = settings.SITE_URL + reverse("account_invitation_link", kwargs={"key": key})
    return (
        f"{invitation.invited_by} invites you to work on {settings.PUBLISHER_NAME} as: {what}.\n"
        f"Your user name is {invitation.user.username}. Set your password here, until {_moment(invitation)}:\n\n"
        f"{link}\n\n"
        "The link works once and is for you alone. Nobody else ever learns your password, and nobody will ask you "
        "for it. If you did not expect this letter, do nothing: no account opens without you.\n"
    )


def _moment(invitation: Invitation) -> str:
    return f"{invitation.expires_at:%-d %B %Y, %H:%M} UTC"
