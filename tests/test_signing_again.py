"""Proof at signing: the password again, the code where an app is set up, and a pause after somebody else's reset."""

import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from alsinfo.accounts import attempts, people, proving, resetting
from alsinfo.accounts.management.commands import changepassword
from alsinfo.accounts.models import Role, User
from alsinfo.accounts.proving import JustReset, LockedOut, Proof, WrongCode, WrongPassword
from alsinfo.audit import chain
from alsinfo.audit.models import AuditEvent
from alsinfo.concurrency import clock_now
from alsinfo.outbox.models import Message
from alsinfo.refusals import Refusal
from conditions.actions import signing
from conditions.models import ReviewAssignment, SignOff
from conditions.policies.signing import Signing
from conditions.vocabulary import Scope
from tests import at_desk
from tests import world as w
from tests.second_factors import code_of, enrol
from tests.world import GB

pytestmark = pytest.mark.django_db
NEW = "a password the administrator chose"


@pytest.fixture
def accepted(world: w.World) -> ReviewAssignment:
    row = w.submit(world, w.draft(world))[GB]
    return w.accept(w.assignment(row))


def sign(assignment: ReviewAssignment, password: str = w.PASSWORD, code: str = "") -> SignOff:
    sent = Signing(assignment.revision_id, Scope.WHOLE_PAGE, Proof(password, code), is_declaration_true=True)
    return signing.sign_off(assignment, sent, by=assignment.reviewer.user)


def refused(assignment: ReviewAssignment, kind: type[Refusal], password: str = w.PASSWORD, code: str = "") -> None:
    with pytest.raises(kind):
        sign(assignment, password, code)
    assert not SignOff.objects.exists()


def test_with_an_app_a_signature_needs_its_code(accepted: ReviewAssignment) -> None:
    secret = enrol(accepted.reviewer.user)
    refused(accepted, WrongCode)
    refused(accepted, WrongCode, code="000000")
    refused(accepted, WrongPassword, password="wrong", code=code_of(secret))
    assert sign(accepted, code=code_of(secret))


def test_a_code_counts_once(accepted: ReviewAssignment) -> None:
    person = accepted.reviewer.user
    code = code_of(enrol(person))
    assert proving.objection_to_proof(person, Proof(w.PASSWORD, code)) is None
    assert isinstance(proving.objection_to_proof(person, Proof(w.PASSWORD, code)), WrongCode)


def test_a_recovery_code_signs_once(accepted: ReviewAssignment) -> None:
    person = accepted.reviewer.user
    enrol(person)
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    assert proving.objection_to_proof(person, Proof(w.PASSWORD, code)) is None
    assert isinstance(proving.objection_to_proof(person, Proof(w.PASSWORD, code)), WrongCode)


def test_the_form_asks_for_a_code_where_an_app_is_set_up(accepted: ReviewAssignment) -> None:
    where = at_desk.address(accepted)
    desk = at_desk.at_desk(accepted.reviewer)
    assert "one-time-code" not in desk.get(where).text
    secret = enrol(accepted.reviewer.user)
    assert 'autocomplete="one-time-code"' in desk.get(where).text
    missing = at_desk.send(accepted, at_desk.decision(accepted), desk)
    assert "Type a code to sign, or use a passkey." in at_desk.text_of(missing)
    at_desk.send(accepted, at_desk.decision(accepted, code=code_of(secret)), desk)
    assert SignOff.objects.count() == 1


def test_wrong_proofs_at_signing_lock_the_account_also_for_signing_in(accepted: ReviewAssignment) -> None:
    person = accepted.reviewer.user
    for _ in range(5):
        refused(accepted, WrongPassword, password="wrong")
    refused(accepted, LockedOut)
    page = Client().post("/accounts/login/", {"login": person.username, "password": w.PASSWORD})
    assert "too many wrong attempts" in page.text
    attempts.forget(person)
    assert sign(accepted)


def test_a_lock_ends_by_itself_after_five_minutes(accepted: ReviewAssignment) -> None:
    for _ in range(5):
        refused(accepted, WrongPassword, password="wrong")
    with time_machine.travel(clock_now() + timedelta(minutes=5, seconds=1)):
        assert not attempts.is_locked(accepted.reviewer.user)


def test_an_administrator_unlocks_an_account(world: w.World, accepted: ReviewAssignment) -> None:
    for _ in range(5):
        refused(accepted, WrongPassword, password="wrong")
    resetting.unlock(accepted.reviewer.user, by=world.administrator)
    assert sign(accepted)


def test_an_administrator_who_takes_over_an_account_gets_no_signature(
    world: w.World, accepted: ReviewAssignment, settings: Settings
) -> None:
    """The whole attempt: their own address, the app removed, the link, a password, a new app, the desk."""
    settings.REQUIRE_SECOND_FACTOR = True
    person = accepted.reviewer.user
    enrol(person)
    people.change(person, by=world.administrator, fields={"email": "mine@example.org"})
    resetting.reset_second_factor(person, by=world.administrator)
    resetting.reset_password(person, by=world.administrator)
    link = re.search(r"http://testserver(\S+)", Message.objects.get(subject="Your password was reset").body)
    assert link
    thief = Client()
    form = thief.get(link[1]).headers["Location"]
    thief.post(form, {"password1": NEW, "password2": NEW})
    thief.post("/accounts/login/", {"login": person.username, "password": NEW})
    thief.get("/accounts/factors/app/add/")
    secret = thief.session["mfa.totp.secret"]
    thief.post("/accounts/factors/app/add/", {"code": code_of(secret)})
    factor = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    assert factor
    with time_machine.travel(clock_now() + timedelta(seconds=30)):
        answer = thief.post(at_desk.address(accepted), at_desk.decision(accepted, password=NEW, code=code_of(secret)))
    assert answer.status_code == 403
    assert "Nothing can be signed until then." in answer.text
    assert not SignOff.objects.exists()
    told = Message.objects.filter(to_address=f"{person.username}@example.org")
    assert "Your e-mail address was changed" in told.values_list("subject", flat=True)


@pytest.mark.parametrize("reset", [resetting.reset_password, resetting.reset_second_factor], ids=["password", "factor"])
def test_after_a_reset_by_somebody_else_nothing_is_signed_for_a_day(
    world: w.World, accepted: ReviewAssignment, reset: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = accepted.reviewer.user
    reset(person, by=world.administrator)  # type: ignore[operator]
    assert Message.objects.filter(to_address=person.email, body__contains="24 hours").exists()
    User.objects.get(pk=person.pk).set_password(w.PASSWORD)
    refused(accepted, JustReset)
    monkeypatch.setattr(proving, "clock_now", lambda: clock_now() + timedelta(hours=24, seconds=1))
    assert not proving.was_just_reset(person)


def test_a_password_set_on_the_server_counts_as_set_by_another(
    accepted: ReviewAssignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, count = accepted.reviewer.user, chain.head().count
    typed = iter(["short", "short", NEW, "not the same", NEW, NEW])
    monkeypatch.setattr(changepassword, "getpass", lambda _: next(typed))
    reviewer = at_desk.at_desk(accepted.reviewer)
    call_command("changepassword", person.username, stdout=StringIO(), stderr=StringIO())
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert reviewer.get("/desk/").status_code == 302
    event = AuditEvent.objects.get(sequence__gt=count)
    assert (event.verb, event.actor, event.subject_id) == ("reset_password", None, str(person.pk))
    assert Message.objects.filter(to_address=person.email, body__contains="24 hours").exists()
    refused(accepted, JustReset, password=NEW)


def test_a_password_that_is_wrong_three_times_changes_nothing(world: w.World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changepassword, "getpass", lambda _: "short")
    invited = w.invite(world)
    for name, sentence in (("editor", "Nothing was changed"), ("nobody", "Nobody has"), ("invited", "has not come")):
        with pytest.raises(CommandError, match=sentence):
            call_command("changepassword", name, stderr=StringIO())
    assert not User.objects.get(pk=invited.pk).has_usable_password()
    assert User.objects.get(username="editor").check_password(w.PASSWORD)


def test_ones_own_changes_delay_nothing(accepted: ReviewAssignment) -> None:
    client = at_desk.at_desk(accepted.reviewer)
    client.post("/accounts/password/", {"oldpassword": w.PASSWORD, "password1": NEW, "password2": NEW})
    accepted.refresh_from_db()
    accepted.reviewer.user.refresh_from_db()
    assert sign(accepted, NEW)


def test_only_another_administrator_resets(world: w.World) -> None:
    w.roles.grant(world.uk.user, Role.ADMINISTRATOR, by=None)
    for by in (world.uk.user, world.lead):
        for reset in (resetting.reset_password, resetting.reset_second_factor, resetting.unlock):
            with pytest.raises(Refusal):
                reset(world.uk.user, by=by)
