"""Scheduling, taking pages down and putting them back, for the table of actions."""

from conditions.actions import scheduling
from tests import situations as s
from tests import ways
from tests.action_case import SYSTEM, Case
from tests.acts import now

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
)
