"""What can wait comes once a day, at a person's own hour in their own zone; nothing twice, to nobody who left."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db.models import F

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, User
from alsinfo.concurrency import clock_now
from alsinfo.outbox import choosing, digests, post
from alsinfo.outbox.audiences import of_roles
from alsinfo.outbox.models import DigestChoice, Message
from tests import world as w
from tests.racing import races

pytestmark = pytest.mark.django_db
EDITORS = of_roles(Role.EDITOR)


@pytest.fixture
def person() -> User:
    return w.person("somebody", Role.EDITOR)


def tell(person: User, *subjects: str, about: str = EDITORS) -> None:
    for subject in subjects:
        post.collect(person, subject, f"About {subject}.\n\nhttps://site.example/{subject}/\n", about=about)


def at(hour: int, days: int = 0) -> datetime:
    """An hour of a day to come, in London."""
    day = w.today() + timedelta(days=1 + days)
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=w.GB.time_zone)


def come(moment: datetime) -> list[str]:
    """Compose as at a moment and deliver; the texts that left."""
    mail.outbox.clear()
    before = set(Message.objects.filter(sent_at__isnull=False).values_list("pk", flat=True))
    digests.compose(moment)
    Message.objects.waiting().filter(due_at__gt=clock_now()).update(due_at=clock_now())
    while post.deliver():
        pass
    Message.objects.filter(sent_at__isnull=False).exclude(pk__in=before).update(sent_at=moment)
    return [str(letter.body) for letter in mail.outbox]


def test_one_mail_tells_everything_that_waits_at_the_hour(person: User) -> None:
    tell(person, "first", "second")
    assert come(at(7)) == []
    (text,) = come(at(8))
    assert text.index("1. first") < text.index("2. second")
    assert "\nhttps://site.example/first/\n" in text
    assert "You get this because you work here as editor." in text
    assert not Message.objects.exclude(body="").exists()


def test_nothing_comes_twice_and_nothing_a_second_time_on_a_day(person: User) -> None:
    tell(person, "first")
    assert len(come(at(8))) == 1
    tell(person, "second")
    assert come(at(9)) == come(at(23)) == come(at(7, 1)) == []
    (text,) = come(at(8, 1))
    assert "second" in text and "first" not in text
    assert come(at(8, 2)) == []


def test_a_day_without_a_run_loses_nothing(person: User) -> None:
    tell(person, "first")
    (text,) = come(at(11, 3))
    assert "first" in text


@pytest.mark.parametrize(
    ("zone", "moment", "has_come"),
    [
        ("Europe/London", datetime(2026, 7, 1, 6, 59, tzinfo=UTC), False),
        ("Europe/London", datetime(2026, 7, 1, 7, 0, tzinfo=UTC), True),
        ("Europe/London", datetime(2026, 12, 1, 7, 59, tzinfo=UTC), False),
        ("America/New_York", datetime(2026, 7, 1, 11, 59, tzinfo=UTC), False),
        ("America/New_York", datetime(2026, 7, 1, 12, 0, tzinfo=UTC), True),
        ("Pacific/Honolulu", datetime(2026, 7, 1, 12, 0, tzinfo=UTC), False),
    ],
)
def test_the_hour_is_that_of_the_persons_zone(zone: str, moment: datetime, has_come: bool) -> None:
    assert DigestChoice(hour=8, zone=zone).has_come(moment) is has_come


def test_an_hour_that_a_day_leaves_out_comes_an_hour_later_and_a_repeated_one_once(person: User) -> None:
    DigestChoice.objects.create(user=person, hour=1)
    tell(person, "spring")
    assert come(datetime(2026, 3, 29, 0, 59, tzinfo=UTC)) == []
    assert len(come(datetime(2026, 3, 29, 1, 0, tzinfo=UTC))) == 1  # two o'clock: there was no one o'clock
    tell(person, "autumn")
    assert len(come(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))) == 1
    tell(person, "again")
    assert come(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == []  # half past one a second time


def test_a_pause_lasts_until_its_day_and_keeps_everything(person: User) -> None:
    choosing.choose_digest(8, "Europe/London", w.today() + timedelta(days=3), by=person)
    tell(person, "first")
    assert come(at(9)) == come(at(9, 1)) == []
    post.notify(person, "Suspended", "Now.", about=EDITORS)
    assert come(at(9, 1)) == ["Now.\n\nYou get this because you work here as editor.\n\n-- \nalsinfo\n"]
    assert len(come(at(9, 2))) == 1


@pytest.mark.parametrize("days", [0, -1, 61])
def test_a_pause_ends_within_sixty_days(person: User, days: int) -> None:
    with pytest.raises(choosing.PauseTooLong):
        choosing.choose_digest(8, "Europe/London", w.today() + timedelta(days=days), by=person)


def test_a_pause_that_is_over_is_no_reason_to_refuse_another_hour(person: User) -> None:
    over = date(2026, 1, 2)
    DigestChoice.objects.create(user=person, paused_until=over)
    assert choosing.choose_digest(9, "Europe/London", over, by=person).hour == 9


def test_what_may_not_be_read_any_more_is_left_out_and_an_empty_digest_does_not_come(person: User) -> None:
    roles.grant(person, Role.LEAD, by=None)
    tell(person, "for leads", about=of_roles(Role.LEAD))
    tell(person, "for editors")
    roles.revoke(person, Role.LEAD, by=None)
    (text,) = come(at(8))
    assert "for editors" in text and "for leads" not in text
    tell(person, "too late")
    roles.revoke(person, Role.EDITOR, by=None)
    assert come(at(8, 1)) == []
    assert list(Message.objects.filter(is_dropped=True, kind="item").values_list("subject", "body")) == [
        ("for leads", ""),
        ("too late", ""),
    ]


def test_nobody_whose_account_is_closed_gets_one(person: User) -> None:
    tell(person, "first")
    User.objects.update(is_active=False)
    assert come(at(8)) == []


def test_a_digest_that_was_given_up_is_told_in_the_next(person: User, settings: LazySettings) -> None:
    tell(person, "first")
    settings.EMAIL_BACKEND = "tests.test_outbox.Picky"
    User.objects.update(email="refused@example.org")
    digests.compose(at(8))
    Message.objects.filter(kind="digest").update(attempts=post.MOST_ATTEMPTS - 1, due_at=clock_now())
    assert post.deliver() == {"given up": 1}
    User.objects.update(email="somebody@example.org")
    assert come(at(9)) == []
    (text,) = come(at(8, 1))
    assert "1. first" in text


def test_what_comes_while_a_digest_could_not_leave_is_told_in_it(person: User) -> None:
    tell(person, "first")
    assert digests.compose(at(8)) == 1
    tell(person, "second")
    assert digests.compose(at(8, 1)) == 0
    (text,) = come(at(8, 1))
    assert "first" in text and "second" in text


def test_a_digest_that_somebody_tried_to_send_says_the_same_the_next_time(person: User) -> None:
    """It carries the same number, so a program that reads mail may show it once."""
    tell(person, "first")
    digests.compose(at(8))
    Message.objects.filter(kind="digest").update(attempts=F("attempts") + 1)
    tell(person, "second")
    (text,) = come(at(8, 1))
    assert "second" not in text
    (text,) = come(at(8, 2))
    assert "second" in text


def test_the_html_says_the_same_and_nothing_in_it_is_taken_for_html(person: User) -> None:
    tell(person, "<img src=x>")
    come(at(8))
    (letter,) = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    html = str(letter.alternatives[0][0])
    assert "&lt;img src=x&gt;" in html and "<img" not in html
    assert '<a href="https://site.example/&lt;img src=x&gt;/">' not in html  # no link: it is not one word
    assert "https://site.example/" in html


def test_each_person_gets_their_own() -> None:
    others = [w.person(f"person-{number}", Role.EDITOR) for number in range(3)]
    for other in others:
        tell(other, f"for {other.username}")
    assert sorted(text.split("\n")[0] for text in come(at(8))) == [f"1. for {other.username}" for other in others]


@pytest.mark.django_db(transaction=True)
def test_three_nodes_at_once_send_each_notice_once() -> None:
    people = [w.person(f"person-{number}", Role.EDITOR) for number in range(4)]
    for each in people:
        tell(each, "first", "second")
    moment = at(8)

    def run() -> None:
        digests.compose(moment)
        post.deliver()

    Message.objects.update(due_at=clock_now() - timedelta(days=1))
    with races() as race:
        race(*[partial(digests.compose, moment)] * 3)
        Message.objects.update(due_at=clock_now() - timedelta(days=1))
        race(*[run] * 3)
    assert sorted(letter.to[0] for letter in mail.outbox) == [f"person-{number}@example.org" for number in range(4)]
    assert all(str(letter.body).count("About first.") == 1 for letter in mail.outbox)
    assert not Message.objects.waiting().exists()
