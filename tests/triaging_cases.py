"""The actions on what readers say, in the table of `test_actions`."""

from typing import Any

from alsinfo.accounts.models import User
from conditions.actions import triaging
from conditions.models import Feedback
from conditions.policies.triaging import Said
from tests import situations as s
from tests import world as w
from tests.action_case import SYSTEM, Case
from tests.acts import Place
from tests.world import GB

WORDS = "The dose is wrong."


def send(place: Place, by: User | None = None) -> Any:
    live = place.page.live_publication()
    return triaging.send_feedback(Said(GB, "mistake", WORDS, could_harm=True, publication=live, section="symptoms"))


def taken(place: Place) -> None:
    triaging.take_feedback(said(), by=place.world.other_editor)


def closed(place: Place) -> None:
    triaging.close_feedback(said(), "no-change", by=place.world.lead)


def said() -> Feedback:
    return Feedback.objects.get()


TRIAGING = (
    Case("send_feedback", SYSTEM, (s.live,), "Feedback", after="new", act=send),
    Case(
        "take_feedback",
        "editor",
        (s.live, send),
        "Feedback",
        "new",
        "in_hand",
        act=lambda place, by: triaging.take_feedback(said(), by=by),
    ),
    Case(
        "put_back_feedback",
        "lead",
        (s.live, send, taken),
        "Feedback",
        "in_hand",
        "new",
        act=lambda place, by: triaging.put_back_feedback(said(), by=by),
    ),
    Case(
        "note_feedback",
        "editor",
        (s.live, send),
        "Feedback",
        "new",
        "new",
        act=lambda place, by: triaging.note_feedback(said(), "Looked up.", by=by),
    ),
    Case(
        "close_feedback",
        "editor",
        (s.live, send),
        "Feedback",
        "new",
        "changed",
        act=lambda place, by: triaging.close_feedback(said(), "changed", by=by, edition=place.article.editions.get()),
    ),
    Case(
        "open_feedback_again",
        "editor",
        (s.live, send, closed),
        "Feedback",
        "closed",
        "in_hand",
        act=lambda place, by: triaging.open_feedback_again(said(), by=by),
    ),
    Case(
        "confirm_harm",
        "editor",
        (s.live, send),
        "Feedback",
        act=lambda place, by: triaging.confirm_harm(said(), by=by),
    ),
    Case(
        "blank_feedback",
        "lead",
        (s.live, send),
        "Feedback",
        "new",
        "new",
        act=lambda place, by: triaging.blank_feedback(said(), by=by, reason="It names somebody."),
    ),
)


def plant(world: w.World, words: str, note: str) -> Feedback:
    """A reader said something of the live page on ALS, and an editor noted something about it."""
    page = w.RegionalArticle.objects.get(region=GB, paths__slug="als")
    sent = triaging.send_feedback(Said(GB, "mistake", words, could_harm=True, publication=page.live_publication()))
    return triaging.note_feedback(sent, note, by=world.editor)
