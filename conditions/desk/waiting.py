"""The reviews that wait for a reviewer."""

from dataclasses import dataclass
from datetime import date, datetime

from conditions.desk.groups import Group, open_groups
from conditions.desk.texts import is_whole, minutes_of
from conditions.models import ReviewDraft, Reviewer
from conditions.vocabulary import AssignmentState


@dataclass(frozen=True)
class Waiting:
    """A line of the queue: an open review, its days since the request, and the date that comes next."""

    group: Group
    title: str
    minutes: int
    days: int
    until: date
    is_late: bool
    saved_at: datetime | None


def waiting_for(reviewer: Reviewer, now: datetime) -> list[Waiting]:
    """The open reviews, oldest request first."""
    saved = dict(ReviewDraft.objects.filter(reviewer=reviewer).values_list("article", "saved_at"))
    return [_waiting(group, now, saved.get(group.article.pk)) for group in open_groups(reviewer)]


def _waiting(group: Group, now: datetime, saved_at: datetime | None) -> Waiting:
    first = group.first
    today = group.today(now)
    until = group.respond_by if group.state == AssignmentState.INVITED else group.due_on
    asked_on = min(each.regional_article.day(each.invited_at) for each in group.assignments)
    return Waiting(
        group=group,
        title=first.revision.content["title"] if is_whole(first.revision) else str(group.article),
        minutes=minutes_of(group),
        days=(today - asked_on).days,
        until=until,
        is_late=until < today,
        saved_at=saved_at if group.state == AssignmentState.ACCEPTED else None,
    )
