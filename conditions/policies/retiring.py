"""When a page may be taken down for good, led elsewhere and brought back, and by whom."""

from typing import TypeVar

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.refusals import Refusal
from conditions.errors.drafting import ReasonMissing
from conditions.errors.publishing import PageWithdrawn
from conditions.errors.retiring import (
    AlreadyProposed,
    BadTarget,
    NothingProposed,
    NotRetired,
    OtherRoleNeeded,
    OwnProposal,
    SignedBeforeReinstatement,
)
from conditions.errors.withdrawing import NotLive, OwnSuspension
from conditions.models import RegionalArticle, Reinstatement, SignOff, Withdrawal
from conditions.policies.roles import objection_without
from conditions.vocabulary import PageState

PUBLIC = (PageState.LIVE, PageState.SUSPENDED)
RETIRED = (PageState.WITHDRAWN, PageState.REDIRECTED)
Of = TypeVar("Of", Withdrawal, Reinstatement)


def objection_to_propose_withdrawal(
    page: RegionalArticle, *, by: User, reason: str, alternative: RegionalArticle | None = None
) -> Refusal | None:
    """A publisher or lead, for a page that is live or suspended; what is named instead is live there, too."""
    if objection := objection_without(by, Role.PUBLISHER, Role.LEAD):
        return objection
    if page.state not in PUBLIC:
        return NotLive()
    if open_proposal(Withdrawal, page):
        return AlreadyProposed()
    if alternative is not None and not _leads_somewhere(page, alternative):
        return BadTarget()
    return None if reason.strip() else ReasonMissing()


def objection_to_withdraw(page: RegionalArticle, *, by: User) -> Refusal | None:
    """The second of two persons, one a publisher, the other a lead."""
    if objection := objection_without(by, Role.PUBLISHER, Role.LEAD):
        return objection
    if page.state not in PUBLIC:
        return NotLive()
    return _objection_to_agree(open_proposal(Withdrawal, page), by=by)


def objection_to_redirect(
    page: RegionalArticle, target: RegionalArticle | None, *, by: User, reason: str
) -> Refusal | None:
    """A publisher, from a public page to another one that is live in the same region."""
    if objection := objection_to_redirect_at_all(page, by=by):
        return objection
    if target is None or not _leads_somewhere(page, target):
        return BadTarget()
    return None if reason.strip() else ReasonMissing()


def objection_to_redirect_at_all(page: RegionalArticle, *, by: User) -> Refusal | None:
    """Whether the page may lead anywhere else."""
    if objection := objection_without(by, Role.PUBLISHER):
        return objection
    return None if page.state in PUBLIC else NotLive()


def objection_to_propose_reinstatement(page: RegionalArticle, *, by: User, reason: str) -> Refusal | None:
    """A publisher or lead, for a page that is withdrawn or leads elsewhere, once."""
    if objection := objection_without(by, Role.PUBLISHER, Role.LEAD):
        return objection
    if page.state not in RETIRED:
        return NotRetired()
    if open_proposal(Reinstatement, page) or standing_reinstatement(page):
        return AlreadyProposed()
    return None if reason.strip() else ReasonMissing()


def objection_to_reinstate(page: RegionalArticle, *, by: User) -> Refusal | None:
    """The second of two persons, as for withdrawing."""
    if objection := objection_without(by, Role.PUBLISHER, Role.LEAD):
        return objection
    if page.state not in RETIRED:
        return NotRetired()
    return _objection_to_agree(open_proposal(Reinstatement, page), by=by)


def objection_to_drop_proposal(page: RegionalArticle, *, by: User) -> Refusal | None:
    """A publisher or lead, while something waits for a second person."""
    if objection := objection_without(by, Role.PUBLISHER, Role.LEAD):
        return objection
    return None if proposal_for(page) else NothingProposed()


def objection_to_bring_back(page: RegionalArticle, signatures: list[SignOff], *, by: User) -> Refusal | None:
    """A withdrawn or redirected page is published once it was reinstated, with a text signed since."""
    if page.state not in RETIRED:
        return None
    agreed = standing_reinstatement(page)
    if agreed is None or agreed.agreed_at is None:
        return PageWithdrawn()
    if all(signature.signed_at <= agreed.agreed_at for signature in signatures):
        return SignedBeforeReinstatement()
    is_own = page.suspensions.filter(lift=None, suspended_by=by).exists()
    return OwnSuspension() if is_own else None


def proposal_for(page: RegionalArticle) -> Withdrawal | Reinstatement | None:
    """What waits for a second person: whether the page goes, or, once it is gone, whether it comes back."""
    return open_proposal(Withdrawal, page) or open_proposal(Reinstatement, page)


def open_proposal(kind: type[Of], page: RegionalArticle) -> Of | None:
    """The proposal that waits for a second person, or None."""
    waiting = kind._default_manager.filter(regional_article=page, agreed_at=None, dropped_at=None)
    return waiting.select_related("proposed_by").first()


def withdrawal_of(page: RegionalArticle) -> Withdrawal | None:
    """The withdrawal for which readers get no text, with the page named instead; None unless it is withdrawn."""
    if page.state != PageState.WITHDRAWN:
        return None
    return page.withdrawals.filter(agreed_at__isnull=False).select_related("alternative").order_by("-agreed_at").first()


def standing_reinstatement(page: RegionalArticle) -> Reinstatement | None:
    """What was agreed since the page was last published, or None."""
    agreed = page.reinstatements.filter(agreed_at__isnull=False).order_by("-agreed_at").first()
    is_used = agreed is not None and page.publications.filter(published_at__gt=agreed.agreed_at).exists()
    return None if is_used else agreed


def _objection_to_agree(proposal: Withdrawal | Reinstatement | None, *, by: User) -> Refusal | None:
    if proposal is None:
        return NothingProposed()
    first = proposal.proposed_by
    if first.pk == by.pk:
        return OwnProposal()
    pairs = ((first, by), (by, first))
    is_both = any(holds(one, Role.PUBLISHER) and holds(other, Role.LEAD) for one, other in pairs)
    return None if is_both else OtherRoleNeeded()


def _leads_somewhere(page: RegionalArticle, target: RegionalArticle) -> bool:
    return target.pk != page.pk and target.region == page.region and target.state == PageState.LIVE
