"""What an administrator does for a person who cannot sign in: a link to a new password, a lost app, a lock.

After a new password or a lost app the person is told by mail and signs nothing for 24 hours
(`proving.RESETS`); so does a new e-mail address, which `people.change` writes.
"""

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from alsinfo.accounts import attempts
from alsinfo.accounts.models import User
from alsinfo.accounts.people import objection_to_empower, objection_to_open
from alsinfo.accounts.sessions import end_sessions
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.outbox import post

COOLING_OFF = (
    "Until 24 hours have passed you cannot sign any text. If you did not ask for this, tell a clinical lead now."
)


@action
def reset_password(user: User, *, by: User) -> User:
    """The old password no longer works, sessions end, and a link to set another goes to the person's address."""
    insist(objection_to_open(user, by=by))
    user = User.objects.get(pk=user.pk)  # with the address of now: the link is good for it alone
    user.set_unusable_password()
    user.save(update_fields=["password"])
    link = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    address = settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=link)
    _tell(user, "Your password was reset", f"{by} reset your password. Set a new one here, within two hours:", address)
    record("reset_password", user, by=by)
    return user


@action
def set_password(user: User, password: str) -> User:
    """The system sets a password: whoever runs the server is not the person, so it counts like a reset by another."""
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user)
    _tell(user, "Your password was changed", "Somebody who runs the server changed your password.", _sign_in())
    record("reset_password", user, by=None)
    return user


@action
def reset_second_factor(user: User, *, by: User) -> User:
    """Remove app, passkeys and recovery codes of a person who lost them; whoever is signed in as them no longer is."""
    insist(objection_to_empower(user, by=by))
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    what = f"{by} removed the second factors of your account. Sign in and set up another:"
    _tell(user, "Your second factor was removed", what, _sign_in())
    record("reset_second_factor", user, by=by)
    return user


@action
def unlock(user: User, *, by: User) -> User:
    """Let a person try their password again before five minutes have passed."""
    insist(objection_to_empower(user, by=by))
    attempts.forget(user)
    record("unlock", user, by=by)
    return user


def _tell(user: User, subject: str, what: str, link: str) -> None:
    if user.email:
        post.send(user.email, subject, f"{what}\n\n{link}\n\n{COOLING_OFF}")


def _sign_in() -> str:
    return settings.SITE_URL + reverse("account_login")
