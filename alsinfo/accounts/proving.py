"""That it is really the signer who signs: the password again, and a code where an authenticator app is set up."""

from datetime import timedelta

from allauth.mfa.models import Authenticator

from alsinfo.accounts import attempts
from alsinfo.accounts.models import User
from alsinfo.audit.models import AuditEvent
from alsinfo.concurrency import clock_now
from alsinfo.refusals import Refusal

COOLING_OFF = timedelta(hours=24)
RESETS = ("reset_password", "reset_second_factor", "change_address")
"""What others do to an account that would let them sign in as its owner: verbs of the audit."""


class WrongProof(Refusal):
    """The base of wrong passwords and codes: counted towards lock-out although nothing else is kept."""

    status = 400

    def __init__(self, person: User | None = None) -> None:
        self.person = person
        super().__init__()

    def afterwards(self) -> None:
        """Count it."""
        if self.person is not None:
            attempts.count_wrong(self.person)


class WrongPassword(WrongProof):
    """The password given at signing is wrong."""

    code = "wrong-password"
    sentence = "The password is not right. Nothing was signed; what you wrote is still here."


class WrongCode(WrongProof):
    """The code given at signing is wrong, or was used before."""

    code = "wrong-code"
    sentence = "The code is not right, or was used already. Nothing was signed. Type the next one your app shows."


class LockedOut(Refusal):
    """Too many wrong passwords or codes."""

    code = "locked-out"
    status = 429
    sentence = "There were too many wrong passwords or codes. Nothing was signed. Wait five minutes, then try again."


class JustReset(Refusal):
    """Somebody else reset the password, the second factor or the address less than a day ago."""

    code = "just-reset"
    status = 403
    sentence = (
        "Your password, second factor or e-mail address was reset by somebody else in the last 24 hours. "
        "Nothing can be signed until then. If you did not ask for it, tell a clinical lead now."
    )


def has_second_factor(person: User) -> bool:
    """Whether an authenticator app is set up."""
    return bool(Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).exists())


def was_just_reset(person: User) -> bool:
    """Whether somebody else could have taken the account over in the last 24 hours; the audit knows."""
    events = AuditEvent.objects.filter(subject_type=User._meta.label, subject_id=str(person.pk), verb__in=RESETS)
    return events.filter(at__gt=clock_now() - COOLING_OFF).exclude(actor_id=person.pk).exists()


def objection_to_proof(person: User, password: str, code: str = "") -> Refusal | None:
    """Whether this is the person: their password and, where an app is set up, a code of it or a recovery code."""
    if was_just_reset(person):
        return JustReset()
    if attempts.is_locked(person):
        return LockedOut()
    if not person.check_password(password):
        return WrongPassword(person)
    if has_second_factor(person) and not _is_right(person, code.strip()):
        return WrongCode(person)
    return None


def _is_right(person: User, code: str) -> bool:
    """A code counts once; the order tries the app before the recovery codes."""
    factors = Authenticator.objects.filter(
        user_id=person.pk, type__in=[Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    )
    return bool(code) and any(factor.wrap().validate_code(code) for factor in factors.order_by("-type"))
