"""What clinical leads decide within a day: pages that rest on a signature which no longer carries them.

Computed from facts each time: checks of registrations, revocations, publications. Nothing is marked as done;
a page leaves the list when it is taken down, or when a text is live that another signature carries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from alsinfo.accounts.models import Role
from alsinfo.admin.records import page_of
from alsinfo.admin.site import BackOffice, Page
from alsinfo.audit.models import AuditEvent
from alsinfo.concurrency import clock_now
from conditions.models import CredentialCheck, Publication, RegionalArticle, ReviewAssignment, SignOff, Suspension
from conditions.vocabulary import OPEN_ASSIGNMENTS, CheckResult, PageState

TIME_TO_DECIDE = timedelta(hours=24)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Cause:
    """Why a signature no longer carries its page, and since when."""

    since: datetime
    why: str


@dataclass(frozen=True)
class Decision:
    """A page that waits for a decision: why, since when, whose move it is. `hours_left` is below 0 when it is late."""

    page: RegionalArticle
    url: str
    cause: Cause
    hours_left: int
    move: str
    is_down: bool

    @property
    def hours_late(self) -> int:
        """By how many hours."""
        return -self.hours_left


def decisions(now: datetime) -> list[Decision]:
    """Every page that waits, the longest first; the number of queries does not grow with the pages."""
    signatures = list(_signatures_of_live_pages())
    struck_off = _struck_off({signature.reviewer_id for signature in signatures})
    causes: dict[RegionalArticle, Cause] = {}
    for signature in signatures:
        page, cause = signature.regional_article, _cause(signature, struck_off)
        if cause and (page not in causes or cause.since < causes[page].since):
            causes[page] = cause
    moves = _moves(causes)
    found = [_decision(page, cause, moves, now) for page, cause in causes.items()]
    return sorted(found, key=lambda each: each.cause.since)


def waiting() -> int:
    """How many pages wait."""
    return len(decisions(clock_now()))


def show(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """Pages whose signature no longer carries them, and what can be done."""
    return TemplateResponse(request, "admin/decisions.html", {**context, "decisions": decisions(clock_now())})


def _signatures_of_live_pages() -> Iterable[SignOff]:
    """The signatures live publications were made with, and the whole-page signatures beneath them."""
    live = Publication.objects.filter(ended_at__isnull=True)
    own = SignOff.objects.filter(Q(regional_edition__publication__in=live) | Q(assignment__publication__in=live))
    needed = SignOff.objects.filter(Q(pk__in=own.values("pk")) | Q(carries__in=own)).distinct()
    beside = ("reviewer", "revocation__revoked_by", "regional_article__article__condition")
    return needed.select_related(*beside).order_by("signed_at", "pk")


def _struck_off(reviewers: set[int]) -> dict[int, Cause]:
    """The reviewers whose register shows no licence any more, though it did; since the first check that said so."""
    checks = CredentialCheck.objects.filter(registration__reviewer__in=reviewers).order_by("pk")
    first: dict[int, CredentialCheck] = {}
    was_licensed: set[int] = set()
    for check in checks.select_related("registration"):
        if check.result == CheckResult.LICENSED:
            was_licensed.add(check.registration_id)
            first.pop(check.registration_id, None)
        elif check.registration_id in was_licensed:
            first.setdefault(check.registration_id, check)
    found: dict[int, Cause] = {}
    times = _recorded(first.values())
    for check in sorted(first.values(), key=lambda each: -each.pk):
        found[check.registration.reviewer_id] = Cause(times[check.pk], str(check))
    return found


def _recorded(checks: Iterable[CredentialCheck]) -> dict[int, datetime]:
    """When checks were recorded: the audit knows."""
    events = AuditEvent.objects.filter(
        verb="record_check",
        subject_type=CredentialCheck._meta.label,
        subject_id__in=[str(check.pk) for check in checks],
    )
    return {int(number): at for number, at in events.values_list("subject_id", "at")}


def _cause(signature: SignOff, struck_off: dict[int, Cause]) -> Cause | None:
    page = signature.regional_article
    if page.state == PageState.SUSPENDED and hasattr(signature, "revocation"):
        revocation = signature.revocation
        why = f"{revocation.revoked_by} withdrew the signature of {signature.printed_name}: {revocation.reason}"
        return Cause(revocation.revoked_at, why)
    found = struck_off.get(signature.reviewer_id)
    if page.state != PageState.LIVE or found is None or signature.signed_at > found.since:
        return None
    return Cause(found.since, f"{signature.printed_name} signed it and is no longer licensed. {found.why}")


def _moves(pages: Iterable[RegionalArticle]) -> dict[int, str]:
    """Whose move it is, by the page's number: who is asked to sign, else who may act."""
    moves = {}
    for down in Suspension.objects.filter(regional_article__in=pages, lift=None).select_related("suspended_by"):
        but = f" other than {down.suspended_by}" if down.suspended_by else ""
        moves[down.regional_article_id] = f"a publisher or clinical lead{but}, once somebody has signed anew"
    asked = ReviewAssignment.objects.filter(regional_article__in=pages, state__in=OPEN_ASSIGNMENTS)
    for review in asked.select_related("reviewer").order_by("-pk"):
        moves[review.regional_article_id] = f"{review.reviewer}, asked to sign by {review.due_on:%-d %B %Y}"
    return moves


def _decision(page: RegionalArticle, cause: Cause, moves: dict[int, str], now: datetime) -> Decision:
    return Decision(
        page=page,
        url=page_of(page.article),
        cause=cause,
        hours_left=(cause.since + TIME_TO_DECIDE - now) // HOUR,
        move=moves.get(page.pk, "a clinical lead"),
        is_down=page.state == PageState.SUSPENDED,
    )


cast(BackOffice, admin.site).add_page(
    Page(
        address="within-24-hours/",
        name="decisions",
        title="Decide within 24 hours",
        readers=(Role.LEAD, Role.PUBLISHER),
        waiting=waiting,
        view=show,
    )
)
