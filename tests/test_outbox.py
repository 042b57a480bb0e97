"""Mail is written with the action and sent after it: at least once, and to nobody who left."""

from collections import Counter
from datetime import timedelta
from functools import partial
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.db.models import F

from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now
from alsinfo.outbox import post
from alsinfo.outbox.models import Message
from tests.racing import races

pytestmark = pytest.mark.django_db
ADDRESS = "somebody@example.org"


class Unreachable(BaseEmailBackend):
    """No mail server answers."""

    def open(self) -> bool:
        raise ConnectionRefusedError


class Picky(EmailBackend):
    """A mail server that takes nothing for `refused@example.org`."""

    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["refused@example.org"]:
            raise SMTPRecipientsRefused({"refused@example.org": (550, b"no such user")})
        return super().send_messages(messages)


@pytest.fixture
def picky(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Picky"


@pytest.fixture
def person() -> User:
    found: User = User.objects.create_user("somebody", ADDRESS)
    return found


def only_letter() -> EmailMessage:
    (letter,) = mail.outbox
    return letter


def make_due() -> None:
    """Let the pause of every message be over."""
    Message.objects.update(due_at=clock_now() - timedelta(seconds=1))


def test_a_message_leaves_with_the_next_delivery() -> None:
    post.send(ADDRESS, "Hello", "How are you?")
    assert mail.outbox == []
    assert post.deliver() == {"sent": 1}
    said = "How are you?\n\n-- \nalsinfo\n"
    assert (only_letter().to, only_letter().subject, only_letter().body) == ([ADDRESS], "Hello", said)
    assert post.deliver() == {}
    assert Message.objects.get().sent_at is not None


def test_what_a_message_says_is_kept_no_longer_than_it_waits(settings: LazySettings) -> None:
    post.send(ADDRESS, "Your link", "https://site.example/secret/")
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    post.deliver()
    assert "secret" in Message.objects.get().body
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    post.deliver()
    assert "secret" in only_letter().body
    assert Message.objects.get().body == ""


def test_a_message_is_undone_with_its_action() -> None:
    with transaction.atomic():
        post.send(ADDRESS, "Hello", "How are you?")
        transaction.set_rollback(True)
    assert post.deliver() == {}


def test_a_message_with_a_known_key_is_written_once(person: User) -> None:
    for _ in range(3):
        post.send(person, "Reminder", "Please.", key="reminder 1")
    post.send(person, "Reminder", "Please.", key="reminder 2")
    post.send(person, "No key", "Please.")
    post.send(person, "No key", "Please.")
    assert Message.objects.count() == 4


def test_a_message_to_nobody_is_an_error() -> None:
    with pytest.raises(ValueError, match="recipient"):
        post.send("", "Hello", "How are you?")


def test_a_subject_is_one_line_of_reasonable_length() -> None:
    post.send(ADDRESS, "Hello\r\nBcc: everybody@example.org " + "x" * 300, "How are you?")
    post.deliver()
    assert only_letter().subject.startswith("Hello Bcc: everybody@example.org xxx")
    assert len(only_letter().subject) == 200


def test_the_address_is_looked_up_when_sending(person: User) -> None:
    post.send(person, "Hello", "How are you?")
    User.objects.update(email="new@example.org")
    post.deliver()
    assert only_letter().to == ["new@example.org"]


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}], ids=["closed account", "no address"])
def test_nothing_is_sent_to_who_left(person: User, change: dict[str, Any]) -> None:
    post.send(person, "Hello", "How are you?")
    User.objects.update(**change)
    assert post.deliver() == {"dropped": 1}
    assert mail.outbox == []
    dropped = Message.objects.get()
    assert (dropped.last_error, dropped.body) == ("The account is closed or has no address.", "")
    assert post.deliver() == {}


def test_a_mail_server_that_does_not_answer_costs_no_attempt(settings: LazySettings) -> None:
    post.send(ADDRESS, "Hello", "How are you?")
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    assert post.deliver() == {}
    assert Message.objects.get().attempts == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert post.deliver() == {"sent": 1}


def test_a_message_that_is_refused_does_not_hold_up_the_others(picky: None) -> None:
    for address in ("refused@example.org", ADDRESS, "other@example.org"):
        post.send(address, "Hello", "How are you?")
    assert post.deliver() == {"postponed": 1, "sent": 2}
    assert post.deliver() == {}


def test_a_message_that_is_refused_waits_longer_each_time_and_is_given_up_at_last(picky: None) -> None:
    post.send("refused@example.org", "Hello", "How are you?")
    pauses, outcomes = [], Counter[str]()
    while not outcomes["given up"]:
        make_due()
        before = clock_now()
        outcomes.update(post.deliver())
        pauses.append(Message.objects.get().due_at - before)
    assert outcomes == {"postponed": post.MOST_ATTEMPTS - 1, "given up": 1}
    minutes = [round(pause / timedelta(minutes=1)) for pause in pauses[:-1]]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
    message = Message.objects.get()
    assert (message.failed_at is not None, message.body) == (True, "")
    assert "no such user" in message.last_error
    make_due()
    assert post.deliver() == {}


def test_a_message_somebody_is_sending_is_left_alone_until_the_lease_ends() -> None:
    post.send(ADDRESS, "Hello", "How are you?")
    Message.objects.update(leased_until=clock_now() + post.LEASE, attempts=F("attempts") + 1)
    assert post.deliver() == {}
    Message.objects.update(leased_until=clock_now() - timedelta(seconds=1))
    assert post.deliver() == {"sent": 1}


def test_a_message_sent_twice_carries_the_same_number() -> None:
    post.send(ADDRESS, "Hello", "How are you?")
    post.deliver()
    Message.objects.update(sent_at=None, body="How are you?")  # as though the process had died before it noted it
    post.deliver()
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.extra_headers["Message-ID"].endswith("@alsinfo.example>")


def test_a_delivery_sends_no_more_than_asked_oldest_first() -> None:
    for number in range(5):
        post.send(ADDRESS, str(number), "How are you?")
    assert post.deliver(limit=2) == {"sent": 2}
    assert [letter.subject for letter in mail.outbox] == ["0", "1"]


@pytest.mark.django_db(transaction=True)
def test_deliveries_at_once_send_each_message_once() -> None:
    for number in range(40):
        post.send(ADDRESS, str(number), "How are you?")
    with races() as race:
        outcomes = race(*[partial(post.deliver, 40)] * 8)
    assert sum(outcome["sent"] for outcome in outcomes) == 40
    assert Counter(letter.subject for letter in mail.outbox) == {str(number): 1 for number in range(40)}


@pytest.mark.django_db(transaction=True)
def test_a_delivery_is_no_part_of_a_transaction() -> None:
    post.send(ADDRESS, "Hello", "How are you?")
    with pytest.raises(RuntimeError), transaction.atomic():
        post.deliver()
    assert mail.outbox == []
