"""Registrations of reviewers, what leads saw in the registers, and what follows when a licence ends."""

from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now
from conditions import notices
from conditions.actions.pages import bring_to_review, live_publications
from conditions.actions.purging import reviewer_changed
from conditions.errors.cataloguing import Duplicate
from conditions.models import CredentialCheck, Publication, RegionalArticle, Registration, Reviewer
from conditions.policies import cataloguing as policies
from organisations.regions import Region

DAYS_BEFORE = (30, 7, 0)
LONGEST_SILENCE = -30  # days after its end, a check is no longer news


@action
def add_registration(
    reviewer: Reviewer, register: str, number: str, *, by: User, licence_state: str = "", licence_number: str = ""
) -> Registration:
    """A reviewer's entry in a register, its number in the register's shape."""
    insist(policies.objection_to_register(by=by))
    number = policies.normal_number(register, number)
    insist(policies.objection_to_number(register, number))
    licence_state = licence_state.strip().upper()
    insist(policies.objection_to_licence_state(licence_state))
    if Registration.objects.filter(register=register, number=number).exists():
        raise Duplicate(f"{register} {number} belongs to a reviewer already.")
    registration = Registration.objects.create(
        reviewer=reviewer,
        register=register,
        number=number,
        licence_state=licence_state,
        licence_number=licence_number,
    )
    record("add_registration", registration, by=by, after=str(registration))
    return registration


@action
def record_check(
    registration: Registration, *, by: User, result: str, checked_on: date, valid_until: date
) -> CredentialCheck:
    """What a lead saw in the register; whoever is no longer licensed puts what they signed before the leads at once.

    Their live pages are due for review on this day; the signatures stay and say what was true then.
    """
    now = clock_now()
    today = Region(registration.region).day(now)
    insist(policies.objection_to_check(registration, by=by, checked_on=checked_on, today=today))
    before = _newest_check(registration)
    check = CredentialCheck.objects.create(
        registration=registration, checked_by=by, checked_on=checked_on, result=result, valid_until=valid_until
    )
    pages = _bring_to_review(registration.reviewer, now) if policies.is_struck_off(before, check) else []
    if pages:
        notices.struck_off(check, pages)
    reason = f"To review again: {', '.join(map(str, pages))}" if pages else ""
    reviewer_changed(registration.reviewer.slug)
    record("record_check", check, by=by, reason=reason, before=before.result if before else "", after=result)
    return check


def remind(check: CredentialCheck, now: datetime) -> bool:
    """Tell reviewer and leads that a check is over in 30, in 7 or in 0 days, each once; True if a day has come.

    Only the nearest of the three is told when several were missed. Not an action: nothing changes.
    """
    days_left = (check.valid_until - Region(check.registration.region).day(now)).days
    come = [days for days in DAYS_BEFORE if LONGEST_SILENCE <= days_left <= days]
    if come:
        notices.credential_ends(check, min(come), is_over=days_left < 0)
    return bool(come)


def newest_checks() -> QuerySet[CredentialCheck]:
    """The check that counts of each registration of an active reviewer."""
    newest = CredentialCheck.objects.filter(registration=OuterRef("registration")).order_by("-pk")
    active = CredentialCheck.objects.filter(
        registration__reviewer__is_active=True, registration__reviewer__user__is_active=True
    )
    found = active.filter(pk=Subquery(newest.values("pk")[:1]))
    return found.select_related("registration__reviewer__user").order_by("pk")


def _newest_check(registration: Registration) -> CredentialCheck | None:
    return registration.checks.order_by("-pk").first()


def _bring_to_review(reviewer: Reviewer, now: datetime) -> list[RegionalArticle]:
    """Every page readers get, or would get again, on a signature of the reviewer is due today."""
    return bring_to_review([live for live in live_publications() if _rests_on(live, reviewer)], now=now)


def _rests_on(publication: Publication, reviewer: Reviewer) -> bool:
    return any(signature.reviewer_id == reviewer.pk for signature in publication.rests_on())
