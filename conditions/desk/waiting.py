"""The reviews that wait for a reviewer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from conditions.desk.texts import is_whole, minutes_to_read
from conditions.models import ReviewAssignment, Reviewer
from conditions.vocabulary import OPEN_ASSIGNMENTS, AssignmentState


@dataclass(frozen=True)
class Waiting:
    """A line of the queue: an open review, its days since the request, and the date that comes next."""

    assignment: ReviewAssignment
    title: str
    minutes: int
    days: int
    until: date
    is_late: bool


def assignments_of(reviewer: Reviewer) -> QuerySet[ReviewAssignment]:
    """Every review a reviewer was asked for, with what the desk shows of it."""
    return ReviewAssignment.objects.filter(reviewer=reviewer).select_related(
        "regional_article__article__condition",
        "regional_edition__edition",
        "revision",
        "invited_by",
        "reviewer__user",
        "declaration",
    )


def waiting_for(reviewer: Reviewer, now: datetime) -> list[Waiting]:
    """The open reviews, oldest request first."""
    found = assignments_of(reviewer).filter(state__in=OPEN_ASSIGNMENTS).order_by("invited_at", "pk")
    return [_waiting(assignment, now) for assignment in found]


def _waiting(assignment: ReviewAssignment, now: datetime) -> Waiting:
    page = assignment.regional_article
    today = page.day(now)
    content = assignment.revision.content if is_whole(assignment.revision) else None
    until = assignment.respond_by if assignment.state == AssignmentState.INVITED else assignment.due_on
    return Waiting(
        assignment=assignment,
        title=content["title"] if content else str(page.article),
        minutes=minutes_to_read(content) if content else 0,
        days=(today - page.day(assignment.invited_at)).days,
        until=until,
        is_late=until < today,
    )
