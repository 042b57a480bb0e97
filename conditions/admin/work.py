"""What waits in articles: the lines of "Your work", each with the list that its number leads to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib import admin
from django.db.models import CharField, DateTimeField, F, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable

from alsinfo.accounts.models import Role, User
from alsinfo.admin.records import page_of
from alsinfo.admin.site import BackOffice
from alsinfo.admin.work import Item, Line, Waiting
from alsinfo.concurrency import clock_now
from conditions.admin import standing
from conditions.admin.standing import Glance
from conditions.content.currency import in_words
from conditions.models import (
    Article,
    Edition,
    RegionalArticle,
    RegionalEdition,
    ReviewAssignment,
    ReviewComment,
    Suspension,
)
from conditions.vocabulary import OPEN_ASSIGNMENTS, CommentState, EditionState, ReviewState
from organisations.regions import Region

SHOWN = 4
LIST = "conditions/article/"


@dataclass(frozen=True)
class Kind:
    """Articles of one kind: the question, the list's query string, what is known of each and how that is said."""

    question: Callable[[Glance], Q]
    query: str
    tone: str
    known: Combinable
    said: Callable[[Any, Glance], str]

    def __call__(self, person: User) -> Waiting:
        """Count them, and read the first few."""
        look = standing.glance(person)
        articles = Article.objects.filter(self.question(look), archived_at=None)
        first = standing.with_due(articles, look).annotate(known=self.known).select_related("condition")
        items = [
            Item(str(article), page_of(article), self.said(getattr(article, "known", None), look))
            for article in first.order_by(*standing.MOST_OVERDUE_FIRST)[:SHOWN]
        ]
        return Waiting(articles.count(), f"{LIST}?{self.query}", items, self.tone)


def day(known: Any, look: Glance) -> str:
    """How far away a review date is."""
    return f"{in_words(known, look.today[Region.GB])}, {known:%-d %B %Y}" if known else ""


def since(known: datetime | None, look: Glance) -> str:
    """For how many days something waits."""
    days = (look.today[Region.GB] - Region.GB.day(known)).days if known else 0
    return "since today" if days < 1 else f"{days} day{'' if days == 1 else 's'}"


def saved(known: datetime | None, look: Glance) -> str:
    """When a draft was last saved."""
    return f"saved {Region.GB.day(known):%-d %B %Y}" if known else ""


def name(known: Any, look: Glance) -> str:
    """A name as it is."""
    return str(known or "")


def _rows(state: ReviewState) -> Any:
    return RegionalEdition.objects.filter(edition__article=OuterRef("pk"), state=state).order_by("submitted_at")


def _asked() -> Any:
    waiting = ReviewAssignment.objects.filter(regional_article__article=OuterRef("pk"))
    return waiting.filter(state__in=OPEN_ASSIGNMENTS).order_by("invited_at")


FAILED, SENT_BACK = ReviewState.PUBLISH_FAILED, ReviewState.CHANGES_REQUESTED
ASKED_FOR_CHANGES = ReviewAssignment.objects.filter(
    regional_article__article=OuterRef("pk"), asked_for_changes=True
).order_by("-answered_at")
DOWN = Suspension.objects.filter(regional_article__article=OuterRef("pk"), lift=None).order_by("pk")
DRAFTS = Edition.objects.filter(article=OuterRef("pk"), state=EditionState.DRAFT)
ENDED = standing.listings_of_who_ended().filter(
    page__in=RegionalArticle.objects.filter(article=OuterRef(OuterRef("pk")))
)
DUE: Combinable = F("due")


def _first(rows: Any, field: str, kind: Any = None) -> Subquery:
    return Subquery(rows.values(field)[:1], output_field=kind or DateTimeField())


ARTICLES = {
    "past the review date": (
        (Role.EDITOR, Role.LEAD),
        Kind(standing.overdue, "due=overdue", "late", DUE, day),
    ),
    "with changes requested": (
        (Role.EDITOR,),
        Kind(
            standing.under_way(SENT_BACK),
            "state=changes-requested",
            "late",
            _first(ASKED_FOR_CHANGES, "reviewer__printed_name", CharField()),
            name,
        ),
    ),
    "where publishing failed": (
        (Role.EDITOR, Role.PUBLISHER),
        Kind(standing.under_way(FAILED), "state=failed", "late", _first(_rows(FAILED), "submitted_at"), since),
    ),
    "taken down": (
        (Role.PUBLISHER, Role.LEAD),
        Kind(standing.STATES["down"][1], "state=down", "late", _first(DOWN, "suspended_at"), since),
    ),
    "waiting for a reviewer": (
        (Role.EDITOR, Role.LEAD),
        Kind(standing.STATES["in-review"][1], "state=in-review", "soon", _first(_asked(), "invited_at"), since),
    ),
    "signed, not published": (
        (Role.PUBLISHER,),
        Kind(
            standing.STATES["signed"][1],
            "state=signed",
            "ready",
            _first(_rows(ReviewState.CLEARED), "submitted_at"),
            since,
        ),
    ),
    "due in 30 days": (
        (Role.EDITOR, Role.LEAD),
        Kind(standing.DUE["30"][1], "due=30", "soon", DUE, day),
    ),
    "listing a closed organisation": (
        (Role.EDITOR,),
        Kind(
            standing.lists_who_ended,
            "state=ended",
            "late",
            _first(ENDED.order_by("organisation__name"), "organisation__shown__name", CharField()),
            name,
        ),
    ),
    "in draft by you": (
        (Role.EDITOR,),
        Kind(standing.own_draft, "mine=drafts", "calm", _first(DRAFTS, "saved_at"), saved),
    ),
}


def remarks(person: User) -> Waiting:
    """Remarks of reviewers that nobody answered."""
    found = ReviewComment.objects.filter(state=CommentState.OPEN, article__archived_at=None)
    first = found.select_related("article__condition").order_by("pk")[:SHOWN]
    now = clock_now()
    items = [
        Item(str(each.article), page_of(each), f"{(now - each.made_at).days} days, {each.get_weight_display().lower()}")
        for each in first
    ]
    return Waiting(found.count(), "conditions/reviewcomment/?state__exact=open", items, "soon")


office = cast(BackOffice, admin.site)
for place, (title, (roles, kind)) in enumerate(ARTICLES.items(), start=1):
    office.add_line(Line(title, roles, 10 * place if place < 5 else 10 * place + 5, kind))
office.add_line(Line("remarks to answer", (Role.EDITOR,), 50, remarks, of_one="remark to answer"))
