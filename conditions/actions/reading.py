"""Ask people who live with the condition to read a text, and take what they say of it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from conditions import notices
from conditions.actions.commenting import write_remarks
from conditions.models import Reading, ReadingDraft, RegionalEdition
from conditions.policies import reading as policies
from conditions.policies.commenting import Remark
from conditions.vocabulary import OPEN_READINGS, ReadingState

DAYS_TO_READ = 14


@action
def invite_reader(row: RegionalEdition, reader: User, *, by: User, due_on: date | None = None) -> Reading:
    """Ask somebody for a text that is in review or cleared; nothing waits for their answer."""
    page = lock(row.edition.article.regional_articles.get(region=row.region))
    row.refresh_from_db()
    insist(policies.objection_to_invite_reader(row, reader, by=by))
    now = clock_now()
    reading = Reading.objects.create(
        regional_edition=row,
        revision=row.revision,  # type: ignore[misc]  # a text in review has one, as the rule above found
        reader=reader,
        invited_by=by,
        invited_at=now,
        due_on=due_on or page.day(now) + timedelta(days=DAYS_TO_READ),
    )
    notices.reader_invited(reading)
    record("invite_reader", reading, by=by, after=ReadingState.INVITED)
    return reading


@action
def accept_reading(reading: Reading, *, by: User) -> Reading:
    """The reader will read it; the text opens."""
    reading = _locked(reading)
    insist(policies.objection_to_answer_reading(reading, by=by, states=(ReadingState.INVITED,)))
    return _move(reading, ReadingState.ACCEPTED, "accept_reading", by=by)


@action
def decline_reading(reading: Reading, *, by: User, reason: str = "") -> Reading:
    """The reader will not, or cannot go on; nobody owes a reason."""
    reading = _locked(reading)
    insist(policies.objection_to_answer_reading(reading, by=by, states=OPEN_READINGS))
    notices.reading_ended(reading, "declined")
    return _move(reading, ReadingState.DECLINED, "decline_reading", by=by, reason=reason)


@action
def complete_reading(reading: Reading, remarks: Sequence[Remark] = (), *, by: User) -> Reading:
    """The reader has read it and says what they would change or do not understand, or that all is well."""
    reading = _locked(reading)
    insist(policies.objection_to_complete(reading, remarks, by=by))
    now = clock_now()
    write_remarks(remarks, reading.revision, reading, by=by, now=now)
    ReadingDraft.objects.filter(reading=reading).delete()
    swap(reading, state=ReadingState.COMPLETED, completed_at=now)
    notices.reading_ended(reading, f"read the draft and made {_count(remarks)}")
    record(
        "complete_reading", reading, by=by, reason=_count(remarks), before=ReadingState.ACCEPTED, after=reading.state
    )
    return reading


@action
def cancel_reading(reading: Reading, *, by: User, reason: str) -> Reading:
    """The request is withdrawn: the text closes at once."""
    reading = _locked(reading)
    insist(policies.objection_to_cancel_reading(reading, by=by, reason=reason))
    notices.reading_cancelled(reading)
    return _move(reading, ReadingState.CANCELLED, "cancel_reading", by=by, reason=reason)


@action
def expire_reading(reading: Reading) -> Reading | None:
    """Nobody answered until five days after the day: it ends, and who asked is told."""
    reading = _locked(reading)
    if not policies.has_run_out(reading, today=reading.region.day(clock_now())):
        return None
    notices.reading_ended(reading, "did not answer in time")
    return _move(reading, ReadingState.EXPIRED, "expire_reading", by=None, reason="It was not answered in time.")


@action
def save_reading(reading: Reading, fields: Mapping[str, str], *, by: User) -> ReadingDraft:
    """Keep what a reader typed, to go on later or on another device; also when the text was closed meanwhile."""
    states = (ReadingState.ACCEPTED, ReadingState.CANCELLED)
    insist(policies.objection_to_answer_reading(reading, by=by, states=states))
    draft, _ = ReadingDraft.objects.update_or_create(
        reading=reading, defaults={"fields": dict(fields), "saved_at": clock_now()}
    )
    record("save_reading", reading, by=by)
    return draft


def close_readings(row: RegionalEdition, why: str) -> None:
    """End what is still open of a text that nobody needs to read any more; part of an action, audited by it."""
    for reading in row.readings.filter(state__in=OPEN_READINGS).select_related("reader"):
        end_reading(reading, why)


def end_reading(reading: Reading, why: str) -> None:
    """Close the text to a reader, keeping what they wrote; part of an action, audited by it."""
    swap(reading, state=ReadingState.CANCELLED, reason=why)
    notices.reading_cancelled(reading)


def _move(reading: Reading, state: ReadingState, verb: str, *, by: User | None, reason: str = "") -> Reading:
    before = reading.state
    swap(reading, state=state, reason=reason.strip())
    record(verb, reading, by=by, reason=reason, before=before, after=state)
    return reading


def _locked(reading: Reading) -> Reading:
    lock(reading.page)
    return Reading.objects.shown().get(pk=reading.pk)


def _count(remarks: Sequence[Remark]) -> str:
    return f"{len(remarks)} remark{'' if len(remarks) == 1 else 's'}" if remarks else "no remarks"
