"""`manage.py run_due`."""

import logging
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from alsinfo.concurrency import clock_now
from alsinfo.outbox import digests, post, purging
from alsinfo.refusals import Refusal
from conditions.actions import (
    assigning,
    credentials,
    link_checking,
    pages,
    reading,
    reminding,
    scheduling,
    triaging,
    watching,
    withdrawing,
)
from conditions.lookups import updates
from conditions.models import Reading, ReviewAssignment
from conditions.policies.assigning import has_lapsed
from conditions.vocabulary import OPEN_ASSIGNMENTS, AssignmentState, CheckResult, ReadingState

logger = logging.getLogger(__name__)


def publish_scheduled() -> str:
    """Make the texts live whose time has come."""
    return _in_words(scheduling.publish_due(clock_now())) or "nothing due"


def remind_of_suspensions() -> str:
    """Tell publishers and leads, once a day, which pages are down and nobody decided about."""
    with transaction.atomic():
        return f"{withdrawing.remind_of_suspensions(clock_now())} pages down for a day or more"


def watch_currency() -> str:
    """Take down the pages of high risk whose review expired and was not deferred."""
    down = [page for page in withdrawing.perhaps_expired(clock_now()) if withdrawing.suspend_expired(page)]
    return f"{len(down)} pages taken down"


def expire_invitations() -> str:
    """End the invitations, to review or to read a draft, that nobody answered."""
    invited = ReviewAssignment.objects.filter(state=AssignmentState.INVITED, respond_by__lt=clock_now().date())
    ended = [assignment for assignment in invited if assigning.expire(assignment)]
    asked = Reading.objects.filter(state=ReadingState.INVITED, due_on__lt=clock_now().date())
    unread = [each for each in asked if reading.expire_reading(each)]
    return f"{len(ended) + len(unread)} ended"


def watch_credentials() -> str:
    """Cancel what reviewers can no longer sign, and remind of checks that are about to be over."""
    waiting = ReviewAssignment.objects.filter(state__in=OPEN_ASSIGNMENTS).select_related("reviewer", "regional_article")
    lapsed = [
        assignment
        for assignment in waiting
        if has_lapsed(assignment, today=assignment.regional_article.day(clock_now())) and assigning.lapse(assignment)
    ]
    with transaction.atomic():
        now = clock_now()
        for check in credentials.newest_checks().filter(result=CheckResult.LICENSED):
            credentials.remind(check, now)
    return f"{len(lapsed)} reviews cancelled"


def remind_reviewers() -> str:
    """Remind of answers and reviews that are about to be due, or are late."""
    with transaction.atomic():
        return f"{reminding.remind_reviewers(clock_now())} reviewers reminded"


def remind_owners() -> str:
    """Tell owners of articles, each hour, whose review dates come near or are past."""
    if not cache.add("review-dates", "", 60 * 60):
        return "looked at this hour"
    with transaction.atomic():
        return f"{reminding.remind_owners(clock_now())} notices"


def render_sources() -> str:
    """Render pages that say of their sources what is not so any more."""
    return f"{watching.render_wanted()} pages rendered"


def check_links() -> str:
    """Visit web addresses that are due; once a day see which there are."""
    if not settings.LINK_CHECKS:
        return "switched off"
    if cache.add("links-collected", "", 24 * 60 * 60):
        link_checking.collect()
    return f"{link_checking.check_links()} visited"


def ask_crossref() -> str:
    """Ask what was published about our works."""
    if not settings.CROSSREF_URL:
        return "switched off"
    taken = updates.watch()
    return f"{taken.new_events} updates of works, {taken.pages} pages to review again"


def blank_feedback() -> str:
    """Forget what readers said two years ago."""
    return f"{triaging.blank_what_is_old(clock_now())} blanked"


def send_messages() -> str:
    """Put together the digests whose hour has come, and send what waits in the outbox."""
    post.forget_texts(clock_now())
    digests.compose()
    return _in_words(post.deliver()) or "nothing to send"


def render_stale_pages() -> str:
    """Render the pages that list an organisation whose entry changed; one that was altered waits, with an alarm."""
    stale = pages.stale_publications()
    rendered = [publication for publication in stale if pages.render_stale(publication)]
    return f"{len(rendered)} of {len(stale)} pages rendered again"


def _in_words(outcomes: Counter[str]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))


JOBS: dict[str, Callable[[], str]] = {
    "scheduled": publish_scheduled,
    "currency": watch_currency,
    "suspended": remind_of_suspensions,
    "invitations": expire_invitations,
    "credentials": watch_credentials,
    "reminders": remind_reviewers,
    "review-dates": remind_owners,
    "sources": render_sources,
    "pages": render_stale_pages,
    "feedback": blank_feedback,
    "outbox": send_messages,
    "purges": purging.post_purges,
    "links": check_links,
    "crossref": ask_crossref,
}


class Command(BaseCommand):
    """Do everything that is due; a one-minute cron calls it."""

    help = (
        "Does everything that is due: publishes what was scheduled, ends unanswered invitations, cancels reviews and "
        "sends reminders when the check of a registration is over, reminds reviewers of their dates and owners of "
        "review dates, renders pages again after a list of retractions was taken in or an organisation changed, "
        "blanks what readers said two years ago, sends the mail that waits and puts together the daily digests, visits "
        "links where LINK_CHECKS=1, asks Crossref about updates of works where CROSSREF_URL is set, tells the cache at "
        "PURGE_URL again what it did not take. "
        "Safe to run twice at once. Example, each minute: * * * * * python manage.py run_due"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--only NAME`."""
        parser.add_argument("--only", choices=JOBS, metavar="NAME", help=f"one of {', '.join(JOBS)}")

    def handle(self, *args: Any, only: str | None = None, **options: Any) -> None:
        """Run each job; one that fails does not keep the others from running."""
        failed = []
        for name, job in JOBS.items():
            if only in (None, name):
                try:
                    self.stdout.write(f"{name}: {job()}")
                except (Refusal, OSError) as error:
                    logger.exception("run_due: %s failed", name)
                    failed.append(f"{name}: {error}")
        if failed:
            raise CommandError("; ".join(failed))
