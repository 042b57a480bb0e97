"""When a reviewer may sign, ask for changes, or withdraw a signature."""

from dataclasses import dataclass
from datetime import date

from alsinfo.accounts.models import Role, User
from alsinfo.accounts.proving import Proof
from alsinfo.refusals import Refusal
from conditions.errors.drafting import ReasonMissing, WrongState
from conditions.errors.signing import (
    AlreadyRevoked,
    NoBase,
    NotCredentialed,
    NotDeclared,
    NotTheSigner,
    OwnWork,
    TextMoved,
)
from conditions.models import RegionalArticle, ReviewAssignment, Revocation, SignOff
from conditions.policies.assigning import objection_to_answer
from conditions.policies.commenting import objection_to_open_musts
from conditions.policies.roles import objection_without
from conditions.vocabulary import AssignmentState, PageState, ReviewState, Scope


@dataclass(frozen=True)
class Signing:
    """What a reviewer sends when signing: the digest they read, how much, and proof of who they are."""

    digest: str
    scope: str
    proof: Proof
    is_declaration_true: bool


def objection_to_read(assignment: ReviewAssignment, *, by: User) -> Refusal | None:
    """The full text opens once the assignment is accepted, and stays open to its signer."""
    states = (AssignmentState.ACCEPTED, AssignmentState.COMPLETED)
    return objection_to_answer(assignment, by=by, states=states)


def objection_to_sign_off(assignment: ReviewAssignment, signing: Signing, *, by: User, today: date) -> Refusal | None:
    """Every guard of a signature but the proof of who signs, in the order that helps the person most."""
    return (
        objection_to_answer(assignment, by=by, states=(AssignmentState.ACCEPTED,))
        or _objection_to_text(assignment, signing.digest)
        or _objection_to_person(assignment, by=by, today=today)
        or _objection_to_scope(assignment, signing.scope, today=today)
        or objection_to_open_musts(assignment.regional_article, by=by)
        or _objection_to_declaration(assignment, signing)
    )


def objection_to_request_changes(assignment: ReviewAssignment, *, by: User, note: str) -> Refusal | None:
    """The assigned reviewer says what should change; a live text is changed by an edition instead."""
    if objection := objection_to_answer(assignment, by=by, states=(AssignmentState.ACCEPTED,)):
        return objection
    row = assignment.regional_edition
    if row is None:
        return WrongState("A live text is changed in a new edition. Decline, and say what should change.")
    if row.state != ReviewState.IN_REVIEW or row.revision_id != assignment.revision_id:
        return TextMoved()
    return None if note.strip() else ReasonMissing("Say what should change: the editors read it.")


def objection_to_revoke(sign_off: SignOff, *, by: User, reason: str) -> Refusal | None:
    """The signer, or a lead, once, with a reason."""
    if sign_off.reviewer.user_id != by.pk and objection_without(by, Role.LEAD):
        return NotTheSigner()
    if Revocation.objects.filter(sign_off=sign_off).exists():
        return AlreadyRevoked()
    return None if reason.strip() else ReasonMissing()


def live_base(page: RegionalArticle, *, today: date) -> SignOff | None:
    """The in-date, unrevoked whole-page signature that a signature on changes may stand on."""
    live = page.live_publication()
    if live is None or page.state != PageState.LIVE:
        return None
    if page.next_review_due_on is None or page.next_review_due_on < today:
        return None
    for signature in live.signatures().select_related("stands_on", "revocation", "stands_on__revocation"):
        beneath = signature.stands_on or signature
        if not is_revoked(signature) and not is_revoked(beneath):
            return beneath
    return None


def is_revoked(sign_off: SignOff) -> bool:
    """Whether the signature was withdrawn."""
    return Revocation.objects.filter(sign_off=sign_off).exists()


def _objection_to_text(assignment: ReviewAssignment, digest: str) -> Refusal | None:
    row = assignment.regional_edition
    if digest != assignment.revision_id:
        return TextMoved()
    if row is not None:
        is_current = row.state == ReviewState.IN_REVIEW and row.revision_id == digest
        return None if is_current else TextMoved()
    live = assignment.regional_article.live_publication()
    return None if live is not None and live.revision_id == digest else TextMoved()


def _objection_to_person(assignment: ReviewAssignment, *, by: User, today: date) -> Refusal | None:
    if assignment.regional_article.article.contributions.filter(user=by).exists():
        return OwnWork()
    if not assignment.reviewer.is_active or assignment.reviewer.credential(assignment.region, today) is None:
        return NotCredentialed()
    return None


def _objection_to_scope(assignment: ReviewAssignment, scope: str, *, today: date) -> Refusal | None:
    if scope == Scope.WHOLE_PAGE:
        return None
    if scope != Scope.CHANGES_ONLY:
        return WrongState("Choose whether you sign the whole page or the changes only.")
    if assignment.regional_edition is None:
        return NoBase("Nothing changed here: confirm the whole page.")
    return None if live_base(assignment.regional_article, today=today) else NoBase()


def _objection_to_declaration(assignment: ReviewAssignment, signing: Signing) -> Refusal | None:
    declaration = getattr(assignment, "declaration", None)
    if declaration is None or not declaration.is_settled or not signing.is_declaration_true:
        return NotDeclared()
    return None
