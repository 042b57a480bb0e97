"""Choosing the digest, sending again, and one's calendar, as rows of the table of actions."""

from datetime import timedelta
from typing import Any

from alsinfo.accounts.models import Role, User
from alsinfo.concurrency import clock_now
from alsinfo.outbox import choosing, post, repeating
from alsinfo.outbox.audiences import of_roles
from alsinfo.outbox.models import Message
from conditions.actions import calendars
from tests import world as w
from tests.action_case import Case
from tests.acts import Place


def choose_digest(place: Place, by: User) -> Any:
    pause = w.today() + timedelta(days=1 if by == place.world.editor else -1)
    return choosing.choose_digest(18, "America/New_York", pause, by=by)


def given_up(place: Place) -> None:
    lost_message(place.world)


def lost_message(world: w.World) -> None:
    """A message that the mail server did not take."""
    post.notify(world.editor, "Refused", "Please.", about=of_roles(Role.EDITOR))
    Message.objects.filter(subject="Refused").update(failed_at=clock_now(), attempts=12, last_error="No such user.")


def send_again(place: Place, by: User) -> Any:
    return repeating.send_again(Message.objects.get(subject="Refused"), by=by)


def make_calendar(place: Place, by: User) -> Any:
    return calendars.make_calendar(by=by)[0]


def calendar_made(place: Place) -> None:
    calendars.make_calendar(by=place.world.publisher)


CALENDARS = (
    Case("make_calendar", "editor", (), "CalendarLink", act=make_calendar),
    Case(
        "revoke_calendar",
        "publisher",
        (calendar_made,),
        "CalendarLink",
        act=lambda place, by: calendars.revoke_calendar(by=by),
    ),
)
NOTICES = (
    Case("choose_digest", "editor", (), "DigestChoice", "", "18:00, US Eastern", act=choose_digest),
    Case("send_again (a message)", "administrator", (given_up,), "Message", verb="send_again", act=send_again),
)
