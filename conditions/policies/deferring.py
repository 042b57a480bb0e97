"""When a page past its review may stay up, on whose word and how long."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from alsinfo.accounts.models import Role, User
from alsinfo.refusals import Refusal
from conditions.content.currency import EXPIRED_DAYS
from conditions.errors.deferring import DeferredTwice, NoSuchDeferral, NotDue
from conditions.errors.drafting import ReasonMissing
from conditions.errors.withdrawing import NotLive
from conditions.models import Deferral, RegionalArticle
from conditions.models.deferrals import MOST_DEFERRALS
from conditions.policies.roles import objection_without
from conditions.vocabulary import PageState, RiskTier
from organisations.regions import Region

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
    last = last_day(page)
    return last is not None and last < today


def last_day(page: RegionalArticle) -> date | None:
    """The last day on which readers get a live page if nobody reviews it; None where they go on getting it."""
    if page.next_review_due_on is None or page.article.risk_tier != RiskTier.HIGH:
        return None
    before_it_expires = page.next_review_due_on + timedelta(days=EXPIRED_DAYS - 1)
    deferral = standing_deferral(page)
    return max(before_it_expires, deferral.until) if deferral else before_it_expires


def over(region: Region, today: date) -> QuerySet[RegionalArticle]:
    """The live pages of a region of which `is_over` holds: nobody took them down yet, and readers get none of them."""
    of_this_review = Deferral.objects.filter(regional_article=OuterRef("pk"), reviewed_on=OuterRef("last_reviewed_on"))
    return RegionalArticle.objects.filter(
        ~Exists(of_this_review.filter(until__gte=today)),
        region=region,
        state=PageState.LIVE,
        article__risk_tier=RiskTier.HIGH,
        next_review_due_on__lte=today - timedelta(days=EXPIRED_DAYS),
    )


def readable(region: Region, today: date) -> QuerySet[RegionalArticle]:
    """The pages that readers of a region get on a day, whether or not a job ran: what every list is made from."""
    return RegionalArticle.objects.filter(region=region, state=PageState.LIVE).exclude(pk__in=over(region, today))
