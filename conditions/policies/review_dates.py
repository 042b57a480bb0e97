"""Who may bring a review forward, and change how often an article is reviewed."""

from datetime import date

from alsinfo.accounts.models import Role, User
from alsinfo.refusals import Refusal
from conditions.errors.assigning import NothingLive, UnusableDate
from conditions.errors.drafting import ReasonMissing
from conditions.errors.review_dates import IntervalTooLong, NotEarlier, NothingChanges
from conditions.models import Article, RegionalArticle
from conditions.policies.roles import objection_without
from conditions.vocabulary import LONGEST_INTERVAL_MONTHS, PageState, RiskTier


def objection_to_bring_forward(
    page: RegionalArticle, day: date, *, by: User, reason: str, today: date
) -> Refusal | None:
    """An editor, publisher or lead, with a reason: to a day from today that is earlier than the one agreed."""
    if objection := objection_without(by, Role.EDITOR, Role.PUBLISHER, Role.LEAD):
        return objection
    if page.state not in (PageState.LIVE, PageState.SUSPENDED) or page.next_review_due_on is None:
        return NothingLive("Readers have no such page, so no review of it is due.")
    if day < today:
        return UnusableDate("Choose today or a day that has not come yet.")
    if day >= page.next_review_due_on:
        return NotEarlier(f"It is due on {page.next_review_due_on:%-d %B %Y}. {NotEarlier.sentence}")
    return None if reason.strip() else ReasonMissing()


def objection_to_change_any_risk(*, by: User) -> Refusal | None:
    """Editors and leads say how much harm an outdated text could do."""
    return objection_without(by, Role.EDITOR, Role.LEAD)


def objection_to_change_risk(
    article: Article, *, by: User, risk_tier: str, review_interval_months: int, reason: str
) -> Refusal | None:
    """An editor or lead, with a reason; to be reviewed less often, or at a lower risk, only a lead."""
    if objection := objection_to_change_any_risk(by=by):
        return objection
    longest = LONGEST_INTERVAL_MONTHS[RiskTier(risk_tier)]
    if not 1 <= review_interval_months <= longest:
        return IntervalTooLong(f"An article of this risk is reviewed every {longest} months at least.")
    if (risk_tier, review_interval_months) == (article.risk_tier, article.review_interval_months):
        return NothingChanges()
    is_looser = review_interval_months > article.review_interval_months or longest > _longest(article)
    if is_looser and (objection := objection_without(by, Role.LEAD)):
        return objection
    return None if reason.strip() else ReasonMissing()


def _longest(article: Article) -> int:
    return LONGEST_INTERVAL_MONTHS[RiskTier(article.risk_tier)]
