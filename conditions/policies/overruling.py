"""When a request for changes may be overruled, and when readers may read the dissent."""

from alsinfo.accounts.models import Role, User
from alsinfo.refusals import Refusal
from conditions.errors.drafting import ReasonMissing, WrongState
from conditions.errors.overruling import NoOtherSignature, NoteNotProposed, NoteProposed, NotYourDissent, OwnReview
from conditions.models import Overruling, RegionalEdition, ReviewAssignment
from conditions.policies.roles import objection_without
from conditions.vocabulary import AssignmentState, ReviewState


def objection_to_overrule(row: RegionalEdition, *, by: User, reason: str) -> Refusal | None:
    """A lead who neither reviewed nor wrote the text, while the signature of another reviewer stands."""
    if objection := objection_without(by, Role.LEAD):
        return objection
    dissent = dissent_of(row)
    if row.state != ReviewState.CHANGES_REQUESTED or dissent is None:
        return WrongState("No request for changes is open here.")
    reviewed = row.assignments.filter(state=AssignmentState.COMPLETED, reviewer__user=by)
    if reviewed.exists() or row.edition.contributions.filter(user=by).exists():
        return OwnReview()
    if not row.standing_sign_offs().exclude(reviewer=dissent.reviewer_id).exists():
        return NoOtherSignature()
    return None if reason.strip() else ReasonMissing()


def dissent_of(row: RegionalEdition) -> ReviewAssignment | None:
    """The request for changes that sent the row's text back last, or None."""
    return row.assignments.filter(asked_for_changes=True).select_related("reviewer__user").order_by("-pk").first()


def objection_to_propose_note(overruling: Overruling, *, by: User) -> Refusal | None:
    """A lead or publisher other than the author of the dissent, once."""
    if objection := objection_without(by, Role.LEAD, Role.PUBLISHER):
        return objection
    if overruling.assignment.reviewer.user_id == by.pk:
        return NotYourDissent()
    return NoteProposed() if overruling.note_proposed_by_id else None


def objection_to_agree(overruling: Overruling, *, by: User) -> Refusal | None:
    """The author of the dissent, after it was proposed, once."""
    if overruling.assignment.reviewer.user_id != by.pk:
        return NotYourDissent()
    if overruling.note_proposed_by_id is None:
        return NoteNotProposed()
    return NoteProposed() if hasattr(overruling, "note") else None
