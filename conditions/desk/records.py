"""A reviewer's record of every review they were asked for: on a page to print, and as a table for a file."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from statistics import median

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alsinfo.audit.models import AuditEvent
from alsinfo.cells import harmless
from alsinfo.concurrency import clock_now
from conditions.desk.access import reviewers_only
from conditions.models import ReviewAssignment, ReviewComment, Reviewer, SignOff
from conditions.vocabulary import AssignmentState, Scope
from organisations.regions import Region

ANSWERS = ("request_changes", "assignment_declined", "assignment_recused")
SIGNED = {Scope.WHOLE_PAGE: "Signed the whole page", Scope.CHANGES_ONLY: "Signed the changes only"}
CHANGES = "Asked for changes"
OUTCOMES = {
    AssignmentState.INVITED: "Not answered yet",
    AssignmentState.INTEREST_PENDING: "Interests wait for a lead",
    AssignmentState.ACCEPTED: "Being reviewed",
    AssignmentState.COMPLETED: CHANGES,
    AssignmentState.DECLINED: "Declined",
    AssignmentState.RECUSED: "Stepped back over interests",
    AssignmentState.CANCELLED: "Cancelled, not needed any more",
    AssignmentState.EXPIRED: "Not answered in time",
}
COLUMNS = (
    *("Year", "Page", "Region", "Asked", "Answered", "Days", "Outcome", "Signature withdrawn"),
    *("Remarks", "Registration at the time", "Digest of the text", "Receipt"),
)


@dataclass(frozen=True)
class Entry:
    """One review: days in the region, the outcome in words; what was not is None or empty."""

    assignment: ReviewAssignment
    page: str
    region: Region
    asked_on: date
    answered_on: date | None
    outcome: str
    remarks: int
    registration: str
    withdrawn_on: date | None

    @property
    def days(self) -> int | None:
        """From the request to the answer."""
        return (self.answered_on - self.asked_on).days if self.answered_on else None

    @property
    def year(self) -> int:
        """The year of the answer, or of the request while there is none."""
        return (self.answered_on or self.asked_on).year


@dataclass(frozen=True)
class Total:
    """How many reviews came to which outcome, most frequent first, and how long an answer took."""

    asked: int
    outcomes: tuple[tuple[str, int], ...]
    remarks: int
    median_days: float | None


@dataclass(frozen=True)
class Year:
    """The reviews of one year, newest first."""

    year: int
    entries: tuple[Entry, ...]
    total: Total


@require_safe
@reviewers_only
def record(request: HttpRequest, reviewer: Reviewer) -> HttpResponse:
    """A reviewer's record of all their reviews, by year, with totals; to print for an appraisal."""
    entries = entries_of(reviewer)
    registrations = list(reviewer.registrations.all())
    home = Region(registrations[0].region) if registrations else Region.GB
    context = {
        "reviewer": reviewer,
        "registrations": registrations,
        "years": years(entries),
        "total": total(entries),
        "home": home,
        "made_on": home.day(clock_now()),
    }
    return render(request, "desk/record.html", context)


@require_safe
@reviewers_only
def record_file(request: HttpRequest, reviewer: Reviewer) -> HttpResponse:
    """The same as CSV; no cell can be taken for a formula."""
    file = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="reviews-{reviewer.slug}.csv"'},
    )
    file.write("\ufeff")  # without it Excel reads another encoding
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    rows.writerows([harmless(cell) for cell in cells(entry)] for entry in entries_of(reviewer))
    return file


def entries_of(reviewer: Reviewer) -> list[Entry]:
    """Every review the person was asked for, the newest answer or request first."""
    found = list(asked_of(reviewer))
    answered = answers(found)
    remarks = Counter(ReviewComment.objects.filter(assignment__in=found).values_list("assignment_id", flat=True))
    entries = [entry(one, answered.get(str(one.pk)), remarks[one.pk]) for one in found]
    return sorted(entries, key=lambda one: (one.answered_on or one.asked_on, one.assignment.pk), reverse=True)


def asked_of(reviewer: Reviewer) -> QuerySet[ReviewAssignment]:
    """The person's reviews, with what the record says of each."""
    found = ReviewAssignment.objects.filter(reviewer=reviewer)
    return found.select_related("regional_article__article__condition", "sign_off__revocation")


def answers(assignments: Iterable[ReviewAssignment]) -> Mapping[str, datetime]:
    """When each review that was not signed was answered, as the audit has it."""
    keys = [str(assignment.pk) for assignment in assignments]
    events = AuditEvent.objects.filter(subject_type=ReviewAssignment._meta.label, subject_id__in=keys, verb__in=ANSWERS)
    return dict(events.values_list("subject_id", "at"))


def entry(assignment: ReviewAssignment, answered_at: datetime | None, remarks: int) -> Entry:
    """A line of the record."""
    page, signature = assignment.regional_article, getattr(assignment, "sign_off", None)
    revocation = getattr(signature, "revocation", None)
    answered_on = page.day(answered_at) if answered_at else None
    return Entry(
        assignment=assignment,
        page=str(page.article),
        region=assignment.region,
        asked_on=page.day(assignment.invited_at),
        answered_on=signature.signed_on if signature else answered_on,
        outcome=outcome(assignment, signature),
        remarks=remarks,
        registration=signature.registration if signature else "",
        withdrawn_on=page.day(revocation.revoked_at) if revocation else None,
    )


def outcome(assignment: ReviewAssignment, signature: SignOff | None) -> str:
    """What came of a review, in words."""
    return SIGNED[Scope(signature.scope)] if signature else OUTCOMES[AssignmentState(assignment.state)]


def years(entries: Iterable[Entry]) -> list[Year]:
    """The entries by year, newest first."""
    grouped = groupby(entries, lambda one: one.year)
    found = [(year, tuple(group)) for year, group in grouped]
    return [Year(year, group, total(group)) for year, group in found]


def total(entries: Iterable[Entry]) -> Total:
    """What the entries come to."""
    found = list(entries)
    days = [one.days for one in found if one.days is not None]
    return Total(
        asked=len(found),
        outcomes=tuple(Counter(one.outcome for one in found).most_common()),
        remarks=sum(one.remarks for one in found),
        median_days=median(days) if days else None,
    )


def cells(one: Entry) -> tuple[object, ...]:
    """A row of the file, in the order of COLUMNS; days in ISO form."""
    receipt = f"{settings.SITE_URL}/desk/reviews/{one.assignment.pk}/receipt/" if one.registration else ""
    return (
        *(one.year, one.page, one.region.label, one.asked_on, one.answered_on, one.days, one.outcome),
        *(one.withdrawn_on, one.remarks, one.registration, one.assignment.revision_id, receipt),
    )
