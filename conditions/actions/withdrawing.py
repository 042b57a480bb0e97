"""Take a page down at once, put it back, withdraw a signature."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from conditions import notices
from conditions.actions.pages import render_linking
from conditions.actions.publishing import lift as end_suspension
from conditions.actions.purging import page_changed
from conditions.content.currency import EXPIRED_DAYS
from conditions.models import Lift, RegionalArticle, RegionalEdition, Revocation, SignOff, Suspension
from conditions.policies import signing as signing_policies
from conditions.policies import withdrawing as policies
from conditions.policies.deferring import is_over
from conditions.vocabulary import PageState, ReviewState, RiskTier
from organisations import mentioning


@action
def suspend(page: RegionalArticle, *, by: User, reason: str) -> Suspension:
    """Take the page down: readers get 410 with help from the next uncached read on. A second call changes nothing."""
    page = lock(page)
    insist(policies.objection_to_suspend(page, by=by, reason=reason))
    if (already := policies.open_suspension(page)) is not None:
        return already
    suspension = _take_down(page, by=by, reason=reason.strip(), now=clock_now())
    record("suspend", page, by=by, reason=reason, before=PageState.LIVE, after=PageState.SUSPENDED)
    return suspension


@action
def lift(page: RegionalArticle, *, by: User, reason: str) -> Lift:
    """Put a suspended page back, by another person than the one who took it down."""
    page = lock(page)
    now = clock_now()
    insist(policies.objection_to_lift(page, by=by, reason=reason, today=page.day(now)))
    ended = end_suspension(page.suspensions.get(lift=None), by=by, now=now, reason=reason.strip())
    swap(page, state=PageState.LIVE)
    render_linking(page, now=now)
    page_changed(page)
    record("lift", page, by=by, reason=reason, before=PageState.SUSPENDED, after=PageState.LIVE)
    return ended


@action
def revoke(sign_off: SignOff, *, by: User, reason: str) -> Revocation:
    """Withdraw a signature; a live page that rests on it is suspended in the same transaction."""
    page = lock(sign_off.regional_article)
    insist(signing_policies.objection_to_revoke(sign_off, by=by, reason=reason))
    now = clock_now()
    revocation = Revocation.objects.create(sign_off=sign_off, revoked_by=by, revoked_at=now, reason=reason.strip())
    if sign_off.regional_edition_id is not None:
        _back_to_review(RegionalEdition.objects.get(pk=sign_off.regional_edition_id))
    before = page.state
    if page.state == PageState.LIVE and _rests_on(page, sign_off):
        _take_down(page, by=None, reason="A medical reviewer’s signature on this page was withdrawn.", now=now)
    page_changed(page)
    record("revoke", sign_off, by=by, reason=reason, before=before, after=page.state)
    return revocation


@action
def suspend_expired(page: RegionalArticle) -> Suspension | None:
    """Take down a live page of high risk whose review expired and was not deferred; None if it is not one any more."""
    page, now = lock(page), clock_now()
    if page.state != PageState.LIVE or not is_over(page, page.day(now)):
        return None
    reason = f"The medical review of this page was due on {page.next_review_due_on:%-d %B %Y} and has not been done."
    suspension = _take_down(page, by=None, reason=reason, now=now)
    record("suspend", page, by=None, reason=reason, before=PageState.LIVE, after=PageState.SUSPENDED)
    return suspension


def perhaps_expired(now: datetime) -> QuerySet[RegionalArticle]:
    """The live pages of high risk whose review expired in some region by now."""
    day = now.date() - timedelta(days=EXPIRED_DAYS - 1)
    high = RegionalArticle.objects.filter(state=PageState.LIVE, article__risk_tier=RiskTier.HIGH)
    return high.filter(next_review_due_on__lte=day).order_by("pk")


def remind_of_suspensions(now: datetime) -> int:
    """Tell who decides, once a day, of each page that has been down for a day or more; how many pages. Not audited."""
    long_down = Suspension.objects.filter(
        lift=None, suspended_at__lte=now - timedelta(days=1), regional_article__state=PageState.SUSPENDED
    )
    found = list(long_down.select_related("regional_article__article__condition"))
    for suspension in found:
        notices.still_suspended(suspension, now)
    return len(found)


def _take_down(page: RegionalArticle, *, by: User | None, reason: str, now: datetime) -> Suspension:
    suspension = Suspension.objects.create(regional_article=page, suspended_by=by, suspended_at=now, reason=reason)
    swap(page, state=PageState.SUSPENDED)
    mentioning.conceal(page.pk)
    page_changed(page)
    notices.suspended(page, reason)
    return suspension


def _back_to_review(row: RegionalEdition) -> None:
    """A text that was cleared on this signature has to be reviewed again before it can be published."""
    if row.state in (ReviewState.CLEARED, ReviewState.SCHEDULED):
        swap(row, state=ReviewState.IN_REVIEW, publish_at=None, scheduled_by=None)
        notices.nobody_is_reviewing(row)


def _rests_on(page: RegionalArticle, sign_off: SignOff) -> bool:
    live = page.live_publication()
    return live is not None and any(sign_off.pk in (own.pk, own.stands_on_id) for own in live.signatures())
