"""The chain of audit events: each carries the hash of the one before, so that no row can be changed or left out.

Cutting off the newest rows leaves a shorter chain that is whole in itself: keep `head()` outside the
database, daily, and give it to `verify`.
"""

from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from typing import Any

import rfc8785
from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.models import Model

from alsinfo.accounts.models import User
from alsinfo.audit.models import AuditEvent
from alsinfo.concurrency import clock_now

GENESIS = "0" * 64
CHAIN_LOCK = 0x616C73_0001  # "als", 1: the advisory lock of the chain on PostgreSQL


@dataclass(frozen=True)
class Head:
    """The newest event: how many there are, and its hash."""

    count: int
    hash: str


def record(
    verb: str, subject: Model, *, by: User | None, reason: str = "", before: str = "", after: str = ""
) -> AuditEvent:
    """Append the one event of an action; `by` None is the system.

    Call it last in an action: it holds the chain's lock until the transaction ends.
    Raises `RuntimeError` outside a transaction.
    """
    using = router.db_for_write(AuditEvent)
    _take_lock(using)
    last = head(using)
    event = AuditEvent(
        sequence=last.count + 1,
        actor_id=by.pk if by else None,
        verb=verb,
        subject_type=subject._meta.label,
        subject_id=str(subject.pk),
        reason=reason,
        before=before,
        after=after,
        at=clock_now(using),
        prev_hash=last.hash,
    )
    event.hash = hash_of(event)
    event.save(using=using, force_insert=True)
    return event


def head(using: str = DEFAULT_DB_ALIAS) -> Head:
    """The newest event's sequence and hash; an empty chain has 0 and 64 zeros."""
    newest = AuditEvent.objects.using(using).order_by("-sequence").values_list("sequence", "hash").first()
    return Head(*newest) if newest else Head(0, GENESIS)


def hash_of(event: AuditEvent) -> str:
    """SHA-256, in hex, of the event's canonical JSON (RFC 8785) without `hash` itself."""
    fields: dict[str, Any] = {
        "sequence": event.sequence,
        "actor": event.actor_id,
        "verb": event.verb,
        "subject": [event.subject_type, event.subject_id],
        "reason": event.reason,
        "before": event.before,
        "after": event.after,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "prev_hash": event.prev_hash,
    }
    return sha256(rfc8785.dumps(fields)).hexdigest()


def verify(kept: Head | None = None, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """What is wrong with the chain, a sentence each; `kept` is a head noted earlier, outside the database."""
    problems = []
    expected = Head(0, GENESIS)
    for event in AuditEvent.objects.using(using).order_by("sequence").iterator():
        if event.sequence != expected.count + 1:
            problems.append(f"Event {expected.count + 1} is missing.")
        elif event.prev_hash != expected.hash:
            problems.append(f"Event {event.sequence} does not follow the event before it.")
        if event.hash != hash_of(event):
            problems.append(f"Event {event.sequence} was altered.")
        expected = Head(event.sequence, event.hash)
        if kept and kept.count == expected.count and kept.hash != expected.hash:
            problems.append(f"Event {kept.count} is not the one noted outside: the chain was rewritten.")
    if kept and kept.count > expected.count:
        problems.append(f"The chain ends at {expected.count}; {kept.count} was noted outside: it was cut off.")
    return problems


def _take_lock(using: str) -> None:
    connection = connections[using]
    if not connection.in_atomic_block:
        raise RuntimeError("An audit event is written in the transaction of its action.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
