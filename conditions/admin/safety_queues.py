"""What must not wait long: pages taken down, signatures in doubt, interests, registrations, the record itself."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import reverse

from alsinfo.admin.records import page_of
from alsinfo.guards import engine
from conditions.actions.credentials import newest_checks
from conditions.admin.queues import ON_THE_WAY, Queue, Row, Scope, of_page, of_pages
from conditions.models import (
    CredentialCheck,
    RecordVerification,
    Reinstatement,
    ReviewAssignment,
    Revocation,
    Suspension,
    Withdrawal,
)
from conditions.vocabulary import OPEN_REVIEWS, AssignmentState, CheckResult, PageState

LAPSES_SOON = timedelta(days=30)
STALE = timedelta(days=2)
PAGE = ("regional_article__region", "regional_article__article__owner")


def _suspended(scope: Scope) -> QuerySet[Suspension]:
    down = scope.of(Suspension.objects.filter(lift=None, regional_article__state=PageState.SUSPENDED), *PAGE)
    return of_pages(down).select_related("suspended_by").order_by("suspended_at", "pk")


def _suspension(row: Suspension) -> Row:
    but = f" other than {row.suspended_by}" if row.suspended_by else ""
    return of_page(row, f"A publisher or clinical lead{but}", row.suspended_at, row.reason)


def _proposed(kind: type[Withdrawal] | type[Reinstatement], scope: Scope) -> QuerySet[Any]:
    waiting = scope.of(kind._default_manager.filter(agreed_at=None, dropped_at=None), *PAGE)
    return of_pages(waiting).select_related("proposed_by").order_by("proposed_at", "pk")


def _proposal(row: Withdrawal | Reinstatement) -> Row:
    whose = f"A publisher or clinical lead other than {row.proposed_by}"
    return of_page(row, whose, row.proposed_at, row.reason)


def _revoked(scope: Scope) -> QuerySet[Revocation]:
    open_ones = Q(sign_off__regional_article__state=PageState.SUSPENDED)
    open_ones |= Q(sign_off__regional_edition__state__in=OPEN_REVIEWS)
    fields = [f"sign_off__{name}" for name in PAGE]
    found = scope.of(Revocation.objects.filter(open_ones), *fields).order_by("revoked_at", "pk")
    with_names = ("regional_edition", "regional_article__article__condition", "regional_article__article__owner")
    return found.select_related("revoked_by", *(f"sign_off__{name}" for name in with_names))


def _revocation(row: Revocation) -> Row:
    is_down = row.sign_off.regional_article.state == PageState.SUSPENDED
    whose = "A publisher or clinical lead, within 24 hours" if is_down else "An editor, to have it signed anew"
    fact = f"{row.revoked_by} withdrew the signature of {row.sign_off.printed_name}: {row.reason}"
    return of_page(row.sign_off, whose, row.revoked_at, fact)


def _interests(scope: Scope) -> QuerySet[ReviewAssignment]:
    pending = scope.of(ReviewAssignment.objects.filter(state=AssignmentState.INTEREST_PENDING), *PAGE)
    return of_pages(pending).select_related("reviewer", "declaration").order_by("declaration__declared_at", "pk")


def _interest(row: ReviewAssignment) -> Row:
    fact = f"{row.reviewer} stated an interest; the text stays closed"
    return of_page(row, f"A clinical lead other than {row.reviewer}", row.awaited_since, fact)


def _credentials(scope: Scope) -> QuerySet[CredentialCheck]:
    soon = scope.now.date() + LAPSES_SOON
    found = newest_checks().filter(result=CheckResult.LICENSED, valid_until__lte=soon)
    if scope.region:
        found = found.filter(registration__region=scope.region)
    return found.order_by("valid_until", "pk")


def _credential(row: CredentialCheck) -> Row:
    reviewer = row.registration.reviewer
    fact, since = f"The check holds until {row.valid_until:%-d %B %Y}", row.valid_until - LAPSES_SOON
    return Row(f"{reviewer}, {row.registration}", page_of(reviewer), "A clinical lead, to look again", since, fact)


def problems_of_the_record(scope: Scope) -> list[tuple[str, Any]]:
    """A sentence for each guard that is missing, for what was found at the last verification, or that it is due."""
    last = RecordVerification.objects.first()
    found: list[tuple[str, Any]] = [(sentence, None) for sentence in engine.problems(connection)]
    if last is None:
        return [*found, ("The record was never verified here: manage.py verify_record, daily.", None)]
    if last.verified_at < scope.now - STALE:
        found.append(("The record was not verified for two days or more: manage.py verify_record.", last.verified_at))
    return found + [(sentence, last.verified_at) for sentence in last.problems if sentence not in dict(found)]


def _problem(row: tuple[str, Any]) -> Row:
    sentence, since = row
    return Row(sentence, reverse("admin:queues"), "Whoever runs the site, now", since)


SAFETY = (
    Queue("suspended", "Taken down", "Readers get help instead of these texts.", _suspended, _suspension),
    Queue(
        "revoked",
        "Signatures withdrawn",
        "Pages that are down, and texts on their way, whose signature was withdrawn.",
        _revoked,
        _revocation,
    ),
    Queue(
        "second",
        "Waiting for a second person",
        "Pages that one person proposes to withdraw.",
        lambda scope: _proposed(Withdrawal, scope),
        _proposal,
    ),
    Queue(
        "back",
        "To be brought back",
        "Withdrawn pages that one person proposes to bring back.",
        lambda scope: _proposed(Reinstatement, scope),
        _proposal,
    ),
    Queue("interests", "Interests to decide on", "Reviewers who wait before they may read.", _interests, _interest),
    Queue(
        "credentials",
        "Registrations to look at",
        "Checks that are over, or will be within 30 days. From then on their reviewer cannot sign.",
        _credentials,
        _credential,
    ),
    Queue(
        "record",
        "The record",
        "Guards of the database, and what verify_record found when it last ran.",
        problems_of_the_record,
        _problem,
    ),
)
QUEUES = {queue.slug: queue for queue in (*ON_THE_WAY, *SAFETY)}
