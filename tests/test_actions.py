"""What every action owes: one audit event that says what happened, and nothing at all when it cannot be written."""

import logging
from typing import Any

import pytest

from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from alsinfo.refusals import Refusal
from conditions.actions import signing, submitting
from tests import ways
from tests import world as w
from tests.action_case import reached
from tests.action_cases import CASES, OF_CONDITIONS, SYSTEM, Case
from tests.action_modules import MODULES
from tests.acts import WHY, Place, actions_of, now
from tests.fingerprints import fingerprint

pytestmark = pytest.mark.django_db


def subject_of(case: Case, place: Place, result: Any) -> Any:
    """The row that the audit event is about: what the action gave back, or what it was done to."""
    places = (place.edition, place.row, place.assignment, place.signature, place.page, place.reading)
    return next(row for row in (result, *places) if type(row).__name__ == case.subject)


def test_every_action_is_in_the_table() -> None:
    assert {case.action for case in OF_CONDITIONS} == set().union(*map(actions_of, MODULES))


@pytest.mark.parametrize("case", reached(CASES))
def test_an_action_writes_one_audit_event(case: Case, place: Place) -> None:
    count = chain.head().count
    subject = subject_of(case, place, case.perform(place, case.by))
    event = AuditEvent.objects.get(sequence__gt=count)
    assert (event.verb, event.before, event.after) == (case.verb or case.action, case.before, case.after)
    assert (event.subject_type, event.subject_id) == (subject._meta.label, str(subject.pk))
    assert event.actor == (None if case.by == SYSTEM else place.person(case.by))
    assert chain.verify() == []


@pytest.mark.parametrize("case", reached(CASES))
def test_an_audit_event_that_cannot_be_written_undoes_the_action(
    case: Case, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError("The disk is full.")

    before = fingerprint()
    monkeypatch.setattr(AuditEvent, "save", fail)
    with pytest.raises(OSError, match="full"):
        case.perform(place, case.by)
    assert fingerprint() == before


@pytest.mark.parametrize("case", reached(case for case in CASES if case.by not in (SYSTEM, "administrator")))
def test_a_refusal_writes_no_audit_event_but_a_line_in_the_security_log(
    case: Case, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    before = fingerprint()
    caplog.clear()
    with caplog.at_level(logging.WARNING, "alsinfo.security"), pytest.raises(Refusal) as refusal:
        case.perform(place, "administrator")
    person = place.world.administrator.pk
    assert caplog.messages == [f"{case.action} refused: {refusal.value.code}, person {person}"]
    assert fingerprint() == before


@pytest.mark.reached(ways.IN_REVIEW)
def test_the_security_log_holds_no_text_and_no_password(place: Place, caplog: pytest.LogCaptureFixture) -> None:
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
