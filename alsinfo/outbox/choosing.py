"""When a person wants the notices that can wait: an hour in their own zone, or a pause."""

from datetime import date, datetime, timedelta

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now
from alsinfo.outbox.digests import choice_of
from alsinfo.outbox.models import DigestChoice
from alsinfo.refusals import Refusal

LONGEST_PAUSE = timedelta(days=60)


class PauseTooLong(Refusal):
    """A pause ends, so that nobody is forgotten."""

    code = "pause-too-long"
    sentence = f"A pause ends on a day to come, within {LONGEST_PAUSE.days} days."


def objection_to_pause(until: date | None, *, today: date) -> Refusal | None:
    """To a day to come, not for ever."""
    return None if until is None or today < until <= today + LONGEST_PAUSE else PauseTooLong()


@action
def choose_digest(hour: int, zone: str, paused_until: date | None, *, by: User) -> DigestChoice:
    """When the person who does it gets their digest: from `hour` (0 to 23) in `zone`, or from a day on."""
    choice = choice_of(User.objects.select_related("digest_choice").get(pk=by.pk))
    before = str(choice) if choice.pk else ""
    choice.hour, choice.zone = hour, zone
    if paused_until != choice.paused_until:
        insist(objection_to_pause(paused_until, today=choice.day(clock_now())))
    choice.paused_until = paused_until
    choice.save()
    record("choose_digest", choice, by=by, before=before, after=str(choice))
    return choice


def next_digest(choice: DigestChoice, now: datetime) -> date:
    """The day of the next digest that could come, if something waits."""
    today = choice.day(now)
    return max(today, choice.paused_until or today)
