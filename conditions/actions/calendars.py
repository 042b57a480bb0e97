"""Make the address of one's calendar, and end it."""

import secrets

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now
from alsinfo.tokens import hash_of
from conditions.errors.calendars import NoCalendar
from conditions.models import CalendarLink
from conditions.policies.calendars import objection_to_calendar


@action
def make_calendar(*, by: User) -> tuple[CalendarLink, str]:
    """An address for the person who does it, and its token, which is told once; the one before works no longer."""
    insist(objection_to_calendar(by=by))
    token, now = secrets.token_urlsafe(), clock_now()
    CalendarLink.objects.filter(user=by, revoked_at=None).update(revoked_at=now)
    link = CalendarLink.objects.create(user=by, token_hash=hash_of(token), made_at=now)
    record("make_calendar", link, by=by)
    return link, token


@action
def revoke_calendar(*, by: User) -> CalendarLink:
    """The address of the person who does it works no longer. Raises `NoCalendar`."""
    insist(objection_to_calendar(by=by))
    link = CalendarLink.objects.filter(user=by, revoked_at=None).first()
    if link is None or not CalendarLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=clock_now()):
        raise NoCalendar
    record("revoke_calendar", link, by=by)
    return link
