"""The steps a reviewer can take: which form belongs to which state, and what sending it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from alsinfo.accounts.models import User
from alsinfo.accounts.proving import has_second_factor
from conditions.actions import assigning, publishing, signing
from conditions.actions.signing import MEANINGS
from conditions.desk.forms import (
    ACCEPT,
    CHANGES,
    DECLARE,
    DECLINE,
    AnswerForm,
    Choices,
    DecisionForm,
    RecusalForm,
    StepForm,
)
from conditions.models import ReviewAssignment
from conditions.policies.signing import Signing, live_base
from conditions.vocabulary import AssignmentState, Scope

Data = dict[str, Any]
WHOLE_PAGE_HELP = "Signing the whole page moves its review dates."
CHANGES_ONLY_HELP = (
    "Signing the whole page moves its review dates. Signing the changes only leaves the dates as they are, "
    "and rests on the signature beneath the text that readers see now."
)
NO_BASE_HELP = (
    "Signing the whole page moves its review dates. The changes cannot be signed alone: "
    "readers have no text that rests on a whole-page signature in date."
)


@dataclass(frozen=True)
class Step:
    """A form, the state it answers, its template, and the action; `act` gives the sentence shown afterwards."""

    state: AssignmentState
    template: str
    form: Callable[..., StepForm]
    act: Callable[[ReviewAssignment, Data, User], str]


def step_of(assignment: ReviewAssignment) -> Step | None:
    """What the reviewer can do now, or None when the review has ended."""
    return next((step for step in STEPS.values() if step.state == assignment.state), None)


def posted_step(data: QueryDict, assignment: ReviewAssignment) -> Step | None:
    """The step whose form was sent, even if the review has moved on since."""
    return STEPS.get(data.get("step", "")) or step_of(assignment)


def is_answerable(assignment: ReviewAssignment) -> bool:
    """Whether the text is still the one to sign; a live text may have been replaced since it was asked about."""
    if assignment.regional_edition_id is not None:
        return True
    live = assignment.regional_article.live_publication()
    return live is not None and live.revision_id == assignment.revision_id


def decisions(assignment: ReviewAssignment, today: date) -> tuple[Choices, str]:
    """What can be decided, and a sentence on what it means."""
    whole = (Scope.WHOLE_PAGE.value, f"Sign the whole page: “{MEANINGS[Scope.WHOLE_PAGE]}”")
    partial = (Scope.CHANGES_ONLY.value, f"Sign the changes only: “{MEANINGS[Scope.CHANGES_ONLY]}”")
    changes = (CHANGES, "Ask for changes. Nothing is signed; the text goes back to the editors.")
    decline = (DECLINE, "I am not the right reviewer. Nothing is signed; the editors ask somebody else.")
    if not is_answerable(assignment):
        return [decline], "This text cannot be signed any more."
    if assignment.regional_edition_id is None:
        return [whole, decline], WHOLE_PAGE_HELP
    if live_base(assignment.regional_article, today=today) is None:
        return [whole, changes, decline], NO_BASE_HELP
    return [whole, partial, changes, decline], CHANGES_ONLY_HELP


def _plain_form(kind: type[StepForm]) -> Callable[..., StepForm]:
    def make(assignment: ReviewAssignment, today: date, **kwargs: Any) -> StepForm:
        return kind(**kwargs)

    return make


def _decision_form(assignment: ReviewAssignment, today: date, **kwargs: Any) -> StepForm:
    choices, explanation = decisions(assignment, today)
    declared = str(getattr(assignment, "declaration", ""))
    return DecisionForm(
        digest=assignment.revision_id,
        choices=choices,
        explanation=explanation,
        declared=declared,
        has_app=has_second_factor(assignment.reviewer.user),
        **kwargs,
    )


def _answer(assignment: ReviewAssignment, data: Data, by: User) -> str:
    if data["answer"] == ACCEPT:
        assigning.accept(assignment, by=by)
        return "You accepted. Here is the text."
    if data["answer"] == DECLARE:
        assigning.declare_interest(assignment, by=by, statement=data["statement"])
        return "Your interests were noted. A clinical lead decides before the text opens."
    assigning.decline(assignment, by=by, reason=data["reason"])
    return f"You declined the review of {assignment.regional_article}. The editors were told."


def _recuse(assignment: ReviewAssignment, data: Data, by: User) -> str:
    assigning.recuse(assignment, by=by, reason=data["reason"])
    return f"You stepped back from the review of {assignment.regional_article}. The editors were told."


def _decide(assignment: ReviewAssignment, data: Data, by: User) -> str:
    if data["decision"] == CHANGES:
        signing.request_changes(assignment, by=by, note=data["note"])
        return f"You asked for changes to {assignment.regional_article}. The editors have your note."
    if data["decision"] == DECLINE:
        assigning.decline(assignment, by=by, reason=data["note"])
        return f"You handed back the review of {assignment.regional_article}. The editors were told."
    act = publishing.reconfirm if assignment.regional_edition_id is None else signing.sign_off
    act(
        assignment,
        Signing(
            digest=str(data["digest"]),
            scope=data["decision"],
            password=data["password"],
            is_declaration_true=data["is_declaration_true"],
            code=data["code"],
        ),
        by=by,
    )
    return "Signed. Thank you."


STEPS = {
    "answer": Step(AssignmentState.INVITED, "desk/invited.html", _plain_form(AnswerForm), _answer),
    "recusal": Step(AssignmentState.INTEREST_PENDING, "desk/pending.html", _plain_form(RecusalForm), _recuse),
    "decision": Step(AssignmentState.ACCEPTED, "desk/accepted.html", _decision_form, _decide),
}
