"""The actions on retracted sources, in the table of `test_actions`."""

from datetime import date
from typing import Any

from alsinfo.accounts.models import User
from conditions.actions import watching
from conditions.models import RetractionEvent, RetractionList
from tests import situations as s
from tests.action_case import SYSTEM, Case
from tests.acts import WHY, Place
from tests.retraction_lists import event, take_in


def retracted(place: Place) -> None:
    """A work that the live page cites was retracted."""
    take_in(event(), as_of=date(2026, 5, 10))


def take_in_a_list(place: Place, by: User) -> Any:
    retracted(place)
    return RetractionList.objects.get()


def answer(place: Place, by: User) -> Any:
    return watching.answer_retraction(RetractionEvent.objects.get(), place.page, by=by, reason=WHY)


WATCHING = (
    Case(
        "take_in", SYSTEM, (s.live,), "RetractionList", after="Retraction Watch as of 10 May 2026", act=take_in_a_list
    ),
    Case(
        "answer_retraction",
        "lead",
        (s.live, retracted),
        "RetractionAnswer",
        after="Retraction of 3 May 2026: ALS",
        act=answer,
    ),
)
