"""What waits on the way to readers: each row says whose move it is, and since when."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Prefetch, QuerySet

from alsinfo.admin.records import page_of
from conditions.content.local_time import in_words
from conditions.models import RegionalEdition, ReviewAssignment
from conditions.vocabulary import OPEN_ASSIGNMENTS, AssignmentState, ReviewState
from organisations.regions import Region


@dataclass(frozen=True)
class Scope:
    """What a queue is narrowed to: a region, articles of one owner; and the moment of the look."""

    now: datetime
    region: Region | None = None
    owner: int | None = None

    def of(self, rows: QuerySet[Any], region: str, owner: str) -> QuerySet[Any]:
        """The rows within, by the names of the two fields."""
        if self.region:
            rows = rows.filter(**{region: self.region})
        return rows.filter(**{owner: self.owner}) if self.owner else rows


@dataclass(frozen=True)
class Row:
    """A thing that waits: where to go, whose move it is, since when, and what else is to know."""

    title: str
    url: str
    whose: str
    since: datetime | date | None
    fact: str = ""
    owner: str = ""

    def days(self, now: datetime) -> int:
        """For how many days it waits."""
        if self.since is None:
            return 0
        began = Region.GB.day(self.since) if isinstance(self.since, datetime) else self.since
        return max((Region.GB.day(now) - began).days, 0)


@dataclass(frozen=True)
class Queue:
    """A list of what waits for one kind of move; `find` gives rows of the database, or sentences, `row` says one."""

    slug: str
    title: str
    about: str
    find: Callable[[Scope], QuerySet[Any] | Sequence[Any]]
    row: Callable[[Any], Row]


def rows_in(*states: ReviewState) -> Callable[[Scope], QuerySet[RegionalEdition]]:
    """Texts that stand there, those sent longest ago first."""

    def find(scope: Scope) -> QuerySet[RegionalEdition]:
        found = RegionalEdition.objects.filter(state__in=states, edition__article__archived_at=None)
        return scope.of(found, "region", "edition__article__owner").order_by("submitted_at", "pk")

    return find


def with_askings(rows: QuerySet[RegionalEdition]) -> QuerySet[RegionalEdition]:
    """With the reviewers who are asked."""
    asked = ReviewAssignment.objects.filter(state__in=OPEN_ASSIGNMENTS).select_related("reviewer", "declaration")
    return named(rows).prefetch_related(Prefetch("assignments", asked.order_by("due_on", "pk"), to_attr="asked"))


def named(rows: QuerySet[RegionalEdition]) -> QuerySet[RegionalEdition]:
    """With what a row is called."""
    return rows.select_related("edition__article__condition", "edition__article__owner")


def in_review(row: Any) -> Row:
    """A text that reviewers read, or nobody."""
    since = min((each.awaited_since for each in row.asked), default=row.submitted_at)
    return of_text(row, whose_of(row.asked), since)


def whose_of(asked: Iterable[ReviewAssignment]) -> str:
    """Each reviewer with what is asked of them; a lead where an interest waits."""
    return "; ".join(map(move_of, asked)) or "An editor: nobody is asked"


def move_of(asked: ReviewAssignment) -> str:
    """Whose move an open review is."""
    if asked.state == AssignmentState.INTEREST_PENDING:
        return f"A clinical lead: an interest of {asked.reviewer}"
    if asked.state == AssignmentState.INVITED:
        return f"{asked.reviewer}, to answer by {asked.respond_by:%-d %B %Y}"
    return f"{asked.reviewer}, to review by {asked.due_on:%-d %B %Y}"


def of_text(row: RegionalEdition, whose: str, since: datetime | None, fact: str = "") -> Row:
    """A text on its way."""
    article = row.edition.article
    title = f"{article} ({Region(row.region).label})"
    return Row(title, page_of(row.edition), whose, since or row.submitted_at, fact, str(article.owner))


def _sent_back(row: Any) -> Row:
    fact = "Changes requested" if row.state == ReviewState.CHANGES_REQUESTED else "Taken back"
    return of_text(row, f"An editor: {row.edition.article.owner} looks after it", row.answered, fact)


def _reconfirmations(scope: Scope) -> QuerySet[ReviewAssignment]:
    open_ones = ReviewAssignment.objects.filter(state__in=OPEN_ASSIGNMENTS, regional_edition=None)
    found = scope.of(open_ones, "regional_article__region", "regional_article__article__owner")
    return of_pages(found).select_related("reviewer", "declaration").order_by("invited_at", "pk")


def of_pages(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With what the page of a row is called."""
    return rows.select_related("regional_article__article__condition", "regional_article__article__owner")


def of_page(row: Any, whose: str, since: datetime, fact: str = "") -> Row:
    """Something about a page."""
    page = row.regional_article
    return Row(str(page), page_of(page.article), whose, since, fact, str(page.article.owner))


def _answered(scope: Scope) -> QuerySet[RegionalEdition]:
    back = rows_in(ReviewState.CHANGES_REQUESTED, ReviewState.REOPENED)(scope)
    return named(back).annotate(answered=Max("assignments__answered_at"))


def _signed(scope: Scope) -> QuerySet[RegionalEdition]:
    cleared = rows_in(ReviewState.CLEARED)(scope)
    return named(cleared).annotate(signed=Max("sign_offs__signed_at"))


def _moment(row: RegionalEdition) -> str:
    """When it goes out, by the clocks of its readers."""
    return in_words(row.publish_at, Region(row.region).time_zone) if row.publish_at else "a time not set"


ON_THE_WAY = (
    Queue(
        "review",
        "Waiting for review",
        "Texts that a clinician is to read. Who waits longest comes first.",
        lambda scope: with_askings(rows_in(ReviewState.IN_REVIEW)(scope)),
        in_review,
    ),
    Queue(
        "changes", "Sent back", "Reviewers asked for changes, or an editor took the text back.", _answered, _sent_back
    ),
    Queue(
        "reconfirm",
        "To be confirmed anew",
        "Live texts that a clinician is asked to sign again as they are.",
        _reconfirmations,
        lambda row: of_page(row, move_of(row), row.awaited_since),
    ),
    Queue(
        "ready",
        "Ready to publish",
        "Signed, and no other reviewer is awaited.",
        _signed,
        lambda row: of_text(row, "A publisher who wrote nothing of it", row.signed),
    ),
    Queue(
        "scheduled",
        "Scheduled",
        "Published by itself at the time that was set.",
        lambda scope: named(rows_in(ReviewState.SCHEDULED)(scope)),
        lambda row: of_text(row, "Nobody: it goes out by itself", None, f"Readers get it at {_moment(row)}"),
    ),
    Queue(
        "failed",
        "Publishing failed",
        "Something stood in the way at the time that was set. Readers see what they saw before.",
        lambda scope: named(rows_in(ReviewState.PUBLISH_FAILED)(scope)),
        lambda row: of_text(row, "A publisher, to try again or send it back", row.publish_at, row.failure),
    ),
)
