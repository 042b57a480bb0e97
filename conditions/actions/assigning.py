"""Ask reviewers, and take their answers up to the signature."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from alsinfo.tokens import hash_of
from conditions import notices
from conditions.errors.assigning import NothingLive
from conditions.models import (
    Declaration,
    InvitationLink,
    RegionalArticle,
    RegionalEdition,
    ReviewAssignment,
    Reviewer,
    Revision,
)
from conditions.policies import assigning as policies
from conditions.vocabulary import OPEN_ASSIGNMENTS, AssignmentState, ReviewState

DAYS_TO_RESPOND = 7
DAYS_TO_REVIEW = 21
DAYS_OF_A_LINK = 30
LAPSED = "No registration of the reviewer is valid for this region any more."
WHAT_HAPPENED: dict[str, str] = {
    AssignmentState.DECLINED: "declined",
    AssignmentState.RECUSED: "stood aside",
    AssignmentState.CANCELLED: "is no longer asked",
    AssignmentState.EXPIRED: "did not answer in time",
}


@action
def invite(row: RegionalEdition, reviewer: Reviewer, *, by: User, due_on: date | None = None) -> ReviewAssignment:
    """Ask a reviewer for a text in review; a cleared text is in review again."""
    page = lock(page_of(row))
    row.refresh_from_db()
    now = clock_now()
    insist(policies.objection_to_invite(row, reviewer, by=by, today=page.day(now)))
    before = row.state
    if row.state == ReviewState.CLEARED:
        swap(row, state=ReviewState.IN_REVIEW)
    assignment = ask(page, row, reviewer, by=by, now=now, due_on=due_on)
    record("invite", assignment, by=by, before=before, after=row.state)
    return assignment


@action
def invite_to_reconfirm(
    page: RegionalArticle, reviewer: Reviewer, *, by: User, due_on: date | None = None
) -> ReviewAssignment:
    """Ask a reviewer to sign the live text again, whole."""
    page = lock(page)
    now = clock_now()
    insist(policies.objection_to_reconfirmation(page, reviewer, by=by, today=page.day(now)))
    assignment = ask(page, None, reviewer, by=by, now=now, due_on=due_on)
    record("invite_to_reconfirm", assignment, by=by)
    return assignment


@action
def accept(assignment: ReviewAssignment, *, by: User) -> ReviewAssignment:
    """The reviewer says that they have no competing interests; the text opens."""
    assignment = _locked(assignment)
    insist(policies.objection_to_accept(assignment, by=by))
    Declaration.objects.create(assignment=assignment, has_interest=False, declared_at=clock_now())
    swap(assignment, state=AssignmentState.ACCEPTED)
    record("accept", assignment, by=by, before=AssignmentState.INVITED, after=AssignmentState.ACCEPTED)
    return assignment


@action
def declare_interest(assignment: ReviewAssignment, *, by: User, statement: str) -> ReviewAssignment:
    """The reviewer states an interest; the text stays closed until a lead decides."""
    assignment = _locked(assignment)
    insist(policies.objection_to_declare(assignment, by=by, statement=statement))
    Declaration.objects.create(
        assignment=assignment, has_interest=True, statement=statement.strip(), declared_at=clock_now()
    )
    swap(assignment, state=AssignmentState.INTEREST_PENDING)
    notices.interest_declared(assignment)
    record("declare_interest", assignment, by=by, before="invited", after="interest_pending")
    return assignment


@action
def clear_interest(assignment: ReviewAssignment, *, by: User) -> ReviewAssignment:
    """A lead finds that the interest does not stand in the way; it is printed with the signature."""
    assignment = _locked(assignment)
    insist(policies.objection_to_clear_interest(assignment, by=by))
    Declaration.objects.filter(assignment=assignment).update(cleared_by=by, cleared_at=clock_now())
    swap(assignment, state=AssignmentState.ACCEPTED)
    record("clear_interest", assignment, by=by, before="interest_pending", after="accepted")
    return assignment


@action
def recuse(assignment: ReviewAssignment, *, by: User, reason: str) -> ReviewAssignment:
    """The interest stands in the way."""
    assignment = _locked(assignment)
    insist(policies.objection_to_recuse(assignment, by=by, reason=reason))
    return _leave(assignment, AssignmentState.RECUSED, by=by, reason=reason)


@action
def decline(assignment: ReviewAssignment, *, by: User, reason: str, suggestion: str = "") -> ReviewAssignment:
    """The reviewer will not do it, and may say whom to ask instead; only who invited is told."""
    assignment = _locked(assignment)
    insist(policies.objection_to_decline(assignment, by=by, reason=reason))
    return _leave(assignment, AssignmentState.DECLINED, by=by, reason=reason, suggestion=suggestion)


@action
def propose_due(assignment: ReviewAssignment, day: date, *, by: User) -> ReviewAssignment:
    """The reviewer needs longer: the review is due on `day`, reminders begin anew, and who invited is told."""
    assignment = _locked(assignment)
    today = assignment.regional_article.day(clock_now())
    insist(policies.objection_to_propose_due(assignment, day, by=by, today=today))
    before = assignment.due_on
    swap(assignment, due_on=day, first_due_on=before)
    notices.date_proposed(assignment)
    moved = f"due {day}, not {before}"
    record("propose_due", assignment, by=by, reason=moved, before=assignment.state, after=assignment.state)
    return assignment


@action
def cancel(assignment: ReviewAssignment, *, by: User, reason: str) -> ReviewAssignment:
    """A lead withdraws the request; link and text close at once."""
    assignment = _locked(assignment)
    insist(policies.objection_to_cancel(assignment, by=by, reason=reason))
    notices.cancelled(assignment, reason)
    return _leave(assignment, AssignmentState.CANCELLED, by=by, reason=reason)


@action
def replace(
    assignment: ReviewAssignment, reviewer: Reviewer, *, by: User, reason: str, due_on: date | None = None
) -> ReviewAssignment:
    """A lead asks somebody else instead; what the first reviewer wrote so far stays. The new assignment."""
    assignment = _locked(assignment)
    page, now = assignment.regional_article, clock_now()
    insist(policies.objection_to_replace(assignment, reviewer, by=by, reason=reason, today=page.day(now)))
    swap(assignment, state=AssignmentState.CANCELLED, reason=reason.strip())
    notices.cancelled(assignment, assignment.reason)
    if assignment.invited_by_id != by.pk:
        notices.replaced(assignment, reviewer)
    asked = ask(page, assignment.regional_edition, reviewer, by=by, now=now, due_on=due_on)
    record("replace", asked, by=by, reason=reason, before=str(assignment.reviewer), after=str(reviewer))
    return asked


@action
def expire(assignment: ReviewAssignment) -> ReviewAssignment | None:
    """Nobody answered an invitation for five days after its date: it ends, and who invited is told."""
    assignment = _locked(assignment)
    if not policies.has_expired(assignment, today=assignment.regional_article.day(clock_now())):
        return None
    return _leave(assignment, AssignmentState.EXPIRED, by=None, reason="The invitation was not answered in time.")


@action
def lapse(assignment: ReviewAssignment) -> ReviewAssignment | None:
    """The reviewer’s registration is no longer valid: an open review ends, and who invited is told."""
    assignment = _locked(assignment)
    if not policies.has_lapsed(assignment, today=assignment.regional_article.day(clock_now())):
        return None
    notices.cancelled(assignment, LAPSED)
    return _leave(assignment, AssignmentState.CANCELLED, by=None, reason=LAPSED)


def ask(
    page: RegionalArticle,
    row: RegionalEdition | None,
    reviewer: Reviewer,
    *,
    by: User,
    now: datetime,
    due_on: date | None = None,
) -> ReviewAssignment:
    """Write the assignment and its invitation; part of an action, audited by it."""
    revision = row.revision if row and row.revision else _live_revision(page)
    today = page.day(now)
    assignment = ReviewAssignment.objects.create(
        regional_article=page,
        regional_edition=row,
        revision=revision,
        reviewer=reviewer,
        invited_by=by,
        invited_at=now,
        respond_by=today + timedelta(days=DAYS_TO_RESPOND),
        due_on=due_on or today + timedelta(days=DAYS_TO_REVIEW),
    )
    notices.invited(assignment, _token(assignment, now))
    return assignment


def cut_short(assignments: Iterable[ReviewAssignment], why: str) -> None:
    """Cancel open assignments because the text was taken back; part of an action, audited by it."""
    for assignment in assignments:
        if assignment.state in OPEN_ASSIGNMENTS:
            swap(assignment, state=AssignmentState.CANCELLED, was_cut_short=True, reason=why)
            notices.cancelled(assignment, why)


def settle_if_nobody_is_left(row: RegionalEdition) -> None:
    """When the last open assignment has ended: cleared if a signature stands, else the editors are told."""
    if row.state != ReviewState.IN_REVIEW or row.assignments.filter(state__in=OPEN_ASSIGNMENTS).exists():
        return
    if row.standing_sign_offs().exists():
        swap(row, state=ReviewState.CLEARED)
        notices.cleared(row)
    else:
        notices.nobody_is_reviewing(row)


def page_of(row: RegionalEdition) -> RegionalArticle:
    """The regional article whose text a row is."""
    return row.edition.article.regional_articles.get(region=row.region)


def _leave(
    assignment: ReviewAssignment, state: str, *, by: User | None, reason: str, suggestion: str = ""
) -> ReviewAssignment:
    before = assignment.state
    swap(assignment, state=state, reason=reason.strip(), suggestion=suggestion.strip())
    if assignment.regional_edition is not None:
        settle_if_nobody_is_left(assignment.regional_edition)
    if by is None or assignment.invited_by_id != by.pk:
        notices.answered(assignment, WHAT_HAPPENED[state])
    record(f"assignment_{state}", assignment, by=by, reason=reason, before=before, after=state)
    return assignment


def _locked(assignment: ReviewAssignment) -> ReviewAssignment:
    lock(assignment.regional_article)
    return ReviewAssignment.objects.select_related(
        "regional_article__article", "regional_edition__edition", "reviewer__user", "declaration", "revision"
    ).get(pk=assignment.pk)


def _token(assignment: ReviewAssignment, now: datetime) -> str:
    """The secret part of a new link to the request; nothing but the mail holds it."""
    token = secrets.token_urlsafe()
    expires_at = now + timedelta(days=DAYS_OF_A_LINK)
    InvitationLink.objects.create(assignment=assignment, token_hash=hash_of(token), made_at=now, expires_at=expires_at)
    return token


def _live_revision(page: RegionalArticle) -> Revision:
    live = page.live_publication()
    if live is None:
        raise NothingLive
    return live.revision
