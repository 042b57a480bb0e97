"""Send a text to review, take it back, drop it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import Conflict, clock_now, swap
from conditions import checks, notices
from conditions.actions.assigning import ask, cut_short
from conditions.actions.drafting import back_to_draft, close_if_ended, locked_pages
from conditions.actions.reading import close_readings
from conditions.content.canonical import SCHEMA, digest
from conditions.errors.drafting import Incomplete, NoReviewer, SavedMeanwhile, Scheduled
from conditions.models import Edition, RegionalArticle, RegionalEdition, ReviewAssignment, Reviewer, Revision
from conditions.models.desk import texts_of
from conditions.policies import drafting as policies
from conditions.policies.assigning import objection_to_competence
from conditions.policies.drafting import ENDED, last_row
from conditions.vocabulary import EditionState, PageState, ReviewState
from organisations.regions import Region

Reviewers = Mapping[Region, Sequence[Reviewer]]
STAYING = (ReviewState.IN_REVIEW, ReviewState.CLEARED, ReviewState.SCHEDULED, ReviewState.PUBLISH_FAILED)
RETURNING = (ReviewState.REOPENED, ReviewState.CHANGES_REQUESTED)


@dataclass(frozen=True)
class _Submission:
    """One region's part in a submission."""

    page: RegionalArticle
    edition: Edition
    last: RegionalEdition | None
    revision: Revision
    reviewers: Sequence[Reviewer] = ()
    due_on: date | None = None
    by: User = field(kw_only=True)
    now: datetime = field(kw_only=True)


@action
def submit(
    edition: Edition, *, by: User, opened_version: int, reviewers: Reviewers, due_on: date | None = None
) -> list[RegionalEdition]:
    """Freeze the text and send it to review, each region by itself; a region whose text is live stays as it is.

    `reviewers` are asked for each region that enters review anew. A region discarded in this edition stays out.
    Raises `Incomplete` with every blocking fault, `NoReviewer`, `Scheduled`, `SavedMeanwhile`.
    """
    insist(policies.objection_to_submit(edition, by=by))
    pages = locked_pages(edition.article)
    if blocking := [str(finding) for finding in checks.findings(edition) if finding.is_blocking]:
        raise Incomplete(" ".join(blocking))
    try:
        swap(edition, lock_version=opened_version, state=EditionState.FROZEN)
    except Conflict as conflict:
        raise SavedMeanwhile from conflict
    now = clock_now()
    rows = []
    for region, text in texts_of(edition).items():
        last = last_row(edition, region)
        if last is None or last.state != ReviewState.DISCARDED:
            revision = _kept(edition, region, text)
            chosen = reviewers.get(region, ())
            submission = _Submission(pages[region], edition, last, revision, chosen, due_on, by=by, now=now)
            rows.append(_enter(submission))
    close_if_ended(edition)
    outcome = ", ".join(f"{row.region} round {row.round} {row.state}" for row in rows)
    record("submit", edition, by=by, reason=outcome, before=EditionState.DRAFT, after=edition.state)
    return rows


@action
def reopen(row: RegionalEdition, *, by: User, reason: str) -> RegionalEdition:
    """Take a region's text back to the desk; the other region goes on with the text it was given."""
    locked_pages(row.edition.article)
    row = RegionalEdition.objects.select_related("edition__article").get(pk=row.pk)
    insist(policies.objection_to_reopen(row, by=by, reason=reason))
    before = row.state
    take_back(row, ReviewState.REOPENED, why=f"The text was reopened: {reason.strip()}")
    record("reopen", row, by=by, reason=reason, before=before, after=row.state)
    return row


@action
def discard(edition: Edition, region: Region, *, by: User, reason: str = "") -> RegionalEdition:
    """Drop a region's text from this edition; what is published or signed stays in the record."""
    locked_pages(edition.article)
    edition.refresh_from_db()
    insist(policies.objection_to_discard(edition, region, by=by, reason=reason))
    row = last_row(edition, region)
    before = row.state if row else ""
    if row is None or row.state in ENDED:
        row = _new_row(edition, region, row, None, ReviewState.DISCARDED, by=by, now=clock_now())
    else:
        cut_short(row.assignments.all(), "The text was discarded.")
        close_readings(row, "The text was discarded.")
        swap(row, state=ReviewState.DISCARDED)
    close_if_ended(edition)
    record("discard", row, by=by, reason=reason, before=before, after=ReviewState.DISCARDED)
    return row


def take_back(row: RegionalEdition, state: ReviewState, *, why: str) -> None:
    """Put an unpublished row into `state`, end its open reviews, and let the text be changed; part of an action."""
    cut_short(row.assignments.select_related("regional_article", "reviewer__user"), why)
    if state == ReviewState.REOPENED:
        close_readings(row, why)
    if row.state not in ENDED:
        swap(row, state=state)
    back_to_draft(row.edition)


def _kept(edition: Edition, region: Region, text: str) -> Revision:
    """The revision with this text; looked up first, since a revision is never written twice."""
    key = digest(text)
    found = Revision.objects.filter(pk=key).first()
    return found or Revision.objects.create(
        digest=key, article=edition.article, region=region, schema=SCHEMA, text=text
    )


def _enter(part: _Submission) -> RegionalEdition:
    """The first of the four ways that fits; see the machine of RegionalEdition."""
    live, last = part.page.live_publication(), part.last
    is_same = last is not None and last.revision_id == part.revision.pk
    if live is not None and live.revision_id == part.revision.pk and part.page.state == PageState.LIVE:
        return last if last is not None and is_same and last.state in ENDED else _replace(part, ReviewState.UNCHANGED)
    if last is not None and is_same and last.state in STAYING:
        return last
    if last is not None and is_same and last.state in RETURNING and not _is_spoilt(last):
        return _return_to_review(part, last)
    row = _replace(part, ReviewState.IN_REVIEW)
    _ask_all(part, row, part.reviewers)
    return row


def _replace(part: _Submission, state: ReviewState) -> RegionalEdition:
    """Begin another round; an unpublished text before it is replaced and its reviews cancelled."""
    last = part.last
    if last is not None and last.state == ReviewState.SCHEDULED:
        raise Scheduled
    if last is not None and last.state not in (*ENDED, ReviewState.REPLACED):
        cut_short(last.assignments.select_related("regional_article", "reviewer__user"), "The text was changed.")
        close_readings(last, "The text was changed.")
        swap(last, state=ReviewState.REPLACED)
    region = Region(part.page.region)
    return _new_row(part.edition, region, last, part.revision, state, by=part.by, now=part.now)


def _new_row(
    edition: Edition,
    region: Region,
    last: RegionalEdition | None,
    revision: Revision | None,
    state: ReviewState,
    *,
    by: User,
    now: datetime,
) -> RegionalEdition:
    return RegionalEdition.objects.create(
        edition=edition,
        region=region,
        round=last.round + 1 if last else 1,
        revision=revision,
        state=state,
        change_note=edition.change_note,
        correction=edition.correction,
        wrong_since=edition.wrong_since,
        submitted_by=by,
        submitted_at=now,
    )


def _return_to_review(part: _Submission, row: RegionalEdition) -> RegionalEdition:
    """The same text again: who was cut short or asked for changes is asked again."""
    swap(row, state=ReviewState.IN_REVIEW)
    again = _to_ask_again(part, row)
    if not again and not _was_interrupted(row) and row.standing_sign_offs().exists():
        swap(row, state=ReviewState.CLEARED)
        notices.cleared(row)
        return row
    _ask_all(part, row, again or part.reviewers)
    return row


def _was_interrupted(row: RegionalEdition) -> bool:
    """Whether a reviewer's last word on this round is still missing or was a request for changes."""
    return any(last.was_cut_short or last.asked_for_changes for last in _last_attempts(row))


def _last_attempts(row: RegionalEdition) -> list[ReviewAssignment]:
    attempts: dict[int, ReviewAssignment] = {}
    for assignment in row.assignments.order_by("pk").select_related("reviewer__user"):
        attempts[assignment.reviewer_id] = assignment
    return list(attempts.values())


def _is_spoilt(row: RegionalEdition) -> bool:
    """Whether a signature of this round was withdrawn: the round can never be published, so the text needs another."""
    return row.sign_offs.filter(revocation__isnull=False).exists()


def _to_ask_again(part: _Submission, row: RegionalEdition) -> list[Reviewer]:
    """Who was cut short or asked for changes, as far as they may still sign."""
    asked = [last.reviewer for last in _last_attempts(row) if last.was_cut_short or last.asked_for_changes]
    today = part.page.day(part.now)
    return [reviewer for reviewer in asked if objection_to_competence(reviewer, part.page, today=today) is None]


def _ask_all(part: _Submission, row: RegionalEdition, reviewers: Sequence[Reviewer]) -> None:
    if not reviewers:
        raise NoReviewer(f"Choose a reviewer for {Region(row.region).label}: its text changed.")
    for reviewer in dict.fromkeys(reviewers):
        insist(objection_to_competence(reviewer, part.page, today=part.page.day(part.now)))
        ask(part.page, row, reviewer, by=part.by, now=part.now, due_on=part.due_on)
