"""Who may be asked to read a text before it is published, by whom, and how they may answer."""

from collections.abc import Sequence
from datetime import date, timedelta

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.refusals import Refusal
from conditions.errors.assigning import AlreadyAsked
from conditions.errors.cataloguing import MissingRole
from conditions.errors.commenting import UnusableRemark
from conditions.errors.drafting import ReasonMissing, WrongState
from conditions.errors.reading import CannotRead, NotYourReading
from conditions.models import Reading, RegionalEdition
from conditions.policies.commenting import Remark
from conditions.policies.roles import objection_without
from conditions.vocabulary import OPEN_READINGS, CommentWeight, ReadingState, ReviewState

DAYS_OF_GRACE = timedelta(days=5)
WEIGHTS = (CommentWeight.SHOULD, CommentWeight.QUESTION)
CONTRIBUTED = "{} wrote parts of this article, so they may read it, but not count as one of its readers."


def objection_to_invite_reader(row: RegionalEdition, reader: User, *, by: User) -> Refusal | None:
    """An editor or lead asks a draft reader who wrote nothing of it, while the text is in review or cleared."""
    if objection := objection_without(by, Role.EDITOR, Role.LEAD):
        return objection
    if row.state not in (ReviewState.IN_REVIEW, ReviewState.CLEARED):
        return WrongState("Readers can be asked only while a text is in review or cleared.")
    if not holds(reader, Role.DRAFT_READER):
        return CannotRead(f"{reader} is not a draft reader.")
    if contributed(row, reader):
        return CannotRead(CONTRIBUTED.format(reader))
    if row.readings.filter(reader=reader, state__in=OPEN_READINGS).exists():
        return AlreadyAsked(f"{reader} has been asked already and has not answered yet.")
    return None


def objection_to_answer_reading(reading: Reading, *, by: User, states: Sequence[str]) -> Refusal | None:
    """The person who was asked, in one of the states named."""
    if reading.reader_id != by.pk:
        return NotYourReading()
    if objection := objection_without(by, Role.DRAFT_READER):
        return objection
    return None if reading.state in states else WrongState("This reading has ended or was answered already.")


def objection_to_complete(reading: Reading, remarks: Sequence[Remark], *, by: User) -> Refusal | None:
    """The reader, once accepted, with remarks of the two kinds that readers make."""
    if objection := objection_to_answer_reading(reading, by=by, states=(ReadingState.ACCEPTED,)):
        return objection
    if contributed(reading.regional_edition, by):
        return CannotRead(CONTRIBUTED.format(by))
    if any(remark.weight not in WEIGHTS for remark in remarks):
        return UnusableRemark("Say whether you would change this or do not understand it.")
    return None


def objection_to_cancel_reading(reading: Reading, *, by: User, reason: str) -> Refusal | None:
    """A lead, or the editor who asked, while an answer or remarks are awaited, with a reason."""
    is_inviter = reading.invited_by_id == by.pk and holds(by, Role.EDITOR)
    if not is_inviter and not holds(by, Role.LEAD):
        return MissingRole("Only a clinical lead, or the editor who asked, can withdraw this request.")
    if not reading.is_open:
        return WrongState("This reading has ended already.")
    return None if reason.strip() else ReasonMissing()


def contributed(row: RegionalEdition, person: User) -> bool:
    """Whether the person wrote any part of the article."""
    return row.edition.article.contributions.filter(user=person).exists()


def has_run_out(reading: Reading, *, today: date) -> bool:
    """Whether a request was not answered until five days after the day it was asked for."""
    return reading.state == ReadingState.INVITED and today > reading.due_on + DAYS_OF_GRACE
