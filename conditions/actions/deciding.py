"""Answer a request or decide on a text for one region or both, all at once or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from alsinfo.accounts.models import User
from alsinfo.accounts.proving import Proof
from alsinfo.acting import action
from alsinfo.concurrency import clock_now
from conditions.actions.assigning import accept, declare_interest, decline, recuse
from conditions.actions.commenting import drop_draft, settle_in, take_up_again, write_remarks
from conditions.actions.drafting import locked_pages
from conditions.actions.publishing import confirm
from conditions.actions.signing import ask_for_changes, prove, sign_row
from conditions.models import ReviewAssignment, ReviewComment
from conditions.policies.commenting import Remark, place_of, unsettled
from conditions.policies.signing import Signing
from conditions.vocabulary import Scope
from organisations.regions import Region

LONGEST_REASON = 2_000
ACCEPT, DECLARE, DECLINE, CHANGES = "accept", "declare", "decline", "changes"


@dataclass(frozen=True)
class Answer:
    """What a reviewer says to a request: accept, declare an interest (its statement) or decline (why, who instead)."""

    answer: str
    statement: str = ""
    reason: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class Verdict:
    """What is decided on one region's text: a Scope, `changes` or `decline`; `digest` is of the text that was read."""

    assignment: ReviewAssignment
    decision: str
    digest: str


@dataclass(frozen=True)
class Decision:
    """One POST of a reviewer: a verdict for each region, remarks, what became of earlier ones, proof of who they are.

    `settled` and the keys of `replies` are ids of the reviewer's own remarks; those of others are passed over.
    """

    verdicts: Sequence[Verdict]
    remarks: Sequence[Remark] = ()
    settled: frozenset[int] = frozenset()
    replies: tuple[tuple[int, str], ...] = ()
    note: str = ""
    is_declaration_true: bool = False
    proof: Proof = field(default_factory=Proof)


@action
def respond(assignments: Sequence[ReviewAssignment], said: Answer, *, by: User) -> None:
    """Answer a request for one region or both alike."""
    for assignment in assignments:
        if said.answer == ACCEPT:
            accept(assignment, by=by)
        elif said.answer == DECLARE:
            declare_interest(assignment, by=by, statement=said.statement)
        else:
            decline(assignment, by=by, reason=said.reason, suggestion=said.suggestion)


@action
def stand_aside(assignments: Sequence[ReviewAssignment], reason: str, *, by: User) -> None:
    """Step back from one region's text or both, while a declared interest waits for a decision."""
    for assignment in assignments:
        recuse(assignment, by=by, reason=reason)


@action
def decide(decision: Decision, *, by: User) -> None:
    """Sign, ask for changes or hand back, region by region; whatever is refused undoes all of it.

    Each region's verdict is an audit event of its own. Raises as the single actions do.
    """
    locked_pages(decision.verdicts[0].assignment.regional_article.article)
    _settle(decision, by=by)
    _remark(decision, by=by)
    for verdict in decision.verdicts:
        _carry_out(verdict, decision, by=by)
    if any(verdict.decision in Scope.values for verdict in decision.verdicts):
        prove(_signing(decision.verdicts[0], decision), by=by)
    drop_draft(decision.verdicts[0].assignment)


def _settle(decision: Decision, *, by: User) -> None:
    own: dict[int, tuple[ReviewComment, Verdict]] = {}
    for verdict in decision.verdicts:
        for comment in unsettled(verdict.assignment.regional_article, by=by):
            own.setdefault(comment.pk, (comment, verdict))
    now = clock_now()
    for number, reply in decision.replies:
        if number in own and number not in decision.settled:
            take_up_again(own[number][0], reply, by=by, now=now)
    for number in decision.settled & own.keys():
        comment, verdict = own[number]
        settle_in(comment, verdict.assignment.revision, by=by)


def _remark(decision: Decision, *, by: User) -> None:
    of_region: dict[Region, ReviewAssignment] = {v.assignment.region: v.assignment for v in decision.verdicts}
    now = clock_now()
    for remark in decision.remarks:
        assignment = of_region[remark.regions[0]]
        write_remarks([remark], assignment.revision, assignment, by=by, now=now)


def _carry_out(verdict: Verdict, decision: Decision, *, by: User) -> None:
    assignment = verdict.assignment
    if verdict.decision == DECLINE:
        decline(assignment, by=by, reason=decision.note)
    elif verdict.decision == CHANGES:
        ask_for_changes(assignment, by=by, note=decision.note or _in_words(decision))
    elif assignment.regional_edition_id is None:
        confirm(assignment, _signing(verdict, decision), by=by)
    else:
        sign_row(assignment, _signing(verdict, decision), by=by)


def _signing(verdict: Verdict, decision: Decision) -> Signing:
    return Signing(
        digest=verdict.digest,
        scope=verdict.decision,
        proof=decision.proof,
        is_declaration_true=decision.is_declaration_true,
    )


def _in_words(decision: Decision) -> str:
    """What was said part by part, as the reason for asking for changes where no note gives one."""
    content = decision.verdicts[0].assignment.revision.content
    said = [f"{place_of(remark.part, content)}: {remark.normal.body}" for remark in decision.remarks]
    return "\n".join(said)[:LONGEST_REASON]
