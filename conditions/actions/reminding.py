"""Remind reviewers of the day by which something is awaited: by the calendar, or when somebody asks.

And whoever looks after an article, of the day its next review is due.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holders
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock
from alsinfo.outbox.models import Message
from alsinfo.refusals import Refusal
from conditions import notices
from conditions.content.currency import OVERDUE_DAYS, THRESHOLDS, newest_threshold
from conditions.errors.assigning import RemindedToday
from conditions.models import RegionalArticle, ReviewAssignment
from conditions.policies import assigning as policies
from conditions.vocabulary import AssignmentState, PageState

DAYS_BEFORE = (3, 0, -3)
BATCH = 500


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


def remind_owners(now: datetime) -> int:
    """Tell owners 90, 30 and 7 days before a review is due, on the day, and with the leads 30 and 90 days after.

    Each is told once of a page and day; of several that were missed only the newest. How many notices were written.
    While a lead keeps a page up past its review, the day that this ends takes the place of the day it was due.
    """
    soon = now.date() + timedelta(days=1 - min(THRESHOLDS))  # a day more, since days differ between the regions
    pages = RegionalArticle.objects.filter(
        state__in=(PageState.LIVE, PageState.SUSPENDED), next_review_due_on__lte=soon, article__archived_at=None
    )
    beside = pages.select_related("article__condition", "article__owner").prefetch_related("deferrals")
    found = beside.order_by("pk").iterator(chunk_size=BATCH)
    leads = list(holders(Role.LEAD))
    staff = {person.pk for role in (Role.EDITOR, Role.PUBLISHER, Role.LEAD) for person in holders(role)}
    count = 0
    while some := list(islice(found, BATCH)):
        count += _tell_new([each for page in some for each in _dates(page, now, leads, staff)])
    return count


@dataclass(frozen=True)
class _ReviewDate:
    """A threshold that has come, `days` past the day by which a page is to be reviewed, and a person who is to know."""

    page: RegionalArticle
    day: date
    person: User
    days: int
    today: date

    @property
    def key(self) -> str:
        return notices.review_due_key(self.page, self.day, self.person, self.days)


def _tell_new(come: list[_ReviewDate]) -> int:
    told = set(Message.objects.filter(key__in=[each.key for each in come]).values_list("key", flat=True))
    new = [each for each in come if each.key not in told]
    for each in new:
        notices.review_due(each.page, each.day, each.person, each.days, each.today)
    return len(new)


def _dates(page: RegionalArticle, now: datetime, leads: list[User], staff: set[int]) -> Iterator[_ReviewDate]:
    """Who is to know: the owner; leads too when the day is long past, or when nobody looks after the article."""
    if page.next_review_due_on is None or page.last_reviewed_on is None:
        return
    today, owner = page.day(now), page.article.owner
    day, since = _awaited(page, page.next_review_due_on, page.last_reviewed_on)
    days = newest_threshold(day, since, today)
    if days is None:
        return
    people = {owner.pk: owner} if owner.pk in staff else {}
    if days >= OVERDUE_DAYS or not people:
        people |= {lead.pk: lead for lead in leads}
    for person in people.values():
        yield _ReviewDate(page, day, person, days, today)


def _awaited(page: RegionalArticle, due_on: date, reviewed_on: date) -> tuple[date, date]:
    """The day by which a review is awaited, and since when: the last review, or a lead's word to keep the page up."""
    kept = [each for each in page.deferrals.all() if each.reviewed_on == reviewed_on]
    last = max(kept, key=lambda each: each.until, default=None)
    return (last.until, page.day(last.deferred_at)) if last else (due_on, reviewed_on)


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
