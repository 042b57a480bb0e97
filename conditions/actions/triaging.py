"""Take in what readers say, and see to it: take it, close it, confirm that it could harm, blank the words.

The audit says that each was done, never in the reader's words, which go when their time is over.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.db.models.query import QuerySet

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from conditions import notices
from conditions.actions.pages import bring_to_review
from conditions.content.readers_words import storable
from conditions.models import Edition, Feedback, Publication
from conditions.policies import triaging as policies
from conditions.policies.triaging import Said
from conditions.vocabulary.feedback import FeedbackState

YEARS_KEPT = 2
OLD = "Two years have passed."
MOST_AT_ONCE = 200


@action
def send_feedback(said: Said) -> Feedback:
    """Keep what a reader says; that something could harm somebody is told at once, once a day for each page."""
    insist(policies.objection_to_send(said))
    feedback = Feedback.objects.create(
        region=said.region,
        publication=said.publication,
        section=said.section,
        heading=said.heading,
        about=said.about,
        words=said.stored,
        could_harm=said.could_harm,
        received_at=clock_now(),
        state=FeedbackState.COUNTED if said.is_only_counted else FeedbackState.NEW,
    )
    if feedback.could_harm:
        notices.harm_reported(feedback)
    record("send_feedback", feedback, by=None, after=feedback.state)
    return feedback


@action
def take_feedback(feedback: Feedback, *, by: User) -> Feedback:
    """Somebody sees to it, or takes it over."""
    feedback = lock(feedback)
    insist(policies.objection_to_take(feedback, by=by))
    return _move(feedback, "take_feedback", by=by, state=FeedbackState.IN_HAND, taken_by_id=by.pk)


@action
def put_back_feedback(feedback: Feedback, *, by: User) -> Feedback:
    """Nobody sees to it any more."""
    feedback = lock(feedback)
    insist(policies.objection_to_put_back(feedback, by=by))
    return _move(feedback, "put_back_feedback", by=by, state=FeedbackState.NEW, taken_by_id=None)


@action
def note_feedback(feedback: Feedback, note: str, *, by: User) -> Feedback:
    """Write down what was found out so far; it replaces the note before."""
    feedback = lock(feedback)
    insist(policies.objection_to_triage(feedback, by=by))
    return _move(feedback, "note_feedback", by=by, note=storable(note))


@action
def close_feedback(
    feedback: Feedback, outcome: str, *, by: User, note: str = "", edition: Edition | None = None
) -> Feedback:
    """Say what became of it; `edition` is the one that put it right."""
    feedback = lock(feedback)
    insist(policies.objection_to_close(feedback, outcome, by=by, edition=edition))
    said = {"note": storable(note)} if note.strip() else {}
    settled = {"outcome": outcome, "fixed_in_id": edition.pk if edition else None, "closed_at": clock_now()}
    return _move(feedback, "close_feedback", by=by, state=FeedbackState.CLOSED, **settled, **said)


@action
def open_feedback_again(feedback: Feedback, *, by: User) -> Feedback:
    """There is more to do about it; it is in this person's hands."""
    feedback = lock(feedback)
    insist(policies.objection_to_open_again(feedback, by=by))
    unsettled = {"outcome": "", "fixed_in_id": None, "closed_at": None}
    return _move(feedback, "open_feedback_again", by=by, state=FeedbackState.IN_HAND, taken_by_id=by.pk, **unsettled)


@action
def confirm_harm(feedback: Feedback, *, by: User) -> Feedback:
    """It could harm somebody: the page is due for review today, its owner and the leads are told at once."""
    feedback = lock(feedback)
    insist(policies.objection_to_confirm_harm(feedback, by=by))
    now = clock_now()
    live = Publication.objects.filter(
        regional_article__publications=feedback.publication_id, ended_at=None
    ).select_related("revision", "regional_article__article__condition", "change_note")
    pages = bring_to_review(list(live), now=now)
    taken_by = feedback.taken_by_id or by.pk
    confirmed: dict[str, Any] = {"harm_confirmed_by_id": by.pk, "harm_confirmed_at": now}
    swap(feedback, state=FeedbackState.IN_HAND, taken_by_id=taken_by, **confirmed)
    notices.harm_confirmed(feedback, by=by)
    record("confirm_harm", feedback, by=by, reason=f"To review again: {', '.join(map(str, pages)) or 'no page'}")
    return feedback


@action
def blank_feedback(feedback: Feedback, *, by: User | None, reason: str) -> Feedback:
    """Forget the reader's words, and the note on them; that there were some stays known."""
    feedback, before = lock(feedback), feedback.state
    insist(policies.objection_to_blank(feedback, reason, by=by))
    swap(feedback, words="", note="", blanked_at=clock_now())
    record("blank_feedback", feedback, by=by, reason=reason.strip(), before=before, after=before)
    return feedback


def blank_what_is_old(now: datetime) -> int:
    """Blank the words that are two years old, so many at once; how many. Each is an action of its own."""
    found = list(_too_old(now)[:MOST_AT_ONCE])
    for feedback in found:
        blank_feedback(feedback, by=None, reason=OLD)
    return len(found)


def _too_old(now: datetime) -> QuerySet[Feedback]:
    first_day = now.replace(year=now.year - YEARS_KEPT, day=min(now.day, 28))
    return Feedback.objects.filter(~Q(state=FeedbackState.COUNTED), received_at__lt=first_day, blanked_at=None)


def _move(feedback: Feedback, verb: str, *, by: User, **fields: Any) -> Feedback:
    before = feedback.state
    swap(feedback, **fields)
    record(verb, feedback, by=by, before=before, after=feedback.outcome or feedback.state)
    return feedback
