"""`manage.py run_due`."""

import logging
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alsinfo.concurrency import clock_now
from alsinfo.outbox import post
from alsinfo.refusals import Refusal
from conditions.actions import assigning
from conditions.models import ReviewAssignment
from conditions.vocabulary import AssignmentState

logger = logging.getLogger(__name__)


def expire_invitations() -> str:
    """End the invitations that nobody answered."""
    invited = ReviewAssignment.objects.filter(state=AssignmentState.INVITED, respond_by__lt=clock_now().date())
    ended = [assignment for assignment in invited if assigning.expire(assignment)]
    return f"{len(ended)} ended"


def send_messages() -> str:
    """Send what waits in the outbox."""
    outcomes = post.deliver()
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())) or "nothing to send"


JOBS: dict[str, Callable[[], str]] = {"invitations": expire_invitations, "outbox": send_messages}


class Command(BaseCommand):
    """Do everything that is due; a one-minute cron calls it."""

    help = (
        "Does everything that is due: ends unanswered invitations, sends the mail that waits. Safe to run twice at "
        "once. Example, each minute: * * * * * python manage.py run_due"
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
