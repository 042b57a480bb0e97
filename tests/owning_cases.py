"""Owning, archiving, re-dating, restoring and copying, as rows of the table of actions."""

from datetime import timedelta
from typing import Any

from alsinfo.accounts.models import User
from conditions.actions import owning, reminding, reusing, review_dates
from conditions.actions.cataloguing import add_condition
from conditions.models import Condition, RegionalArticle
from conditions.vocabulary import RiskTier
from tests import situations as s
from tests import ways
from tests import world as w
from tests.action_case import Case
from tests.acts import WHY, Place, now
from tests.world import GB


def hand_over(place: Place, by: User) -> Any:
    return owning.hand_over(now(place.article), place.world.other_editor, by=by, note="Please look after it.")


def archived(place: Place) -> None:
    owning.archive(now(place.article), by=place.world.editor)


def bring_forward(place: Place, by: User) -> RegionalArticle:
    return review_dates.bring_forward(place.page, w.today() + timedelta(days=7), by=by, reason=WHY)


def change_risk(place: Place, by: User) -> Any:
    chosen = {"risk_tier": RiskTier.HIGH, "review_interval_months": 6}
    return review_dates.change_risk(now(place.article), by=by, reason=WHY, **chosen)  # type: ignore[arg-type]


def other_condition(place: Place) -> None:
    add_condition("pls", "PLS", by=place.world.editor)


def duplicate(place: Place, by: User) -> Any:
    return reusing.duplicate(now(place.article), Condition.objects.get(slug="pls"), by=by)


def restore(place: Place, by: User) -> Any:
    first = place.page.publications.get(sequence=1)
    return reusing.restore(now(place.article), {GB: first.revision}, by=by)


OWNING = (
    Case("hand_over", "editor", (), "Article", "Editor", "Other Editor", act=hand_over),
    Case(
        "archive",
        "editor",
        (),
        "Article",
        after="archived",
        act=lambda place, by: owning.archive(now(place.article), by=by),
    ),
    Case(
        "unarchive",
        "publisher",
        (archived,),
        "Article",
        before="archived",
        act=lambda place, by: owning.unarchive(now(place.article), by=by),
    ),
    Case(
        "change_risk",
        "editor",
        (s.live,),
        "Article",
        "high, every 12 months",
        "high, every 6 months",
        act=change_risk,
    ),
    Case("bring_forward", "publisher", (s.live,), "RegionalArticle", "live", "live", act=bring_forward),
    Case(
        "duplicate",
        "editor",
        (s.live, other_condition),
        "Article",
        "Amyotrophic lateral sclerosis",
        "PLS",
        act=duplicate,
    ),
    Case("restore", "editor", (s.live,), "Edition", after="draft", act=restore),
    Case(
        "remind",
        "lead",
        ways.IN_REVIEW,
        "ReviewAssignment",
        "accepted",
        "accepted",
        act=lambda place, by: reminding.remind(now(place.assignment), by=by),
    ),
)
