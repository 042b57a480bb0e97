"""The digest: what can wait goes to a person in one message a day, at the hour they chose."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now, lock
from alsinfo.outbox.models import DigestChoice, Kind, Message, MessageQuerySet


def compose(now: datetime | None = None) -> int:
    """Put what waits into a digest for each person whose hour has come; how many digests were begun.

    A digest that could not leave yet takes in what came since, as long as nobody tried to send it. Nobody gets two on
    one day. Safe to run twice at once.
    """
    now = now or clock_now()
    people = User.objects.filter(pk__in=_loose().values("to_user")).select_related("digest_choice").order_by("pk")
    last = dict(
        Message.objects.filter(kind=Kind.DIGEST, sent_at__isnull=False, to_user__in=people)
        .values_list("to_user")
        .annotate(Max("sent_at"))
    )
    return sum(_compose_for(person, last.get(person.pk), now) for person in people)


def choice_of(person: User) -> DigestChoice:
    """When a person wants the digest; not saved yet where nothing was chosen."""
    chosen: DigestChoice | None = getattr(person, "digest_choice", None)
    return chosen or DigestChoice(user=person)


def items_of(digest: Message) -> Iterable[Message]:
    """What a digest tells, oldest first."""
    return digest.items.waiting().order_by("created_at", "pk")


def loosen(digest: Message) -> None:
    """What a digest that came to nothing should have told goes into the next."""
    digest.items.waiting().update(digest=None)


def _loose() -> MessageQuerySet:
    return Message.objects.waiting().filter(kind=Kind.ITEM, digest=None)


def _compose_for(person: User, last: datetime | None, now: datetime) -> int:
    choice = choice_of(person)
    today = choice.day(now)
    if not choice.has_come(now) or (last is not None and choice.day(last) >= today):
        return 0
    with transaction.atomic():
        waiting = Message.objects.waiting().filter(kind=Kind.DIGEST, to_user=person).first()
        digest = waiting or _begun(person, f"digest:{person.pk}:{today}", f"Your notices of {today:%-d %B %Y}", now)
        digest = digest and lock(digest)
        if digest is None or digest.attempts or digest.sent_at or digest.failed_at:
            return 0
        _loose().filter(to_user=person).update(digest=digest)
    return 0 if waiting else 1


def _begun(person: User, key: str, subject: str, now: datetime) -> Message | None:
    """The digest with this key, unless another waits."""
    new = Message(to_user=person, kind=Kind.DIGEST, subject=subject, key=key, created_at=now, due_at=now)
    Message.objects.bulk_create([new], ignore_conflicts=True)
    return Message.objects.waiting().filter(key=key).first()
