"""Write messages in the transaction of the action, send them afterwards."""

from alsinfo.accounts.models import User
from alsinfo.outbox.models import Message


def send(to: User | str, subject: str, body: str, key: str = "") -> None:
    """Write a message into the current transaction: undone with it, sent after it.

    `to` is a person (whose address is looked up when sending) or an address. A message whose `key`
    was written before is left alone, so that a repeated job tells nobody twice.
    """
    person = to if isinstance(to, User) else None
    address = "" if isinstance(to, User) else to
    message = Message(to_user=person, to_address=address, subject=" ".join(subject.split()), body=body, key=key)
    Message.objects.bulk_create([message], ignore_conflicts=bool(key))
