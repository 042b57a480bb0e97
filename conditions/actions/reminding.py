"""Remind reviewers of the day by which an answer or a review is awaited. Not actions: nothing changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alsinfo.outbox.models import Message
from conditions import notices
from conditions.models import ReviewAssignment
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
