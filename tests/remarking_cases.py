"""Remarking, answering and deciding, as rows of the table of actions."""

from typing import Any

from alsinfo.accounts.models import User
from alsinfo.accounts.proving import Proof
from conditions.actions import commenting, deciding
from conditions.actions.deciding import Answer, Decision, Verdict
from conditions.models import ReviewComment
from conditions.policies.commenting import Remark
from tests import ways
from tests import world as w
from tests.action_case import Case
from tests.acts import Place, now
from tests.world import GB


def remarked(place: Place) -> None:
    """The reviewer asked for changes with a remark that must be met."""
    to = now(place.assignment)
    remark = Remark("section:symptoms", (GB,), "must", "Weak is not the word.", "grow weak", "lose strength")
    decision = Decision((Verdict(to, "changes", to.revision_id),), remarks=(remark,))
    deciding.decide(decision, by=place.world.uk.user)


def take_suggestion(place: Place, by: User) -> Any:
    edition, comment = now(place.edition), ReviewComment.objects.get()
    commenting.take_suggestion(comment, edition, by=by, opened_version=edition.lock_version)
    return comment


def settle(place: Place, by: User) -> Any:
    return commenting.settle(ReviewComment.objects.get(), now(place.assignment).revision, by=by)


def decide(place: Place, by: User) -> Any:
    to = now(place.assignment)
    verdicts = (Verdict(to, "whole-page", to.revision_id),)
    deciding.decide(Decision(verdicts, is_declaration_true=True, proof=Proof(w.PASSWORD)), by=by)
    return to.sign_off


REMARKED = (*ways.IN_REVIEW, remarked)
REMARKING = (
    Case(
        "mark_done",
        "editor",
        REMARKED,
        "ReviewComment",
        "open",
        "done",
        act=lambda place, by: commenting.mark_done(ReviewComment.objects.get(), by=by, reply="See there."),
    ),
    Case(
        "answer",
        "editor",
        REMARKED,
        "ReviewComment",
        "open",
        "answered",
        "answer_remark",
        lambda place, by: commenting.answer(ReviewComment.objects.get(), by=by, reply="Patients say so."),
    ),
    Case("take_suggestion", "editor", REMARKED, "ReviewComment", "open", "done", act=take_suggestion),
    Case("settle", "assigned reviewer", REMARKED, "ReviewComment", "open", "resolved", "settle_remark", settle),
    Case(
        "take_up",
        "assigned reviewer",
        (*REMARKED, lambda place: settle(place, place.world.uk.user)),
        "ReviewComment",
        "resolved",
        "open",
        "take_up_remark",
        lambda place, by: commenting.take_up(ReviewComment.objects.get(), by=by, reply="It came back."),
    ),
    Case(
        "save_draft",
        "assigned reviewer",
        ways.IN_REVIEW,
        "ReviewAssignment",
        verb="save_review",
        act=lambda place, by: (
            commenting.save_draft(now(place.assignment), {"note": "To do."}, by=by) and now(place.assignment)
        ),
    ),
    Case("decide", "assigned reviewer", ways.IN_REVIEW, "SignOff", "in_review", "cleared", "sign_off", decide),
    Case(
        "respond",
        "assigned reviewer",
        ways.INVITED,
        "ReviewAssignment",
        "invited",
        "accepted",
        "accept",
        lambda place, by: deciding.respond([now(place.assignment)], Answer("accept"), by=by),
    ),
    Case(
        "stand_aside",
        "assigned reviewer",
        ways.PENDING,
        "ReviewAssignment",
        "interest_pending",
        "recused",
        "assignment_recused",
        lambda place, by: deciding.stand_aside([now(place.assignment)], "Too close.", by=by),
    ),
)
