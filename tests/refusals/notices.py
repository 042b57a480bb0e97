"""Attempts on digests, on the hour they come at, and on calendars."""

from alsinfo.accounts.models import User
from alsinfo.concurrency import clock_now
from alsinfo.outbox.models import DigestChoice, Message
from conditions.models import CalendarLink
from tests.refusals.attempts import Act, attempt
from tests.refusals.scene import Scene


@attempt("one_digest_of_a_person_waits")
def beginning_a_second_digest_while_one_waits(s: Scene) -> Act:
    Message.objects.create(to_user=s.world.editor, subject="Today", kind="digest")
    return lambda: Message.objects.create(to_user=s.world.editor, subject="Today too", kind="digest")


@attempt("only_an_item_for_a_person_is_in_a_digest")
def putting_a_letter_into_a_digest(s: Scene) -> Act:
    digest = Message.objects.create(to_user=s.world.editor, subject="Today", kind="digest")
    return lambda: Message.objects.create(to_user=s.world.editor, subject="A letter", digest=digest)


@attempt("a_digest_has_an_hour_of_the_day")
def having_a_digest_at_an_hour_no_day_has(s: Scene) -> Act:
    return lambda: DigestChoice.objects.create(user=s.world.editor, hour=24)


@attempt("a_digest_has_a_known_zone")
def having_a_digest_in_a_zone_nobody_knows(s: Scene) -> Act:
    return lambda: DigestChoice.objects.create(user=s.world.editor, zone="Mars/Olympus")


@attempt("outbox_digestchoice.user_id")
def choosing_twice_when_the_digest_comes(s: Scene) -> Act:
    DigestChoice.objects.create(user=s.world.editor)
    return lambda: DigestChoice.objects.create(user=s.world.editor, hour=9)


def calendar(of: User, token: str) -> CalendarLink:
    return CalendarLink(user=of, token_hash=token, made_at=clock_now())


@attempt("one_calendar_of_a_person_works")
def having_two_addresses_of_a_calendar(s: Scene) -> Act:
    calendar(s.world.editor, "one").save()
    return lambda: calendar(s.world.editor, "two").save()


@attempt("conditions_calendarlink.token_hash")
def having_the_address_of_somebody_elses_calendar(s: Scene) -> Act:
    calendar(s.world.editor, "one").save()
    return lambda: calendar(s.world.lead, "one").save()
