"""Send again what the mail server did not take."""

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.roles import holds
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import Conflict, clock_now
from alsinfo.outbox.models import STUCK, Kind, Message
from alsinfo.refusals import Refusal

KEEPERS = (Role.ADMINISTRATOR, Role.LEAD)


class NotForYouToSend(Refusal):
    """Mail is looked after by administrators and leads."""

    code = "not-for-you-to-send"
    status = 403
    sentence = "Only an administrator or a clinical lead can send a message again."


class TextNotKept(Refusal):
    """There is nothing left to send."""

    code = "text-not-kept"
    sentence = (
        "What this message said is not kept: it held a link for one person, or is a month old. Do again what it "
        "was about, such as the invitation."
    )


class InNextDigest(Refusal):
    """What a digest told is not lost with it."""

    code = "in-next-digest"
    sentence = "What this digest told goes out with the person's next one. See to the address."


def objection_to_send_again(message: Message, *, by: User) -> Refusal | None:
    """An administrator or lead, while the text is kept."""
    if not any(holds(by, role) for role in KEEPERS):
        return NotForYouToSend()
    if message.kind == Kind.DIGEST:
        return InNextDigest()
    return None if message.body else TextNotKept()


@action
def send_again(message: Message, *, by: User) -> Message:
    """Let a message that was given up, or waits after a refusal, leave with the next delivery. Raises `Conflict`."""
    insist(objection_to_send_again(message, by=by))
    fresh = {"failed_at": None, "attempts": 0, "leased_until": None, "last_error": "", "due_at": clock_now()}
    if Message.objects.filter(STUCK, pk=message.pk).exclude(body="").update(**fresh) != 1:
        raise Conflict
    record("send_again", message, by=by)
    message.refresh_from_db()
    return message
