"""Write messages in the transaction of the action, send them afterwards.

Every message is sent at least once: a process that dies between the mail server's "accepted" and its own
note of it sends the message again, under the same Message-ID. With the outcome the text is blanked, so
that no link to an account stays readable in the database.
"""

import logging
from collections import Counter
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPServerDisconnected

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet, Value

from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now
from alsinfo.outbox.audiences import insist_on_audience, reason_to_tell
from alsinfo.outbox.digests import items_of, loosen
from alsinfo.outbox.letters import Part, letter
from alsinfo.outbox.models import KEPT, DigestChoice, Kind, Message

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 12  # about a day and a half
CLOSED = "The account is closed or has no address."
NOT_ANY_MORE = "The person may not read this any more."


def send(to: User | str, subject: str, body: str, key: str = "", about: str = "") -> None:
    """Write a message into the current transaction: undone with it, sent after it.

    `to` is a person, whose address is looked up when sending, or an address. A message whose `key`
    was written before is left alone, so that a repeated job tells nobody twice. `about` says who may read it, see
    `audiences`. Raises `ValueError` when there is nobody to send to.
    """
    _write(to, subject, body, key=key, about=about)


def notify(person: User, subject: str, body: str, *, about: str, key: str = "") -> None:
    """As `send`, for words that carry no secret: given up, they can be sent again."""
    _write(person, subject, body, key=key, about=about, keeps_text=True)


def collect(person: User, subject: str, body: str, *, about: str, key: str = "") -> None:
    """As `notify`, for what can wait: it goes into the person's next digest."""
    _write(person, subject, body, key=key, about=about, keeps_text=True, kind=Kind.ITEM)


def forget(person: User) -> None:
    """Delete every message to a person and to their address of now, whatever became of it, and when they want them."""
    to_address = Q(to_address__iexact=person.email) if person.email else Q(pk=None)
    Message.objects.filter(Q(to_user=person) | to_address).delete()
    DigestChoice.objects.filter(user=person).delete()


def forget_texts(now: datetime) -> int:
    """Blank what was given up a month ago, and give up what waits for a digest that long; how many."""
    old = Message.objects.filter(failed_at__lt=now - KEPT).exclude(body="")
    unsent = Message.objects.waiting().filter(kind=Kind.ITEM, digest=None, created_at__lt=now - 4 * KEPT)
    return old.update(body="") + unsent.update(failed_at=now, body="", is_dropped=True, last_error="Waited too long.")


def deliver(limit: int = 100) -> Counter[str]:
    """Send up to `limit` messages that are due; how many were "sent", "postponed", "given up" and "dropped".

    Several processes may deliver at once: each message is leased to one of them for five minutes.
    A mail server that cannot be reached costs no message an attempt; one that hangs up costs the message it hung up on
    one, and the others keep their places. Not to be called in a transaction.
    """
    outcomes: Counter[str] = Counter()
    due = list(_due(clock_now())[:limit])
    if not due:
        return outcomes
    mail = get_connection()
    try:
        mail.open()
        for message in due:
            if _lease(message):
                outcomes[_attempt(message, mail)] += 1
    except OSError as error:
        logger.error("The mail server cannot be reached: %s.", type(error).__name__)
    finally:
        mail.close()
    return outcomes


def _write(to: User | str, subject: str, body: str, **fields: str | bool) -> None:
    if not to:
        raise ValueError("A message needs a recipient.")
    insist_on_audience(str(fields.get("about", "")))
    person, address = (to, "") if isinstance(to, User) else (None, to)
    line = " ".join(subject.split())[:200]
    message = Message(to_user=person, to_address=address, subject=line, body=body, **fields)
    Message.objects.bulk_create([message], ignore_conflicts=bool(message.key))


def _due(now: datetime) -> QuerySet[Message]:
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    waiting = Message.objects.waiting().exclude(kind=Kind.ITEM).filter(free, due_at__lte=now)
    return waiting.select_related("to_user").order_by("due_at", "id")


def _lease(message: Message) -> bool:
    """Whether this process may send the message; nobody else may until the lease ends."""
    with transaction.atomic(durable=True):
        untouched = _unsettled(message).filter(attempts=message.attempts)
        return untouched.update(leased_until=clock_now() + LEASE, attempts=F("attempts") + 1) == 1


def _attempt(message: Message, mail: BaseEmailBackend) -> str:
    """What became of a message. Raises `OSError` when the mail server hung up, and the next would fare no better."""
    address = _address(message)
    if not address:
        return _drop(message, CLOSED)
    told = items_of(message) if message.kind == Kind.DIGEST else [message]
    parts = {each.pk: part for each in told if (part := _part(each)) is not None}
    if not parts:
        return _drop(message, NOT_ANY_MORE)
    try:
        letter(message, address, parts.values(), mail).send()
    except (SMTPException, OSError, ValueError) as error:
        outcome = _refused(message, f"{type(error).__name__}: {error}"[:500])
        if isinstance(error, SMTPServerDisconnected | ConnectionError):
            raise
        return outcome
    _settle(message, set(parts))
    return "sent"


def _part(message: Message) -> Part | None:
    """What a person is told, and why; None if they may not read it (any more)."""
    if not message.about or message.to_user is None:
        return Part(message.subject, message.body)
    reason = reason_to_tell(message.to_user, message.about)
    return Part(message.subject, message.body, reason) if reason else None


def _settle(message: Message, told: set[int]) -> None:
    """Note a message as sent, with the items that it told; the others of a digest are dropped."""
    done = {"leased_until": None, "last_error": "", "body": ""}
    with transaction.atomic():
        _unsettled(message).update(sent_at=clock_now(), **done)
        items = message.items.waiting()
        items.filter(pk__in=told).update(sent_at=clock_now(), **done)
        items.update(failed_at=clock_now(), is_dropped=True, **{**done, "last_error": NOT_ANY_MORE})


def _unsettled(message: Message) -> QuerySet[Message]:
    return Message.objects.waiting().filter(pk=message.pk)


def _address(message: Message) -> str:
    """Where the message goes now; "" to a person whose account is closed or has no address."""
    if message.to_user is None:
        return message.to_address
    return message.to_user.email if message.to_user.is_active else ""


def _refused(message: Message, reason: str) -> str:
    """Try a message again later, or give it up; what a digest should have told goes into the next."""
    if message.attempts + 1 < MOST_ATTEMPTS:
        pause = min(FIRST_PAUSE * 2**message.attempts, LONGEST_PAUSE)
        _unsettled(message).update(due_at=clock_now() + pause, leased_until=None, last_error=reason)
        return "postponed"
    logger.error("Message %s was given up.", message.pk)
    body = F("body") if message.keeps_text else Value("")
    with transaction.atomic():
        _unsettled(message).update(failed_at=clock_now(), leased_until=None, last_error=reason, body=body)
        loosen(message)
    return "given up"


def _drop(message: Message, reason: str) -> str:
    """Give up, for good, what nobody is to read."""
    logger.warning("Message %s was dropped.", message.pk)
    done = {"failed_at": clock_now(), "leased_until": None, "last_error": reason, "body": "", "is_dropped": True}
    with transaction.atomic():
        _unsettled(message).update(**done)
        message.items.waiting().update(**done)
    return "dropped"
