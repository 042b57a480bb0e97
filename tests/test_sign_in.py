"""Signing in, signing out, and changing one's password."""

import pytest
from django.test import Client

from alsinfo.accounts.models import Role, User
from tests.world import PASSWORD, person

pytestmark = pytest.mark.django_db
LOGIN, LOGOUT, CHANGE = "/accounts/login/", "/accounts/logout/", "/accounts/password/"
NEW = "a longer sentence nobody guesses"


@pytest.fixture
def reviewer() -> User:
    return person("ada", Role.REVIEWER)


def sign_in(client: Client, name: str = "ada", password: str = PASSWORD, address: str = LOGIN) -> str:
    """Post the form; where it leads, or the page it shows again."""
    response = client.post(address, {"username": name, "password": password})
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
    response = client.post(LOGIN, {"username": name, "password": "x\0"})
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
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client.post(CHANGE, form).headers["Location"] == "/desk/"
    reviewer.refresh_from_db()
    assert reviewer.check_password(NEW)
    assert client.get(CHANGE).status_code == 200
    assert elsewhere.get(CHANGE).status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        {"old_password": "wrong"},
        {"new_password2": "another one entirely"},
        {"new_password1": "short", "new_password2": "short"},
    ],
    ids=["old one wrong", "not the same twice", "too short"],
)
def test_a_refused_password_changes_nothing(client: Client, reviewer: User, change: dict[str, str]) -> None:
    client.force_login(reviewer)
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
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
