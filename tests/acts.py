"""Every action of the machines as one call: `ACTS[name](place, by)`, with arguments that nothing can be said against.

Each reads its rows afresh, so that a place can be used again after what was done there was undone.
"""

import inspect
from collections.abc import Callable
from datetime import timedelta
from types import ModuleType

from django.db.models import Model

from alsinfo.accounts.models import User
from conditions.actions import (
    assigning,
    deferring,
    drafting,
    overruling,
    publishing,
    reading,
    retiring,
    scheduling,
    signing,
    submitting,
    withdrawing,
)
from conditions.actions.drafting import Change
from conditions.models import (
    Deferral,
    Edition,
    Lift,
    Overruling,
    Publication,
    Reading,
    ReadingDraft,
    Redirection,
    RegionalArticle,
    RegionalEdition,
    Reinstatement,
    ReviewAssignment,
    Revocation,
    SignOff,
    Suspension,
    Withdrawal,
)
from conditions.policies.commenting import Remark
from tests import world as w
from tests.place import WHY, Place, now
from tests.world import GB


def start(place: Place, by: User) -> Edition:
    return drafting.start(place.article, by=by)


def save(place: Place, by: User) -> Edition:
    edition = now(place.edition)
    change = Change(fields={"change_note": "A better note."})
    return drafting.save(edition, change, by=by, opened_version=edition.lock_version)


def submit(place: Place, by: User) -> list[RegionalEdition]:
    return list(w.submit(place.world, now(place.edition), by=by).values())


def reopen(place: Place, by: User) -> RegionalEdition:
    return submitting.reopen(now(place.row), by=by, reason=WHY)


def discard(place: Place, by: User) -> RegionalEdition:
    return submitting.discard(now(place.edition), GB, by=by, reason=WHY)


def invite(place: Place, by: User) -> ReviewAssignment:
    return assigning.invite(now(place.row), place.third, by=by)


def invite_to_reconfirm(place: Place, by: User) -> ReviewAssignment:
    return assigning.invite_to_reconfirm(place.page, place.third, by=by)


def accept(place: Place, by: User) -> ReviewAssignment:
    return assigning.accept(now(place.assignment), by=by)


def declare_interest(place: Place, by: User) -> ReviewAssignment:
    return assigning.declare_interest(now(place.assignment), by=by, statement="I advise a maker of feeding tubes.")


def clear_interest(place: Place, by: User) -> ReviewAssignment:
    return assigning.clear_interest(now(place.assignment), by=by)


def recuse(place: Place, by: User) -> ReviewAssignment:
    return assigning.recuse(now(place.assignment), by=by, reason=WHY)


def decline(place: Place, by: User) -> ReviewAssignment:
    return assigning.decline(now(place.assignment), by=by, reason=WHY)


def cancel(place: Place, by: User) -> ReviewAssignment:
    return assigning.cancel(now(place.assignment), by=by, reason=WHY)


def propose_due(place: Place, by: User) -> ReviewAssignment:
    assignment = now(place.assignment)
    return assigning.propose_due(assignment, assignment.due_on + timedelta(days=14), by=by)


def replace(place: Place, by: User) -> ReviewAssignment:
    return assigning.replace(now(place.assignment), place.third, by=by, reason=WHY)


def sign_off(place: Place, by: User) -> SignOff:
    assignment = now(place.assignment)
    return signing.sign_off(assignment, w.signing_of(assignment), by=by)


def request_changes(place: Place, by: User) -> ReviewAssignment:
    return signing.request_changes(now(place.assignment), by=by, note=WHY)


def overrule(place: Place, by: User) -> Overruling:
    return overruling.overrule(now(place.row), by=by, reason=WHY)


def publish(place: Place, by: User) -> Publication:
    return publishing.publish(now(place.row), by=by)


def schedule(place: Place, by: User) -> RegionalEdition:
    return scheduling.schedule(now(place.row), w.clock_now() + timedelta(days=1), by=by)


def unschedule(place: Place, by: User) -> RegionalEdition:
    return scheduling.unschedule(now(place.row), by=by)


def reconfirm(place: Place, by: User) -> Publication:
    assignment = now(place.assignment)
    return publishing.reconfirm(assignment, w.signing_of(assignment), by=by)


def revoke(place: Place, by: User) -> Revocation:
    return withdrawing.revoke(now(place.signature), by=by, reason=WHY)


def suspend(place: Place, by: User) -> Suspension:
    return withdrawing.suspend(place.page, by=by, reason=WHY)


def lift(place: Place, by: User) -> Lift:
    return withdrawing.lift(place.page, by=by, reason=WHY)


def propose_withdrawal(place: Place, by: User) -> Withdrawal:
    return retiring.propose_withdrawal(place.page, by=by, reason=WHY)


def withdraw(place: Place, by: User) -> Withdrawal:
    return retiring.withdraw(place.page, by=by)


def redirect(place: Place, by: User) -> Redirection:
    return retiring.redirect(place.page, now(place.elsewhere), by=by, reason=WHY)


def propose_reinstatement(place: Place, by: User) -> Reinstatement:
    return retiring.propose_reinstatement(place.page, by=by, reason=WHY)


def reinstate(place: Place, by: User) -> Reinstatement:
    return retiring.reinstate(place.page, by=by)


def drop_proposal(place: Place, by: User) -> RegionalArticle:
    return retiring.drop_proposal(place.page, by=by)


def defer(place: Place, by: User) -> Deferral:
    return deferring.defer(place.page, w.today() + timedelta(days=9), by=by, reason=WHY)


def invite_reader(place: Place, by: User) -> Reading:
    return reading.invite_reader(now(place.row), place.world.draft_reader, by=by)


def accept_reading(place: Place, by: User) -> Reading:
    return reading.accept_reading(now(place.reading), by=by)


def decline_reading(place: Place, by: User) -> Reading:
    return reading.decline_reading(now(place.reading), by=by)


def complete_reading(place: Place, by: User) -> Reading:
    remark = Remark("section:symptoms", (GB,), "question", "What grows weak?")
    return reading.complete_reading(now(place.reading), [remark], by=by)


def cancel_reading(place: Place, by: User) -> Reading:
    return reading.cancel_reading(now(place.reading), by=by, reason=WHY)


def save_reading(place: Place, by: User) -> ReadingDraft:
    return reading.save_reading(now(place.reading), {"say-1": "It is"}, by=by)


Act = Callable[[Place, User], Model | list[RegionalEdition]]

ACTS: dict[str, Act] = {
    act.__name__: act
    for act in (
        start,
        save,
        submit,
        reopen,
        discard,
        invite,
        invite_to_reconfirm,
        accept,
        declare_interest,
        clear_interest,
        recuse,
        decline,
        propose_due,
        cancel,
        replace,
        sign_off,
        request_changes,
        overrule,
        publish,
        schedule,
        unschedule,
        reconfirm,
        revoke,
        suspend,
        lift,
        propose_withdrawal,
        withdraw,
        redirect,
        propose_reinstatement,
        reinstate,
        drop_proposal,
        defer,
        invite_reader,
        accept_reading,
        decline_reading,
        complete_reading,
        cancel_reading,
        save_reading,
    )
}
NEEDS = {
    **dict.fromkeys(("save", "submit", "discard"), "edition"),
    **dict.fromkeys(("reopen", "invite", "overrule", "publish", "schedule", "unschedule", "invite_reader"), "row"),
    **dict.fromkeys(
        ("accept", "declare_interest", "clear_interest", "recuse", "decline", "propose_due", "cancel", "replace"),
        "assignment",
    ),
    **dict.fromkeys(("sign_off", "request_changes", "reconfirm"), "assignment"),
    **dict.fromkeys(
        ("accept_reading", "decline_reading", "complete_reading", "cancel_reading", "save_reading"),
        "reading",
    ),
    "revoke": "signature",
    "redirect": "elsewhere",
}


def is_possible(place: Place, act: str) -> bool:
    """Whether there is anything here that the action could be about."""
    return act not in NEEDS or getattr(place, NEEDS[act]) is not None


def actions_of(module: ModuleType) -> set[str]:
    """The names of the actions that a module defines."""
    found = inspect.getmembers(module, inspect.isfunction)
    return {name for name, each in found if each.__module__ == module.__name__ and hasattr(each, "__wrapped__")}
