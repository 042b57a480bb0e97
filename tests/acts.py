"""Every action of the machines as one call: `ACTS[name](place, by)`, with arguments that nothing can be said against.

Each reads its rows afresh, so that a place can be used again after what was done there was undone.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import ModuleType
from typing import TypeVar

from django.db.models import Model

from alsinfo.accounts.models import User
from conditions.actions import (
    assigning,
    drafting,
    overruling,
    publishing,
    reading,
    scheduling,
    signing,
    submitting,
    withdrawing,
)
from conditions.actions.drafting import Change
from conditions.models import (
    Article,
    Edition,
    Lift,
    Overruling,
    Publication,
    Reading,
    ReadingDraft,
    RegionalArticle,
    RegionalEdition,
    ReviewAssignment,
    Reviewer,
    Revocation,
    SignOff,
    Suspension,
)
from conditions.policies.commenting import Remark
from tests import world as w
from tests.world import GB, World

Row = TypeVar("Row", bound=Model)
WHY = "For a reason that is kept."


@dataclass
class Place:
    """Where the record stands: what the next action is about, all in the UK."""

    world: World
    third: Reviewer
    article: Article
    edition: Edition | None = None
    row: RegionalEdition | None = None
    assignment: ReviewAssignment | None = None
    signature: SignOff | None = None
    reading: Reading | None = None

    @property
    def page(self) -> RegionalArticle:
        """The article's UK page as it is now."""
        return w.page(self.article, GB)

    def person(self, role: str) -> User:
        """Who stands for a role of `tests.machines.ROLES`."""
        people = {"assigned reviewer": self.world.uk.user, "other reviewer": self.world.other_uk.user}
        person: User = people.get(role) or getattr(self.world, role.replace(" ", "_"))
        return person


def now(row: Row | None) -> Row:
    """The row as it is now."""
    assert row is not None
    return type(row)._base_manager.get(pk=row.pk)


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
}


def is_possible(place: Place, act: str) -> bool:
    """Whether there is anything here that the action could be about."""
    return act not in NEEDS or getattr(place, NEEDS[act]) is not None


def actions_of(module: ModuleType) -> set[str]:
    """The names of the actions that a module defines."""
    found = inspect.getmembers(module, inspect.isfunction)
    return {name for name, each in found if each.__module__ == module.__name__ and hasattr(each, "__wrapped__")}
