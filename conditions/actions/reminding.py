"""Remind reviewers of the day by which an answer or a review is awaited: by the calendar, or when somebody asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock
from alsinfo.outbox.models import Message
from alsinfo.refusals import Refusal
from conditions import notices
from conditions.errors.assigning import RemindedToday
from conditions.models import ReviewAssignment
from conditions.policies import assigning as policies
from conditions.vocabulary import AssignmentState

DAYS_BEFORE = (3, 0, -3)


@dataclass(frozen=True)
class _Reminder:
    """A reminder whose day has come: `days` before `day`."""

    assignment: ReviewAssignment
    day: date
    days: int
    today: date

    @property
    def key(self) -> str:
        return notices.reminder_key(self.assignment, self.day, self.days)


@action
def remind(assignment: ReviewAssignment, *, by: User) -> ReviewAssignment:
    """Write to a reviewer whose answer or review is awaited, at most once a day."""
    page = lock(assignment.regional_article)
    assignment.refresh_from_db()
    insist(objection_to_remind_today(assignment, by=by))
    key = _asked_key(assignment, page.day(clock_now()))
    notices.reminded(assignment, by=by, key=key)
    record("remind", assignment, by=by, before=assignment.state, after=assignment.state)
    return assignment


def objection_to_remind_today(assignment: ReviewAssignment, *, by: User) -> Refusal | None:
    """An editor or lead, while the reviewer has the next move, once a day."""
    key = _asked_key(assignment, assignment.regional_article.day(clock_now()))
    objection = policies.objection_to_remind(assignment, by=by)
    return objection or (RemindedToday() if Message.objects.filter(key=key).exists() else None)


def _asked_key(assignment: ReviewAssignment, today: date) -> str:
    return f"{notices.reminder_key(assignment, today, 0)}:asked"


def remind_reviewers(now: datetime) -> int:
    """Tell every reviewer 3 days before, on the day and 3 days after, each once; how many were told.

    Only the newest of the three is told when several were missed. Another date begins anew.
    """
    come = list(_come(now))
    told = set(Message.objects.filter(key__in=[each.key for each in come]).values_list("key", flat=True))
    new = [each for each in come if each.key not in told]
    for each in new:
        notices.answer_awaited(each.assignment, each.day, each.days, each.today)
    return len(new)


def _come(now: datetime) -> Iterator[_Reminder]:
    soon = now.date() + timedelta(days=max(DAYS_BEFORE) + 1)  # a day more, since days differ between the regions
    waiting = ReviewAssignment.objects.select_related(
        "regional_article__article__condition", "reviewer__user", "invited_by", "declaration"
    ).order_by("pk")
    invited = waiting.filter(state=AssignmentState.INVITED, respond_by__lte=soon)
    accepted = waiting.filter(state=AssignmentState.ACCEPTED, due_on__lte=soon)
    for assignment, day in [(each, each.respond_by) for each in invited] + [(each, each.due_on) for each in accepted]:
        if reminder := _newest(assignment, day, now):
            yield reminder


def _newest(assignment: ReviewAssignment, day: date, now: datetime) -> _Reminder | None:
    """The last of the three days that has come; one that was past when the wait began is not news."""
    page = assignment.regional_article
    today, began = page.day(now), page.day(assignment.awaited_since)
    come = [days for days in DAYS_BEFORE if began < day - timedelta(days=days) <= today]
    return _Reminder(assignment, day, min(come), today) if come else None
