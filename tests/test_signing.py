"""Signing: exactly what was assigned, by who may, on the day, and nothing else."""

from typing import Any

import pytest

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from alsinfo.accounts.proving import WrongPassword
from alsinfo.refusals import Refusal
from conditions.actions import assigning, cataloguing, credentials, publishing, signing, submitting
from conditions.content import seals
from conditions.errors.assigning import NotYourAssignment
from conditions.errors.cataloguing import MissingRole
from conditions.errors.drafting import ReasonMissing, WrongState
from conditions.errors.publishing import NotSigned
from conditions.errors.signing import NotCredentialed, NotDeclared, OwnWork, TextMoved
from conditions.models import (
    RegionalEdition,
    ReviewAssignment,
    SignOff,
)
from conditions.vocabulary import CheckResult, Register, Scope
from tests import world as w
from tests.world import GB, US

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(world: w.World) -> RegionalEdition:
    """A UK text whose reviewer has accepted."""
    row = w.submit(world, w.draft(world, regions="GB"))[GB]
    w.accept(w.assignment(row))
    return row


def refused(to: ReviewAssignment, with_: type[Refusal], **fields: Any) -> None:
    """The reviewer signs, and no signature is made."""
    before = SignOff.objects.count()
    with pytest.raises(with_):
        signing.sign_off(to, w.signing_of(to, **fields), by=to.reviewer.user)
    assert SignOff.objects.count() == before


# What a signature says


def test_a_signature_copies_who_signed_what_and_as_whom(world: w.World, row: RegionalEdition) -> None:
    signature = w.sign(row)
    assert (signature.printed_name, signature.role_title) == ("Dr Uk Reviewer", "Consultant neurologist")
    assert (signature.registration, signature.interests) == ("GMC 0000001", "No competing interests")
    assert (signature.revision_id, signature.regional_edition) == (row.revision_id, row)
    assert signature.signed_on == w.today()
    assert "whole page" in signature.meaning
    assert signature.scope == Scope.WHOLE_PAGE


def test_a_us_signature_names_the_licence(world: w.World) -> None:
    row = w.submit(world, w.draft(world, regions="US"))[US]
    assert w.sign(row).registration == "NPI 1234567893, IL licence TEST-1"


def test_a_signature_keeps_the_name_it_was_made_under(world: w.World, row: RegionalEdition) -> None:
    signature = w.sign(row)
    cataloguing.change_reviewer(world.uk, by=world.lead, fields={"printed_name": "Dr Other Name"})
    signature.refresh_from_db()
    assert signature.printed_name == "Dr Uk Reviewer"


def test_a_signature_is_sealed_over_everything_it_says(world: w.World, row: RegionalEdition) -> None:
    signature = SignOff.objects.get(pk=w.sign(row).pk)
    keys = {"tests": b"a-seal-key-for-tests-known-to-everyone"}
    assert seals.holds(keys, signature.seal, *signature.sealed_values())
    signature.printed_name = "Dr Somebody Else"
    assert not seals.holds(keys, signature.seal, *signature.sealed_values())


def test_a_text_is_cleared_only_when_every_reviewer_has_signed(world: w.World, row: RegionalEdition) -> None:
    w.accept(assigning.invite(row, world.other_uk, by=world.editor))
    w.sign(row, of=world.uk)
    assert row.state == "in_review"
    with pytest.raises(NotSigned):
        publishing.publish(row, by=world.publisher)
    w.sign(row, of=world.other_uk)
    assert row.state == "cleared"


# Who may not sign


def test_nobody_signs_for_somebody_else(world: w.World, row: RegionalEdition) -> None:
    to = w.assignment(row)
    for person in (world.other_uk.user, world.lead, world.editor, world.publisher, world.superuser):
        with pytest.raises(NotYourAssignment):
            signing.sign_off(to, w.signing_of(to), by=person)


def test_a_contributor_never_signs_the_article_but_may_sign_others(world: w.World) -> None:
    edition = w.draft(world)
    rows = w.submit(world, edition)
    to = w.accept(w.assignment(rows[GB]))
    submitting.reopen(rows[US], by=world.editor, reason="A mistake.")
    roles.grant(world.uk.user, Role.EDITOR, by=None)
    w.edit(edition, world.uk.user, "help-us", "Call your doctor.")
    refused(to, OwnWork)
    other = w.submit(world, w.draft(world, w.article(world, "pls", "PLS"), regions="GB"))[GB]
    assert w.sign(other).reviewer == world.uk


def test_a_contribution_to_the_other_region_bars_as_well(world: w.World) -> None:
    article = w.article(world)
    edition = w.draft(world, article, regions="US")
    roles.grant(world.uk.user, Role.EDITOR, by=None)
    w.edit(edition, world.uk.user, "help-us", "Ask.")
    submitting.discard(edition, US, by=world.editor)
    later = w.draft(world, article, regions="GB")
    with pytest.raises(Refusal, match="contributed"):
        w.submit(world, later)


def test_a_reviewer_who_lost_the_role_or_the_account_does_not_sign(world: w.World, row: RegionalEdition) -> None:
    roles.revoke(world.uk.user, Role.REVIEWER, by=None)
    refused(w.assignment(row), MissingRole)
    roles.grant(world.uk.user, Role.REVIEWER, by=None)
    world.uk.user.is_active = False
    world.uk.user.save()
    refused(w.assignment(row), MissingRole)


def test_an_inactive_reviewer_does_not_sign(world: w.World, row: RegionalEdition) -> None:
    cataloguing.change_reviewer(world.uk, by=world.lead, fields={"is_active": False})
    refused(w.assignment(row), NotCredentialed)


@pytest.mark.parametrize("result", [CheckResult.NOT_FOUND, CheckResult.CONDITIONS])
def test_the_latest_look_at_the_register_decides(world: w.World, row: RegionalEdition, result: str) -> None:
    w.check(world.uk.registrations.get(), world.lead, result=result)
    refused(w.assignment(row), NotCredentialed)


def test_a_credential_that_ended_yesterday_does_not_sign(world: w.World, row: RegionalEdition) -> None:
    w.check(world.uk.registrations.get(), world.lead, days=0)
    refused(w.assignment(row), NotCredentialed)


def test_a_credential_that_ends_today_signs(world: w.World, row: RegionalEdition) -> None:
    registration, today = world.uk.registrations.get(), w.today()
    credentials.record_check(registration, by=world.lead, result="licensed", checked_on=today, valid_until=today)
    assert w.sign(row).signed_on == today


def test_a_registration_in_the_other_region_signs_nothing_here(world: w.World, row: RegionalEdition) -> None:
    licence = {"licence_state": "IL", "licence_number": "TEST-2"}
    american = credentials.add_registration(world.uk, Register.NPI, "1000000004", by=world.lead, **licence)
    w.check(american, world.lead)
    w.check(world.uk.registrations.get(register=Register.GMC), world.lead, result=CheckResult.NOT_FOUND)
    refused(w.assignment(row), NotCredentialed)


def test_a_registration_that_lapses_later_unsigns_nothing(world: w.World, row: RegionalEdition) -> None:
    w.sign(row)
    w.check(world.uk.registrations.get(), world.lead, result=CheckResult.NOT_FOUND)
    publishing.publish(row, by=world.publisher)
    assert w.page(row.edition.article).state == "live"


# What is not signed


def test_a_signature_for_another_text_than_the_one_assigned_is_refused(world: w.World, row: RegionalEdition) -> None:
    refused(w.assignment(row), TextMoved, digest="0" * 64)


def test_a_signature_for_a_text_that_moved_while_it_was_read_is_refused(world: w.World, row: RegionalEdition) -> None:
    read = w.signing_of(w.assignment(row))
    submitting.reopen(row, by=world.editor, reason="A mistake.")
    w.edit(row.edition, world.editor, "overview", "It is a disease.")
    w.accept(w.assignment(w.submit(world, row.edition)[GB]))
    for to in ReviewAssignment.objects.order_by("pk"):
        with pytest.raises((WrongState, TextMoved)):
            signing.sign_off(to, read, by=world.uk.user)
    assert not SignOff.objects.exists()


def test_the_digest_of_another_region_or_article_is_not_signed_in_its_place(world: w.World) -> None:
    rows = w.submit(world, w.draft(world))
    other = w.submit(world, w.draft(world, w.article(world, "pls", "PLS"), regions="GB"))[GB]
    to = w.accept(w.assignment(rows[GB]))
    for moved in (rows[US], other):
        refused(to, TextMoved, digest=moved.revision_id)


def test_a_review_that_was_not_accepted_or_has_ended_is_not_signed(world: w.World, row: RegionalEdition) -> None:
    second = assigning.invite(row, world.other_uk, by=world.editor)
    refused(second, WrongState)
    w.sign(row, of=world.uk)
    refused(w.assignment(row, world.uk), WrongState)


def test_the_declaration_is_confirmed_when_signing(world: w.World, row: RegionalEdition) -> None:
    refused(w.assignment(row), NotDeclared, is_declaration_true=False)


def test_the_password_is_given_again_when_signing(world: w.World, row: RegionalEdition) -> None:
    refused(w.assignment(row), WrongPassword, password="")
    refused(w.assignment(row), WrongPassword, password=w.PASSWORD.upper())


# Asking for changes


def test_asking_for_changes_says_what_and_sends_the_text_back(world: w.World, row: RegionalEdition) -> None:
    with pytest.raises(ReasonMissing):
        signing.request_changes(w.assignment(row), by=world.uk.user, note=" ")
    signing.request_changes(w.assignment(row), by=world.uk.user, note="The dose is wrong.")
    row.refresh_from_db()
    assert (row.state, row.edition.state) == ("changes_requested", "draft")
    assert (w.assignment(row).reason, w.asked(row)) == ("The dose is wrong.", [("uk-reviewer", "completed")])
    with pytest.raises(WrongState):
        signing.request_changes(w.assignment(row), by=world.uk.user, note="And another thing.")


def test_when_one_asks_for_changes_the_others_are_asked_no_more(world: w.World, row: RegionalEdition) -> None:
    assigning.invite(row, world.other_uk, by=world.editor)
    signing.request_changes(w.assignment(row, world.uk), by=world.uk.user, note="The dose is wrong.")
    assert w.asked(row) == [("uk-reviewer", "completed"), ("other-uk-reviewer", "cancelled")]
