"""Tell caches before the site, by the keys of `surrogates`, what changed: written in the action's transaction, posted
after it.

Off unless PURGE_URL is set. A cache that cannot be reached blocks nothing: it is asked again, and drops our pages by
itself within the minute and a half that `answers.CACHE_CONTROL` gives it.
"""

import json
import logging
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from alsinfo.concurrency import clock_now
from alsinfo.outbox.models import Purge

MOST_AT_ONCE = 30  # keys in one request, as many as every service takes
LEASE = timedelta(minutes=1)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
KEPT = timedelta(days=1)  # after which no cache can hold what was meant
SECONDS = 3.0

logger = logging.getLogger(__name__)


class StaysHere(HTTPRedirectHandler):
    """Follows nobody elsewhere: the request carries a secret."""

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str) -> None:
        """No request: the redirect counts as a failure."""


def purge(*keys: str) -> None:
    """Have caches drop what is under these keys when the transaction is through; part of an action."""
    if not settings.PURGE_URL:
        return
    Purge.objects.bulk_create(Purge(key=key) for key in sorted(set(keys)))
    transaction.on_commit(_post_at_once, robust=True)


def post_purges() -> str:
    """Post the keys that are due, and forget those that no cache can hold any more; what became of them, in words.

    Several processes may do so at once: each key is leased to one of them. Not to be called in a transaction.
    """
    if not settings.PURGE_URL:
        return "switched off"
    now = clock_now()
    if forgotten := Purge.objects.filter(created_at__lt=now - KEPT).delete()[0]:
        logger.error("%s keys were never dropped by the caches at PURGE_URL.", forgotten)
    taken = _taken(now)
    keys = sorted({purge.key for purge in taken})
    for start in range(0, len(keys), MOST_AT_ONCE):
        batch = keys[start : start + MOST_AT_ONCE]
        problem = _post(batch)
        asked = Purge.objects.filter(pk__in=[purge.pk for purge in taken if purge.key in batch])
        if problem:
            return _postpone([purge for purge in taken if purge.key in keys[start:]], problem)
        asked.delete()
    return f"{len(keys)} keys posted"


def held() -> QuerySet[Purge]:
    """What caches may still show, since they did not take the order to drop it."""
    return Purge.objects.exclude(last_error="").order_by("created_at", "pk")


def _post_at_once() -> None:
    """Post, unless the cache failed just now: then it is asked by `run_due`, so that nobody waits for it again."""
    if not held().exists():
        post_purges()


def _taken(now: datetime) -> list[Purge]:
    """The orders that this process posts; nobody else does until the lease ends."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    due = Purge.objects.filter(free, due_at__lte=now).order_by("due_at", "pk")[: 10 * MOST_AT_ONCE]
    with transaction.atomic(durable=True):
        found = list(due.select_for_update(skip_locked=True))
        numbers = [purge.pk for purge in found]
        Purge.objects.filter(pk__in=numbers).update(leased_until=now + LEASE, attempts=F("attempts") + 1)
    return found


def _post(keys: list[str]) -> str:
    """Ask the cache to drop the keys, in the ways of Fastly (a header) and Cloudflare (a body); what went wrong, or
    ""."""
    name, _, value = settings.PURGE_HEADER.partition(":")
    headers = {
        "Content-Type": "application/json",
        "Surrogate-Key": " ".join(keys),
        **({name: value.strip()} if name else {}),
    }
    body = json.dumps({"tags": keys}).encode()
    request = Request(settings.PURGE_URL, data=body, headers=headers, method="POST")  # noqa: S310  checked at the start
    try:
        with build_opener(StaysHere).open(request, timeout=SECONDS):
            return ""
    except HTTPError as error:
        with error:
            return f"The cache answered {error.code}."
    except (OSError, HTTPException, ValueError) as error:
        return f"The cache did not answer: {type(getattr(error, 'reason', error)).__name__}."


def _postpone(purges: list[Purge], problem: str) -> str:
    """Try all again later, longer each time."""
    logger.error("A cache was not told what changed. %s", problem)
    pause = min(FIRST_PAUSE * 2 ** max(purge.attempts for purge in purges), LONGEST_PAUSE)
    asked = Purge.objects.filter(pk__in=[purge.pk for purge in purges])
    asked.update(due_at=clock_now() + pause, leased_until=None, last_error=problem)
    return f"postponed: {problem}"
