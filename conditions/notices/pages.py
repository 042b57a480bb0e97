"""What is told of pages that are taken down, that stay so, and of the day their next review is due."""

from datetime import date, datetime

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holders
from conditions.content.currency import EXPIRED_DAYS, OVERDUE_DAYS, in_words
from conditions.models import RegionalArticle, Reinstatement, Suspension, Withdrawal
from conditions.notices.audiences import GUARDIANS, LEADS, its_owner
from conditions.notices.telling import in_words as on
from conditions.notices.telling import page_link, tell, tell_daily

IN_TIME = "A whole page that is signed by then stays in date; ask a reviewer early."
WHAT_THEN = {
    -90: IN_TIME,
    -30: IN_TIME,
    -7: "Unless a reviewer signs the whole page by then, it is out of date.",
    0: f"The page is out of date until a reviewer signs all of it; in {OVERDUE_DAYS} days readers are told so on top.",
    OVERDUE_DAYS: f"Readers are told on top of the page. {EXPIRED_DAYS} days after the day it expires.",
    EXPIRED_DAYS: "The page has expired: search engines leave it out. Have it signed anew, or take it down.",
}


def suspended(page: RegionalArticle, reason: str) -> None:
    """Tell publishers and leads that readers get help instead of the text."""
    for person in _who_decide():
        tell(
            person,
            f"Suspended: {page}",
            f"{page} was taken down: {reason}",
            page_link(page),
            about=GUARDIANS,
        )


def review_due(page: RegionalArticle, day: date, person: User, days: int, today: date) -> None:
    """Tell a person, who looks after the article or is a lead, how far away the day of the next review is.

    `days` past the day is the threshold that has come. Each is told once; another day begins anew. It is the day on
    which the review is due, or until which a lead keeps the page up.
    """
    due = page.next_review_due_on
    assert due is not None  # noqa: S101  # a page that readers get has one
    kept = f"A clinical lead keeps the page up until {on(day)}. Have all of it signed by then, or take it down."
    then = WHAT_THEN[days] if day == due else kept
    tell_daily(
        person,
        f"Review {in_words(day, today)}: {page}",
        f"The review of {page} {'is' if due >= today else 'was'} due on {on(due)}. {then}",
        page_link(page),
        about=its_owner(page.article) if person.pk == page.article.owner_id else LEADS,
        key=review_due_key(page, day, person, days),
    )


def review_due_key(page: RegionalArticle, day: date, person: User, days: int) -> str:
    """What it is written under."""
    return f"page:{page.pk}:{day}:{days}:{person.pk}"


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
            about=GUARDIANS,
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
                about=GUARDIANS,
            )


def _who_decide() -> list[User]:
    return list((holders(Role.PUBLISHER) | holders(Role.LEAD)).distinct())
