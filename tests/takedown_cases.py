"""Scheduling, taking pages down and putting them back, for the table of actions."""

from collections.abc import Callable

from alsinfo.accounts.models import User
from conditions.actions import scheduling, withdrawing
from conditions.models import RegionalArticle
from tests import situations as s
from tests import ways
from tests.action_case import SYSTEM, Case
from tests.acts import ACTS, Place, now


def of_page(action: str) -> Callable[[Place, User], RegionalArticle]:
    """The action, giving the page that its audit event is about."""

    def act(place: Place, by: User) -> RegionalArticle:
        ACTS[action](place, by)
        return place.page

    return act


TAKING_DOWN = (
    Case("schedule", "publisher", ways.CLEARED, "RegionalEdition", "cleared", "scheduled"),
    Case("unschedule", "publisher", (*ways.CLEARED, s.scheduled), "RegionalEdition", "scheduled", "cleared"),
    Case(
        "publish_scheduled",
        SYSTEM,
        (*ways.CLEARED, s.scheduled, s.time_come),
        "Publication",
        *("scheduled", "published", "publish"),
        act=lambda place, by: scheduling.publish_scheduled(now(place.row)),
    ),
    Case(
        "fail",
        SYSTEM,
        (*ways.CLEARED, s.scheduled, s.time_come),
        "RegionalEdition",
        *("scheduled", "publish_failed"),
        act=lambda place, by: scheduling.fail(now(place.row), "It was revoked."),
    ),
    Case(
        "propose_withdrawal",
        "publisher",
        (s.live,),
        "RegionalArticle",
        "live",
        "live",
        act=of_page("propose_withdrawal"),
    ),
    Case(
        "withdraw",
        "lead",
        (s.live, s.withdrawal_proposed),
        "RegionalArticle",
        "live",
        "withdrawn",
        act=of_page("withdraw"),
    ),
    Case(
        "redirect", "publisher", (s.live, s.elsewhere), "RegionalArticle", "live", "redirected", act=of_page("redirect")
    ),
    Case(
        "propose_reinstatement",
        "lead",
        (s.live, s.withdrawn),
        "RegionalArticle",
        *("withdrawn", "withdrawn"),
        act=of_page("propose_reinstatement"),
    ),
    Case(
        "reinstate",
        "lead",
        (s.live, s.withdrawn, s.return_proposed),
        "RegionalArticle",
        *("withdrawn", "withdrawn"),
        act=of_page("reinstate"),
    ),
    Case(
        "suspend_expired",
        SYSTEM,
        (s.live, s.long_overdue),
        "RegionalArticle",
        *("live", "suspended", "suspend"),
        act=lambda place, by: withdrawing.suspend_expired(place.page) and place.page,
    ),
    Case("defer", "lead", (s.live, s.long_overdue), "RegionalArticle", "live", "live", act=of_page("defer")),
    Case("drop_proposal", "publisher", (s.live, s.withdrawal_proposed), "RegionalArticle", "live", "live"),
)
