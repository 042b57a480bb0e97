"""Signing with a passkey: once, in the session it was asked for in, within five minutes; or with a code instead."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from alsinfo.accounts import attempts, passkeys
from alsinfo.concurrency import clock_now
from conditions.models import ReviewAssignment, SignOff
from tests import at_desk
from tests import world as w
from tests.soft_passkeys import SoftPasskey, add, browser, challenge
from tests.world import GB, PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def accepted() -> ReviewAssignment:
    world = w.build()
    return w.accept(w.assignment(w.submit(world, w.draft(world))[GB]))


def at_desk_with_passkey(accepted: ReviewAssignment) -> tuple[Client, SoftPasskey]:
    client = browser()
    client.force_login(accepted.reviewer.user)
    client.post("/accounts/again/", {"password": PASSWORD})
    return client, add(client)


def sign(client: Client, accepted: ReviewAssignment, passkey: str, **changes: str) -> str:
    """Send the decision with a passkey; the page that answers."""
    sent = at_desk.decision(accepted, passkey=passkey, **changes)
    return client.post(at_desk.address(accepted), sent, follow=True).text


def test_a_passkey_signs(accepted: ReviewAssignment) -> None:
    client, made = at_desk_with_passkey(accepted)
    assert 'data-passkey="passkey"' in client.get(at_desk.address(accepted)).text
    assert "Type a code to sign, or use a passkey." in sign(client, accepted, "")
    assert not SignOff.objects.exists()
    sign(client, accepted, made.answer_to(challenge(client)))
    assert SignOff.objects.count() == 1
    assert Authenticator.objects.get(type="webauthn").last_used_at


@pytest.mark.parametrize("wrong", ["other", "twice", "elsewhere", "late", "somebody", "unasked", "spoilt"])
def test_a_wrong_passkey_signs_nothing(accepted: ReviewAssignment, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client, made = at_desk_with_passkey(accepted)
    sent = made.answer_to(challenge(client))
    if wrong == "other":
        sent = SoftPasskey().answer_to(challenge(client))
    if wrong == "twice":
        assert "not right" in sign(client, accepted, sent, password="wrong")
        attempts.forget(accepted.reviewer.user)
    if wrong == "elsewhere":
        client = browser()
        client.force_login(accepted.reviewer.user)
    if wrong == "late":
        monkeypatch.setattr(passkeys, "clock_now", lambda: clock_now() + timedelta(minutes=5, seconds=1))
    if wrong == "somebody":
        session = client.session
        session[passkeys.KEPT] |= {"person": w.person("else").pk}
        session.save()
    if wrong == "unasked":
        client.post("/accounts/passkey/challenge/")
    if wrong == "spoilt":
        sent = "{"
    assert "The passkey is not yours, or took too long." in sign(client, accepted, sent)
    assert not SignOff.objects.exists()


def test_wrong_passkeys_at_signing_lock_the_account(accepted: ReviewAssignment) -> None:
    client, made = at_desk_with_passkey(accepted)
    for _ in range(5):
        sign(client, accepted, SoftPasskey().answer_to(challenge(client)))
    assert "too many wrong passwords or codes" in sign(client, accepted, made.answer_to(challenge(client)))
    page = browser().post("/accounts/login/", {"login": accepted.reviewer.user.username, "password": PASSWORD})
    assert "too many wrong attempts" in page.text
    attempts.forget(accepted.reviewer.user)
    sign(client, accepted, made.answer_to(challenge(client)))
    assert SignOff.objects.count() == 1


def test_beside_a_passkey_codes_sign_too(accepted: ReviewAssignment) -> None:
    client, _ = at_desk_with_passkey(accepted)
    code = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()[0]
    sign(client, accepted, "", code=code)
    assert SignOff.objects.count() == 1
