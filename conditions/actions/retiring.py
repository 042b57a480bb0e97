"""Take a page down for good, lead it elsewhere, bring it back: what needs two persons is proposed, then agreed to."""

from datetime import datetime
from typing import Any

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from conditions import notices
from conditions.actions.assigning import cut_short
from conditions.actions.pages import render_linking, render_sibling
from conditions.actions.purging import page_changed
from conditions.models import Redirection, RegionalArticle, Reinstatement, Withdrawal
from conditions.policies import retiring as policies
from conditions.vocabulary import PageState
from organisations import mentioning


@action
def propose_withdrawal(
    page: RegionalArticle, *, by: User, reason: str, alternative: RegionalArticle | None = None
) -> Withdrawal:
    """Ask a second person to take the page down for good; until then readers get what they got."""
    page = lock(page)
    insist(policies.objection_to_propose_withdrawal(page, by=by, reason=reason, alternative=alternative))
    made: dict[str, Any] = {"reason": reason.strip(), "proposed_by": by, "proposed_at": clock_now()}
    proposal = Withdrawal.objects.create(regional_article=page, alternative=alternative, **made)
    notices.second_person_wanted(proposal, "to withdraw it")
    record("propose_withdrawal", page, by=by, reason=reason, before=page.state, after=page.state)
    return proposal


@action
def withdraw(page: RegionalArticle, *, by: User) -> Withdrawal:
    """Agree to what was proposed: readers get 410 with the reason from the next uncached read on."""
    page = lock(page)
    insist(policies.objection_to_withdraw(page, by=by))
    now, before = clock_now(), page.state
    proposal = page.withdrawals.get(agreed_at=None, dropped_at=None)
    _agree(proposal, by=by, now=now)
    _retire(page, PageState.WITHDRAWN, now=now)
    record("withdraw", page, by=by, reason=proposal.reason, before=before, after=page.state)
    return proposal


@action
def redirect(page: RegionalArticle, target: RegionalArticle, *, by: User, reason: str) -> Redirection:
    """Lead readers to another page in one hop; what led to this one leads there, too."""
    locked = {each.pk: lock(each) for each in sorted((page, target), key=lambda each: each.pk)}
    page, target = locked[page.pk], locked[target.pk]
    insist(policies.objection_to_redirect(page, target, by=by, reason=reason))
    now, before = clock_now(), page.state
    made = _lead(page, target, by=by, now=now, reason=reason.strip())
    _retire(page, PageState.REDIRECTED, now=now)
    for follower in _leading_to(page):
        _lead(follower, target, by=by, now=now, reason=f"{page} leads there now.")
        page_changed(follower)
    record("redirect", page, by=by, reason=f"To {target}: {reason.strip()}", before=before, after=page.state)
    return made


@action
def propose_reinstatement(page: RegionalArticle, *, by: User, reason: str) -> Reinstatement:
    """Ask a second person whether the page may be published again."""
    page = lock(page)
    insist(policies.objection_to_propose_reinstatement(page, by=by, reason=reason))
    made: dict[str, Any] = {"reason": reason.strip(), "proposed_by": by, "proposed_at": clock_now()}
    proposal = Reinstatement.objects.create(regional_article=page, **made)
    notices.second_person_wanted(proposal, "to bring it back")
    record("propose_reinstatement", page, by=by, reason=reason, before=page.state, after=page.state)
    return proposal


@action
def reinstate(page: RegionalArticle, *, by: User) -> Reinstatement:
    """Agree to what was proposed: the page comes back when a text signed from now on is published."""
    page = lock(page)
    insist(policies.objection_to_reinstate(page, by=by))
    proposal = page.reinstatements.get(agreed_at=None, dropped_at=None)
    _agree(proposal, by=by, now=clock_now())
    record("reinstate", page, by=by, reason=proposal.reason, before=page.state, after=page.state)
    return proposal


@action
def drop_proposal(page: RegionalArticle, *, by: User) -> RegionalArticle:
    """Nothing comes of what waits for a second person."""
    page = lock(page)
    insist(policies.objection_to_drop_proposal(page, by=by))
    proposal = policies.proposal_for(page)
    assert proposal is not None  # noqa: S101  objected to otherwise
    type(proposal).objects.filter(pk=proposal.pk).update(dropped_by=by, dropped_at=clock_now())
    record("drop_proposal", page, by=by, reason=proposal.reason, before=page.state, after=page.state)
    return page


def _agree(proposal: Withdrawal | Reinstatement, *, by: User, now: datetime) -> None:
    type(proposal).objects.filter(pk=proposal.pk).update(agreed_by=by, agreed_at=now)
    proposal.refresh_from_db()


def _retire(page: RegionalArticle, state: PageState, *, now: datetime) -> None:
    """Nothing of the page is live any more, and nothing leads to it."""
    page.withdrawals.filter(agreed_at=None, dropped_at=None).update(dropped_at=now)
    page.publications.filter(ended_at=None).update(ended_at=now)
    asked = page.assignments.filter(regional_edition=None).select_related("regional_article", "reviewer__user")
    cut_short(asked, "The page was taken down.")
    swap(page, state=state)
    mentioning.conceal(page.pk)
    render_sibling(page, now=now)
    render_linking(page, now=now)
    page_changed(page)


def _lead(page: RegionalArticle, target: RegionalArticle, *, by: User, now: datetime, reason: str) -> Redirection:
    made: dict[str, Any] = {"redirected_by": by, "redirected_at": now, "reason": reason}
    return Redirection.objects.create(regional_article=page, target=target, **made)


def _leading_to(page: RegionalArticle) -> list[RegionalArticle]:
    """The pages that lead to one now."""
    led = Redirection.objects.filter(target=page, regional_article__state=PageState.REDIRECTED)
    found = {each.regional_article for each in led.select_related("regional_article")}
    return [each for each in found if each.redirections.latest("pk").target_id == page.pk]
