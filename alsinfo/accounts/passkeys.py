"""Passkeys: what they are asked at signing, what they answer, and whether the answer is right.

A challenge is made here, kept in the session in which it was asked for, names the person it was made for,
and is good for one answer within five minutes. Sign-in and adding a passkey are allauth's.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from allauth.mfa.webauthn.internal import auth
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import PublicKeyCredentialRpEntity, RegistrationResponse, UserVerificationRequirement

from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now

KEPT = "passkey-challenge"
FRESH = 300  # seconds
LONGEST = 20_000  # characters of an answer; real ones have about 1,000
WRONG = "The passkey did not fit, or took too long. Try again, or go on without one."
NOT_AN_ANSWER = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, NotImplementedError)
"""What reading bytes that are no answer of a passkey may raise."""


@dataclass(frozen=True)
class Answer:
    """What a passkey said, and the challenge it was asked: empty where none was open in that session."""

    challenge: Mapping[str, Any]
    credential: Any


def ask(request: HttpRequest, person: User) -> dict[str, Any]:
    """What `navigator.credentials.get` needs; the challenge replaces one that was still open in the session."""
    server = auth.get_server()
    options, state = server.authenticate_begin(auth.get_credentials(person), UserVerificationRequirement.PREFERRED)
    asked = {"person": person.pk, "host": server.rp.id, "at": clock_now().timestamp()}
    request.session[KEPT] = {**state, **asked}
    return dict(options)


def take(request: HttpRequest, text: str) -> Answer:
    """The answer with the challenge open in the session, which is closed by it whether or not it is right.

    Whoever sends the same answer twice at the same time has one of them taken: sessions alone cannot tell.
    """
    asked = request.session.pop(KEPT, {})
    is_first = bool(asked) and cache.add(f"passkey-{asked['challenge']}", True, FRESH)
    return Answer(asked if is_first else {}, read(text))


def is_right(person: User, answer: Answer) -> bool:
    """Whether one of the person's passkeys answered the challenge made for them, in time."""
    asked = answer.challenge
    if asked.get("person") != person.pk or clock_now().timestamp() - asked["at"] > FRESH:
        return False
    server = Fido2Server(PublicKeyCredentialRpEntity(id=asked["host"], name=""))
    try:
        found = server.authenticate_complete(asked, auth.get_credentials(person), answer.credential)
    except NOT_AN_ANSWER:
        return False
    auth.get_authenticator_by_credential_id(person, found.credential_id).record_usage()
    return True


def read(text: str) -> Any:
    """What was sent as JSON; None where it is none, or longer than any answer."""
    try:
        return json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        return None


def essence(credential: Any) -> dict[str, Any]:
    """What is kept of a new passkey: what checking its answers needs, whatever else a browser sent."""
    sent = RegistrationResponse.from_dict(credential)
    named = websafe_encode(sent.raw_id)
    response = {
        "clientDataJSON": websafe_encode(sent.response.client_data),
        "attestationObject": websafe_encode(sent.response.attestation_object),
    }
    return {"id": named, "rawId": named, "type": "public-key", "response": response, "clientExtensionResults": {}}


@contextmanager
def plainly() -> Iterator[None]:
    """Whatever is wrong with an answer, one sentence says so; only too many wrong ones have another."""
    try:
        yield
    except NOT_AN_ANSWER as problem:
        raise ValidationError(WRONG) from problem
    except ValidationError as refused:
        if refused.code == "incorrect_code":
            raise ValidationError(WRONG) from refused
        raise
