"""Whom an editor may ask: what helps to choose, read in the same few queries for any number of reviewers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any, cast

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber
from django.db.models.query import QuerySet
from django.utils.functional import cached_property

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from alsinfo.concurrency import clock_now
from conditions.actions.assigning import DAYS_TO_REVIEW
from conditions.models import (
    Article,
    Contribution,
    CredentialCheck,
    Description,
    Profile,
    RegionalEdition,
    ReviewAssignment,
    Reviewer,
    SignOff,
)
from conditions.vocabulary import OPEN_ASSIGNMENTS, AssignmentState, CheckResult
from organisations.regions import Region

REVIEWS_LOOKED_AT = 10


@dataclass(frozen=True)
class Asked:
    """What reviewers would be asked for: a region of an article, in a round if it is in review."""

    article: Article
    region: Region
    row: RegionalEdition | None = None
    instead_of: Reviewer | None = None


@dataclass(frozen=True)
class Candidate:
    """A reviewer who could be asked, or `why_not`; `turn_around` in days, None before the first review."""

    pk: int
    name: str
    why_not: str
    open_reviews: int
    turn_around: float | None
    specialties: tuple[str, ...]
    interests: str
    away_from: date | None
    away_until: date | None
    is_away_today: bool
    signed_on: date | None

    @property
    def days(self) -> str:
        """The turn-around in words."""
        if self.turn_around is None:
            return "none finished yet"
        return f"{self.turn_around:g} {'day' if self.turn_around == 1 else 'days'} (median)"


class Candidates:
    """Every active reviewer: first those who may sign, least busy first, then the others, each with a reason."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    @cached_property
    def all(self) -> list[Candidate]:
        """Read once."""
        today = self.asked.region.day(clock_now())
        rows = list(_reviewers(self.asked, today))
        spans = _turn_arounds([row.pk for row in rows])
        found = [_candidate(row, self.asked, spans.get(row.pk), today) for row in rows]
        return sorted(found, key=lambda each: (each.is_away_today, each.open_reviews, each.name))

    @property
    def able(self) -> list[Candidate]:
        """Who may sign."""
        return [each for each in self.all if not each.why_not]

    @property
    def unable(self) -> list[Candidate]:
        """Who may not, by name."""
        return sorted((each for each in self.all if each.why_not), key=lambda each: each.name)


def active_reviewers() -> QuerySet[Reviewer]:
    """Whom anybody could ask; whether it makes sense for one text, the action finds out."""
    return Reviewer.objects.filter(is_active=True, user__in=roles.holders(Role.REVIEWER))


def away_warning(assignment: ReviewAssignment) -> str:
    """A sentence for who asked somebody who is away before the review is due, else nothing."""
    profile: Profile | None = getattr(assignment.reviewer, "profile", None)
    today = assignment.regional_article.day(clock_now())
    if profile is None or not _is_away_between(profile, today, assignment.due_on):
        return ""
    return f" Mind that they are away {_span(profile.away_from, profile.away_until)}."


def _reviewers(asked: Asked, today: date) -> QuerySet[Any]:
    newest = CredentialCheck.objects.filter(registration=OuterRef("registration")).order_by("-pk").values("pk")[:1]
    valid = CredentialCheck.objects.filter(
        pk=Subquery(newest),
        registration__reviewer=OuterRef("pk"),
        registration__region=asked.region,
        result=CheckResult.LICENSED,
        checked_on__lte=today,
        valid_until__gte=today,
    )
    own = ReviewAssignment.objects.filter(reviewer=OuterRef("pk"), state__in=OPEN_ASSIGNMENTS)
    page = own.filter(regional_article__article=asked.article, regional_article__region=asked.region)
    signed = SignOff.objects.filter(reviewer=OuterRef("pk"), regional_article__article=asked.article)
    latest = signed.order_by().values("reviewer").annotate(day=Max("signed_on")).values("day")
    wrote = Contribution.objects.filter(article=asked.article, user=OuterRef("user"))
    return (
        active_reviewers()
        .select_related("profile__entry")
        .annotate(
            may_sign=Exists(valid),
            has_written=Exists(wrote),
            is_asked=Exists(page.filter(regional_edition=asked.row)),
            open_reviews=Count("assignments", filter=Q(assignments__state__in=OPEN_ASSIGNMENTS)),
            last_signed_on=Subquery(latest),
        )
        .order_by("printed_name", "pk")
    )


def _turn_arounds(reviewers: list[int]) -> dict[int, float]:
    """The median days from accepted to answered of each reviewer's last ten reviews."""
    place = Window(RowNumber(), partition_by=F("reviewer"), order_by=F("answered_at").desc())
    last = (
        ReviewAssignment.objects.filter(
            reviewer__in=reviewers, state=AssignmentState.COMPLETED, answered_at__isnull=False
        )
        .annotate(place=place)
        .filter(place__lte=REVIEWS_LOOKED_AT)
        .values_list("reviewer", "answered_at", "declaration__declared_at", "declaration__cleared_at")
    )
    spans: dict[int, list[float]] = {}
    moments = cast("Iterable[tuple[int, datetime, datetime, datetime | None]]", last)
    for reviewer, answered_at, declared_at, cleared_at in moments:
        opened_at = cleared_at or declared_at
        spans.setdefault(reviewer, []).append((answered_at - opened_at) / timedelta(days=1))
    return {reviewer: round(median(days), 1) for reviewer, days in spans.items()}


def _candidate(row: Any, asked: Asked, turn_around: float | None, today: date) -> Candidate:
    profile: Profile | None = getattr(row, "profile", None)
    words = profile.entry.description if profile and profile.entry else Description("")
    is_away = profile is not None and _is_away_between(profile, today, today + timedelta(days=DAYS_TO_REVIEW))
    return Candidate(
        pk=row.pk,
        name=str(row),
        why_not=_why_not(row, asked),
        open_reviews=row.open_reviews,
        turn_around=turn_around,
        specialties=words.specialties,
        interests=words.interests,
        away_from=profile.away_from if profile and is_away else None,
        away_until=profile.away_until if profile and is_away else None,
        is_away_today=profile is not None and profile.is_away(today),
        signed_on=row.last_signed_on,
    )


def _why_not(row: Any, asked: Asked) -> str:
    if not row.may_sign:
        return f"no checked registration for {asked.region.country} that is valid today"
    if row.has_written:
        return "contributed to this article, so can never sign it"
    if asked.instead_of is not None and asked.instead_of.pk == row.pk:
        return "is the one to be replaced"
    return "has been asked for this text already" if row.is_asked else ""


def _is_away_between(profile: Profile, first: date, last: date) -> bool:
    return bool(profile.away_from and profile.away_until and profile.away_from <= last and profile.away_until >= first)


def _span(first: date | None, last: date | None) -> str:
    return f"{first:%-d %B} to {last:%-d %B %Y}" if first and last else ""
