"""Mail that did not arrive is seen by who can do something about it, and sent again; what it says is not shown."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client

from alsinfo.accounts.models import Role, User
from alsinfo.admin.records import page_of
from alsinfo.concurrency import Conflict, clock_now
from alsinfo.outbox import post, repeating
from alsinfo.outbox.audiences import of_roles
from alsinfo.outbox.models import Message
from tests import world as w
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/outbox/message/"


def refuse(settings: LazySettings, person: User, attempts: int = post.MOST_ATTEMPTS) -> None:
    """The mail server refuses everything for the person until it was given up."""
    settings.EMAIL_BACKEND = "tests.test_outbox.Picky"
    address, person.email = person.email, "refused@example.org"
    person.save()
    Message.objects.filter(to_user=person).update(attempts=attempts - 1, due_at=clock_now())
    post.deliver()
    person.email = address
    person.save()


@pytest.fixture
def given_up(world: w.World, settings: LazySettings) -> Message:
    Message.objects.all().delete()
    post.notify(world.editor, "Look", "The secretword.", about=of_roles(Role.EDITOR))
    refuse(settings, world.editor)
    found: Message = Message.objects.get()
    return found


def press(client: Client, message: Message) -> str:
    return client.post(page_of(message).replace("change/", "send-again/"), follow=True).text


def test_a_message_that_was_given_up_is_listed_with_why_and_leaves_once_more(
    world: w.World, given_up: Message, settings: LazySettings
) -> None:
    client = signed_in(world.administrator)
    home, listed, page = (client.get(url).text for url in ("/admin/", LIST, page_of(given_up)))
    assert "1 message that did not arrive" in home
    for text in (listed, page):
        assert "no such user" in text and "Given up on" in text and "secretword" not in text
    assert "leaves within a minute" in press(client, given_up)
    assert post.deliver() == {"sent": 1}
    assert mail.outbox[-1].to == [world.editor.email] and "secretword" in str(mail.outbox[-1].body)
    assert "did not arrive" not in client.get("/admin/").text
    assert client.get(page_of(given_up)).status_code == 404


def test_one_that_is_tried_again_is_listed_too_and_can_leave_at_once(world: w.World, settings: LazySettings) -> None:
    post.notify(world.editor, "Look", "Please.", about=of_roles(Role.EDITOR))
    refuse(settings, world.editor, attempts=3)
    client = signed_in(world.lead)
    assert "Tried again on" in client.get(LIST).text
    assert post.deliver() == {}
    press(client, Message.objects.get(to_user=world.editor))
    assert post.deliver()["sent"] == 1


def test_who_lost_the_role_meanwhile_is_not_written_to_again(world: w.World, given_up: Message) -> None:
    world.editor.role_grants.all().delete()
    repeating.send_again(given_up, by=world.administrator)
    assert post.deliver() == {"dropped": 1}
    assert not Message.objects.stuck().exists()


def test_a_letter_with_a_link_for_one_person_is_not_kept(world: w.World, settings: LazySettings) -> None:
    w.submit(world, w.draft(world, regions="GB"))
    refuse(settings, world.uk.user)
    invitation = Message.objects.get(subject__startswith="Please review")
    assert invitation.body == ""
    page = signed_in(world.lead).get(page_of(invitation)).text
    assert "What this message said is not kept" in page
    with pytest.raises(repeating.TextNotKept):
        repeating.send_again(invitation, by=world.lead)


def test_a_text_that_was_given_up_is_blanked_after_a_month(world: w.World, given_up: Message) -> None:
    assert post.forget_texts(clock_now() + timedelta(days=29)) == 0
    assert post.forget_texts(clock_now() + timedelta(days=31)) == 1
    given_up.refresh_from_db()
    assert given_up.body == ""
    Message.objects.update(failed_at=clock_now() - timedelta(days=31))
    assert "did not arrive" not in signed_in(world.lead).get("/admin/").text


def test_what_arrived_cannot_be_sent_again(world: w.World, given_up: Message) -> None:
    repeating.send_again(given_up, by=world.lead)
    post.deliver()
    with pytest.raises(Conflict):
        repeating.send_again(given_up, by=world.lead)


@pytest.mark.parametrize("who", ["editor", "publisher"])
def test_nobody_else_sees_or_sends_them(world: w.World, given_up: Message, who: str) -> None:
    client = signed_in(getattr(world, who))
    assert client.get(LIST).status_code == client.get(page_of(given_up)).status_code == 403
    assert "did not arrive" not in client.get("/admin/").text
    with pytest.raises(repeating.NotForYouToSend):
        repeating.send_again(given_up, by=getattr(world, who))
