"""Signing in, signing out, and changing one's password."""

import re
import time
from datetime import timedelta
from statistics import median

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher, PBKDF2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from alsinfo.accounts import resetting
from alsinfo.accounts.models import Role, User
from alsinfo.concurrency import clock_now
from alsinfo.outbox.models import Message
from tests.world import PASSWORD, person

pytestmark = pytest.mark.django_db
LOGIN, LOGOUT, CHANGE = "/accounts/login/", "/accounts/logout/", "/accounts/password/"
NEW = "a longer sentence nobody guesses"


@pytest.fixture
def reviewer() -> User:
    return person("ada", Role.REVIEWER)


def sign_in(client: Client, name: str = "ada", password: str = PASSWORD, address: str = LOGIN) -> str:
    """Post the form; where it leads, or the page it shows again."""
    response = client.post(address, {"login": name, "password": password})
    return response.headers.get("Location", "") or response.text


def test_who_signs_in_goes_on_to_where_they_were_going(client: Client, reviewer: User) -> None:
    assert sign_in(client, address=f"{LOGIN}?next=/desk/reviews/7/") == "/desk/reviews/7/"


def test_nobody_is_sent_to_another_site(client: Client, reviewer: User) -> None:
    assert sign_in(client, address=f"{LOGIN}?next=https://elsewhere.example.org/") == "/desk/"


def test_reviewers_begin_at_the_desk_and_editors_in_the_admin(client: Client, reviewer: User) -> None:
    person("ed", Role.EDITOR, is_staff=True)
    assert sign_in(client) == "/desk/"
    assert sign_in(Client(), "ed") == "/admin/"


@pytest.mark.parametrize(
    ("name", "password"),
    [("ada", "wrong"), ("nobody", PASSWORD), ("closed", PASSWORD)],
    ids=["wrong", "unknown", "closed"],
)
def test_the_answer_does_not_tell_whether_an_account_exists(
    client: Client, reviewer: User, name: str, password: str
) -> None:
    person("closed", Role.REVIEWER, is_active=False)
    page = sign_in(client, name, password)
    assert "The user name and the password do not fit together." in page
    assert "<title>Error: Sign in" in page
    assert password not in page


@pytest.mark.parametrize("name", ["", "ada\0", "a" * 1_000_000, "line\r\nfeed"], ids=["empty", "nul", "long", "crlf"])
def test_broken_input_gets_a_message(client: Client, reviewer: User, name: str) -> None:
    response = client.post(LOGIN, {"login": name, "password": "x\0"})
    assert response.status_code == 400
    assert "There is something to put right" in response.text


def test_sign_out_needs_a_post(client: Client, reviewer: User) -> None:
    client.force_login(reviewer)
    assert client.get(LOGOUT).status_code == 405
    assert "_auth_user_id" in client.session
    client.post(LOGOUT)
    assert "_auth_user_id" not in client.session


def test_only_who_signed_in_changes_a_password(client: Client) -> None:
    assert client.get(CHANGE).headers["Location"] == f"{LOGIN}?next={CHANGE}"


def test_a_new_password_is_typed_twice_and_ends_other_sessions(client: Client, reviewer: User) -> None:
    elsewhere = Client()
    client.force_login(reviewer)
    elsewhere.force_login(reviewer)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(CHANGE, form).headers["Location"] == "/desk/"
    reviewer.refresh_from_db()
    assert reviewer.check_password(NEW)
    assert client.get(CHANGE).status_code == 200
    assert elsewhere.get(CHANGE).status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        {"oldpassword": "wrong"},
        {"password2": "another one entirely"},
        {"password1": "short", "password2": "short"},
    ],
    ids=["old one wrong", "not the same twice", "too short"],
)
def test_a_refused_password_changes_nothing(client: Client, reviewer: User, change: dict[str, str]) -> None:
    client.force_login(reviewer)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    response = client.post(CHANGE, form | change)
    assert response.status_code == 400
    assert "<title>Error: Change your password" in response.text
    assert NEW not in response.text
    reviewer.refresh_from_db()
    assert reviewer.check_password(PASSWORD)


def test_pages_to_sign_in_are_never_stored_or_found(client: Client) -> None:
    response = client.get(LOGIN)
    assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert '<meta name="robots" content="noindex">' in response.text


FORGOTTEN = "/accounts/password/forgotten/"


def test_an_address_signs_in_like_a_user_name(client: Client, reviewer: User) -> None:
    assert sign_in(client, "ADA@example.org") == "/desk/"


def test_an_address_that_two_people_share_names_nobody(client: Client, reviewer: User) -> None:
    User.objects.create_user("eve", "ada@example.org", PASSWORD)
    assert "do not fit together" in sign_in(client, "ada@example.org")


def test_five_wrong_passwords_from_many_addresses_lock_one_account_and_no_other(reviewer: User) -> None:
    person("bob", Role.REVIEWER)
    for number in range(5):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(LOGIN, {"login": "ada", "password": "wrong"})
    assert "too many wrong attempts" in sign_in(Client(REMOTE_ADDR="192.0.2.9"))
    assert "too many wrong attempts" in sign_in(Client(REMOTE_ADDR="192.0.2.9"), "ada@example.org")
    assert sign_in(Client(REMOTE_ADDR="192.0.2.9"), "bob") == "/desk/"


def test_ten_wrong_passwords_from_one_address_stop_that_address_only(reviewer: User) -> None:
    guesser = Client(REMOTE_ADDR="192.0.2.1")
    for number in range(10):
        guesser.post(LOGIN, {"login": f"nobody-{number}", "password": "wrong"})
    assert "too many wrong attempts" in sign_in(guesser)
    assert sign_in(Client(REMOTE_ADDR="192.0.2.2")) == "/desk/"


def answers_to(name: str) -> list[tuple[int, dict[str, str], str, int]]:
    """Seven tries, of which the last two are locked: status, headers, page, and how many queries it took."""
    answers = []
    for number in range(7):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(LOGIN, {"login": name, "password": "wrong"})
        page = re.sub(r'(value|content)="[^"]*"', "", answer.text).replace(name, "")
        del answer.headers["Expires"]  # the time of the answer
        answers.append((answer.status_code, dict(answer.headers), page, len(queries)))
    return answers


def test_an_unknown_name_is_answered_and_locked_like_a_known_one() -> None:
    person("zoe-1", Role.REVIEWER)
    person("zoe-2", Role.REVIEWER, is_active=False)
    answers_to("warm up")
    known, unknown, closed = answers_to("zoe-1"), answers_to("zoe-3"), answers_to("zoe-2")
    assert known == unknown == closed
    assert "do not fit together" in known[4][2]
    assert "too many wrong attempts" in known[5][2]


def test_an_unknown_name_takes_as_long_as_a_known_one(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """With slow hashing, as in production; without the same work for both the ratio is about eight."""
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 500_000)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    names = {"known": [f"known-{n}" for n in range(3)], "unknown": [f"nobody-{n}" for n in range(3)]}
    for name in names["known"]:
        person(name, Role.REVIEWER)
    seconds: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(3):
        for kind in seconds:
            start = time.perf_counter()
            Client(REMOTE_ADDR=f"192.0.2.{number}").post(LOGIN, {"login": names[kind][number], "password": "wrong"})
            seconds[kind].append(time.perf_counter() - start)
    assert 1 / 3 < median(seconds["known"]) / median(seconds["unknown"]) < 3, seconds


def test_a_locked_account_opens_after_five_minutes_or_by_an_administrator(reviewer: User) -> None:
    administrator = person("admin", Role.ADMINISTRATOR)
    for opened in ("by time", "by an administrator"):
        for number in range(5):
            sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), password="wrong")
        assert "too many wrong attempts" in sign_in(Client())
        if opened == "by an administrator":
            resetting.unlock(reviewer, by=administrator)
            assert sign_in(Client()) == "/desk/"
        else:
            with time_machine.travel(clock_now() + timedelta(minutes=5, seconds=1)):
                assert sign_in(Client()) == "/desk/"


@pytest.mark.parametrize("name", ["ada", "ada@example.org", "nobody", "nobody@example.org", "closed"])
def test_every_sign_in_costs_one_password_check(
    client: Client, reviewer: User, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person("closed", Role.REVIEWER, is_active=False)
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    sign_in(client, name, "wrong")
    assert hashed == ["wrong"]


def test_a_new_password_by_mail_unlocks_the_account(client: Client, reviewer: User) -> None:
    for _ in range(6):
        sign_in(client, password="wrong")
    assert client.post(FORGOTTEN, {"email": "ada@example.org"}).headers["Location"] == f"{FORGOTTEN}sent/"
    link = re.search(r"http://testserver(/\S+)", Message.objects.get().body)
    assert link
    form = client.get(link[1]).headers["Location"]
    assert client.post(form, {"password1": NEW, "password2": "other"}).status_code == 400
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert sign_in(client, password=NEW) == "/desk/"
    assert "This link no longer works" in Client().get(link[1]).text


def test_asking_for_a_password_answers_the_same_for_every_address(client: Client, reviewer: User) -> None:
    answers = [client.post(FORGOTTEN, {"email": each}) for each in ("ada@example.org", "nobody@example.org")]
    assert len({(answer.status_code, answer.headers["Location"], answer.content) for answer in answers}) == 1
    assert list(Message.objects.values_list("to_address", flat=True)) == ["ada@example.org", "nobody@example.org"]
    assert not EmailAddress.objects.exists()


def test_sessions_are_listed_and_ended_elsewhere(client: Client, reviewer: User) -> None:
    elsewhere = Client(headers={"user-agent": "Another browser"})
    sign_in(client)
    sign_in(elsewhere)
    assert "Another browser" in client.get("/accounts/sessions/").text
    client.post("/accounts/sessions/")
    assert elsewhere.get("/desk/").status_code == 302
    assert client.get("/desk/").status_code != 302


def test_a_sign_in_from_a_new_browser_is_told_by_mail(client: Client, reviewer: User) -> None:
    sign_in(client)
    sign_in(Client())
    assert not Message.objects.exists()
    sign_in(Client(headers={"user-agent": "Another browser"}))
    assert Message.objects.get().subject == "A sign-in from a new browser"


def test_no_log_holds_a_password_a_link_or_a_session(
    client: Client, reviewer: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    sign_in(client, password="a wrong secret")
    client.post(FORGOTTEN, {"email": "ada@example.org"})
    link = re.search(r"/password/new/\w+-(\S+)/", Message.objects.get().body)
    assert link
    client.get(f"/accounts{link[0]}")
    client.post("/accounts/password/new/x-set-password/", {"password1": NEW, "password2": "other"})
    sign_in(client)
    words = "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    assert "sign-in refused" in words
    for secret in ("a wrong secret", PASSWORD, NEW, link[1], str(client.session.session_key)):
        assert secret not in words
