"""Which reviews of a reviewer stand on one page: the same article's in both regions, as far as they have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from conditions.models import Article, ReviewAssignment, Reviewer
from conditions.vocabulary import OPEN_ASSIGNMENTS, AssignmentState
from organisations.regions import Region


@dataclass(frozen=True)
class Group:
    """One review, or a UK and a US review of an article in the same state; answered all at once or not at all."""

    assignments: Sequence[ReviewAssignment]

    @property
    def first(self) -> ReviewAssignment:
        """The one that the page is called by where one is enough."""
        return self.assignments[0]

    @property
    def state(self) -> AssignmentState:
        """How far all of them have come."""
        return AssignmentState(self.first.state)

    @property
    def article(self) -> Article:
        """What they are about."""
        return self.first.regional_article.article

    @property
    def regions(self) -> list[Region]:
        """Whose readers get the texts."""
        return [assignment.region for assignment in self.assignments]

    @property
    def places(self) -> str:
        """The regions in words."""
        return " and ".join(region.label for region in self.regions)

    @property
    def numbers(self) -> str:
        """What the page says it shows, to be compared when it is sent."""
        return ",".join(str(assignment.pk) for assignment in self.assignments)

    @property
    def is_reconfirmation(self) -> bool:
        """Whether a live text is to be confirmed."""
        return self.first.regional_edition_id is None

    @property
    def respond_by(self) -> date:
        """The day by which the first answer is asked for."""
        return min(assignment.respond_by for assignment in self.assignments)

    @property
    def due_on(self) -> date:
        """The day on which the first review is due."""
        return min(assignment.due_on for assignment in self.assignments)

    def today(self, now: datetime) -> date:
        """The calendar day of the first region."""
        return self.first.regional_article.day(now)


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


def group_of(assignment: ReviewAssignment) -> Group:
    """The review and, while both are open in the same state, the one of the same text in the other region."""
    if not assignment.is_open:
        return Group([assignment])
    return next(group for group in open_groups(assignment.reviewer) if assignment in group.assignments)


def open_groups(reviewer: Reviewer) -> list[Group]:
    """The open reviews, oldest request first."""
    found = assignments_of(reviewer).filter(state__in=OPEN_ASSIGNMENTS).order_by("invited_at", "pk")
    groups: dict[tuple[object, ...], list[ReviewAssignment]] = {}
    for assignment in found:
        groups.setdefault(_kind(assignment), []).append(assignment)
    return [Group(sorted(members, key=lambda each: each.region)) for members in groups.values()]


def _kind(assignment: ReviewAssignment) -> tuple[object, ...]:
    """What two reviews have in common that stand on one page; a text and a live one do not."""
    edition = assignment.regional_edition.edition_id if assignment.regional_edition else None
    return assignment.regional_article.article_id, edition, assignment.state
