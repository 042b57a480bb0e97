"""When a time may be set at which a text goes live, and by whom."""

from datetime import datetime, timedelta

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.refusals import Refusal
from conditions.errors.drafting import WrongState
from conditions.errors.scheduling import NotScheduled, SchedulerGone, TimePast, TimeTooFar
from conditions.models import RegionalEdition
from conditions.policies.publishing import objection_to_publish
from conditions.policies.roles import objection_without
from conditions.vocabulary import ReviewState

LONGEST = timedelta(days=366)


def objection_to_schedule(row: RegionalEdition, at: datetime, *, by: User, now: datetime) -> Refusal | None:
    """Who could publish the cleared text now, for a time within a year."""
    if objection := objection_to_schedule_at_all(row, by=by):
        return objection
    if at <= now:
        return TimePast()
    return TimeTooFar() if at > now + LONGEST else None


def objection_to_schedule_at_all(row: RegionalEdition, *, by: User) -> Refusal | None:
    """Whether there is a time that could be set."""
    if objection := objection_to_publish(row, by=by):
        return objection
    return None if row.state == ReviewState.CLEARED else WrongState("A time is set for a text that is cleared.")


def objection_to_unschedule(row: RegionalEdition, *, by: User) -> Refusal | None:
    """A publisher, while a time is set."""
    if objection := objection_without(by, Role.PUBLISHER):
        return objection
    return None if row.state == ReviewState.SCHEDULED else NotScheduled()


def objection_to_publish_scheduled(row: RegionalEdition) -> Refusal | None:
    """The text could be published now by who scheduled it, who is a publisher still."""
    by = row.scheduled_by
    return objection_to_publish(row, by=by) if by and holds(by, Role.PUBLISHER) else SchedulerGone()


def is_due(row: RegionalEdition, now: datetime) -> bool:
    """Whether the time set has come; a time that was missed counts."""
    return row.state == ReviewState.SCHEDULED and row.publish_at is not None and row.publish_at <= now
