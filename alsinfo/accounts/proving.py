"""That it is really the signer who signs: the password again, and a second factor where one is set up."""

from dataclasses import dataclass, field
from datetime import timedelta

from allauth.mfa.models import Authenticator

from alsinfo.accounts import attempts, passkeys
from alsinfo.accounts.models import User
from alsinfo.audit.models import AuditEvent
from alsinfo.concurrency import clock_now
from alsinfo.refusals import Refusal

COOLING_OFF = timedelta(hours=24)
RESETS = ("reset_password", "reset_second_factor", "change_address")
"""What others do to an account that would let them sign in as its owner: verbs of the audit."""


@dataclass(frozen=True)
class Proof:
    """What somebody gives to show who they are: the password, and a code or a passkey's answer where one is set up."""

    password: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    passkey: passkeys.Answer | None = None


@dataclass(frozen=True)
class Factors:
    """Which second factors a person has set up; recovery codes come with either."""

    has_app: bool
    has_passkey: bool

    def __bool__(self) -> bool:
        return self.has_app or self.has_passkey


class WrongProof(Refusal):
    """The base of wrong passwords, codes and passkeys: counted towards lock-out although nothing else is kept."""

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


class WrongPasskey(WrongProof):
    """The passkey used at signing is not the signer's, or answered another challenge."""

    code = "wrong-passkey"
    sentence = "The passkey is not yours, or took too long. Nothing was signed. Use it again, or type a code."


class LockedOut(Refusal):
    """Too many wrong passwords, codes or passkeys."""

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


def factors_of(person: User) -> Factors:
    """The second factors set up; one query."""
    kinds = set(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
    return Factors(Authenticator.Type.TOTP in kinds, Authenticator.Type.WEBAUTHN in kinds)


def has_second_factor(person: User) -> bool:
    """Whether an authenticator app or a passkey is set up."""
    return bool(factors_of(person))


def was_just_reset(person: User) -> bool:
    """Whether somebody else could have taken the account over in the last 24 hours; the audit knows."""
    events = AuditEvent.objects.filter(subject_type=User._meta.label, subject_id=str(person.pk), verb__in=RESETS)
    return events.filter(at__gt=clock_now() - COOLING_OFF).exclude(actor_id=person.pk).exists()


def objection_to_proof(person: User, proof: Proof) -> Refusal | None:
    """Whether this is the person: their password and, where one is set up, a passkey, a code or a recovery code."""
    if was_just_reset(person):
        return JustReset()
    if attempts.is_locked(person):
        return LockedOut()
    if not person.check_password(proof.password):
        return WrongPassword(person)
    return _objection_to_factor(person, proof) if has_second_factor(person) else None


def _objection_to_factor(person: User, proof: Proof) -> Refusal | None:
    if proof.passkey is not None:
        return None if passkeys.is_right(person, proof.passkey) else WrongPasskey(person)
    return None if _is_right(person, proof.code.strip()) else WrongCode(person)


def _is_right(person: User, code: str) -> bool:
    """A code counts once; the order tries the app before the recovery codes."""
    factors = Authenticator.objects.filter(
        user_id=person.pk, type__in=[Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    )
    return bool(code) and any(factor.wrap().validate_code(code) for factor in factors.order_by("-type"))
