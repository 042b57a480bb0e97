"""A person chooses the hour of their digest, or a pause, on one page."""

from datetime import timedelta

import pytest
from django.test import Client

from alsinfo.accounts.models import User
from alsinfo.outbox.models import DigestChoice
from tests import world as w
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/accounts/notices/"


@pytest.fixture
def person() -> User:
    return w.person("somebody")


def typed(**but: str) -> dict[str, str]:
    return {"hour": "18", "zone": "America/Chicago", "paused_until": ""} | but


def test_the_hour_and_zone_are_kept_and_said(person: User) -> None:
    client = signed_in(person)
    assert "at 08:00 (UK)" in client.get(PAGE).text
    assert "at 18:00 (US Central)" in client.post(PAGE, typed(), follow=True).text
    choice = DigestChoice.objects.get(user=person)
    assert (choice.hour, choice.zone, choice.paused_until) == (18, "America/Chicago", None)


def test_a_pause_is_said_and_taken_back(person: User) -> None:
    client = signed_in(person)
    until = w.today() + timedelta(days=7)
    assert (
        f"nothing until {until.day} {until:%B %Y}"
        in client.post(PAGE, typed(paused_until=f"{until}"), follow=True).text
    )
    assert "nothing until" not in client.post(PAGE, typed(), follow=True).text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"hour": "24"}, "Select a valid choice"),
        ({"zone": "Mars"}, "Select a valid choice"),
        ({"paused_until": "someday"}, "Enter a valid date"),
        ({"paused_until": "2020-01-01"}, "A pause ends on a day to come"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(person: User, wrong: dict[str, str], sentence: str) -> None:
    answer = signed_in(person).post(PAGE, typed(**wrong))
    assert (answer.status_code // 100, sentence in answer.text) == (4, True)
    assert "<title>Error: Notices" in answer.text
    assert not DigestChoice.objects.exists()


def test_what_was_typed_waits_for_who_has_to_sign_in_again(person: User) -> None:
    client = Client()
    assert client.post(PAGE, typed()).headers["Location"] == f"/accounts/login/?next={PAGE}"
    client.force_login(person)
    page = client.get(PAGE).text
    assert '<option value="18" selected>' in page
    assert not DigestChoice.objects.exists()


def test_it_is_reached_from_desk_and_admin() -> None:
    world = w.build()
    for person, place in (
        (world.uk.user, "/desk/"),
        (world.editor, "/admin/"),
        (world.draft_reader, "/desk/readings/"),
    ):
        assert f'href="{PAGE}"' in signed_in(person).get(place).text
