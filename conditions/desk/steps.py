"""The steps a reviewer can take: which form belongs to which state, and what sending it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from alsinfo.accounts.models import User
from alsinfo.accounts.proving import factors_of
from conditions.actions import deciding
from conditions.actions.deciding import ACCEPT, CHANGES, DECLARE, DECLINE, Answer
from conditions.actions.signing import MEANINGS
from conditions.desk.decision import DecisionForm, Question
from conditions.desk.forms import AnswerForm, RecusalForm, StepForm
from conditions.desk.groups import Group
from conditions.desk.texts import ReviewText
from conditions.models import ReviewAssignment
from conditions.policies.commenting import unsettled
from conditions.policies.signing import live_base
from conditions.vocabulary import AssignmentState, Scope

WHOLE_PAGE_HELP = "Signing the whole page moves its review dates."
NO_BASE_HELP = (
    "Signing the whole page moves its review dates. The changes cannot be signed alone: "
    "readers have no text that rests on a whole-page signature in date."
)
WHOLE = (Scope.WHOLE_PAGE.value, f"Sign the whole page and set a new review date: “{MEANINGS[Scope.WHOLE_PAGE]}”")
PARTIAL = (Scope.CHANGES_ONLY.value, f"Sign these changes only: “{MEANINGS[Scope.CHANGES_ONLY]}”")
ASK = (CHANGES, "Ask for changes. Nothing is signed; the text goes back to the editors.")
HAND_BACK = (DECLINE, "I am not the right reviewer. Nothing is signed; the editors ask somebody else.")


@dataclass(frozen=True)
class Step:
    """A form, the state it answers, its template, and the action; `act` gives the sentence shown afterwards."""

    state: AssignmentState
    template: str
    form: Callable[..., StepForm]
    act: Callable[[Group, Any, User], str]


def step_of(group: Group) -> Step | None:
    """What the reviewer can do now, or None when the review has ended."""
    return next((step for step in STEPS.values() if step.state == group.state), None)


def posted_step(data: QueryDict, group: Group) -> Step | None:
    """The step whose form was sent, even if the review has moved on since."""
    return STEPS.get(data.get("step", "")) or step_of(group)


def is_answerable(assignment: ReviewAssignment) -> bool:
    """Whether the text is still the one to sign; a live text may have been replaced since it was asked about."""
    if assignment.regional_edition_id is not None:
        return True
    live = assignment.regional_article.live_publication()
    return live is not None and live.revision_id == assignment.revision_id


def question(assignment: ReviewAssignment, now: datetime) -> Question:
    """What can be decided on a text, the likeliest first, and a sentence on what it means."""
    page = assignment.regional_article
    if not is_answerable(assignment):
        return Question(assignment.region, [HAND_BACK], "This text cannot be signed any more.")
    if assignment.regional_edition_id is None:
        return Question(assignment.region, [WHOLE, HAND_BACK], WHOLE_PAGE_HELP)
    beneath = live_base(page, today=page.day(now))
    if beneath is None:
        return Question(assignment.region, [WHOLE, ASK, HAND_BACK], NO_BASE_HELP)
    explanation = (
        f"Signing the changes leaves the review dates as they are and rests on the signature of the whole page by "
        f"{beneath.printed_name}, {beneath.signed_on:%-d %B %Y}. {WHOLE_PAGE_HELP}"
    )
    return Question(assignment.region, [PARTIAL, WHOLE, ASK, HAND_BACK], explanation)


def _plain_form(kind: type[StepForm]) -> Callable[..., StepForm]:
    def make(group: Group, now: datetime, text: ReviewText | None, **kwargs: Any) -> StepForm:
        return kind(**kwargs)

    return make


def _decision_form(group: Group, now: datetime, text: ReviewText | None, **kwargs: Any) -> StepForm:
    by = group.first.reviewer.user
    comments = {
        comment.pk: comment
        for assignment in group.assignments
        for comment in unsettled(assignment.regional_article, by=by)
    }
    statements = dict.fromkeys(str(getattr(assignment, "declaration", "")) for assignment in group.assignments)
    return DecisionForm(
        of=group,
        parts=text.parts if text else [],
        questions=[question(assignment, now) for assignment in group.assignments],
        comments=list(comments.values()),
        declared="; ".join(statements),
        factors=factors_of(by),
        **kwargs,
    )


def _answer(group: Group, form: StepForm, by: User) -> str:
    data = form.cleaned_data
    answer = Answer(data["answer"], data["statement"], data["reason"], data["suggestion"])
    deciding.respond(group.assignments, answer, by=by)
    if data["answer"] == ACCEPT:
        return "You accepted. Here is the text."
    if data["answer"] == DECLARE:
        return "Your interests were noted. A clinical lead decides before the text opens."
    return f"You declined the review of {group.article}. The editors were told."


def _recuse(group: Group, form: StepForm, by: User) -> str:
    deciding.stand_aside(group.assignments, form.cleaned_data["reason"], by=by)
    return f"You stepped back from the review of {group.article}. The editors were told."


def _decide(group: Group, form: DecisionForm, by: User) -> str:
    decision = form.decision()
    deciding.decide(decision, by=by)
    chosen = {verdict.decision for verdict in decision.verdicts}
    if chosen & set(Scope.values):
        return "Signed. Thank you." if chosen <= set(Scope.values) else "Signed where you signed; the rest was sent."
    if CHANGES in chosen:
        return f"You asked for changes to {group.article}. The editors have your comments."
    return f"You handed back the review of {group.article}. The editors were told."


STEPS = {
    "answer": Step(AssignmentState.INVITED, "desk/invited.html", _plain_form(AnswerForm), _answer),
    "recusal": Step(AssignmentState.INTEREST_PENDING, "desk/pending.html", _plain_form(RecusalForm), _recuse),
    "decision": Step(AssignmentState.ACCEPTED, "desk/accepted.html", _decision_form, _decide),
}
