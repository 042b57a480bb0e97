"""When a page past its review may stay up, on whose word and how long."""

from datetime import date, timedelta

from django.db.models import QuerySet

from alsinfo.accounts.models import Role, User
from alsinfo.refusals import Refusal
from conditions.content.currency import Currency, currency
from conditions.errors.deferring import DeferredTwice, NoSuchDeferral, NotDue
from conditions.errors.drafting import ReasonMissing
from conditions.errors.withdrawing import NotLive
from conditions.models import Deferral, RegionalArticle
from conditions.models.deferrals import MOST_DEFERRALS
from conditions.policies.roles import objection_without
from conditions.vocabulary import PageState, RiskTier

LONGEST = timedelta(days=90)


def objection_to_defer(page: RegionalArticle, until: date, *, by: User, reason: str, today: date) -> Refusal | None:
    """A lead, for a review that is due, twice at most, with a reason that readers see."""
    if objection := objection_to_defer_at_all(page, by=by, today=today):
        return objection
    if not today < until <= today + LONGEST:
        return NoSuchDeferral()
    return None if reason.strip() else ReasonMissing()


def objection_to_defer_at_all(page: RegionalArticle, *, by: User, today: date) -> Refusal | None:
    """Whether there is a day until which it could stay up."""
    if objection := objection_without(by, Role.LEAD):
        return objection
    if page.state not in (PageState.LIVE, PageState.SUSPENDED):
        return NotLive()
    if page.next_review_due_on is None or page.next_review_due_on > today:
        return NotDue()
    return DeferredTwice() if deferrals_of(page).count() >= MOST_DEFERRALS else None


def deferrals_of(page: RegionalArticle) -> QuerySet[Deferral]:
    """What deferred the review after the last one."""
    return page.deferrals.filter(reviewed_on=page.last_reviewed_on) if page.last_reviewed_on else page.deferrals.none()


def standing_deferral(page: RegionalArticle) -> Deferral | None:
    """The one that lasts longest, or None."""
    return deferrals_of(page).order_by("-until", "-pk").first()


def is_over(page: RegionalArticle, today: date) -> bool:
    """Whether readers get a live page no more: it is of high risk, its review expired, and nobody deferred it."""
    if page.next_review_due_on is None or page.article.risk_tier != RiskTier.HIGH:
        return False
    if currency(page.next_review_due_on, today) != Currency.EXPIRED:
        return False
    deferral = standing_deferral(page)
    return deferral is None or deferral.until < today
