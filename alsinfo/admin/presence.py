"""Who else has a form open: a name in the cache for a quarter of an hour. No record, no lock; ADR 32 says why."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Model
from django.utils import timezone
from redis.exceptions import RedisError

from alsinfo.accounts.models import User

LASTS = timedelta(minutes=15)
OPENED, SAVED = "opened", "saved"
Seen = dict[int, tuple[str, str, float]]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Other:
    """Somebody else at the same form: what they did last, and how many minutes ago."""

    name: str
    deed: str
    minutes: int


def others_at(thing: Model, by: User) -> list[Other]:
    """Everybody else who opened or saved the thing a few minutes ago, the latest first."""
    now = timezone.now().timestamp()
    found = sorted((at, name, deed) for key, (name, deed, at) in _seen(thing, now).items() if key != by.pk)
    return [Other(name, deed, int((now - at) // 60)) for at, name, deed in reversed(found)]


def note(thing: Model, deed: str, *, by: User) -> None:
    """Let others see for a while that somebody opened or saved the thing; a cache that does not answer is let be."""
    now = timezone.now().timestamp()
    seen = {**_seen(thing, now), by.pk: (by.get_full_name(), deed, now)}
    try:
        cache.set(_key(thing), seen, LASTS.total_seconds())
    except RedisError as error:
        log.warning("Nobody is told who else has a form open: %s.", type(error).__name__)


def _seen(thing: Model, now: float) -> Seen:
    try:
        seen: Seen = cache.get(_key(thing), {})
    except RedisError:
        return {}
    return {key: each for key, each in seen.items() if now - each[2] < LASTS.total_seconds()}


def _key(thing: Model) -> str:
    return f"also-here:{thing._meta.label_lower}:{thing.pk}"
