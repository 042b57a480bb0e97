"""Bring the next review of a page forward, and change how often an article is reviewed. Never later: that is signed."""

from collections.abc import Iterable
from datetime import date, datetime

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from conditions.actions.pages import hold_organisations, render_again
from conditions.actions.purging import page_changed
from conditions.content.currency import add_months
from conditions.models import Article, RegionalArticle
from conditions.policies import review_dates as policies
from conditions.vocabulary import PageState, RiskTier


@action
def bring_forward(page: RegionalArticle, day: date, *, by: User, reason: str) -> RegionalArticle:
    """The next review is due on an earlier day, which readers see."""
    page = lock(page)
    now = clock_now()
    insist(policies.objection_to_bring_forward(page, day, by=by, reason=reason, today=page.day(now)))
    before = page.next_review_due_on
    swap(page, next_review_due_on=day)
    _render([page], now)
    moved = f"due {day}, not {before}: {reason.strip()}"
    record("bring_forward", page, by=by, reason=moved, before=page.state, after=page.state)
    return page


@action
def change_risk(article: Article, *, by: User, risk_tier: str, review_interval_months: int, reason: str) -> Article:
    """Another risk tier or interval; where it is shorter, the next review of each page is brought forward.

    A longer interval counts from the next signature on the whole page: what readers were promised stays.
    """
    pages = [lock(page) for page in article.regional_articles.order_by("pk")]
    article = lock(article)
    objection = policies.objection_to_change_risk(
        article, by=by, risk_tier=risk_tier, review_interval_months=review_interval_months, reason=reason
    )
    insist(objection)
    before = _in_words(article)
    swap(article, risk_tier=risk_tier, review_interval_months=review_interval_months)
    for page in pages:
        _bring_forward(page, review_interval_months)
    _render(pages, clock_now())
    for page in pages:
        page_changed(page)  # of another risk, it may be in lists longer or less long
    record("change_risk", article, by=by, reason=reason.strip(), before=before, after=_in_words(article))
    return article


def _bring_forward(page: RegionalArticle, months: int) -> None:
    """A page that is due later than the interval allows is due on the last day it allows."""
    if page.state not in (PageState.LIVE, PageState.SUSPENDED):
        return
    if page.last_reviewed_on is None or page.next_review_due_on is None:
        return
    latest = add_months(page.last_reviewed_on, months)
    if page.next_review_due_on > latest:
        swap(page, next_review_due_on=latest)


def _render(pages: Iterable[RegionalArticle], now: datetime) -> None:
    """Readers see the day on the page; lists know by it how long they get the page."""
    publications = [live for page in pages if (live := page.live_publication())]
    hold_organisations([live.revision.content for live in publications])
    for publication in publications:
        render_again(publication, now=now)


def _in_words(article: Article) -> str:
    return f"{RiskTier(article.risk_tier).value}, every {article.review_interval_months} months"
