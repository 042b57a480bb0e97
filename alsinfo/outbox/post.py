"""Write messages in the transaction of the action, send them afterwards.

Every message is sent at least once: a process that dies between the mail server's "accepted" and its own
note of it sends the message again, under the same Message-ID. With the outcome the text is blanked, so
that no link to an account stays readable in the database.
"""

import logging
from collections import Counter
from datetime import datetime, timedelta
from email.utils import parseaddr
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q, QuerySet

from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now
from alsinfo.outbox.models import Message

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 12  # about a day and a half


def send(to: User | str, subject: str, body: str, key: str = "") -> None:
    """Write a message into the current transaction: undone with it, sent after it.

    `to` is a person, whose address is looked up when sending, or an address. A message whose `key`
    was written before is left alone, so that a repeated job tells nobody twice. Raises `ValueError`
    when there is nobody to send to.
    """
    if not to:
        raise ValueError("A message needs a recipient.")
    person, address = (to, "") if isinstance(to, User) else (None, to)
    line = " ".join(subject.split())[:200]
    message = Message(to_user=person, to_address=address, subject=line, body=body, key=key)
    Message.objects.bulk_create([message], ignore_conflicts=bool(key))


def forget(person: User) -> None:
    """Delete every message to a person and to their address of now, whatever became of it."""
    to_address = Q(to_address__iexact=person.email) if person.email else Q(pk=None)
    Message.objects.filter(Q(to_user=person) | to_address).delete()


def deliver(limit: int = 100) -> Counter[str]:
    """Send up to `limit` messages that are due; how many were "sent", "postponed", "given up" and "dropped".

    Several processes may deliver at once: each message is leased to one of them for five minutes.
    A mail server that cannot be reached costs no message an attempt. Not to be called in a transaction.
    """
    outcomes: Counter[str] = Counter()
    due = list(_due(clock_now())[:limit])
    if not due:
        return outcomes
    mail = get_connection()
    try:
        mail.open()
        outcomes.update(_attempt(message, mail) for message in due if _lease(message))
    except OSError as error:
        logger.error("The mail server cannot be reached: %s.", type(error).__name__)
    finally:
        mail.close()
    return outcomes


def _due(now: datetime) -> QuerySet[Message]:
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    waiting = Message.objects.filter(free, sent_at__isnull=True, failed_at__isnull=True, due_at__lte=now)
    return waiting.select_related("to_user").order_by("due_at", "id")


def _lease(message: Message) -> bool:
    """Whether this process may send the message; nobody else may until the lease ends."""
    with transaction.atomic(durable=True):
        untouched = _unsettled(message).filter(attempts=message.attempts)
        return untouched.update(leased_until=clock_now() + LEASE, attempts=F("attempts") + 1) == 1


def _attempt(message: Message, mail: BaseEmailBackend) -> str:
    address = _address(message)
    if not address:
        return _give_up(message, "The account is closed or has no address.", outcome="dropped")
    try:
        _letter(message, address, mail).send()
    except (SMTPException, OSError, ValueError) as error:
        reason = f"{type(error).__name__}: {error}"[:500]
        return _give_up(message, reason) if message.attempts + 1 >= MOST_ATTEMPTS else _postpone(message, reason)
    _unsettled(message).update(sent_at=clock_now(), leased_until=None, last_error="", body="")
    return "sent"


def _unsettled(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=message.pk, sent_at__isnull=True, failed_at__isnull=True)


def _address(message: Message) -> str:
    """Where the message goes now; "" to a person whose account is closed or has no address."""
    if message.to_user is None:
        return message.to_address
    return message.to_user.email if message.to_user.is_active else ""


def _letter(message: Message, address: str, mail: BaseEmailBackend) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{message.pk}.{message.created_at.timestamp():.0f}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(message.subject, message.body, to=[address], headers=headers, connection=mail)


def _postpone(message: Message, reason: str) -> str:
    pause = min(FIRST_PAUSE * 2**message.attempts, LONGEST_PAUSE)
    _unsettled(message).update(due_at=clock_now() + pause, leased_until=None, last_error=reason)
    return "postponed"


def _give_up(message: Message, reason: str, outcome: str = "given up") -> str:
    logger.error("Message %s was %s.", message.pk, outcome)
    _unsettled(message).update(failed_at=clock_now(), leased_until=None, last_error=reason, body="")
    return outcome
