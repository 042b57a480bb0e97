"""A passkey without a device: makes and signs what a browser would send, for tests without one."""

import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

HOST = "localhost"
ORIGIN = f"http://{HOST}"
ADD = "/accounts/factors/passkeys/add/"
PRESENT, MADE = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT


def browser() -> Client:
    """A browser at an address where passkeys work."""
    return Client(SERVER_NAME=HOST)


class SoftPasskey:
    """A key pair and its name; `origin` is the address the browser believes to be at."""

    def __init__(self, origin: str = ORIGIN) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.named = secrets.token_bytes(16)
        self.origin = origin

    def made_for(self, options: dict[str, Any]) -> str:
        """What is sent when the passkey is added."""
        seen = CollectedClientData.create("webauthn.create", options["publicKey"]["challenge"], self.origin)
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        data = AttestedCredentialData.create(Aaguid.NONE, self.named, public)
        host = sha256(options["publicKey"]["rp"]["id"].encode())
        attested = AttestationObject.create("none", AuthenticatorData.create(host, MADE, 0, data), {})
        return self._sent(seen, attestationObject=bytes(attested))

    def answer_to(self, options: dict[str, Any]) -> str:
        """What is sent when the passkey is used."""
        seen = CollectedClientData.create("webauthn.get", options["publicKey"]["challenge"], self.origin)
        data = AuthenticatorData.create(sha256(options["publicKey"]["rpId"].encode()), PRESENT, 1)
        signature = self.key.sign(data + seen.hash, ec.ECDSA(SHA256()))
        return self._sent(seen, authenticatorData=bytes(data), signature=signature)

    def _sent(self, seen: CollectedClientData, **parts: bytes) -> str:
        response = {name: websafe_encode(part) for name, part in {"clientDataJSON": bytes(seen), **parts}.items()}
        named = websafe_encode(self.named)
        sent = {"id": named, "rawId": named, "type": "public-key", "response": response, "clientExtensionResults": {}}
        return json.dumps(sent)


def options_on(response: Any) -> dict[str, Any]:
    """What the button of a page would ask a passkey."""
    found: dict[str, Any] = json.loads(response.context["options"])
    return found


def challenge(client: Client) -> dict[str, Any]:
    """What a passkey is asked at signing."""
    found: dict[str, Any] = client.post("/accounts/passkey/challenge/").json()
    return found


def add(client: Client, name: str = "My phone") -> SoftPasskey:
    """Add a passkey as a signed-in person does."""
    made = SoftPasskey()
    sent = {"name": name, "credential": made.made_for(options_on(client.get(ADD)))}
    assert client.post(ADD, sent).status_code == 302
    return made
