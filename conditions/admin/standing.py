"""Where articles stand: questions that the first page counts and the list filters by, asked in one way for both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OrderBy, OuterRef, Q, QuerySet, Subquery

from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now
from conditions.models import Article, Edition, RegionalArticle, RegionalEdition, ReviewAssignment, SignOff
from conditions.vocabulary import OPEN_ASSIGNMENTS, EditionState, PageState, ReviewState
from organisations.models import Mention
from organisations.regions import Region

SOON, LATER = 30, 90  # days
HAS_READERS = (PageState.LIVE, PageState.SUSPENDED)
MOST_OVERDUE_FIRST: tuple[OrderBy | str, ...] = (F("due").asc(nulls_last=True), "condition__name")


@dataclass(frozen=True)
class Glance:
    """Who looks, at which regions, and what day it is there."""

    person: User
    regions: tuple[Region, ...]
    today: Mapping[Region, date]


def glance(person: User, slug: str = "") -> Glance:
    """A look at the region of an address part, or at both for any other word."""
    now = clock_now()
    chosen = tuple(region for region in Region if region.slug == slug)
    return Glance(person, chosen or tuple(Region), {region: region.day(now) for region in Region})


def with_due(articles: QuerySet[Article], look: Glance) -> QuerySet[Article]:
    """With `due`, the day the first of the pages that readers get is due, None for none."""
    first = _pages(look).filter(state__in=HAS_READERS).order_by("next_review_due_on").values("next_review_due_on")
    annotated: QuerySet[Article] = articles.annotate(due=Subquery(first[:1]))
    return annotated


def overdue(look: Glance) -> Q:
    """Past its review date: not in date any more."""
    return _due(look, lambda today: Q(next_review_due_on__lt=today))


def due_within(look: Glance, days: int) -> Q:
    """Due today or in so many days, and not past it."""
    return _due(look, lambda today: Q(next_review_due_on__range=(today, today + timedelta(days=days))))


def never_reviewed(look: Glance) -> Q:
    """No whole page was ever signed."""
    return Q(~Exists(_pages(look).filter(last_reviewed_on__isnull=False)))


def in_draft(look: Glance) -> Q:
    """Somebody may change the text."""
    covers = Q(*(("regions__contains", region.value) for region in look.regions), _connector=Q.OR)
    return Q(Exists(Edition.objects.filter(covers, article=OuterRef("pk"), state=EditionState.DRAFT)))


def own_draft(look: Glance) -> Q:
    """A draft that the person started or wrote in."""
    drafts = Edition.objects.filter(article=OuterRef("pk"), state=EditionState.DRAFT)
    return Q(Exists(drafts.filter(Q(started_by=look.person) | Q(contributions__user=look.person))))


def owned(look: Glance) -> Q:
    """The person looks after it."""
    return Q(owner=look.person)


def under_way(state: ReviewState) -> Callable[[Glance], Q]:
    """A text of it stands there on its way to readers."""

    def asked(look: Glance) -> Q:
        rows = RegionalEdition.objects.filter(edition__article=OuterRef("pk"), region__in=look.regions, state=state)
        return Q(Exists(rows))

    return asked


def public(*states: PageState) -> Callable[[Glance], Q]:
    """A page of it is there for readers, taken down, or gone."""

    def asked(look: Glance) -> Q:
        return Q(Exists(_pages(look).filter(state__in=states)))

    return asked


def never_published(look: Glance) -> Q:
    """No reader ever got it."""
    return Q(~Exists(_pages(look).exclude(state=PageState.UNPUBLISHED)))


def lists_who_ended(look: Glance) -> Q:
    """Readers are led to an organisation that closed or became part of another."""
    listing = listings_of_who_ended().filter(page=OuterRef("pk"))
    return Q(Exists(_pages(look).filter(Exists(listing))))


def listings_of_who_ended() -> QuerySet[Mention]:
    """What pages that readers see list although it ended."""
    return Mention.objects.filter(organisation__shown__is_active=False, is_public=True)


def reviewed_by(look: Glance, reviewer: int) -> Q:
    """The reviewer is asked to review it, or signed what is live."""
    asked = ReviewAssignment.objects.filter(
        regional_article__article=OuterRef("pk"),
        regional_article__region__in=look.regions,
        reviewer=reviewer,
        state__in=OPEN_ASSIGNMENTS,
    )
    signed = signed_what_is_live().filter(
        regional_article__article=OuterRef("pk"), regional_article__region__in=look.regions, reviewer=reviewer
    )
    return Q(Exists(asked)) | Q(Exists(signed))


def signed_what_is_live() -> QuerySet[SignOff]:
    """The signatures that live publications were made with."""
    by_edition = Q(regional_edition__publication__isnull=False, regional_edition__publication__ended_at=None)
    by_request = Q(assignment__publication__isnull=False, assignment__publication__ended_at=None)
    return SignOff.objects.filter(by_edition | by_request)


STATES: dict[str, tuple[str, Callable[[Glance], Q]]] = {
    "draft": ("Draft", in_draft),
    "in-review": ("In review", under_way(ReviewState.IN_REVIEW)),
    "changes-requested": ("Changes requested", under_way(ReviewState.CHANGES_REQUESTED)),
    "signed": ("Signed, not published", under_way(ReviewState.CLEARED)),
    "scheduled": ("Scheduled", under_way(ReviewState.SCHEDULED)),
    "failed": ("Publishing failed", under_way(ReviewState.PUBLISH_FAILED)),
    "live": ("Live", public(PageState.LIVE)),
    "down": ("Taken down", public(PageState.SUSPENDED)),
    "gone": ("Withdrawn or moved", public(PageState.WITHDRAWN, PageState.REDIRECTED)),
    "never": ("Never published", never_published),
    "ended": ("Lists a closed organisation", lists_who_ended),
}
DUE: dict[str, tuple[str, Callable[[Glance], Q]]] = {
    "overdue": ("Past the review date", overdue),
    "30": ("Due in 30 days", lambda look: due_within(look, SOON)),
    "90": ("Due in 90 days", lambda look: due_within(look, LATER)),
    "never": ("Never reviewed", never_reviewed),
}
MINE: dict[str, tuple[str, Callable[[Glance], Q]]] = {
    "owned": ("I look after it", owned),
    "drafts": ("My drafts", own_draft),
}


def _pages(look: Glance) -> QuerySet[RegionalArticle]:
    return RegionalArticle.objects.filter(article=OuterRef("pk"), region__in=look.regions)


def _due(look: Glance, on: Callable[[date], Q]) -> Q:
    """Days differ between the regions."""
    days = Q()
    for region in look.regions:
        days |= Q(region=region) & on(look.today[region])
    return Q(Exists(_pages(look).filter(days, state__in=HAS_READERS)))
