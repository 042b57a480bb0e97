"""Passkeys: added, named, used to sign in, refused when they are not right, removed."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from pytest_django import Settings

from alsinfo.accounts import attempts, passkeys
from alsinfo.accounts.models import Role, User
from alsinfo.accounts.proving import has_second_factor
from alsinfo.concurrency import clock_now
from alsinfo.outbox.models import Message
from tests.pages import signed_in
from tests.second_factors import code_of, enrol
from tests.soft_passkeys import ADD, SoftPasskey, add, browser, challenge, options_on
from tests.world import PASSWORD, person

pytestmark = pytest.mark.django_db
LOGIN, CODE, FACTORS = "/accounts/login/", "/accounts/login/code/", "/accounts/factors/"
LIST, CODES = f"{FACTORS}passkeys/", f"{FACTORS}recovery-codes/"
WRONG = "The passkey did not fit, or took too long."


@pytest.fixture
def editor(settings: Settings) -> User:
    settings.REQUIRE_SECOND_FACTOR = True
    return person("ed", Role.EDITOR, is_staff=True)


@pytest.fixture
def client() -> Client:
    return browser()


def sign_in(client: Client, user: User) -> str:
    """Post the password; where it leads."""
    return client.post(LOGIN, {"login": user.username, "password": PASSWORD}).headers["Location"]


def test_a_passkey_is_added_named_and_told_by_mail(client: Client, editor: User) -> None:
    sign_in(client, editor)
    assert client.get("/admin/").headers["Location"] == FACTORS
    made = SoftPasskey().made_for(options_on(client.get(ADD)))
    assert client.post(ADD, {"name": "My phone", "credential": made}).headers["Location"] == CODES
    assert client.get(CODES).text.count("<code>") == 10
    assert "My phone" in client.get(LIST).text
    assert client.get("/admin/").status_code == 200
    told = Message.objects.get(subject="A passkey was added")
    assert "You were signed out everywhere else." in told.body


def test_a_passkey_without_a_name_gets_one(client: Client, editor: User) -> None:
    sign_in(client, editor)
    add(client, "")
    add(client, "")
    page = client.get(LIST).text
    assert "Passkey 1" in page and "Passkey 2" in page


def test_after_the_password_the_passkey_signs_in(client: Client, editor: User) -> None:
    sign_in(client, editor)
    made = add(client)
    again = browser()
    assert sign_in(again, editor) == CODE
    page = again.get(CODE)
    assert "Now use your passkey." in page.text
    assert again.get("/admin/").status_code == 302
    sent = {"credential": made.answer_to(options_on(page))}
    assert again.post(CODE, sent).headers["Location"] == "/admin/"
    assert again.get("/admin/").status_code == 200


def test_a_recovery_code_stands_in_for_a_lost_passkey_once(client: Client, editor: User) -> None:
    sign_in(client, editor)
    add(client)
    code = RecoveryCodes(Authenticator.objects.get(user=editor, type="recovery_codes")).get_unused_codes()[0]
    for expected in (302, 400):
        lost = browser()
        sign_in(lost, editor)
        assert lost.post(CODE, {"code": code}).status_code == expected


def test_without_the_script_pages_say_what_a_passkey_needs(client: Client, editor: User) -> None:
    sign_in(client, editor)
    assert "needs JavaScript" in client.get(ADD).text
    add(client)
    again = browser()
    sign_in(again, editor)
    page = again.get(CODE).text
    assert "needs JavaScript" in page
    assert 'name="code"' in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    "wrong",
    ["a stranger's", "from another address", "given before", "not answered", "no JSON", "deep", "long"],
)
def test_a_wrong_passkey_signs_nobody_in(client: Client, editor: User, wrong: str) -> None:
    sign_in(client, editor)
    made = add(client)
    again = browser()
    sign_in(again, editor)
    options = options_on(again.get(CODE))
    earlier = made.answer_to(options)
    elsewhere = SoftPasskey("https://localhost.example.org")
    elsewhere.key, elsewhere.named = made.key, made.named
    sent = {
        "a stranger's": SoftPasskey().answer_to(options),
        "from another address": elsewhere.answer_to(options),
        "given before": earlier if again.get(CODE) else "",
        "not answered": "{}",
        "no JSON": "{",
        "deep": "[" * 20_000,
        "long": "9" * 1_000_000,
    }[wrong]
    answer = again.post(CODE, {"credential": sent})
    assert answer.status_code == 400
    assert "<title>Error: " in answer.text
    assert WRONG in answer.text
    assert again.get("/admin/").status_code == 302


def broken(text: str) -> Iterator[str]:
    """The answer of a passkey with each of its parts left out, replaced or spoilt."""
    spoilt: object
    for spoilt in (None, 7, "AAAA", "\0", {"x": "\0"}):
        for inside in (False, True):
            for part in json.loads(text)["response"] if inside else json.loads(text):
                sent = json.loads(text)
                (sent["response"] if inside else sent)[part] = spoilt
                yield json.dumps(sent)
    yield from ("null", "7", '"x"', "[]", "{}", '{"response": {}}', "\ud800".encode("utf-8", "replace").decode())


def test_spoilt_answers_are_refused_and_never_break_a_page(client: Client, editor: User, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    sign_in(client, editor)
    statuses = set()
    for sent in broken(SoftPasskey().made_for(options_on(client.get(ADD)))):
        statuses.add(client.post(ADD, {"name": "x", "credential": sent}).status_code)
    assert statuses <= {302, 400} and 400 in statuses
    Authenticator.objects.all().delete()
    made = add(client)
    again = browser()
    sign_in(again, editor)
    for sent in broken(made.answer_to(options_on(again.get(CODE)))):
        answer = again.post(CODE, {"credential": sent})
        assert answer.status_code in (302, 400), sent
        assert passkeys.is_right(editor, passkeys.Answer({}, passkeys.read(sent))) is False


def test_five_wrong_passkeys_lock_the_second_step(client: Client, editor: User) -> None:
    sign_in(client, editor)
    made = add(client)
    again = browser()
    sign_in(again, editor)
    for _ in range(5):
        again.post(CODE, {"credential": SoftPasskey().answer_to(options_on(again.get(CODE)))})
    answer = again.post(CODE, {"credential": made.answer_to(options_on(again.get(CODE)))})
    assert "too many wrong attempts" in answer.text
    attempts.forget(editor)
    assert again.post(CODE, {"credential": made.answer_to(options_on(again.get(CODE)))}).status_code == 302


def test_a_passkey_gets_another_name(client: Client, editor: User) -> None:
    sign_in(client, editor)
    add(client)
    address = f"{LIST}{Authenticator.objects.get(type='webauthn').pk}/name/"
    for name in ("", "\0", "x" * 61):
        assert client.post(address, {"name": name}).status_code == 400
    assert client.post(address, {"name": "Key in the drawer"}).headers["Location"] == LIST
    assert "Key in the drawer" in client.get(LIST).text


def test_removing_the_last_passkey_removes_the_recovery_codes_and_tells(client: Client, editor: User) -> None:
    sign_in(client, editor)
    add(client)
    address = f"{LIST}{Authenticator.objects.get(type='webauthn').pk}/remove/"
    assert "your recovery codes go with it" in client.get(address).text
    assert client.post(address).headers["Location"] == LIST
    assert not Authenticator.objects.exists()
    assert client.get("/admin/").headers["Location"] == FACTORS
    assert Message.objects.filter(subject="A passkey was removed").exists()


def test_adding_and_removing_a_passkey_signs_out_everywhere_else(client: Client, editor: User) -> None:
    before = signed_in(editor)
    sign_in(client, editor)
    add(client)
    assert before.get(FACTORS).status_code == 302
    meanwhile = signed_in(editor)
    client.post(f"{LIST}{Authenticator.objects.get(type='webauthn').pk}/remove/")
    assert meanwhile.get(FACTORS).status_code == 302
    assert client.get(FACTORS).status_code == 200


def test_beside_an_app_a_passkey_goes_alone(client: Client, editor: User) -> None:
    secret = enrol(editor)
    client.force_login(editor)
    client.post("/accounts/again/code/", {"code": code_of(secret)})
    add(client)
    address = f"{LIST}{Authenticator.objects.get(type='webauthn').pk}/remove/"
    assert "your recovery codes go with it" not in client.get(address).text
    client.post(address)
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}


def test_nobody_touches_the_passkey_of_another(client: Client, editor: User) -> None:
    sign_in(client, editor)
    add(client)
    key = Authenticator.objects.get(type="webauthn").pk
    other = browser()
    sign_in(other, person("other", Role.EDITOR, is_staff=True))
    for page in ("name", "remove"):
        assert other.get(f"{LIST}{key}/{page}/").status_code == 404
        assert other.post(f"{LIST}{key}/{page}/", {"name": "Mine"}).status_code == 404
    assert "My phone" not in other.get(LIST).text
    assert has_second_factor(editor)


def test_a_password_alone_does_not_replace_a_passkey(client: Client, editor: User) -> None:
    sign_in(client, editor)
    made = add(client)
    remove = f"{LIST}{Authenticator.objects.get(type='webauthn').pk}/remove/"
    with time_machine.travel(clock_now() + timedelta(minutes=6)):
        assert client.post("/accounts/again/", {"password": PASSWORD}).headers["Location"] == "/accounts/again/passkey/"
        assert client.get(remove).headers["Location"].startswith("/accounts/again/passkey/?next=")
        asked = client.get(f"/accounts/again/passkey/?next={remove}")
        assert "Type a code instead" in asked.text
        wrong = client.post(f"/accounts/again/passkey/?next={remove}", {"credential": "{}"})
        assert wrong.status_code == 400 and WRONG in wrong.text
        sent = {"credential": made.answer_to(options_on(wrong))}
        assert client.post(f"/accounts/again/passkey/?next={remove}", sent).headers["Location"] == remove
        assert client.get(remove).status_code == 200


def test_a_challenge_is_for_people_with_a_passkey(client: Client, editor: User) -> None:
    assert client.post("/accounts/passkey/challenge/").status_code == 302
    sign_in(client, editor)
    assert client.post("/accounts/passkey/challenge/").status_code == 404
    add(client)
    assert client.get("/accounts/passkey/challenge/").status_code == 405
    assert challenge(client)["publicKey"]["challenge"] != challenge(client)["publicKey"]["challenge"]
