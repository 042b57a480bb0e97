"""With a real mail server that is switched off for a day: nothing is held up, lost, or sent twice, and in order."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db.models import F

from alsinfo.accounts.models import User
from alsinfo.outbox import post
from alsinfo.outbox.models import Message
from conditions.actions import withdrawing
from tests import world as w
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: LazySettings) -> Iterator[MailServer]:
    """Switched on."""
    made = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    made.switch_on()
    yield made
    made.switch_off()


def let_pass(hours: int) -> None:
    """As if so many hours had passed: every time that the outbox knows is so much earlier."""
    earlier = {name: F(name) - timedelta(hours=hours) for name in ("created_at", "due_at", "leased_until", "sent_at")}
    Message.objects.update(**earlier)


def test_a_day_without_the_mail_server_loses_nothing_and_sends_nothing_twice(server: MailServer) -> None:
    world = w.build()
    article = w.live(world)
    Message.objects.all().delete()
    server.switch_off()
    person = User.objects.get(username="editor")
    for hour in range(24):
        post.send(person, f"Hour {hour:02}", "Please.\n\nhttps://site.example/\n", key=f"hour {hour}")
        assert post.deliver() == {}
        let_pass(1)
    withdrawing.suspend(w.page(article), by=world.publisher, reason="A mistake.")  # nothing is held up
    server.switch_on()
    assert sum(outcomes["sent"] for outcomes in (post.deliver(10) for _ in range(4))) == 24 + 4
    assert server.subjects()[:24] == [f"Hour {hour:02}" for hour in range(24)]
    assert all(subject.startswith("Suspended") for subject in server.subjects()[24:])
    assert post.deliver() == {}
    numbers = [mail["Message-ID"] for mail in server.taken]
    assert len(numbers) == len(set(numbers))


def test_a_mail_arrives_as_text_and_as_html(server: MailServer) -> None:
    post.send("grace@example.org", "Grüße", "Guten Tag – .\n.\nEnde\n\nhttps://site.example/a?b=1&c=2\n")
    post.deliver()
    (mail,) = server.taken
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text and html and mail["Subject"] == "Grüße"
    assert (
        text.get_content()
        .replace("\r\n", "\n")
        .startswith("Guten Tag – .\n.\nEnde\n\nhttps://site.example/a?b=1&c=2\n")
    )
    assert '<a href="https://site.example/a?b=1&amp;c=2">' in html.get_content()
    assert "<img" not in html.get_content() and "style" not in html.get_content()


def test_a_server_that_hangs_up_costs_the_others_neither_an_attempt_nor_their_place(server: MailServer) -> None:
    for number in range(5):
        post.send("grace@example.org", str(number), "Please.")
    server.hangs_up_after = 2
    assert post.deliver() == {"sent": 2}
    assert list(Message.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 1, 1, 0, 0]
    server.hangs_up_after = None
    let_pass(1)
    assert post.deliver() == {"sent": 3}
    assert server.subjects() == ["0", "1", "3", "4", "2"]


def test_an_address_that_the_server_refuses_holds_up_nobody(server: MailServer) -> None:
    for address in ("refused@example.org", "grace@example.org"):
        post.send(address, f"To {address}", "Please.")
    assert post.deliver() == {"postponed": 1, "sent": 1}
    assert server.subjects() == ["To grace@example.org"]
    assert "no such user" in Message.objects.waiting().get().last_error
