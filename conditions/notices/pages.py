"""What is told of pages that are taken down, and of those that stay so."""

from datetime import datetime

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holders
from conditions.models import RegionalArticle, Reinstatement, Suspension, Withdrawal
from conditions.notices.telling import page_link, tell


def suspended(page: RegionalArticle, reason: str) -> None:
    """Tell publishers and leads that readers get help instead of the text."""
    for person in _who_decide():
        tell(
            person,
            f"Suspended: {page}",
            f"{page} was taken down: {reason}",
            page_link(page),
        )


def still_suspended(suspension: Suspension, now: datetime) -> None:
    """Tell publishers and leads, each once a day, that nobody has decided about a page that is down."""
    page, days = suspension.regional_article, (now - suspension.suspended_at).days
    for person in _who_decide():
        tell(
            person,
            f"Still down after {days} day{'' if days == 1 else 's'}: {page}",
            f"{page} was taken down and nobody has decided about it: {suspension.reason} Put it back, publish a text "
            "signed since, or withdraw it.",
            page_link(page),
            key=f"still-suspended:{suspension.pk}:{days}:{person.pk}",
        )


def second_person_wanted(proposal: Withdrawal | Reinstatement, what: str) -> None:
    """Tell the others who may decide what one person proposes."""
    page = proposal.regional_article
    for person in _who_decide():
        if person.pk != proposal.proposed_by_id:
            tell(
                person,
                f"A second person is needed: {page}",
                f"{proposal.proposed_by} proposes {what}: {proposal.reason} A publisher and a clinical lead decide "
                "this together.",
                page_link(page),
            )


def _who_decide() -> list[User]:
    return list((holders(Role.PUBLISHER) | holders(Role.LEAD)).distinct())
