"""Set a time at which a signed text goes live, and make it live then: bound to the text as it was signed."""

import logging
from collections import Counter
from datetime import datetime

from django.db import OperationalError

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import Conflict, clock_now, swap
from alsinfo.guards.engine import GuardsMissing
from alsinfo.refusals import Refusal
from conditions import notices
from conditions.actions.drafting import locked_pages
from conditions.actions.publishing import put_live
from conditions.content.local_time import in_words
from conditions.models import Publication, RegionalEdition
from conditions.policies import scheduling as policies
from conditions.vocabulary import ReviewState
from organisations.regions import Region

NOT_THE_TEXTS_FAULT = (Conflict, GuardsMissing, OperationalError)

logger = logging.getLogger(__name__)


@action
def schedule(row: RegionalEdition, at: datetime, *, by: User) -> RegionalEdition:
    """Have this text made live at an aware moment, for the person who says so; the guards of `publish` hold now."""
    locked_pages(row.edition.article)
    row = _fresh(row)
    insist(policies.objection_to_schedule(row, at, by=by, now=clock_now()))
    swap(row, state=ReviewState.SCHEDULED, publish_at=at, scheduled_by=by)
    when = in_words(at, Region(row.region).time_zone)
    record("schedule", row, by=by, reason=f"For {when}.", before=ReviewState.CLEARED, after=ReviewState.SCHEDULED)
    return row


@action
def unschedule(row: RegionalEdition, *, by: User) -> RegionalEdition:
    """Let no time be set any more; the text stays cleared."""
    locked_pages(row.edition.article)
    row = _fresh(row)
    insist(policies.objection_to_unschedule(row, by=by))
    swap(row, state=ReviewState.CLEARED, publish_at=None, scheduled_by=None)
    record("unschedule", row, by=by, before=ReviewState.SCHEDULED, after=ReviewState.CLEARED)
    return row


@action
def publish_scheduled(row: RegionalEdition) -> Publication | None:
    """Make a text live whose time has come, for who scheduled it; every guard of `publish` is checked again.

    None if it is not due any more: another node was faster, or somebody stepped in.
    """
    pages = locked_pages(row.edition.article)
    row = _fresh(row)
    if not policies.is_due(row, clock_now()) or row.scheduled_by is None:
        return None
    insist(policies.objection_to_publish_scheduled(row))
    publication = put_live(row, pages, by=row.scheduled_by)
    why = f"Scheduled by {row.scheduled_by}. {row.change_note}"
    record("publish", publication, by=None, reason=why, before=ReviewState.SCHEDULED, after=ReviewState.PUBLISHED)
    return publication


@action
def fail(row: RegionalEdition, reason: str) -> RegionalEdition | None:
    """A text could not be made live at its time: people are told why and publish it themselves. None as above."""
    locked_pages(row.edition.article)
    row = _fresh(row)
    if not policies.is_due(row, clock_now()):
        return None
    swap(row, state=ReviewState.PUBLISH_FAILED, failure=reason)
    notices.publishing_failed(row)
    record("fail", row, by=None, reason=reason, before=ReviewState.SCHEDULED, after=ReviewState.PUBLISH_FAILED)
    return row


def publish_due(now: datetime) -> Counter[str]:
    """Make every text live whose time has come; how many were "published", "failed" and "postponed"."""
    outcomes: Counter[str] = Counter()
    due = RegionalEdition.objects.filter(state=ReviewState.SCHEDULED, publish_at__lte=now)
    for row in due.select_related("edition__article").order_by("publish_at", "pk"):
        if outcome := _publish_or_fail(row):
            outcomes[outcome] += 1
    return outcomes


def _publish_or_fail(row: RegionalEdition) -> str:
    """What came of one text; what is not its own fault is tried again by the next `run_due`."""
    try:
        return "published" if publish_scheduled(row) else ""
    except NOT_THE_TEXTS_FAULT as fault:
        logger.error("%s was not published at its time, and will be tried again: %s", row, type(fault).__name__)
        return "postponed"
    except Refusal as refusal:
        return "failed" if fail(row, str(refusal)) else ""


def _fresh(row: RegionalEdition) -> RegionalEdition:
    return RegionalEdition.objects.select_related("edition__article", "scheduled_by").get(pk=row.pk)
