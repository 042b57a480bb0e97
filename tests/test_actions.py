"""What every action owes: one audit event that says what happened, and nothing at all when it cannot be written."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, User
from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from alsinfo.refusals import Refusal
from conditions.actions import (
    assigning,
    cataloguing,
    drafting,
    pages,
    publishing,
    signing,
    submitting,
    withdrawing,
)
from conditions.models import Condition
from conditions.vocabulary import CheckResult, Register
from organisations import actions as organising
from organisations.models import Entry, Organisation
from tests import situations as s
from tests import ways
from tests import world as w
from tests.acts import ACTS, WHY, Place, actions_of, now
from tests.fingerprints import fingerprint
from tests.situations import Step, reach

pytestmark = pytest.mark.django_db

MODULES = (assigning, cataloguing, drafting, pages, publishing, signing, submitting, withdrawing, organising)
SYSTEM = "the system"
WORK = {"title": "A new work", "type": "book"}


@dataclass(frozen=True)
class Case:
    """An action, who does it after which steps, and what its audit event says."""

    action: str
    by: str
    steps: tuple[Step, ...]
    subject: str
    before: str = ""
    after: str = ""
    verb: str = ""
    act: Callable[[Place, User], Any] | None = None

    def __str__(self) -> str:
        return self.action

    def perform(self, place: Place, by: str) -> Any:
        """Do it as a person."""
        act = self.act or ACTS[self.action]
        return act(place, place.person("superuser" if by == SYSTEM else by))


def propose_condition(place: Place) -> None:
    cataloguing.add_condition("pls", "PLS", by=place.world.editor)


def propose_organisation(place: Place) -> None:
    organising.propose(Organisation(slug="new", name="New", kind="support"), by=place.world.editor)


def add_reviewer(place: Place, by: User) -> Any:
    fields = {"slug": "editor", "printed_name": "Dr Ed Itor", "role_title": "Neurologist"}
    return cataloguing.add_reviewer(place.world.editor, by=by, fields=fields)


def record_check(place: Place, by: User) -> Any:
    registration = place.world.uk.registrations.get()
    days = {"checked_on": w.today(), "valid_until": w.today()}
    return cataloguing.record_check(registration, by=by, result=CheckResult.LICENSED, **days)


def expire(place: Place, by: User) -> Any:
    return assigning.expire(now(place.assignment))


def rebuild(place: Place, by: User) -> Any:
    live = place.page.live_publication()
    assert live
    pages.rebuild(live)
    return live


UNANSWERED = (*ways.INVITED, s.unanswered)
ON_THE_WAY = (
    Case("start", "editor", (s.live,), "Edition", after="draft"),
    Case("save", "editor", (s.drafted,), "Edition"),
    Case("submit", "editor", (s.drafted,), "Edition", "draft", "frozen"),
    Case("reopen", "publisher", ways.CLEARED, "RegionalEdition", "cleared", "reopened"),
    Case("discard", "editor", ways.IN_REVIEW, "RegionalEdition", "in_review", "discarded"),
    Case("invite", "lead", ways.CLEARED, "ReviewAssignment", "cleared", "in_review"),
    Case("invite_to_reconfirm", "editor", (s.live,), "ReviewAssignment"),
    Case("accept", "assigned reviewer", ways.INVITED, "ReviewAssignment", "invited", "accepted"),
    Case("declare_interest", "assigned reviewer", ways.INVITED, "ReviewAssignment", "invited", "interest_pending"),
    Case("clear_interest", "lead", ways.PENDING, "ReviewAssignment", "interest_pending", "accepted"),
    Case("recuse", "lead", ways.PENDING, "ReviewAssignment", "interest_pending", "recused", "assignment_recused"),
    Case(
        "decline", "assigned reviewer", ways.INVITED, "ReviewAssignment", "invited", "declined", "assignment_declined"
    ),
    Case("cancel", "lead", ways.IN_REVIEW, "ReviewAssignment", "accepted", "cancelled", "assignment_cancelled"),
    Case("expire", SYSTEM, UNANSWERED, "ReviewAssignment", "invited", "expired", "assignment_expired", expire),
    Case("sign_off", "assigned reviewer", ways.IN_REVIEW, "SignOff", "in_review", "cleared"),
    Case("request_changes", "assigned reviewer", ways.IN_REVIEW, "ReviewAssignment", "in_review", "changes_requested"),
    Case("publish", "publisher", ways.CLEARED, "Publication", "cleared", "published"),
    Case("reconfirm", "assigned reviewer", (*ways.CONFIRMING, s.accepted), "Publication", after="live"),
    Case("rebuild", SYSTEM, (s.live,), "Publication", act=rebuild),
    Case("revoke", "lead", (s.live,), "SignOff", "live", "suspended"),
    Case("suspend", "publisher", (s.live,), "RegionalArticle", "live", "suspended"),
    Case("lift", "lead", (s.live, s.suspended), "RegionalArticle", "suspended", "live"),
)
CATALOGUING = (
    Case(
        "add_condition",
        "editor",
        (),
        "Condition",
        after="PLS",
        act=lambda place, by: cataloguing.add_condition("pls", "PLS", by=by),
    ),
    Case(
        "change_condition",
        "editor",
        (),
        "Condition",
        act=lambda place, by: cataloguing.change_condition(place.article.condition, by=by, fields={"name": "MND"}),
    ),
    Case(
        "add_article",
        "editor",
        (propose_condition,),
        "Article",
        after="PLS",
        act=lambda place, by: cataloguing.add_article(Condition.objects.get(slug="pls"), by=by),
    ),
    Case(
        "add_reference",
        "editor",
        (),
        "Reference",
        after="A new work",
        act=lambda place, by: cataloguing.add_reference(WORK, by=by),
    ),
    Case(
        "change_reference",
        "publisher",
        (),
        "Reference",
        after="A new work",
        act=lambda place, by: cataloguing.change_reference(now(place.world.reference), WORK, by=by),
    ),
    Case("add_reviewer", "lead", (), "Reviewer", after="Dr Ed Itor", act=add_reviewer),
    Case(
        "change_reviewer",
        "lead",
        (),
        "Reviewer",
        after="Dr New",
        act=lambda place, by: cataloguing.change_reviewer(now(place.third), by=by, fields={"printed_name": "Dr New"}),
    ),
    Case(
        "add_registration",
        "lead",
        (),
        "Registration",
        after="GMC 0000009",
        act=lambda place, by: cataloguing.add_registration(place.third, Register.GMC, "C0000009", by=by),
    ),
    Case("record_check", "lead", (), "CredentialCheck", after="licensed", act=record_check),
    Case(
        "change_address",
        "editor",
        (),
        "Path",
        after="new",
        act=lambda place, by: cataloguing.change_address(place.page, "new", by=by),
    ),
    Case(
        "propose",
        "editor",
        (),
        "Entry",
        after="New",
        verb="propose_entry",
        act=lambda place, by: organising.propose(Organisation(slug="new", name="New", kind="support"), by=by),
    ),
    Case(
        "approve",
        "publisher",
        (propose_organisation,),
        "Entry",
        after="New",
        verb="approve_entry",
        act=lambda place, by: organising.approve(Entry.objects.get(organisation__slug="new"), by=by),
    ),
)
ROLES = (
    Case(
        "grant",
        "administrator",
        (),
        "User",
        after="lead",
        verb="grant_role",
        act=lambda place, by: roles.grant(place.world.editor, Role.LEAD, by=by).user,
    ),
    Case(
        "revoke (a role)",
        "administrator",
        (),
        "User",
        before="editor",
        verb="revoke_role",
        act=lambda place, by: roles.revoke(place.world.editor, Role.EDITOR, by=by) or place.world.editor,
    ),
)
CASES = (*ON_THE_WAY, *CATALOGUING, *ROLES)


def subject_of(case: Case, place: Place, result: Any) -> Any:
    """The row that the audit event is about: what the action gave back, or what it was done to."""
    places = (place.edition, place.row, place.assignment, place.signature, place.page)
    return next(row for row in (result, *places) if type(row).__name__ == case.subject)


def test_every_action_is_in_the_table() -> None:
    assert {case.action for case in (*ON_THE_WAY, *CATALOGUING)} == set().union(*map(actions_of, MODULES))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_action_writes_one_audit_event(case: Case) -> None:
    place = reach(*case.steps)
    count = chain.head().count
    subject = subject_of(case, place, case.perform(place, case.by))
    event = AuditEvent.objects.get(sequence__gt=count)
    assert (event.verb, event.before, event.after) == (case.verb or case.action, case.before, case.after)
    assert (event.subject_type, event.subject_id) == (subject._meta.label, str(subject.pk))
    assert event.actor == (None if case.by == SYSTEM else place.person(case.by))
    assert chain.verify() == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_audit_event_that_cannot_be_written_undoes_the_action(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError("The disk is full.")

    place = reach(*case.steps)
    before = fingerprint()
    monkeypatch.setattr(AuditEvent, "save", fail)
    with pytest.raises(OSError, match="full"):
        case.perform(place, case.by)
    assert fingerprint() == before


@pytest.mark.parametrize("case", [case for case in CASES if case.by not in (SYSTEM, "administrator")], ids=str)
def test_a_refusal_writes_no_audit_event_but_a_line_in_the_security_log(
    case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    place = reach(*case.steps)
    before = fingerprint()
    caplog.clear()
    with caplog.at_level(logging.WARNING, "alsinfo.security"), pytest.raises(Refusal) as refusal:
        case.perform(place, "administrator")
    person = place.world.administrator.pk
    assert caplog.messages == [f"{case.action} refused: {refusal.value.code}, person {person}"]
    assert fingerprint() == before


def test_the_security_log_holds_no_text_and_no_password(caplog: pytest.LogCaptureFixture) -> None:
    place = reach(*ways.IN_REVIEW)
    assignment = now(place.assignment)
    wrong = w.signing_of(assignment, password="a wrong password")
    with pytest.raises(Refusal):
        signing.sign_off(assignment, wrong, by=place.world.uk.user)
    with pytest.raises(Refusal):
        w.edit(now(place.edition), place.world.editor, "overview", "A canary in a frozen text.")
    with pytest.raises(Refusal):
        submitting.reopen(now(place.row), by=place.world.lead, reason=WHY)
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name == "alsinfo.security")
    assert logged.count("refused") == 3
    for secret in ("a wrong password", "canary", WHY, assignment.revision_id):
        assert secret not in logged
