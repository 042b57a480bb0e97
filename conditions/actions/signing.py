"""Sign a text, or ask for changes."""

from datetime import datetime

from django.conf import settings

from alsinfo.accounts.models import User
from alsinfo.accounts.proving import objection_to_proof
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock, swap
from conditions import notices
from conditions.actions.assigning import settle_if_nobody_is_left
from conditions.actions.drafting import locked_pages
from conditions.actions.submitting import take_back
from conditions.content import seals
from conditions.errors.drafting import WrongState
from conditions.models import ReviewAssignment, SignOff
from conditions.policies import signing as policies
from conditions.policies.signing import Signing
from conditions.vocabulary import AssignmentState, ReviewState, Scope

MEANINGS = {
    Scope.WHOLE_PAGE: "I have read the whole page as its readers will see it, and I approve it as medically sound.",
    Scope.CHANGES_ONLY: "I have read the changes to the page as its readers will see them, and I approve them.",
}


@action
def sign_off(assignment: ReviewAssignment, signing: Signing, *, by: User) -> SignOff:
    """Sign the assigned text; when the last reviewer has signed, it is cleared for publication.

    For a re-confirmation use `publishing.reconfirm`, which signs and publishes in one step.
    """
    signature = sign_row(assignment, signing, by=by)
    prove(signing, by=by)
    return signature


@action
def request_changes(assignment: ReviewAssignment, *, by: User, note: str) -> ReviewAssignment:
    """Send the text back to the editors, saying what should change."""
    return ask_for_changes(assignment, by=by, note=note)


def sign_row(assignment: ReviewAssignment, signing: Signing, *, by: User) -> SignOff:
    """Sign the text in review with its audit event; part of an action that also calls `prove`."""
    signature = sign(assignment, signing, by=by)
    row = signature.regional_edition
    if row is None:
        raise WrongState("This review confirms the live text. It is signed and published in one step.")
    settle_if_nobody_is_left(row)
    record("sign_off", signature, by=by, reason=signing.scope, before=ReviewState.IN_REVIEW, after=row.state)
    return signature


def prove(signing: Signing, *, by: User) -> None:
    """Insist that the person proves who they are, once for all they sign in an action; refused, nothing is signed.

    It comes last, so that a code that counts once is not used up by a signature refused for another reason.
    """
    insist(objection_to_proof(by, signing.proof))


def ask_for_changes(assignment: ReviewAssignment, *, by: User, note: str) -> ReviewAssignment:
    """Send the text back with its audit event; part of an action."""
    locked_pages(assignment.regional_article.article)
    assignment = fresh(assignment)
    insist(policies.objection_to_request_changes(assignment, by=by, note=note))
    swap(
        assignment,
        state=AssignmentState.COMPLETED,
        answered_at=clock_now(),
        asked_for_changes=True,
        reason=note.strip(),
    )
    if (row := assignment.regional_edition) is not None:
        take_back(row, ReviewState.CHANGES_REQUESTED, why="Another reviewer asked for changes.")
    notices.answered(assignment, "asks for changes")
    record("request_changes", assignment, by=by, reason=note, before="in_review", after="changes_requested")
    return assignment


def sign(assignment: ReviewAssignment, signing: Signing, *, by: User) -> SignOff:
    """Check every guard but the proof and write the sealed signature; part of an action, audited by it."""
    lock(assignment.regional_article)
    assignment = fresh(assignment)
    now = clock_now()
    today = assignment.regional_article.day(now)
    insist(policies.objection_to_sign_off(assignment, signing, by=by, today=today))
    signature = _signature(assignment, signing, now)
    signature.seal = seals.make(settings.SEAL_KEYS, *signature.sealed_values())
    signature.save(force_insert=True)
    swap(assignment, state=AssignmentState.COMPLETED, answered_at=now)
    notices.signed(signature)
    return signature


def fresh(assignment: ReviewAssignment) -> ReviewAssignment:
    """The assignment as it is now, with what the rules look at."""
    return ReviewAssignment.objects.select_related(
        "regional_article__article", "regional_edition__edition__article", "reviewer__user", "declaration", "revision"
    ).get(pk=assignment.pk)


def _signature(assignment: ReviewAssignment, signing: Signing, now: datetime) -> SignOff:
    page, reviewer = assignment.regional_article, assignment.reviewer
    today = page.day(now)
    credential = reviewer.credential(assignment.region, today)
    is_partial = signing.scope == Scope.CHANGES_ONLY
    live = page.live_publication() if is_partial else None
    return SignOff(
        assignment=assignment,
        regional_article=page,
        regional_edition=assignment.regional_edition,
        revision=assignment.revision,
        reviewer=reviewer,
        credential_check=credential,
        printed_name=reviewer.printed_name,
        post_nominals=reviewer.post_nominals,
        role_title=reviewer.role_title,
        registration=str(credential.registration) if credential else "",
        signed_at=now,
        signed_on=today,
        meaning=MEANINGS[Scope(signing.scope)],
        interests=str(assignment.declaration),
        scope=signing.scope,
        base=live.revision if live else None,
        stands_on=policies.live_base(page, today=today) if is_partial else None,
    )
