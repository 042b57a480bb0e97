"""The second factor: asked for where settings say so, set up, used to sign in, lost, and replaced."""

from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from alsinfo.accounts import resetting
from alsinfo.accounts.models import Role, User
from alsinfo.accounts.proving import has_second_factor
from alsinfo.concurrency import clock_now
from alsinfo.outbox.models import Message
from tests.pages import signed_in
from tests.second_factors import code_of, enrol
from tests.world import PASSWORD, person

pytestmark = pytest.mark.django_db
LOGIN, CODE, FACTORS = "/accounts/login/", "/accounts/login/code/", "/accounts/factors/"
ADD, REMOVE, CODES = f"{FACTORS}app/add/", f"{FACTORS}app/remove/", f"{FACTORS}recovery-codes/"
AGAIN = f"/accounts/again/?next={quote(ADD, safe='')}"


@pytest.fixture
def editor(settings: Settings) -> User:
    settings.REQUIRE_SECOND_FACTOR = True
    return person("ed", Role.EDITOR, is_staff=True)


def sign_in(client: Client, user: User) -> str:
    """Post the password; where it leads."""
    return client.post(LOGIN, {"login": user.username, "password": PASSWORD}).headers["Location"]


def set_up(client: Client) -> str:
    """Set an app up as a signed-in person does; its secret."""
    client.get(ADD)
    secret: str = client.session["mfa.totp.secret"]
    assert client.post(ADD, {"code": code_of(secret)}).headers["Location"] == CODES
    return secret


@pytest.mark.parametrize("place", ["/admin/", "/desk/", "/admin/conditions/article/"])
def test_nobody_works_with_a_password_alone(client: Client, editor: User, place: str) -> None:
    sign_in(client, editor)
    assert client.get(place).headers["Location"] == FACTORS
    assert client.post(place).headers["Location"] == FACTORS
    assert "You need a second factor before you can enter" in client.get(FACTORS).text


def test_where_it_is_not_required_it_is_offered(client: Client, editor: User, settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    sign_in(client, editor)
    assert client.get("/admin/").status_code == 200
    assert "Set up an authenticator app" in client.get(FACTORS).text
    assert "You need" not in client.get(FACTORS).text


def test_an_app_is_set_up_and_then_asked_for(
    client: Client, editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sign_in(client, editor)
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up(client)
    assert client.get("/admin/").status_code == 200
    assert Message.objects.filter(subject="An authenticator app was added").exists()
    again = Client()
    assert sign_in(again, editor) == CODE
    assert again.get("/admin/").status_code == 302
    refused = again.post(CODE, {"code": "000000"})
    assert refused.status_code == 400
    assert "The code is not right" in refused.text
    with time_machine.travel(clock_now() + timedelta(seconds=30)):
        assert again.post(CODE, {"code": code_of(secret)}).headers["Location"] == "/admin/"
        assert again.get("/admin/").status_code == 200


def test_who_lost_the_device_signs_in_with_a_recovery_code_once(client: Client, editor: User) -> None:
    sign_in(client, editor)
    set_up(client)
    listed = RecoveryCodes(Authenticator.objects.get(user=editor, type="recovery_codes")).get_unused_codes()
    assert len(listed) == 10
    page = client.get(CODES).text
    assert all(code in page for code in listed)
    for expected in (302, 400):
        lost = Client()
        sign_in(lost, editor)
        assert lost.post(CODE, {"code": listed[0]}).status_code == expected


def test_an_app_is_replaced_by_removing_it(client: Client, editor: User) -> None:
    sign_in(client, editor)
    set_up(client)
    assert client.get(ADD).headers["Location"] == REMOVE
    assert client.post(REMOVE).headers["Location"] == FACTORS
    assert not has_second_factor(editor)
    assert client.get("/admin/").headers["Location"] == FACTORS


def test_adding_and_removing_an_app_signs_out_everywhere_else_and_is_told(
    client: Client, editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    other = person("other", Role.EDITOR, is_staff=True)
    somebody = signed_in(other)
    before = signed_in(editor)
    sign_in(client, editor)
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    assert before.get(FACTORS).status_code == 302
    assert client.get(FACTORS).status_code == somebody.get(FACTORS).status_code == 200
    meanwhile = signed_in(editor)
    client.post(REMOVE)
    assert meanwhile.get(FACTORS).status_code == 302
    assert client.get(FACTORS).status_code == somebody.get(FACTORS).status_code == 200
    told = Message.objects.filter(to_address=editor.email, body__contains="You were signed out everywhere else.")
    subjects = {"An authenticator app was added", "The authenticator app was removed"}
    assert set(told.values_list("subject", flat=True)) == subjects


def test_a_refused_code_ends_no_session(client: Client, editor: User) -> None:
    before = signed_in(editor)
    sign_in(client, editor)
    client.get(ADD)
    assert client.post(ADD, {"code": "000000"}).status_code == 400
    assert before.get(FACTORS).status_code == 200


def test_an_administrator_who_removes_the_factors_ends_every_session(editor: User) -> None:
    enrol(editor)
    lost = signed_in(editor)
    resetting.reset_second_factor(editor, by=person("admin", Role.ADMINISTRATOR, is_staff=True))
    assert lost.get(FACTORS).status_code == 302


def test_where_an_app_is_set_up_its_code_is_asked_for_and_not_the_password(client: Client, editor: User) -> None:
    secret = enrol(editor)
    client.force_login(editor)
    asked = client.get(REMOVE).headers["Location"]
    assert asked == f"/accounts/again/code/?next={quote(REMOVE, safe='')}"
    assert client.post("/accounts/again/", {"password": PASSWORD}).headers["Location"] == "/accounts/again/code/"
    assert client.get(REMOVE).status_code == 302
    assert client.post(asked, {"code": code_of(secret)}).headers["Location"] == REMOVE
    assert client.get(REMOVE).status_code == 200


def test_some_time_after_signing_in_the_password_is_asked_again(client: Client, editor: User) -> None:
    sign_in(client, editor)
    with time_machine.travel(clock_now() + timedelta(minutes=6)):
        assert client.get(ADD).headers["Location"] == AGAIN
        assert client.post(AGAIN, {"password": "wrong"}).status_code == 400
        assert client.post(AGAIN, {"password": PASSWORD}).headers["Location"] == ADD
        assert client.get(ADD).status_code == 200


def test_secrets_are_not_in_the_database_in_clear(client: Client, editor: User) -> None:
    sign_in(client, editor)
    secret = set_up(client)
    codes = client.get(CODES).text
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert codes.count("<code>") == 10


def test_five_wrong_codes_lock_the_second_step(client: Client, editor: User) -> None:
    secret = enrol(editor)
    sign_in(client, editor)
    for _ in range(5):
        client.post(CODE, {"code": "000000"})
    assert "too many wrong attempts" in client.post(CODE, {"code": code_of(secret)}).text
