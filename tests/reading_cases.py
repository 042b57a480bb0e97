"""Reading a draft, as rows of the table of actions."""

from typing import Any

from alsinfo.accounts.models import User
from conditions.actions import reading
from tests import situations as s
from tests import ways
from tests.action_case import SYSTEM, Case
from tests.acts import Place, now, save_reading


def save(place: Place, by: User) -> Any:
    save_reading(place, by)
    return now(place.reading)


def expire(place: Place, by: User) -> Any:
    return reading.expire_reading(now(place.reading))


READER = "draft reader"
READING = (
    Case("invite_reader", "editor", ways.IN_REVIEW, "Reading", after="invited"),
    Case("accept_reading", READER, ways.ASKED, "Reading", "invited", "accepted"),
    Case("decline_reading", READER, ways.READING_NOW, "Reading", "accepted", "declined"),
    Case("complete_reading", READER, ways.READING_NOW, "Reading", "accepted", "completed"),
    Case("cancel_reading", "editor", ways.READING_NOW, "Reading", "accepted", "cancelled"),
    Case("expire_reading", SYSTEM, (*ways.ASKED, s.reading_unanswered), "Reading", "invited", "expired", act=expire),
    Case("save_reading", READER, ways.READING_NOW, "Reading", act=save),
)
