"""When a page may be taken down and put back, and by whom."""

from datetime import date

from alsinfo.accounts.models import Role, User
from alsinfo.refusals import Refusal
from conditions.errors.drafting import ReasonMissing
from conditions.errors.publishing import SignatureRevoked
from conditions.errors.withdrawing import NotInDate, NotLive, NotSuspended, OwnSuspension
from conditions.models import RegionalArticle, Suspension
from conditions.policies.deferring import standing_deferral
from conditions.policies.publishing import rests_on_a_revoked
from conditions.policies.roles import objection_without
from conditions.vocabulary import PageState


def objection_to_suspend(page: RegionalArticle, *, by: User, reason: str) -> Refusal | None:
    """A publisher, a lead or a signer of the page, with a reason; a suspended page may be suspended again."""
    if not _has_signed(page, by) and (objection := objection_without(by, Role.PUBLISHER, Role.LEAD)):
        return objection
    if page.state not in (PageState.LIVE, PageState.SUSPENDED):
        return NotLive()
    return None if reason.strip() else ReasonMissing()


def objection_to_lift(page: RegionalArticle, *, by: User, reason: str, today: date) -> Refusal | None:
    """Another publisher or lead than the suspender, while the live signature holds and is in date."""
    if objection := objection_without(by, Role.PUBLISHER, Role.LEAD):
        return objection
    suspension = open_suspension(page)
    if page.state != PageState.SUSPENDED or suspension is None:
        return NotSuspended()
    if suspension.suspended_by_id == by.pk:
        return OwnSuspension()
    live = page.live_publication()
    if live is None or rests_on_a_revoked(list(live.signatures())):
        return SignatureRevoked()
    deferral = standing_deferral(page)
    is_deferred = deferral is not None and deferral.until >= today
    if page.next_review_due_on is None or (page.next_review_due_on < today and not is_deferred):
        return NotInDate()
    return None if reason.strip() else ReasonMissing()


def open_suspension(page: RegionalArticle) -> Suspension | None:
    """The suspension that has not been lifted, or None."""
    return page.suspensions.filter(lift=None).first()


def _has_signed(page: RegionalArticle, user: User) -> bool:
    live = page.live_publication()
    return live is not None and live.signatures().filter(reviewer__user=user).exists()
