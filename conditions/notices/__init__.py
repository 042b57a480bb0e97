"""What people are told, as messages in the outbox: what, why, by when, one link on its own line."""

from conditions.notices.credentials import credential_ends, struck_off
from conditions.notices.dissents import note_agreed, note_proposed, overruled
from conditions.notices.feedback import harm_confirmed, harm_reported
from conditions.notices.medicines import medicine_changed
from conditions.notices.notes import mentioned
from conditions.notices.owning import handed_over
from conditions.notices.pages import review_due, review_due_key, second_person_wanted, still_suspended, suspended
from conditions.notices.publishing import publishing_failed
from conditions.notices.readings import reader_invited, reading_cancelled, reading_ended
from conditions.notices.receipts import signed
from conditions.notices.retractions import retracted
from conditions.notices.reviews import (
    answer_awaited,
    answered,
    cancelled,
    cleared,
    date_proposed,
    interest_declared,
    invited,
    nobody_is_reviewing,
    reminded,
    reminder_key,
    replaced,
)

__all__ = [
    "answer_awaited",
    "answered",
    "cancelled",
    "cleared",
    "credential_ends",
    "date_proposed",
    "handed_over",
    "harm_confirmed",
    "harm_reported",
    "interest_declared",
    "invited",
    "medicine_changed",
    "mentioned",
    "nobody_is_reviewing",
    "note_agreed",
    "note_proposed",
    "overruled",
    "publishing_failed",
    "reader_invited",
    "reading_cancelled",
    "reading_ended",
    "reminded",
    "reminder_key",
    "replaced",
    "retracted",
    "review_due",
    "review_due_key",
    "second_person_wanted",
    "signed",
    "still_suspended",
    "struck_off",
    "suspended",
]
